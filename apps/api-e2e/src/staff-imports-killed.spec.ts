import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Harness, type SignedIn } from './harness';
import { csv, seen, StaffImportsOf } from './staff-imports-file';

const worker = join(__dirname, '../../../dist/apps/api/worker.js');
if (!existsSync(worker))
  throw new Error('the worker is not built: npm test builds it first, or run `npx nx build api`');

/** kill -9 of a real worker in the middle of a staff import: all of it or nothing, and the next worker ends it. */
describe('a worker killed', () => {
  let harness: Harness;
  let coordinator: SignedIn;
  let imports: StaffImportsOf;
  const running: ChildProcess[] = [];
  const people = 5_000;

  beforeAll(async () => {
    harness = await Harness.start();
    coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
    imports = new StaffImportsOf(harness, coordinator);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((child) => killed(child)));
  });
  afterAll(() => harness.stop());

  const startWorker = (): ChildProcess => {
    const child = spawn(process.execPath, [worker], {
      env: {
        ...process.env,
        DATABASE_URL: harness.urls.appUrl,
        AUDIT_HEADS_DIR: harness.config.auditHeadsDirectory,
        PUBLIC_URL: 'http://localhost:8700',
        NODE_ENV: 'production',
      },
      stdio: 'ignore',
    });
    running.push(child);
    return child;
  };
  const killed = (child: ChildProcess) =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        resolve();
        return;
      }
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });

  const counts = async () => {
    const [row] = await harness.sql<Record<string, number>>(
      `select (select count(*)::int from person where staff_number is not null) as people,
         (select count(*)::int from person where left_on is not null) as leavers,
         (select count(*)::int from person where line_manager_id is not null) as managed,
         (select count(*)::int from unit) as units, (select count(*)::int from skill) as skills,
         (select count(*)::int from person_skill) as held, (select count(*)::int from award_held) as awards,
         (select count(*)::int from staff_import_effect) as effects,
         (select count(*)::int from audit_entry where act like 'person.%') as lines`,
    );
    return row ?? {};
  };
  /** Kills the worker so many ms after the job has begun to write, where it has not ended by then. */
  const killedWhile = async (importId: string, afterMs: number): Promise<void> => {
    const child = startWorker();
    await harness.until(
      () =>
        harness.sql(
          `select from job j join staff_import i on i.institution_id = j.institution_id and i.job_id = j.id
           where i.id = $1 and (j.stage in ('writing', 'undoing') or j.status = 'done')`,
          [importId],
        ),
      (rows) => rows.length > 0,
    );
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await killed(child);
  };

  it('at any point of applying or undoing leaves all or nothing, and the next one ends it', async () => {
    const first = startWorker();
    const file = csv(
      'Staff number,E-mail,Name,Unit,Manager number,Skills,Body,Award,Awarded on',
      ...Array.from(
        { length: people },
        (_, n) =>
          `${100_000 + n},p${n}@college.example,Given${n} Family${n},Unit ${n % 9},${n === 0 ? '' : 100_000 + Math.floor(n / 6)},"a${n % 7}; b${n % 5}",Science Council,RSci,2024-05-01`,
      ),
    );
    const previewed = await imports.previewed('staff', file);
    expect(previewed.counts).toMatchObject({ new: people, refused: 0 });
    await killed(first);
    const before = await counts();
    const after = {
      people,
      leavers: 0,
      managed: people - 1,
      units: 9,
      skills: 12,
      held: 2 * people,
      awards: people,
      effects: people,
      lines: people,
    };

    seen(await imports.applying(previewed));
    for (const ms of [20, 250, 900]) {
      await killedWhile(previewed.id, ms);
      const [found] = await harness.sql<{ status: string }>(`select status from staff_import where id = $1`, [
        previewed.id,
      ]);
      expect(await counts()).toEqual(found?.status === 'applied' ? after : before);
    }
    startWorker();
    const applied = await imports.settled(previewed.id, 120);
    expect(applied).toMatchObject({ status: 'applied', counts: { new: people } });
    expect(await counts()).toEqual(after);
    await Promise.all(running.splice(0).map((child) => killed(child)));

    seen(await imports.undoing(applied));
    const undone = {
      people: 0,
      leavers: 0,
      managed: 0,
      units: 0,
      skills: 0,
      held: 0,
      awards: 0,
      effects: 0,
      lines: 2 * people,
    };
    for (const ms of [20, 400, 1200]) {
      await killedWhile(previewed.id, ms);
      const [found] = await harness.sql<{ status: string }>(`select status from staff_import where id = $1`, [
        previewed.id,
      ]);
      expect(await counts()).toEqual(found?.status === 'undone' ? undone : after);
    }
    startWorker();
    expect(await imports.settled(previewed.id, 120)).toMatchObject({ status: 'undone', undo: { removed: people } });
    expect(await counts()).toEqual(undone);
  }, 400_000);
});
