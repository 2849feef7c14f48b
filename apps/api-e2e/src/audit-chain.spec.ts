import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Head, KeptHeads, MovedClock, Reads, StoredChain, verifyChain } from '@waymark/api-platform';
import type { ChainView, RoundView } from '@waymark/contracts';
import { createHash, randomUUIDv7 } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { Harness, type SignedIn } from './harness';

/** Writes what the product's own `tx.audit` writes, as many as a test wants. */
const lines = (harness: Harness, institutionId: string, count: number, at = harness.clock.now()) =>
  harness.sql(
    `insert into audit_entry (institution_id, id, at, act, subject_kind, subject_id, details, correlation_id)
     select $1, uuidv7(), $3::timestamptz + n * interval '1 microsecond', 'round.change', 'round', uuidv7(),
       jsonb_build_object('version', n, 'z', 'é', 'a', true), 'WM-0000-0000' from generate_series(1, $2::int) n`,
    [institutionId, count, at],
  );

describe('the audit chain', () => {
  const clock = new MovedClock(new Date());
  let harness: Harness;
  const later = (seconds: number) => clock.moveTo(new Date(clock.now().getTime() + seconds * 1000));

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());

  /** An institution with a sealed chain of so many rows, whose head is kept. */
  const sealed = async (count: number): Promise<string> => {
    const institutionId = await harness.institution();
    await lines(harness, institutionId, count);
    await harness.tick('seal-audit');
    later(61);
    return institutionId;
  };
  const verified = async (institutionId: string, heads?: AsyncIterable<Head>) => {
    const chain = new StoredChain(harness.application.get(Reads), clock, institutionId, 0);
    const kept = heads ?? new KeptHeads(harness.config).of(institutionId);
    return verifyChain(institutionId, chain, kept, () => Promise.resolve());
  };
  const faultOf = async (institutionId: string) => (await verified(institutionId)).fault;
  const entryAt = async (institutionId: string, number: number): Promise<string> =>
    (
      await harness.sql<{ entry_id: string }>(
        `select entry_id from audit_seal where institution_id = $1 and number = $2`,
        [institutionId, number],
      )
    )[0]?.entry_id ?? '';
  const headFile = (institutionId: string) => join(harness.config.auditHeadsDirectory, `${institutionId}.jsonl`);

  it('holds every row once, in numbers without a gap, and is valid', async () => {
    const institutionId = await sealed(4321);
    const [counts] = await harness.sql(
      `select count(*)::int as seals, max(number)::int as last, count(distinct entry_id)::int as rows,
         (select count(*)::int from audit_unsealed where institution_id = $1) as waiting
       from audit_seal where institution_id = $1`,
      [institutionId],
    );
    expect(counts).toEqual({ seals: 4321, last: 4321, rows: 4321, waiting: 0 });
    expect(await verified(institutionId)).toEqual({ entries: 4321, heads: 1, fault: null });
  });

  it('is longer than one batch of its verification, and every number is looked at', async () => {
    const institutionId = await sealed(11_001);
    expect(await verified(institutionId)).toEqual({ entries: 11_001, heads: 1, fault: null });
    await harness.sql(`update audit_entry set details = '{"version": 0}' where institution_id = $1 and id = $2`, [
      institutionId,
      await entryAt(institutionId, 10_001),
    ]);
    expect(await verified(institutionId)).toMatchObject({
      entries: 10_000,
      fault: { kind: 'row-changed', number: 10_001 },
    });
  });

  it('can be worked out by anybody from the rows, whatever stands in them', async () => {
    const institutionId = await harness.institution();
    const odd = 'a "quoted" \\ line\nand a tab\t\u0001\u007f\u2028 é 🙂 </script>';
    const person = randomUUIDv7();
    for (const [act, correlation, details] of [
      [odd, null, { z: odd, bb: 1.5, a: null }],
      ['person.add', odd, {}],
      ['person.add', '', { n: 1e21, deep: 'x' }],
    ] as const) {
      await harness.sql(
        `insert into audit_entry (institution_id, id, at, actor_person_id, on_behalf_of, act, subject_kind, subject_id, details, correlation_id)
         values ($1, uuidv7(), '2026-05-01T16:00:00.000001Z', $2, $3, $4, 'person', uuidv7(), $5, $6)`,
        [
          institutionId,
          person,
          correlation === null ? null : randomUUIDv7(),
          act,
          JSON.stringify(details),
          correlation,
        ],
      );
    }
    await harness.tick('seal-audit');
    const rows = await harness.sql<Record<string, string | null>>(
      `select s.number, encode(s.hash, 'hex') as hash, e.id, e.actor_person_id, e.on_behalf_of, e.act, e.subject_kind,
         e.subject_id, e.details::text as details, e.correlation_id
       from audit_seal s join audit_entry e on e.institution_id = s.institution_id and e.id = s.entry_id
       where s.institution_id = $1 order by s.number`,
      [institutionId],
    );
    expect(rows).toHaveLength(3);
    let before = '0'.repeat(64);
    for (const row of rows) {
      const array = [
        ...['waymark-audit-1', before, institutionId, Number(row['number']), row['id'], '2026-05-01T16:00:00.000001Z'],
        ...[row['actor_person_id'], row['on_behalf_of'], row['act'], row['subject_kind'], row['subject_id']],
        ...[row['details'], row['correlation_id']],
      ];
      before = createHash('sha256').update(JSON.stringify(array), 'utf8').digest('hex');
      expect(row['hash']).toBe(before);
    }
    expect((await verified(institutionId)).fault).toBeNull();
  });

  it('is valid while empty', async () => {
    expect(await verified(await harness.institution())).toEqual({ entries: 0, heads: 0, fault: null });
  });

  it('takes a row that became visible after later ones were sealed', async () => {
    const institutionId = await harness.institution();
    const slow = await harness.owner.connect();
    const early = randomUUIDv7();
    try {
      await slow.query('begin');
      await slow.query(
        `insert into audit_entry (institution_id, id, at, act, subject_kind, subject_id, details)
         values ($1, $2, $3, 'person.add', 'person', uuidv7(), '{}')`,
        [institutionId, early, new Date(clock.now().getTime() - 600_000)],
      );
      await lines(harness, institutionId, 10);
      await harness.tick('seal-audit');
      expect(await entryAt(institutionId, 10)).not.toBe('');
      expect(await entryAt(institutionId, 11)).toBe('');
      await slow.query('commit');
    } finally {
      slow.release();
    }
    await harness.tick('seal-audit');
    expect(await entryAt(institutionId, 11)).toBe(early);
    expect((await verified(institutionId)).fault).toBeNull();
  });

  it('seals nothing of a transaction that was rolled back', async () => {
    const institutionId = await sealed(3);
    const client = await harness.owner.connect();
    await client.query('begin');
    await client.query(
      `insert into audit_entry (institution_id, id, at, act, subject_kind, subject_id, details)
       values ($1, uuidv7(), now(), 'person.add', 'person', uuidv7(), '{}')`,
      [institutionId],
    );
    await client.query('rollback');
    client.release();
    await harness.tick('seal-audit');
    expect(await verified(institutionId)).toMatchObject({ entries: 3, fault: null });
  });

  it('is sealed once by two workers at the same time, while people write', async () => {
    const institutionId = await harness.institution();
    await lines(harness, institutionId, 5000);
    await Promise.all([
      harness.tick('seal-audit'),
      harness.tick('seal-audit'),
      harness.tick('seal-audit'),
      ...Array.from({ length: 20 }, () => lines(harness, institutionId, 50)),
    ]);
    await harness.tick('seal-audit');
    expect(await verified(institutionId)).toMatchObject({ entries: 6000, fault: null });
  });

  describe('shows what was done to it by the owner of the database, past every right', () => {
    it('a field of one row changed', async () => {
      const institutionId = await sealed(50);
      const entryId = await entryAt(institutionId, 20);
      await harness.sql(`update audit_entry set act = 'round.start' where institution_id = $1 and id = $2`, [
        institutionId,
        entryId,
      ]);
      expect(await faultOf(institutionId)).toEqual({ kind: 'row-changed', number: 20, entryId });
    });

    it.each([
      ['at', `at + interval '1 microsecond'`],
      ['actor_person_id', 'uuidv7()'],
      ['subject_id', 'uuidv7()'],
      ['subject_kind', `'person'`],
      ['correlation_id', 'null'],
      ['details', `details || '{"version": 7777}'`],
    ])('its %s', async (column, value) => {
      const institutionId = await sealed(5);
      const entryId = await entryAt(institutionId, 3);
      await harness.sql(`update audit_entry set ${column} = ${value} where institution_id = $1 and id = $2`, [
        institutionId,
        entryId,
      ]);
      expect(await faultOf(institutionId)).toEqual({ kind: 'row-changed', number: 3, entryId });
    });

    it('the last row changed', async () => {
      const institutionId = await sealed(5);
      const entryId = await entryAt(institutionId, 5);
      await harness.sql(`update audit_entry set act = 'x' where institution_id = $1 and id = $2`, [
        institutionId,
        entryId,
      ]);
      expect(await faultOf(institutionId)).toEqual({ kind: 'row-changed', number: 5, entryId });
    });

    it('a seal changed', async () => {
      const institutionId = await sealed(50);
      await harness.sql(`update audit_seal set hash = sha256('x') where institution_id = $1 and number = 20`, [
        institutionId,
      ]);
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'seal-changed', number: 20 });
    });

    it('one row deleted, with and without its seal', async () => {
      await harness.sql('alter table audit_seal drop constraint audit_seal_entry');
      for (const alsoSeal of [true, false]) {
        const institutionId = await sealed(50);
        const entryId = await entryAt(institutionId, 20);
        await harness.sql(`delete from audit_entry where institution_id = $1 and id = $2`, [institutionId, entryId]);
        if (alsoSeal)
          await harness.sql(`delete from audit_seal where institution_id = $1 and number = 20`, [institutionId]);
        expect(await faultOf(institutionId)).toMatchObject({ kind: alsoSeal ? 'gap' : 'row-missing', number: 20 });
      }
    });

    it('the first row deleted with its seal', async () => {
      const institutionId = await sealed(5);
      const entryId = await entryAt(institutionId, 1);
      await harness.sql(`delete from audit_seal where institution_id = $1 and number = 1`, [institutionId]);
      await harness.sql(`delete from audit_entry where institution_id = $1 and id = $2`, [institutionId, entryId]);
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'gap', number: 1 });
    });

    it('two rows swapped', async () => {
      const institutionId = await sealed(50);
      const [one, other] = [await entryAt(institutionId, 20), await entryAt(institutionId, 30)];
      await harness.sql('alter table audit_seal drop constraint audit_seal_entry_unique');
      await harness.sql(
        `update audit_seal set entry_id = case number when 20 then $3::uuid else $2::uuid end
         where institution_id = $1 and number in (20, 30)`,
        [institutionId, one, other],
      );
      await harness.sql(
        'alter table audit_seal add constraint audit_seal_entry_unique unique (institution_id, entry_id)',
      );
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'row-changed', number: 20 });
    });

    it('the newest rows cut off, and the database’s own head set back', async () => {
      const institutionId = await sealed(50);
      await harness.sql(`delete from audit_seal where institution_id = $1 and number > 40`, [institutionId]);
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'head-differs', number: 41 });
      await harness.sql(
        `update audit_head set kept_number = 40, number = 40, hash = (select hash from audit_seal s
           where s.institution_id = $1 and s.number = 40) where institution_id = $1`,
        [institutionId],
      );
      await harness.sql(
        `delete from audit_entry e where e.institution_id = $1
           and not exists (select from audit_seal s where s.institution_id = $1 and s.entry_id = e.id)`,
        [institutionId],
      );
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'kept-head-differs', number: 50 });
    });

    it('the whole chain written anew over a changed row: only the head kept outside knows', async () => {
      const institutionId = await sealed(50);
      await harness.sql(`update audit_entry set act = 'round.start' where institution_id = $1 and id = $2`, [
        institutionId,
        await entryAt(institutionId, 20),
      ]);
      await harness.sql(`delete from audit_seal where institution_id = $1`, [institutionId]);
      await harness.sql(`delete from audit_head where institution_id = $1`, [institutionId]);
      await harness.sql(
        `insert into audit_unsealed (institution_id, entry_id) select institution_id, id from audit_entry where institution_id = $1`,
        [institutionId],
      );
      const file = await readFile(headFile(institutionId), 'utf8');
      await harness.tick('seal-audit');
      // The honest worker keeps the new head too: the old line stays, and speaks.
      expect(await readFile(headFile(institutionId), 'utf8')).toMatch(new RegExp(`^${file.trim()}\n`));
      expect(await verified(institutionId, none())).toMatchObject({ entries: 50, fault: null });
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'kept-head-differs', number: 50 });
    });

    it('everything thrown away', async () => {
      const institutionId = await sealed(5);
      await harness.sql(`delete from audit_seal where institution_id = $1`, [institutionId]);
      await harness.sql(`delete from audit_entry where institution_id = $1`, [institutionId]);
      await harness.sql(`delete from audit_head where institution_id = $1`, [institutionId]);
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'kept-head-differs', number: 5 });
    });

    it('a row hidden from the sealing worker', async () => {
      const institutionId = await sealed(5);
      await lines(harness, institutionId, 1);
      await harness.sql(`delete from audit_unsealed where institution_id = $1`, [institutionId]);
      await harness.tick('seal-audit');
      expect(await faultOf(institutionId)).toBeNull();
      later(61);
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'unsealed', number: null });
    });
  });

  describe('for the application’s own role', () => {
    let application: pg.Client;
    beforeAll(async () => {
      application = new pg.Client({ connectionString: harness.urls.appUrl });
      await application.connect();
    });
    afterAll(() => application.end());

    const tried = async (institutionId: string, statement: string): Promise<string> => {
      await application.query('begin');
      await application.query(`select set_config('app.institution_id', $1, true)`, [institutionId]);
      const outcome = await application.query(statement).then(
        () => 'done',
        (error: { code: string; constraint?: string }) => error.constraint ?? error.code,
      );
      await application.query('rollback');
      return outcome;
    };

    it.each([
      `update audit_entry set act = 'x'`,
      `delete from audit_entry`,
      `update audit_seal set hash = sha256('x')`,
      `delete from audit_seal`,
      `delete from audit_head`,
      `truncate audit_seal`,
      `alter table audit_entry disable trigger all`,
      `drop trigger audit_seal_no_gap on audit_seal`,
    ])('can only be appended to: %s', async (statement) => {
      const insufficientPrivilege = '42501';
      expect(await tried(await sealed(3), statement)).toBe(insufficientPrivilege);
    });

    it('has no gap: a number that does not follow is refused, whoever writes it', async () => {
      const institutionId = await sealed(3);
      await lines(harness, institutionId, 1);
      const numbered = (number: number) =>
        tried(
          institutionId,
          `insert into audit_seal select '${institutionId}', ${number}, entry_id, sha256('x') from audit_unsealed
           where institution_id = '${institutionId}' limit 1`,
        );
      expect([await numbered(5), await numbered(3), await numbered(0), await numbered(4)]).toEqual([
        'audit_seal_no_gap',
        'audit_seal_pk',
        'audit_seal_number',
        'done',
      ]);
    });
  });

  describe('keeps its head outside the database', () => {
    const kept = async (institutionId: string): Promise<Head[]> => {
      const heads: Head[] = [];
      for await (const head of new KeptHeads(harness.config).of(institutionId)) heads.push(head);
      return heads;
    };

    it('after the seal is committed, at most once a minute, and every time it went on', async () => {
      const institutionId = await sealed(10);
      expect(await kept(institutionId)).toMatchObject([{ institutionId, number: 10 }]);
      await lines(harness, institutionId, 5);
      await harness.tick('seal-audit');
      await lines(harness, institutionId, 5);
      await harness.tick('seal-audit');
      expect((await kept(institutionId)).map(({ number }) => number)).toEqual([10, 15]);
      later(61);
      await harness.tick('seal-audit');
      expect((await kept(institutionId)).map(({ number }) => number)).toEqual([10, 15, 20]);
      later(61);
      await harness.tick('seal-audit');
      expect((await kept(institutionId)).length).toBe(3);
      expect(await verified(institutionId)).toEqual({ entries: 20, heads: 3, fault: null });
    });

    it('and makes good a write that was lost', async () => {
      const institutionId = await sealed(10);
      // As a worker killed between the commit of the seal and the writing of the head leaves it.
      await harness.sql(`update audit_head set kept_number = 0, kept_at = null where institution_id = $1`, [
        institutionId,
      ]);
      await writeFile(headFile(institutionId), '');
      await harness.tick('seal-audit');
      expect(await kept(institutionId)).toMatchObject([{ number: 10 }]);
    });

    it('and reads past a line that a loss of power cut short', async () => {
      const institutionId = await sealed(10);
      await appendFile(headFile(institutionId), '{"institutionId":"01');
      await lines(harness, institutionId, 5);
      await harness.tick('seal-audit');
      expect((await kept(institutionId)).map(({ number }) => number)).toEqual([10, 15]);
      expect(await verified(institutionId)).toMatchObject({ heads: 2, fault: null });
    });

    it('and is told when a kept line is of another chain', async () => {
      const institutionId = await sealed(10);
      const [head] = await kept(institutionId);
      await new KeptHeads(harness.config).append({ ...(head as Head), number: 4 });
      expect(await faultOf(institutionId)).toMatchObject({ kind: 'kept-head-differs', number: 4 });
    });
  });

  it('opens a transaction in those institutions alone that have something to seal', async () => {
    const institutionId = await sealed(1);
    await harness.institution();
    const owing = async () =>
      (await harness.sql<{ id: string }>(`select institutions_owing_seals($1) as id`, [clock.now()])).map(
        ({ id }) => id,
      );
    expect(await owing()).toEqual([]);
    await lines(harness, institutionId, 1);
    expect(await owing()).toEqual([institutionId]);
    await harness.tick('seal-audit');
    expect(await owing()).toEqual([]);
  });

  describe('is verified by an auditor', () => {
    let auditor: SignedIn;
    let coordinator: SignedIn;
    const chain = async () => (await harness.get('audit/chain', auditor)).body as ChainView;
    beforeAll(async () => {
      const institutionId = await sealed(6000);
      auditor = await harness.somebody(institutionId, ['auditor'], 'Ada Gauge');
      coordinator = await harness.somebody(institutionId, ['coordinator']);
      await harness.tick('seal-audit');
      later(61);
    });

    it('as a job whose result is kept, and again after somebody changed a row', async () => {
      const asked = await harness.post('audit/verifications', auditor);
      expect(asked).toMatchObject({ status: 200, body: { verifications: [{ status: 'running' }] } });
      expect(await harness.post('audit/verifications', auditor)).toMatchObject({
        status: 409,
        body: { refusal: 'verification-running' },
      });
      // The rows that asking wrote.
      await harness.tick('seal-audit');
      const done = await harness.until(chain, ({ job }) => job === null);
      expect(done.verifications[0]).toMatchObject({
        status: 'valid',
        askedBy: { name: 'Ada Gauge' },
        entries: expect.any(Number),
        heads: expect.any(Number),
        fault: null,
      });
      expect(done.verifications[0]?.entries).toBeGreaterThanOrEqual(6000);
      expect(done.verifications[0]?.heads).toBeGreaterThanOrEqual(1);

      await harness.sql(`update audit_entry set act = 'round.start' where institution_id = $1 and id = $2`, [
        auditor.institutionId,
        await entryAt(auditor.institutionId, 5005),
      ]);
      await harness.post('audit/verifications', auditor);
      const found = await harness.until(chain, ({ job }) => job === null);
      expect(found.verifications[0]).toMatchObject({
        status: 'faulty',
        entries: 5004,
        fault: { kind: 'row-changed', number: 5005 },
      });
      expect(found.verifications).toHaveLength(2);
    });

    it('against a head that they noted', async () => {
      const head = (await harness.get('audit/chain/head', auditor)).body as Head;
      expect(head).toMatchObject({
        institutionId: auditor.institutionId,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      const compare = async (number: number, hash: string) =>
        (
          (await harness.get(`audit/chain/comparison?number=${number}&hash=${hash}`, auditor)).body as {
            outcome: string;
          }
        ).outcome;
      expect(await compare(head.number, head.hash)).toBe('matches');
      expect(await compare(head.number - 1, head.hash)).toBe('differs');
      expect(await compare(head.number + 100_000, head.hash)).toBe('beyond');
    });

    it('and by nobody else', async () => {
      for (const path of ['audit/entries', 'audit/entries/export', 'audit/chain', 'audit/chain/head'])
        expect(await harness.get(path, coordinator)).toMatchObject({ status: 403 });
      expect(await harness.post('audit/verifications', coordinator)).toMatchObject({ status: 403 });
    });

    it('of their own institution alone', async () => {
      const stranger = await harness.somebody(await harness.institution('Other College'), ['auditor']);
      expect((await harness.get('audit/chain', stranger)).body).toMatchObject({ head: null, verifications: [] });
      const head = (await harness.get('audit/chain/head', auditor)).body as Head;
      expect(
        (await harness.get(`audit/chain/comparison?number=${head.number}&hash=${head.hash}`, stranger)).body,
      ).toEqual({ outcome: 'beyond' });
      expect((await harness.get(`audit/entries?record=${auditor.institutionId}`, stranger)).body).toMatchObject({
        rows: [],
      });
    });
  });

  it('holds what the product writes, through its own use cases', async () => {
    const institutionId = await harness.institution();
    const coordinator = await harness.somebody(institutionId, ['coordinator']);
    const round = (await harness.post('mentoring/rounds', coordinator, { name: 'Spring' })).body as RoundView;
    expect(round.id).toBeDefined();
    await harness.tick('seal-audit');
    expect(await verified(institutionId)).toMatchObject({ entries: 1, fault: null });
  });
});

/** No head is kept anywhere. */
async function* none(): AsyncGenerator<Head> {
  // Nothing.
}
