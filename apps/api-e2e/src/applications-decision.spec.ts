import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applicationView, type ApplicationView, scenarioRow, type ScenarioRow } from '@waymark/contracts';
import { AllocationRecords, type ModeratedCall } from './allocation-records';
import { Harness, type SignedIn } from './harness';

/** What an applicant reads on their own page of how it was decided. */
describe('the decision on an application’s page', () => {
  let harness: Harness;
  let institutionId: string;
  let coordinator: SignedIn;
  let lead: SignedIn;
  let call: ModeratedCall;
  let applicant: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
    institutionId = await harness.institution('Kelder Bridge University');
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Olive Solder');
    lead = await harness.somebody(institutionId, ['programme-lead'], 'Bram Burette');
    const officer = await harness.somebody(institutionId, ['finance-officer'], 'Penny Abacus');
    call = await new AllocationRecords(harness, institutionId, officer).call();
    const mine = call.applications.get('Skye Stirrer');
    await harness.sql(
      `update review set comment_to_applicant = case when panelist_id = $2 then 'Say more of how you will share it.' else '' end,
         private_comment = 'Between us: the weakest of the morning.' where institution_id = $1`,
      [institutionId, call.panel[1]],
    );
    applicant = await harness.signIn(institutionId, mine?.personId ?? '');
  });
  afterAll(() => harness.stop());

  const see = async (as = applicant): Promise<ApplicationView> => {
    const answer = await harness.get(`funding/applications/${call.applications.get('Skye Stirrer')?.id}`, as);
    expect(answer.status).toBe(200);
    return applicationView.parse(answer.body);
  };
  const step = async (row: ScenarioRow, deed: string, as: SignedIn): Promise<ScenarioRow> => {
    const answer = await harness.post(`funding/scenarios/${row.id}/${deed}`, as, { version: row.version });
    expect(answer.status).toBe(200);
    return scenarioRow.parse(answer.body);
  };

  it('is not there until it is published, whatever has been proposed and approved', async () => {
    const made = await harness.post(`funding/calls/${call.callId}/scenarios`, coordinator, {
      method: 'by-rank',
      parameters: { budgetPence: 1_500_000, partAwards: true, bar: 500, groups: [], shareBy: null, seed: 'a' },
    });
    const approved = await step(await step(scenarioRow.parse(made.body), 'propose', coordinator), 'approve', lead);
    expect(await see()).toMatchObject({ status: 'scored', decision: null });
    expect(JSON.stringify(await see())).not.toContain('share it');
    await step(approved, 'publish', coordinator);
  });

  it('says what decided it, what would have changed it, and what the readers wrote for the applicant, and no more', async () => {
    const view = await see();
    expect(view).toMatchObject({ status: 'reserve', reserveRank: 1, decision: { outcome: 'reserve', score: 746 } });
    expect(view.decision?.because).toContain('The money ran out one place above you.');
    expect(view.decision?.comments).toEqual(['Say more of how you will share it.']);
    expect(JSON.stringify(view)).not.toContain('Between us');
  });
});
