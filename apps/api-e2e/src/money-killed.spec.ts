import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ScenarioRow } from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AllocationRecords, type ModeratedCall } from './allocation-records';
import { AwardsRecords, faultsOfBooks } from './awards-records';
import { Harness, type SignedIn } from './harness';

/** The database's end of the connection dies before one statement of a deed, each in its turn: nothing of the deed is there. */
describe('money, killed at every statement', () => {
  let harness: Harness;
  let institutionId: string;
  let officer: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    institutionId = await harness.institution();
    officer = await harness.somebody(institutionId, ['finance-officer'], 'Fin Ance');
  });

  /**
   * Does the deed with the connection cut before its first statement, then before its second … until it is through. After each
   * cut everything must stand as it did; answers how many there were.
   */
  const cutEverywhere = async (
    deed: () => Promise<{ status: number }>,
    standing: () => Promise<unknown>,
  ): Promise<number> => {
    const database = harness.application.get(DataSource);
    const make = database.createQueryRunner.bind(database);
    const before = await standing();
    try {
      for (let at = 1; ; at += 1) {
        let cut = false;
        database.createQueryRunner = (mode) => {
          const runner = make(mode);
          const query = runner.query.bind(runner) as (...all: unknown[]) => Promise<unknown>;
          let asked = 0;
          runner.query = async (...all: unknown[]): Promise<never> => {
            asked += 1;
            if (asked === at && !cut) {
              cut = true;
              const [{ pid } = { pid: 0 }] = (await query('select pg_backend_pid() as pid')) as { pid: number }[];
              await harness.sql('select pg_terminate_backend($1, 5000)', [pid]);
            }
            return query(...all) as Promise<never>;
          };
          return runner;
        };
        const answer = await deed();
        database.createQueryRunner = make;
        if (!cut) {
          expect(answer.status).toBe(200);
          return at - 1;
        }
        expect({ at, status: answer.status, now: await standing() }).toEqual({ at, status: 500, now: before });
      }
    } finally {
      database.createQueryRunner = make;
    }
  };

  const all = `(select count(*)::int from application_event) as events, (select count(*)::int from mail_message) as mails,
    (select count(*)::int from ledger_entry) as entries, (select count(*)::int from audit_entry) as audit,
    (select count(*)::int from outbox) as outbox, (select coalesce(sum(version), 0)::int from award) as awards,
    (select coalesce(sum(version), 0)::int from claim) as claims, (select coalesce(sum(version), 0)::int from scenario) as scenarios,
    (select coalesce(sum(version), 0)::int from application) as applications, (select count(*)::int from payment) as payments,
    (select json_agg(status order by id) from payment_batch) as batches,
    (select json_agg(json_build_array(available_pence, committed_pence, spent_pence) order by id) from pot) as pots`;
  const everything = async () => (await harness.sql(`select ${all}`))[0];

  it('publication: nothing or all of it, and each letter once', async () => {
    const records = new AllocationRecords(harness, institutionId, officer);
    const coordinator = await harness.somebody(institutionId, ['coordinator'], 'Olive Solder');
    const lead = await harness.somebody(institutionId, ['programme-lead'], 'Bram Burette');
    const call: ModeratedCall = await records.call();
    const parameters = { budgetPence: 1_500_000, partAwards: true, bar: 500, groups: [], shareBy: null, seed: 'any' };
    const step = async (row: ScenarioRow, deed: string, as: SignedIn) =>
      (await harness.post(`funding/scenarios/${row.id}/${deed}`, as, { version: row.version })).body as ScenarioRow;
    const made = await harness.post(`funding/calls/${call.callId}/scenarios`, coordinator, {
      ...{ method: 'by-rank', parameters },
    });
    const row = await step(await step(made.body as ScenarioRow, 'propose', coordinator), 'approve', lead);
    const key = randomUUID();
    const cuts = await cutEverywhere(
      () =>
        harness.ask('POST', `funding/scenarios/${row.id}/publish`, {
          ...{ as: coordinator, body: { version: row.version }, key },
        }),
      everything,
    );
    expect(cuts).toBeGreaterThan(20);
    expect(
      await harness.sql(
        `select count(*)::int as letters, count(distinct recipient)::int as people from mail_message where body like '%Your reference is%'`,
      ),
    ).toEqual([{ letters: 24, people: 24 }]);
    expect(await faultsOfBooks(harness)).toEqual([]);
  }, 120_000);

  it('a batch is paid whole or not at all, and the last claim in it releases what is left', async () => {
    const records = new AwardsRecords(harness, institutionId, officer);
    const call = await records.call();
    for (let at = 0; at < 2; at += 1) {
      const { awardId, person } = await records.award(call);
      await harness.post(`funding/awards/${awardId}/accept`, person, { version: 1 });
      const { body } = await harness.post(`funding/awards/${awardId}/claims`, person);
      const { id } = body as { id: string };
      const lines = [
        {
          ...{ id: randomUUID(), category: 'travel', what: 'Train', amount: '123.45', fileIds: [] },
          noReceiptBecause: 'None was given.',
        },
      ];
      await harness.post(`funding/claims/${id}/submit`, person, { version: 1, lines, last: at === 1 });
      const { version } = (await harness.get(`funding/claims/${id}`, officer)).body as { version: number };
      expect(await harness.post(`funding/claims/${id}/approve`, officer, { version, costCodeId: null })).toMatchObject({
        status: 200,
      });
    }
    const batch = (await harness.post('funding/batches', officer)).body as { id: string };
    const key = randomUUID();
    const cuts = await cutEverywhere(
      () => harness.ask('POST', `funding/batches/${batch.id}/pay`, { ...{ as: officer, body: { version: 1 }, key } }),
      everything,
    );
    expect(cuts).toBeGreaterThan(20);
    expect(
      await harness.sql(`select spent_pence::int as spent, committed_pence::int as committed from pot where id = $1`, [
        call.potId,
      ]),
    ).toEqual([{ spent: 24_690, committed: 37_655 }]);
    expect(await faultsOfBooks(harness)).toEqual([]);
  }, 120_000);
});
