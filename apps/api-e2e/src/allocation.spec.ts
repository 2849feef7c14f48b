import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type PublishedDecision, publishedDecisionQuery, reasonSentences } from '@waymark/api-funding';
import {
  budgetTrial,
  comparedScenarios,
  type CallView,
  type MakeScenario,
  type ScenarioLineView,
  scenarioLinesPage,
  type ScenarioLinesPage,
  scenarioLineView,
  scenarioRow,
  type ScenarioRow,
  scenarioView,
  type ScenarioView,
  sharesView,
  workbenchView,
  type WorkbenchView,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { AllocationRecords, mockupRows, type ModeratedCall } from './allocation-records';
import { faultsOfBooks } from './awards-records';
import { Harness, type SignedIn } from './harness';

describe('the allocation workbench', () => {
  let harness: Harness;
  let institutionId: string;
  let records: AllocationRecords;
  let coordinator: SignedIn;
  let lead: SignedIn;
  let call: ModeratedCall;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    institutionId = await harness.institution();
    const officer = await harness.somebody(institutionId, ['finance-officer'], 'Fin Ance');
    records = new AllocationRecords(harness, institutionId, officer);
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Olive Solder');
    lead = await harness.somebody(institutionId, ['programme-lead'], 'Bram Burette');
    call = await records.call();
  });

  const bench = async (as = coordinator): Promise<WorkbenchView> => {
    const answer = await harness.get(`funding/calls/${call.callId}/workbench`, as);
    expect(answer.status).toBe(200);
    return workbenchView.parse(answer.body);
  };
  const parameters = { budgetPence: 1_500_000, partAwards: true, bar: 500, groups: [], shareBy: null, seed: 'any' };
  const asked = (facts: Partial<Omit<MakeScenario, 'parameters'>> & { parameters?: object } = {}) => ({
    ...{ method: 'by-rank' as const, ...facts },
    parameters: { ...parameters, ...facts.parameters },
  });
  const making = (facts: Parameters<typeof asked>[0] = {}, as = coordinator) =>
    harness.post(`funding/calls/${call.callId}/scenarios`, as, asked(facts));
  const make = async (facts: Parameters<typeof asked>[0] = {}): Promise<ScenarioRow> => {
    const answer = await making(facts);
    expect(answer).toMatchObject({ status: 201 });
    return scenarioRow.parse(answer.body);
  };
  const see = async (id: string, as = coordinator): Promise<ScenarioView> => {
    const answer = await harness.get(`funding/scenarios/${id}`, as);
    expect(answer.status).toBe(200);
    return scenarioView.parse(answer.body);
  };
  const lines = async (id: string, query = ''): Promise<ScenarioLinesPage> => {
    const answer = await harness.get(`funding/scenarios/${id}/lines?${query}`, coordinator);
    expect(answer.status).toBe(200);
    return scenarioLinesPage.parse(answer.body);
  };
  const idOf = (name: string): string => call.applications.get(name)?.id ?? '';
  const line = async (id: string, name: string): Promise<ScenarioLineView> =>
    scenarioLineView.parse((await harness.get(`funding/scenarios/${id}/lines/${idOf(name)}`, coordinator)).body);
  const step = (row: Pick<ScenarioRow, 'id' | 'version'>, deed: string, as: SignedIn, more: object = {}) =>
    harness.post(`funding/scenarios/${row.id}/${deed}`, as, { version: row.version, ...more });
  const done = async (row: ScenarioRow, deed: string, as: SignedIn, more: object = {}): Promise<ScenarioRow> => {
    const answer = await step(row, deed, as, more);
    expect(answer).toMatchObject({ status: 200 });
    return scenarioRow.parse(answer.body);
  };
  const refused = (refusal: string, status = 409) => ({ status, body: { refusal } });
  const status = async (id: string) =>
    (await harness.sql<{ status: string }>(`select status from scenario where id = $1`, [id]))[0]?.status;
  const statuses = () =>
    harness.sql<{ status: string; n: number }>(
      `select status, count(*)::int as n from application where call_id = $1 group by 1 order by 1`,
      [call.callId],
    );
  const published = async (): Promise<ScenarioRow> =>
    done(await done(await done(await make(), 'propose', coordinator), 'approve', lead), 'publish', coordinator);

  it('opens with the call, the pot from the ledger, the input and who may approve', async () => {
    const view = await bench();
    expect(view).toMatchObject({
      call: { status: 'moderation', budgetPence: 1_500_000, bar: 500, partAwards: true },
      pot: { availablePence: 1_840_000, committedPence: 0 },
      input: { applications: 24, belowBar: 1, reviews: 72, unlocked: 0, askedPence: 2_001_200 },
      scenarios: [],
      approvers: ['Bram Burette'],
      parameters: { budgetPence: 1_500_000, seed: call.callId },
      may: { make: true },
    });
    expect(view.units.map(({ name, applications }) => [name, applications])).toEqual([
      ['Arts and digital', 3],
      ['Engineering', 8],
      ['Life sciences', 5],
      ['Sciences', 8],
    ]);
    expect((await bench(lead)).may).toEqual({ make: false });
  });

  it('by rank, to the penny: 17 in full, rank 18 in part with £858, five on the reserve list', async () => {
    const { id, name, totals } = await make();
    expect(name).toBe('A');
    expect(totals).toEqual({
      ...{ awardedPence: 1_500_000, leftPence: 0, askedPence: 2_001_200, people: 18, inFull: 17, inPart: 1 },
      ...{ reserve: 5, unsuccessful: 1, totalScore: 14_890, lowestRank: 18, overrides: 0 },
    });
    const { rows, total } = await lines(id);
    expect(total).toBe(24);
    expect(rows.map(({ applicant, rank, score }) => [rank, applicant.name, score])).toEqual(
      mockupRows.map(([who, , score], at) => [at + 1, who, score]),
    );
    expect(rows.slice(0, 17).map(({ amountPence }) => amountPence)).toEqual(
      mockupRows.slice(0, 17).map(([, , , pounds]) => pounds * 100),
    );
    expect(rows[17]).toMatchObject({ outcome: 'part-awarded', amountPence: 85_800, decidedBy: 'part-of-the-rest' });
    expect(rows.slice(18).map(({ outcome, reserveRank }) => [outcome, reserveRank])).toEqual([
      ...[1, 2, 3, 4, 5].map((place) => ['reserve', place]),
      ['unsuccessful', null],
    ]);
    const { queue } = await see(id);
    expect(queue?.awardPence.reduce((sum, pence) => sum + pence, 0)).toBe(1_500_000);
    expect(queue?.belowBar).toEqual([...Array<number>(23).fill(0), 1]);
  });

  it('says of a line what decided it, what would have changed it, what the other methods give, and the letter', async () => {
    const { id } = await make();
    const total = await make({ method: 'by-total' });
    const view = await line(id, 'Skye Stirrer');
    expect(view).toMatchObject({
      reserveRank: 1,
      reason: {
        decidedBy: 'budget-spent',
        score: { needed: 754, awardPence: 82_000 },
        budget: { needed: 1_599_200, awardPence: 54_000 },
        least: null,
      },
      released: { neededPence: 54_000, ahead: 0 },
      others: [{ scenarioId: total.id, name: 'B', method: 'by-total' }],
      overrides: [],
    });
    expect(view.letter.body).toContain(
      'The money ran out one place above you. A score of 75.4 instead of 74.6 would have changed that, and so would £992.00 more in the budget.',
    );
    expect(view.letter.body).toContain('Last year two places came free.');
    expect(view.letter.body).not.toMatch(/Marsh|Manifold/);
  });

  it('a letter greets whoever has one name by that', async () => {
    await harness.sql(`update person set given_name = '', family_name = 'Skylight' where id = $1`, [
      call.applications.get('Ivy Crucible')?.personId,
    ]);
    const { id } = await make();
    expect((await line(id, 'Ivy Crucible')).letter.body).toMatch(/^Hello Skylight,\n/);
  });

  it('compares scenarios: who moves, and what each comes to', async () => {
    const rows = [await make(), await make({ method: 'by-total' })];
    rows.push(await make({ method: 'equal-shares', parameters: { shareBy: 'unit' } }));
    const answer = await harness.get(
      `funding/calls/${call.callId}/scenarios/compare?of=${rows.map(({ id }) => id).join()}`,
      coordinator,
    );
    const compared = comparedScenarios.parse(answer.body);
    expect(compared.scenarios.map(({ name, method }) => [name, method])).toEqual([
      ['A', 'by-rank'],
      ['B', 'by-total'],
      ['C', 'equal-shares'],
    ]);
    expect(compared.same + compared.total).toBe(24);
    expect(
      compared.rows.every(
        ({ outcomes }) => new Set(outcomes.map((one) => JSON.stringify({ ...one, scenarioId: 0 }))).size > 1,
      ),
    ).toBe(true);
    for (const [at, one] of compared.scenarios.entries()) {
      expect(one.totals).toEqual(rows[at]?.totals);
      expect(one.totals.awardedPence).toBeLessThanOrEqual(1_500_000);
    }
    // The best total is the best.
    expect(Math.max(...compared.scenarios.map(({ totals }) => totals.totalScore))).toBe(
      compared.scenarios[1]?.totals.totalScore,
    );
    expect((await lines(rows[0]?.id ?? '', 'moved=true')).total).toBeGreaterThan(0);
    const unknown = `${rows[0]?.id},${randomUUIDv7()}`;
    expect(
      await harness.get(`funding/calls/${call.callId}/scenarios/compare?of=${unknown}`, coordinator),
    ).toMatchObject(refused('not-found', 404));
  });

  it('tries a budget and keeps nothing', async () => {
    const { id } = await make();
    const answer = await harness.post(`funding/calls/${call.callId}/scenarios/preview`, coordinator, {
      ...asked({ parameters: { budgetPence: 1_599_200 } }),
      against: id,
    });
    const trial = budgetTrial.parse(answer.body);
    expect(trial.totals).toMatchObject({ awardedPence: 1_599_200, people: 19, inPart: 1 });
    // Rank 18 in full instead of in part, and rank 19 with the least.
    expect(trial.moves).toEqual({ gains: 1, loses: 0, changes: 1 });
    expect(trial.queue.awardPence.slice(17, 19)).toEqual([131_000, 54_000]);
    expect((await bench()).scenarios.length).toBe(1);
  });

  it('shows shares by unit as they may be published', async () => {
    const { id } = await make();
    const shares = sharesView.parse((await harness.get(`funding/scenarios/${id}/shares`, coordinator)).body);
    expect(shares.rows.map(({ groups, people, awardedPence }) => [groups, people, awardedPence])).toEqual([
      [['Engineering'], 8, 634_800],
      [['Sciences'], 8, 596_200],
      [['Life sciences', 'Arts and digital', null], 8, 269_000],
    ]);
    expect(shares.total).toMatchObject({ people: 24, awardedPence: 1_500_000 });
    const grades = sharesView.parse((await harness.get(`funding/scenarios/${id}/shares?by=grade`, coordinator)).body);
    expect(grades.rows).toMatchObject([{ groups: [null], people: 24 }]);
  });

  it('exports lines as CSV and XLSX, by their filters', async () => {
    const { id } = await make();
    await make({ method: 'by-total' });
    const csv = await harness.get(`funding/scenarios/${id}/lines/export?outcome=reserve`, coordinator);
    const text = String(csv.body);
    expect(text.split('\r\n')[0]).toContain('Rank,Reference,Applicant');
    expect(text).toContain('Skye Stirrer');
    expect(text).not.toContain('Rowan Pipette');
    const xlsx = await harness.get(`funding/scenarios/${id}/lines/export?format=xlsx`, coordinator);
    expect(xlsx.status).toBe(200);
    expect(xlsx.headers.get('content-disposition')).toContain('scenario.xlsx');
  });

  it('a file has each outcome under its own scenario, also where an application came or went in between', async () => {
    const [first, second] = [await make({ name: 'First' }), await make({ name: 'Second', method: 'by-total' })];
    // As if it had been scored only after the first was made.
    await harness.sql(`delete from scenario_line where scenario_id = $1 and application_id = $2`, [
      ...[first.id, idOf('Rowan Pipette')],
    ]);
    const third = await make({ name: 'Third' });
    const answer = await harness.get(`funding/scenarios/${third.id}/lines/export?format=csv&sort=rank`, coordinator);
    const [headings = [], ...rows] = String(answer.body)
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((row) => row.split(','));
    const of = (name: string) =>
      Object.fromEntries(headings.map((heading, at) => [heading, rows.find((row) => row.includes(name))?.[at]]));
    expect(of('Rowan Pipette')).toMatchObject({
      ...{ 'Outcome in First': '', 'Award in First': '', 'Outcome in Second': 'Award', 'Award in Second': '780' },
    });
    expect(of('Tamsin Torque')).toMatchObject({ 'Outcome in First': 'Award', 'Award in First': '640' });
    expect(second.name).toBe('Second');
  });

  it('walks from draft to published, with ledger, applications, letters and timelines in one', async () => {
    const draft = await make();
    expect(draft.may).toEqual({
      ...{ override: true, propose: true, withdraw: false, approve: false, reject: false, publish: false },
    });
    const proposed = await done(draft, 'propose', coordinator);
    expect(proposed).toMatchObject({
      status: 'proposed',
      proposed: { by: 'Olive Solder', byMe: true },
      may: { withdraw: true, approve: false },
      mayNot: { approve: 'own-proposal' },
    });
    expect((await see(draft.id, lead)).may).toMatchObject({ approve: true, reject: true });
    const approved = await done(proposed, 'approve', lead);
    expect(approved).toMatchObject({ status: 'approved', decided: { by: 'Bram Burette' } });
    const result = await done(approved, 'publish', coordinator);
    expect(result).toMatchObject({ status: 'published', may: { publish: false } });

    expect(await statuses()).toEqual([
      ...[
        { status: 'awarded', n: 17 },
        { status: 'part-awarded', n: 1 },
      ],
      ...[
        { status: 'reserve', n: 5 },
        { status: 'unsuccessful', n: 1 },
      ],
    ]);
    const after = await bench();
    expect(after).toMatchObject({
      call: { status: 'decided' },
      pot: { availablePence: 340_000, committedPence: 1_500_000 },
      may: { make: false },
      mayNot: { make: 'not-in-moderation' },
    });
    const { timeline } = (await harness.get(`funding/calls/${call.callId}`, coordinator)).body as CallView;
    expect(timeline.filter(({ act }) => act.startsWith('scenario')).map(({ act, by }) => [act, by])).toEqual([
      ['scenario.publish', 'Olive Solder'],
      ['scenario.approve', 'Bram Burette'],
      ['scenario.propose', 'Olive Solder'],
    ]);
    const [money] = await harness.sql(
      `select count(*)::int as awards, sum(w.amount_pence)::int as pence, sum(f.committed_pence)::int as committed
       from award w join award_figures f on f.institution_id = w.institution_id and f.award_id = w.id where w.call_id = $1`,
      [call.callId],
    );
    expect(money).toEqual({ awards: 18, pence: 1_500_000, committed: 1_500_000 });
    const events = await harness.sql(
      `select e.kind, count(*)::int as n from application_event e join application a on a.id = e.application_id
       where a.call_id = $1 group by 1 order by 1`,
      [call.callId],
    );
    expect(events).toEqual([
      ...[
        { kind: 'awarded', n: 17 },
        { kind: 'part-awarded', n: 1 },
      ],
      ...[
        { kind: 'reserve', n: 5 },
        { kind: 'unsuccessful', n: 1 },
      ],
    ]);
    const mail = await harness.sql<{ recipient: string; subject: string; body: string }>(
      `select recipient, subject, body from mail_message where institution_id = $1 and body like '%Your reference is%'`,
      [institutionId],
    );
    expect(mail.length).toBe(24);
    const marsh = mail.find(({ recipient }) =>
      recipient.startsWith(call.applications.get('Marsh Manifold')?.personId ?? '-'),
    );
    expect(marsh?.body).toContain(
      '£858.00 was left when your turn came, and that is above the £700.00 you said would still make it possible.',
    );
    const [audited] = await harness.sql(
      `select count(*)::int as n from audit_entry where institution_id = $1 and act = 'application.decide'`,
      [institutionId],
    );
    expect(audited).toEqual({ n: 24 });
    const decisionOf = async (name: string) => {
      const { text, values } = publishedDecisionQuery(institutionId, idOf(name));
      const [row] = await harness.sql<PublishedDecision>(text, values);
      return row && reasonSentences(row);
    };
    expect(await decisionOf('Skye Stirrer')).toContain('The money ran out one place above you.');
    expect(await decisionOf('Jasper Jig')).toContain(
      'The panel scored it 47.1 on average, and this call gives money from 50.0 up.',
    );
    const [reserve] = await harness.sql(`select reserve_rank from application where id = $1`, [idOf('Skye Stirrer')]);
    expect(reserve).toEqual({ reserve_rank: 1 });
  });

  it('is withdrawn by whoever proposed it, returned with a reason by another, also after approval', async () => {
    const first = await done(await make(), 'propose', coordinator);
    const other = await harness.somebody(institutionId, ['coordinator'], 'Wren Lathe');
    expect(await step(first, 'withdraw', other)).toMatchObject(refused('not-allowed', 403));
    const draft = await done(first, 'withdraw', coordinator);
    expect(draft).toMatchObject({ status: 'draft', proposed: null });
    const again = await done(draft, 'propose', other);
    const rejected = await done(again, 'reject', lead, { reason: 'Look at Life sciences again' });
    expect(rejected).toMatchObject({
      status: 'rejected',
      decided: { by: 'Bram Burette', because: 'Look at Life sciences again' },
    });
    const [told] = await harness.sql<{ body: string }>(
      `select body from mail_message where institution_id = $1 and subject like '%came back'`,
      [institutionId],
    );
    expect(told?.body).toContain('“Look at Life sciences again”');
    const second = await done(await done(await make(), 'propose', coordinator), 'approve', lead);
    expect(await done(second, 'reject', lead, { reason: 'On second thoughts' })).toMatchObject({ status: 'rejected' });
    expect(await statuses()).toEqual([{ status: 'scored', n: 24 }]);
  });

  it.each([
    ['draft', ['withdraw', 'approve', 'reject', 'publish']],
    ['proposed', ['propose', 'publish']],
    ['approved', ['propose', 'withdraw', 'approve']],
    ['rejected', ['propose', 'withdraw', 'approve', 'reject', 'publish']],
  ])('a scenario that is %s is not moved but along its table', async (from, deeds) => {
    let row = await make();
    if (from !== 'draft') row = await done(row, 'propose', coordinator);
    if (from === 'approved') row = await done(row, 'approve', lead);
    if (from === 'rejected') row = await done(row, 'reject', lead, { reason: 'No' });
    for (const deed of deeds) {
      const as = deed === 'approve' || deed === 'reject' ? lead : coordinator;
      const more = deed === 'reject' ? { reason: 'No' } : {};
      expect(await step(row, deed, as, more)).toMatchObject(refused('status-refused'));
    }
    expect(await status(row.id)).toBe(from);
  });

  it('a published one moves no more, and its call takes no other', async () => {
    const row = await published();
    for (const [deed, as, more] of [
      ['propose', coordinator, {}],
      ['withdraw', coordinator, {}],
      ['approve', lead, {}],
      ['reject', lead, { reason: 'No' }],
    ] as const)
      expect(await step(row, deed, as, more)).toMatchObject(refused('not-in-moderation'));
    expect(await step(row, 'publish', coordinator)).toMatchObject(refused('status-refused'));
    expect(await making()).toMatchObject(refused('not-in-moderation'));
    expect(await harness.post(`funding/calls/${call.callId}/scenarios/preview`, coordinator, asked())).toMatchObject(
      refused('not-in-moderation'),
    );
  });

  describe('two people for money', () => {
    it('nobody approves what they proposed, whatever roles they hold', async () => {
      const both = await harness.somebody(institutionId, ['coordinator', 'programme-lead'], 'Both Roles');
      const row = await done(await make(), 'propose', both);
      expect(await step(row, 'approve', both)).toMatchObject(refused('own-proposal', 403));
      expect(await step(row, 'reject', both, { reason: 'No' })).toMatchObject(refused('own-proposal', 403));
      await done(row, 'approve', lead);
    });

    it('an applicant of the call sees nothing of it and decides nothing', async () => {
      const row = await done(await make(), 'propose', coordinator);
      const applicantId = call.applications.get('Rowan Pipette')?.personId ?? '';
      for (const role of ['coordinator', 'programme-lead'])
        await harness.sql(
          `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, uuidv7(), $2, $3, current_date - 1)`,
          [institutionId, applicantId, role],
        );
      const applicant = await harness.signIn(institutionId, applicantId);
      for (const path of [
        `calls/${call.callId}/workbench`,
        ...['', '/lines', '/lines/export', '/shares', `/lines/${idOf('Rowan Pipette')}`].map(
          (rest) => `scenarios/${row.id}${rest}`,
        ),
        `calls/${call.callId}/scenarios/compare?of=${row.id},${row.id}`,
      ])
        expect(await harness.get(`funding/${path}`, applicant)).toMatchObject(refused('own-call', 403));
      expect(await making({}, applicant)).toMatchObject(refused('own-call', 403));
      expect(await step(row, 'approve', applicant)).toMatchObject(refused('own-call', 403));
      expect((await bench()).approvers).toEqual(['Bram Burette']);
      // The database says so as well.
      await expect(
        harness.sql(`update scenario set status = 'approved', decided_by = $2, decided_at = now() where id = $1`, [
          row.id,
          applicantId,
        ]),
      ).rejects.toMatchObject({ constraint: 'own_scenario' });
      await expect(
        harness.sql(
          `update scenario set status = 'approved', decided_by = proposed_by, decided_at = now() where id = $1`,
          [row.id],
        ),
      ).rejects.toMatchObject({ constraint: 'scenario_approver_proposed' });
    });

    it('a panelist with an interest in an applicant opens nothing; one without does', async () => {
      const row = await make();
      await harness.sql(
        `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by) values ($1, $2, $3, false, now(), $4)`,
        [institutionId, call.callId, coordinator.personId, lead.personId],
      );
      expect((await bench()).scenarios.length).toBe(1);
      await harness.sql(
        `insert into declaration_of_interest (institution_id, id, call_id, panelist_id, applicant_id, because, declared_at)
         values ($1, uuidv7(), $2, $3, $4, 'We share a bench', now())`,
        [institutionId, call.callId, coordinator.personId, call.applications.get('Ivy Crucible')?.personId],
      );
      expect(await harness.get(`funding/calls/${call.callId}/workbench`, coordinator)).toMatchObject(
        refused('panel-conflict', 403),
      );
      expect(await harness.get(`funding/scenarios/${row.id}/lines`, coordinator)).toMatchObject(
        refused('panel-conflict', 403),
      );
      expect(await step(row, 'propose', coordinator)).toMatchObject(refused('panel-conflict', 403));
      expect(await making()).toMatchObject(refused('panel-conflict', 403));
    });

    it('a lead who stands aside for an applicant is not told what a proposal comes to', async () => {
      await harness.sql(
        `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by) values ($1, $2, $3, false, now(), $4)`,
        [institutionId, call.callId, lead.personId, coordinator.personId],
      );
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [
        call.applications.get('Ivy Crucible')?.personId,
        lead.personId,
      ]);
      const other = await harness.somebody(institutionId, ['programme-lead'], 'Fern Lathe');
      const row = await done(await make(), 'propose', coordinator);
      expect(await step(row, 'approve', lead)).toMatchObject(refused('panel-conflict', 403));
      const mailOf = async ({ personId }: SignedIn) =>
        harness.sql(
          `select from mail_message m join person p on p.email = m.recipient where p.id = $1 and m.body like '%allocat%'`,
          [personId],
        );
      expect([(await mailOf(lead)).length, (await mailOf(other)).length]).toEqual([0, 1]);
    });

    it('two approvers at once: one approves, and the other learns of it', async () => {
      const row = await done(await make(), 'propose', coordinator);
      const second = await harness.somebody(institutionId, ['programme-lead'], 'Fern Lathe');
      const answers = await Promise.all([step(row, 'approve', lead), step(row, 'approve', second)]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
      expect(answers.find((answer) => answer.status === 409)).toMatchObject(refused('changed-meanwhile'));
    });

    it('of two proposed at once one is on its way', async () => {
      const rows = [await make(), await make({ method: 'by-total' })];
      const answers = await Promise.all(rows.map((row) => step(row, 'propose', coordinator)));
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
      expect(answers.find((answer) => answer.status === 409)).toMatchObject(refused('scenario-on-its-way'));
    });
  });

  describe('by hand', () => {
    const override = (row: ScenarioRow, name: string, facts: object, as = coordinator) =>
      harness.post(`funding/scenarios/${row.id}/overrides`, as, {
        ...{ version: row.version, applicationId: idOf(name), reason: 'The panel asked for it' },
        ...facts,
      });
    const overridden = async (row: ScenarioRow, name: string, facts: object): Promise<ScenarioRow> => {
      const answer = await override(row, name, facts);
      expect(answer).toMatchObject({ status: 200 });
      return scenarioRow.parse(answer.body);
    };

    it('an outcome is changed with a reason, totals and reserve list follow, and undone it is as before', async () => {
      const row = await make();
      const before = await lines(row.id);
      const less = await overridden(row, 'Marsh Manifold', { outcome: 'reserve' });
      expect(less.totals).toMatchObject({
        awardedPence: 1_414_200,
        leftPence: 85_800,
        people: 17,
        reserve: 6,
        overrides: 1,
      });
      const more = await overridden(less, 'Skye Stirrer', { outcome: 'part-awarded', amountPence: 80_000 });
      expect(more.totals).toMatchObject({
        awardedPence: 1_494_200,
        leftPence: 5_800,
        people: 18,
        reserve: 5,
        overrides: 2,
      });
      const reserves = (await lines(row.id, 'outcome=reserve')).rows;
      expect(reserves.map(({ applicant, reserveRank }) => [applicant.name, reserveRank])).toEqual([
        ['Marsh Manifold', 1],
        ['Ash Micrometer', 2],
        ['Fern Beaker', 3],
        ['Yusuf Yoke', 4],
        ['Idris Incubator', 5],
      ]);
      const skye = await line(row.id, 'Skye Stirrer');
      expect(skye).toMatchObject({
        reason: { decidedBy: 'override', facts: { computed: 'reserve', computedPence: 0 } },
        overrides: [{ outcome: 'part-awarded', amountPence: 80_000, reason: 'The panel asked for it' }],
      });
      expect(skye.letter.body).toContain('for this reason: “The panel asked for it”');
      let back = more;
      for (const name of ['Skye Stirrer', 'Marsh Manifold']) {
        const answer = await harness.post(`funding/scenarios/${row.id}/overrides/undo`, coordinator, {
          ...{ version: back.version, applicationId: idOf(name) },
        });
        back = scenarioRow.parse(answer.body);
      }
      expect(await lines(row.id)).toEqual(before);
      expect((await line(row.id, 'Skye Stirrer')).overrides.map(({ outcome }) => outcome)).toEqual([
        'undone',
        'part-awarded',
      ]);
    });

    it('is refused beyond the budget, at what was asked or more, without a reason, and once it is proposed', async () => {
      const row = await make();
      expect(await override(row, 'Skye Stirrer', { outcome: 'awarded' })).toMatchObject(
        refused('scenario-over-budget'),
      );
      expect(await override(row, 'Marsh Manifold', { outcome: 'part-awarded', amountPence: 131_000 })).toMatchObject(
        refused('part-above-asked', 422),
      );
      // Whoever needs 700 to go is not helped by 699.99.
      expect(await override(row, 'Marsh Manifold', { outcome: 'part-awarded', amountPence: 69_999 })).toMatchObject({
        status: 422,
        body: { refusal: 'part-below-least', facts: { leastPence: 70_000 } },
      });
      for (const facts of [
        { outcome: 'part-awarded' },
        { outcome: 'reserve', amountPence: 5 },
        { outcome: 'reserve', reason: ' ' },
      ])
        expect(await override(row, 'Marsh Manifold', facts)).toMatchObject(refused('invalid-input', 422));
      expect(
        await override(row, 'Marsh Manifold', { outcome: 'reserve', applicationId: randomUUIDv7() }),
      ).toMatchObject(refused('not-found', 404));
      const undo = { version: row.version, applicationId: idOf('Marsh Manifold') };
      expect(await harness.post(`funding/scenarios/${row.id}/overrides/undo`, coordinator, undo)).toMatchObject(
        refused('not-found', 404),
      );
      expect((await see(row.id)).totals).toEqual(row.totals);
      const proposed = await done(row, 'propose', coordinator);
      expect(await override(proposed, 'Marsh Manifold', { outcome: 'reserve' })).toMatchObject(
        refused('status-refused'),
      );
    });

    it('in part it is the least at least; and not where the call said that there are no part-awards', async () => {
      const row = await make();
      expect(await override(row, 'Marsh Manifold', { outcome: 'part-awarded', amountPence: 70_000 })).toMatchObject({
        status: 200,
      });
      call = await records.call({ terms: { partAwards: false } });
      const whole = await make({ parameters: { partAwards: false } });
      expect(await override(whole, 'Rowan Pipette', { outcome: 'part-awarded', amountPence: 60_000 })).toMatchObject(
        refused('part-awards-not-offered', 422),
      );
    });

    it('two at once on one revision: one is made', async () => {
      const row = await make();
      const answers = await Promise.all(
        ['Marsh Manifold', 'Bay Bobbin'].map((name) => override(row, name, { outcome: 'reserve' })),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
      expect(answers.find((answer) => answer.status === 409)).toMatchObject(refused('changed-meanwhile'));
      expect((await see(row.id)).totals?.overrides).toBe(1);
    });
  });

  describe('what cannot be asked', () => {
    it.each([
      ['a bar above the call’s', { parameters: { bar: 501 } }, 'bar-above-call', 422],
      ['shares between nobody', { method: 'equal-shares' as const }, 'invalid-input', 422],
      ['shares by rank', { parameters: { shareBy: 'unit' } }, 'invalid-input', 422],
      ['no budget', { parameters: { budgetPence: 0 } }, 'invalid-input', 422],
      ['a budget of 1e12', { parameters: { budgetPence: 1e12 } }, 'invalid-input', 422],
    ])('%s is refused', async (_, facts, refusal, code) => {
      expect(await making(facts)).toMatchObject(refused(refusal, code));
      expect((await bench()).scenarios).toEqual([]);
    });

    it('part-awards where the call has none', async () => {
      call = await records.call({ terms: { partAwards: false } });
      expect(await making()).toMatchObject(refused('part-awards-not-offered', 422));
      await make({ parameters: { partAwards: false } });
    });

    it('a call that is not moderated, has nothing scored, or somebody unread', async () => {
      call = await records.call({ status: 'scoring' });
      expect(await making()).toMatchObject(refused('not-in-moderation'));
      call = await records.call({ rows: [] });
      expect(await making()).toMatchObject(refused('nothing-to-allocate'));
      call = await records.call();
      await harness.sql(`delete from review where application_id = $1`, [idOf('Ivy Crucible')]);
      expect(await making()).toMatchObject(refused('review-missing'));
    });

    it('a name that is taken, and a call or scenario of another institution', async () => {
      const row = await make({ name: 'Ours' });
      expect(await making({ name: 'Ours' })).toMatchObject(refused('scenario-name-taken'));
      const elsewhere = await harness.institution('Bay College');
      const stranger = await harness.somebody(elsewhere, ['coordinator', 'programme-lead']);
      for (const path of [`calls/${call.callId}/workbench`, `scenarios/${row.id}`, `scenarios/${row.id}/lines`])
        expect(await harness.get(`funding/${path}`, stranger)).toMatchObject(refused('not-found', 404));
      expect(await making({}, stranger)).toMatchObject(refused('not-found', 404));
      for (const deed of ['propose', 'approve', 'publish'])
        expect(await step(row, deed, stranger)).toMatchObject(refused('not-found', 404));
    });

    it('limits that overlap are refused at once; a preview has none', async () => {
      const [unit] = (await bench()).units;
      const groups = [
        { by: 'unit' as const, groupId: unit?.id, leastPence: 1, mostPence: null },
        { by: 'unit' as const, groupId: unit?.id, leastPence: null, mostPence: 5 },
      ];
      expect(await making({ method: 'by-total', parameters: { groups } })).toMatchObject(
        refused('group-limits-overlap', 422),
      );
      const one = asked({ method: 'by-total', parameters: { groups: groups.slice(0, 1) } });
      expect(await harness.post(`funding/calls/${call.callId}/scenarios/preview`, coordinator, one)).toMatchObject(
        refused('preview-with-limits', 422),
      );
    });
  });

  describe('what has changed since', () => {
    const withdrawn = () =>
      harness.sql(`update application set status = 'withdrawn' where id = $1`, [idOf('Fern Beaker')]);

    it('is neither proposed, approved nor published', async () => {
      const row = await make();
      const proposed = await done(await make({ method: 'by-total' }), 'propose', coordinator);
      await withdrawn();
      expect((await see(row.id)).stale).toBe(true);
      expect(await step(row, 'propose', coordinator)).toMatchObject(refused('scenario-stale'));
      expect(await step(proposed, 'approve', lead)).toMatchObject(refused('scenario-stale'));
      expect((await see(proposed.id, lead)).mayNot.approve).toBe('scenario-stale');
    });

    it('after approval it is not published, and nothing of it is left', async () => {
      const row = await done(await done(await make(), 'propose', coordinator), 'approve', lead);
      await harness.sql(`update review set score = score - 1 where application_id = $1`, [idOf('Ash Micrometer')]);
      expect(await step(row, 'publish', coordinator)).toMatchObject(refused('scenario-stale'));
      expect(await statuses()).toEqual([{ status: 'scored', n: 24 }]);
      expect((await bench()).pot).toMatchObject({ availablePence: 1_840_000 });
    });

    it('a budget above the call’s is computed and not proposed; nor is more than the pot has', async () => {
      const large = await make({ parameters: { budgetPence: 1_600_000 } });
      expect(large.mayNot.propose).toBe('scenario-over-budget');
      expect(await step(large, 'propose', coordinator)).toMatchObject(refused('scenario-over-budget'));
      call = await records.call({ potPence: 1_000_000 });
      expect(await step(await make(), 'propose', coordinator)).toMatchObject(refused('pot-overdrawn'));
    });

    it('a pot emptied after approval refuses publication by name, and nothing is left of it', async () => {
      const row = await done(await done(await make(), 'propose', coordinator), 'approve', lead);
      const other = await records.pot(0);
      const moved = await harness.post(`funding/pots/${call.potId}/transfer`, records.officer, {
        ...{ toPotId: other, amountPence: 340_001, reason: 'Needed elsewhere' },
      });
      expect(moved.status).toBe(200);
      expect(await step(row, 'publish', coordinator)).toMatchObject(refused('pot-overdrawn'));
      expect(await statuses()).toEqual([{ status: 'scored', n: 24 }]);
      expect(await harness.sql(`select from award where call_id = $1`, [call.callId])).toEqual([]);
    });
  });

  it('ten calls of one pot published at once: as many as there is money for, and never below zero', async () => {
    const potId = await records.pot(450_000);
    const ready: ScenarioRow[] = [];
    for (let at = 0; at < 10; at += 1) {
      call = await records.call({
        potId,
        rows: [['Rowan Pipette', 'Sciences', 912, 1500, 1500]],
        budgetPence: 150_000,
      });
      const row = await done(await make({ parameters: { budgetPence: 150_000 } }), 'propose', coordinator);
      ready.push(await done(row, 'approve', lead));
    }
    const answers = await Promise.all(ready.map((row) => step(row, 'publish', coordinator)));
    const [well, ill] = [
      answers.filter((answer) => answer.status === 200),
      answers.filter((answer) => answer.status !== 200),
    ];
    expect(well.length).toBe(3);
    for (const answer of ill) expect(answer).toMatchObject(refused('pot-overdrawn'));
    const [pot] = await harness.sql(
      `select available_pence::int as available, committed_pence::int as committed from pot where id = $1`,
      [potId],
    );
    expect(pot).toEqual({ available: 0, committed: 450_000 });
  });

  it('published twice at once: once', async () => {
    const row = await done(await done(await make(), 'propose', coordinator), 'approve', lead);
    const answers = await Promise.all([1, 2, 3].map(() => step(row, 'publish', coordinator)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
    const [awards] = await harness.sql(`select count(*)::int as n from award where call_id = $1`, [call.callId]);
    expect(awards).toEqual({ n: 18 });
  });

  it('published while somebody withdraws and the pot is cut: decided as it stands, or nothing is decided', async () => {
    for (let round = 0; round < 4; round += 1) {
      call = await records.call();
      const row = await done(await done(await make(), 'propose', coordinator), 'approve', lead);
      const { id, personId } = call.applications.get('Ivy Crucible') ?? { id: '', personId: '' };
      const person = await harness.signIn(institutionId, personId);
      const { version } = (await harness.get(`funding/applications/${id}`, person)).body as { version: number };
      const other = await records.pot(0);
      const [published, withdrawn] = await Promise.all([
        step(row, 'publish', coordinator),
        harness.post(`funding/applications/${id}/withdraw`, person, { version }),
        harness.post(`funding/pots/${call.potId}/transfer`, records.officer, {
          ...{ toPotId: other, amountPence: 340_000, reason: 'Needed elsewhere' },
        }),
      ]);
      const [books] = await harness.sql<{ committed: number; awards: number; own: string }>(
        `select p.committed_pence::int as committed, (select count(*)::int from award where call_id = $2) as awards,
           (select status from application where id = $3) as own from pot p where p.id = $1`,
        [call.potId, call.callId, id],
      );
      if (published.status === 200) {
        const left = withdrawn.status === 200 ? 1_500_000 - 87_000 : 1_500_000;
        expect(books).toEqual({ committed: left, awards: 18, own: withdrawn.status === 200 ? 'withdrawn' : 'awarded' });
      } else {
        expect(['scenario-stale', 'pot-overdrawn']).toContain((published.body as { refusal: string }).refusal);
        expect(books).toEqual({ committed: 0, awards: 0, own: withdrawn.status === 200 ? 'withdrawn' : 'scored' });
      }
      expect([200, 409]).toContain(withdrawn.status);
      expect((await faultsOfBooks(harness)).length).toBe(0);
    }
  }, 60_000);

  it('a double click makes one scenario', async () => {
    const key = randomUUIDv7();
    const click = () =>
      harness.ask('POST', `funding/calls/${call.callId}/scenarios`, { as: coordinator, body: asked(), key });
    const [first, second] = await Promise.all([click(), click()]);
    expect(first?.body).toEqual(second?.body);
    expect((await bench()).scenarios.length).toBe(1);
  });

  it('reminds those who could approve on the second working day, once; silence approves nothing', async () => {
    let today = new Date('2027-05-27T09:12:00Z');
    const later = await Harness.start({ clock: { now: () => today } });
    try {
      const institution = await later.institution();
      const officer = await later.somebody(institution, ['finance-officer'], 'Fin Ance');
      const made = await new AllocationRecords(later, institution, officer).call();
      const proposer = await later.somebody(institution, ['coordinator'], 'Olive Solder');
      await later.person(institution, { name: 'Bram Burette', roles: ['programme-lead'] });
      // Who stands aside for an applicant of the call is not asked.
      const aside = await later.person(institution, { name: 'Fern Lathe', roles: ['programme-lead'] });
      await later.sql(
        `insert into call_panelist (institution_id, call_id, person_id, chair, added_at, added_by) values ($1, $2, $3, false, now(), $3)`,
        [institution, made.callId, aside],
      );
      await later.sql(`update person set line_manager_id = $2 where id = $1`, [
        made.applications.get('Ivy Crucible')?.personId,
        aside,
      ]);
      const scenario = await later.post(`funding/calls/${made.callId}/scenarios`, proposer, asked());
      const { id, version } = scenario.body as ScenarioRow;
      expect((await later.post(`funding/scenarios/${id}/propose`, proposer, { version })).status).toBe(200);
      await later.startWorker();
      const reminders = async () => {
        await later.tick('remind-approvers');
        return (await later.sql(`select from mail_message where subject like '%still waits for your approval'`)).length;
      };
      // Thursday; Monday is a bank holiday.
      expect(await reminders()).toBe(0);
      today = new Date('2027-05-31T09:00:00Z');
      expect(await reminders()).toBe(0);
      today = new Date('2027-06-01T09:00:00Z');
      expect(await reminders()).toBe(1);
      today = new Date('2027-07-01T09:00:00Z');
      expect(await reminders()).toBe(1);
      const [row] = await later.sql(`select status from scenario where id = $1`, [id]);
      expect(row).toEqual({ status: 'proposed' });
    } finally {
      await later.stop();
    }
  }, 60_000);

  it('home asks the coordinator to allocate and publish, and the lead to approve', async () => {
    const tasks = async (as: SignedIn) =>
      ((await harness.get('home', as)).body as { tasks: { kind: string; id: string }[] }).tasks
        .filter(({ id }) => id === call.callId)
        .map(({ kind }) => kind)
        .filter((kind) => /allocate|scenario/.test(kind));
    expect([await tasks(coordinator), await tasks(lead)]).toEqual([['allocate-call'], []]);
    const proposed = await done(await make(), 'propose', coordinator);
    expect([await tasks(coordinator), await tasks(lead)]).toEqual([[], ['approve-scenario']]);
    const approved = await done(proposed, 'approve', lead);
    expect([await tasks(coordinator), await tasks(lead)]).toEqual([['publish-scenario'], []]);
    await done(approved, 'publish', coordinator);
    expect([await tasks(coordinator), await tasks(lead)]).toEqual([[], []]);
  });
});
