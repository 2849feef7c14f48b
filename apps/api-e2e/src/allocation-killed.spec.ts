import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadFundCall, type LoadedCall } from '@waymark/fund-call';
import type { ScenarioRow, ScenarioView } from '@waymark/contracts';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Harness, type SignedIn } from './harness';

const built = join(__dirname, '../../..', process.env['WAYMARK_BUILT'] ?? 'dist/apps/api');
if (!existsSync(join(built, 'allocation-thread.js')))
  throw new Error('the API is not built: npm test builds it first, or run `npx nx build api`');

/** kill -9 of the real programs in the middle of real work, at full size: nothing half-done, and it can be done again. */
describe('allocation killed', () => {
  let harness: Harness;
  let call: LoadedCall;
  let coordinator: SignedIn;
  let lead: SignedIn;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    harness = await Harness.start();
    call = await loadFundCall(harness.owner, { applications: 6000, budgetPence: 180_000_000 });
    const as = (cookie: string): SignedIn => ({ institutionId: call.institutionId, personId: '', cookie });
    [coordinator, lead] = [as(call.coordinator), as(call.lead)];
  }, 120_000);
  afterEach(async () => {
    await Promise.all(running.splice(0).map((child) => killed(child)));
  });
  afterAll(() => harness.stop());

  const start = (program: string, port = '0'): ChildProcess => {
    const child = spawn(process.execPath, [join(built, `${program}.js`)], {
      env: {
        ...process.env,
        DATABASE_URL: harness.urls.appUrl,
        PUBLIC_URL: harness.config.publicUrl,
        PORT: port,
        AUDIT_HEADS_DIR: harness.config.auditHeadsDirectory,
        LOG_LEVEL: 'silent',
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

  const parameters = { budgetPence: 180_000_000, partAwards: true, bar: 500, groups: [], shareBy: null, seed: 'any' };
  const limited = () => ({
    method: 'by-total',
    parameters: {
      ...parameters,
      groups: [
        { by: 'unit', groupId: call.unitIds[0], leastPence: null, mostPence: 9_000_000 },
        { by: 'unit', groupId: call.unitIds[1], leastPence: 36_000_000, mostPence: null },
      ],
    },
  });
  const make = async (body: object): Promise<ScenarioRow> => {
    const answer = await harness.post(`funding/calls/${call.callId}/scenarios`, coordinator, body);
    expect(answer.status).toBe(201);
    return answer.body as ScenarioRow;
  };
  const see = async (id: string) => (await harness.get(`funding/scenarios/${id}`, coordinator)).body as ScenarioView;
  const linesOf = async (id: string) =>
    (await harness.sql<{ n: number }>(`select count(*)::int as n from scenario_line where scenario_id = $1`, [id]))[0]
      ?.n;
  const until = async (what: (view: ScenarioView) => boolean, id: string) => harness.until(() => see(id), what, 90);

  it('a worker killed in the middle of a scenario leaves none of it, and the next one brings the whole', async () => {
    const { id, computing } = await make(limited());
    expect(computing).toBe('waiting');
    const first = start('worker');
    await until(({ job }) => job?.stage === 'allocating', id);
    await killed(first);
    expect(await linesOf(id)).toBe(0);
    expect(await see(id)).toMatchObject({ computing: 'running', totals: null, queue: null });
    start('worker');
    const done = await until((view) => view.computing === 'done', id);
    expect(await linesOf(id)).toBe(6000);
    expect(done.totals?.awardedPence).toBeLessThanOrEqual(180_000_000);
    const spent = async (unit: number) =>
      (
        await harness.sql<{ pence: number }>(
          `select sum(l.amount_pence)::float8 as pence from scenario_line l join application a on a.id = l.application_id
           join person p on p.id = a.person_id join unit u on u.id = p.unit_id where l.scenario_id = $1 and u.parent_id = $2`,
          [id, call.unitIds[unit]],
        )
      )[0]?.pence ?? 0;
    expect(await spent(0)).toBeLessThanOrEqual(9_000_000);
    expect(await spent(1)).toBeGreaterThanOrEqual(36_000_000);
  }, 180_000);

  it('a job stopped while it searches leaves a scenario that says so', async () => {
    const { id, job } = await make(limited());
    start('worker');
    await until((view) => view.job?.stage === 'allocating', id);
    expect((await harness.post(`jobs/${job?.id}/cancel`, coordinator)).status).toBe(200);
    const stopped = await until((view) => view.computing === 'failed' || view.computing === 'done', id);
    // Where it was done at that very moment there was nothing left to stop.
    if (stopped.computing === 'failed') {
      expect(stopped).toMatchObject({
        failure: 'cancelled',
        totals: null,
        may: { propose: false },
        mayNot: { propose: 'scenario-not-computed' },
      });
      expect(await linesOf(id)).toBe(0);
    }
  }, 120_000);

  it('limits that cannot be met are said by the job, by name', async () => {
    const impossible = { by: 'unit', groupId: call.unitIds[0], leastPence: 180_000_001, mostPence: null };
    const { id } = await make({ method: 'by-total', parameters: { ...parameters, groups: [impossible] } });
    start('worker');
    expect(await until((view) => view.computing === 'failed', id)).toMatchObject({ failure: 'group-limits-unmet' });
  }, 120_000);

  it('the API killed in the middle of publication leaves nothing of it, and published again it is whole', async () => {
    const step = async (row: ScenarioRow, deed: string, as: SignedIn): Promise<ScenarioRow> => {
      const answer = await harness.post(`funding/scenarios/${row.id}/${deed}`, as, { version: row.version });
      expect(answer).toMatchObject({ status: 200 });
      return answer.body as ScenarioRow;
    };
    const proposed = await step(await make({ method: 'by-rank', parameters }), 'propose', coordinator);
    const approved = await step(proposed, 'approve', lead);
    const port = await freePort();
    const api = start('main', port);
    const ready = await harness.until(
      () =>
        fetch(`http://127.0.0.1:${port}/api/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      (ok) => ok,
    );
    expect(ready).toBe(true);
    // Nobody can write a letter meanwhile: it comes as far as that, with everything else written and nothing committed.
    const holder = await harness.owner.connect();
    await holder.query('begin');
    await holder.query('lock table mail_message in exclusive mode');
    const key = randomUUID();
    const publish = fetch(`http://127.0.0.1:${port}/api/funding/scenarios/${approved.id}/publish`, {
      method: 'POST',
      headers: {
        ...{ cookie: coordinator.cookie, origin: harness.config.publicUrl, 'idempotency-key': key },
        'content-type': 'application/json',
      },
      body: JSON.stringify({ version: approved.version }),
    }).catch(() => null);
    await harness.until(
      () => harness.sql(`select from pg_locks where not granted and relation = 'mail_message'::regclass`),
      (rows) => rows.length > 0,
    );
    await killed(api);
    expect(await publish).toBeNull();
    await holder.query('rollback');
    holder.release();
    const standing = async () =>
      (
        await harness.sql(
          `select (select status from call where id = $1) as call, (select status from scenario where id = $2) as scenario,
             (select count(*)::int from application where call_id = $1 and status = 'scored') as scored,
             (select count(*)::int from award where call_id = $1) as awards,
             (select count(*)::int from ledger_entry where kind = 'commit') as entries,
             (select count(*)::int from mail_message where body like '%Your reference is%') as letters,
             (select count(*)::int from application_event) as events,
             (select committed_pence::float8 from pot where id = $3) as committed`,
          [call.callId, approved.id, call.potId],
        )
      )[0];
    const nothing = {
      call: 'moderation',
      scenario: 'approved',
      scored: 6000,
      awards: 0,
      entries: 0,
      letters: 0,
      events: 0,
      committed: 0,
    };
    expect(await harness.until(standing, (now) => now?.['call'] === 'moderation')).toEqual(nothing);
    // The same click again, with the same key.
    const again = await harness.ask('POST', `funding/scenarios/${approved.id}/publish`, {
      ...{ as: coordinator, body: { version: approved.version }, key },
    });
    expect(again).toMatchObject({ status: 200, body: { status: 'published' } });
    const people = approved.totals?.people ?? 0;
    expect(await standing()).toEqual({
      ...{
        call: 'decided',
        scenario: 'published',
        scored: 0,
        awards: people,
        entries: people,
        letters: 6000,
        events: 6000,
      },
      committed: approved.totals?.awardedPence,
    });
  }, 180_000);
});

/** A port of the loopback that nobody listens on. */
const freePort = (): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(String(typeof address === 'object' ? address?.port : 0)));
    });
  });
