import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadFundCall, type LoadedCall } from '@waymark/fund-call';
import type { ScenarioRow } from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';

/** At the size that the figures are promised for; `npm run bench:fund` measures them, this holds them with room to spare. */
describe('a call of 6,000 applications and 18,000 reviews', () => {
  let harness: Harness;
  let call: LoadedCall;
  let coordinator: SignedIn;
  let lead: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
    call = await loadFundCall(harness.owner, { applications: 6000, budgetPence: 180_000_000 });
    const as = (cookie: string): SignedIn => ({ institutionId: call.institutionId, personId: '', cookie });
    [coordinator, lead] = [as(call.coordinator), as(call.lead)];
  }, 120_000);
  afterAll(() => harness.stop());

  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    seconds[what] = (performance.now() - began) / 1000;
    return result;
  };
  const parameters = { budgetPence: 180_000_000, partAwards: true, bar: 500, groups: [], shareBy: null, seed: 'any' };
  const make = async (what: string, body: object): Promise<ScenarioRow> => {
    const answer = await timed(what, () => harness.post(`funding/calls/${call.callId}/scenarios`, coordinator, body));
    expect(answer.status).toBe(201);
    return answer.body as ScenarioRow;
  };

  it('opens, computes by every method, is previewed, compared and published in one go', async () => {
    const byRank = await make('by rank', { method: 'by-rank', parameters });
    await make('by total', { method: 'by-total', parameters });
    await make('equal shares', { method: 'equal-shares', parameters: { ...parameters, shareBy: 'unit' } });
    await make('equal shares by grade', { method: 'equal-shares', parameters: { ...parameters, shareBy: 'grade' } });
    for (const [what, path] of [
      ['workbench', `calls/${call.callId}/workbench`],
      ['scenario', `scenarios/${byRank.id}`],
      ['lines', `scenarios/${byRank.id}/lines`],
      ['moved', `scenarios/${byRank.id}/lines?moved=true`],
      ['export', `scenarios/${byRank.id}/lines/export`],
      ['shares', `scenarios/${byRank.id}/shares`],
    ] as const)
      expect((await timed(what, () => harness.get(`funding/${path}`, coordinator))).status).toBe(200);
    const body = { method: 'by-rank', parameters: { ...parameters, budgetPence: 170_000_000 }, against: byRank.id };
    await timed('preview', () => harness.post(`funding/calls/${call.callId}/scenarios/preview`, coordinator, body));
    await timed('preview again', () =>
      harness.post(`funding/calls/${call.callId}/scenarios/preview`, coordinator, body),
    );
    const step = async (row: ScenarioRow, deed: string, as: SignedIn): Promise<ScenarioRow> => {
      const answer = await timed(deed, () =>
        harness.post(`funding/scenarios/${row.id}/${deed}`, as, { version: row.version }),
      );
      expect(answer).toMatchObject({ status: 200 });
      return answer.body as ScenarioRow;
    };
    const approved = await step(await step(byRank, 'propose', coordinator), 'approve', lead);
    await step(approved, 'publish', coordinator);
    const [pot] = await harness.sql<{ available: number; committed: number }>(
      `select available_pence::float8 as available, committed_pence::float8 as committed from pot where id = $1`,
      [call.potId],
    );
    expect(pot).toEqual({
      available: 180_000_000 - (byRank.totals?.awardedPence ?? 0),
      committed: byRank.totals?.awardedPence,
    });
    const [mail] = await harness.sql(
      `select count(*)::int as n from mail_message where body like '%Your reference is%'`,
    );
    expect(mail).toEqual({ n: 6000 });
    expect(seconds['publish']).toBeLessThan(30);
    expect(seconds['workbench']).toBeLessThan(5);
  }, 120_000);
});
