import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  comparisonView,
  floorView,
  leftOutPage,
  type MatchingMethod,
  replayView,
  roundView,
  type RoundView,
  runPairsPage,
  type RunView,
  unlocksView,
  whyNotView,
} from '@waymark/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Harness, type SignedIn } from './harness';
import { joinedRound, matched, Records, refusalOf, rules } from './rounds-records';

/** A run is made by a method, which says what comes first; another method may give another result. */
describe('methods of matching', () => {
  let harness: Harness;
  let records: Records;
  let coordinator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    records = new Records(harness, await harness.institution());
    coordinator = await harness.somebody(records.institutionId, ['coordinator'], 'Olive Solder');
  });

  const points = {
    shared: [
      { attribute: 'skills', points: 14 },
      { attribute: 'profession', points: 6 },
    ],
  };
  const scores = rules({ points });

  /** Anjali scores 14 with Mabel and 6 with Reed, Wren 6 with Mabel and nothing with Reed. */
  const four = async () => ({
    anjali: await records.mentee({
      name: 'Anjali Anode',
      attributes: { skills: ['glass'], profession: ['Physics'], campus: ['Hill'] },
    }),
    wren: await records.mentee({ name: 'Wren Lathe', attributes: { skills: ['wood'], profession: ['Crafts'] } }),
    mabel: await records.mentor({ name: 'Mabel Mandrel', attributes: { skills: ['glass'], profession: ['Crafts'] } }),
    reed: await records.mentor({ name: 'Reed Reagent', attributes: { profession: ['Physics'] } }),
  });
  const get = async <View>(schema: { parse: (raw: unknown) => View }, path: string, as = coordinator): Promise<View> =>
    schema.parse((await harness.get(path, as)).body);
  const pairsOf = async ({ id }: RunView) =>
    (await get(runPairsPage, `mentoring/runs/${id}/pairs?sort=mentee`)).rows.map(({ mentee, mentor }) =>
      [mentee, mentor].map(({ name }) => name.split(' ')[0]).join(' '),
    );
  const leftOutOf = async ({ id }: RunView) => (await get(leftOutPage, `mentoring/runs/${id}/left-out`)).rows;
  /** As the round is now, with Wren never with Reed. */
  const forbidden = async (round: RoundView, two: Awaited<ReturnType<typeof four>>) =>
    roundView.parse(
      (
        await harness.post(`mentoring/rounds/${round.id}/choices`, coordinator, {
          ...{ version: round.version, kind: 'forbid', reason: 'They asked not to' },
          ...{ menteeId: two.wren.personId, mentorId: two.reed.personId },
        })
      ).body,
    );

  it.each<[MatchingMethod, string[], Partial<RunView>]>([
    ['pairs-total', ['Anjali Mabel', 'Wren Reed'], { total: 14, lowest: 0, pairsAboveLowest: null, stability: null }],
    ['pairs-floor-total', ['Anjali Reed', 'Wren Mabel'], { total: 12, lowest: 6, pairsAboveLowest: 1 }],
    ['pairs-dissatisfaction', ['Anjali Reed', 'Wren Mabel'], { total: 12, lowest: 6 }],
    ['total', ['Anjali Mabel', 'Wren Reed'], { total: 14, lowest: 0 }],
    ['stable', ['Anjali Mabel', 'Wren Reed'], { total: 14, lowest: 0, stability: { pairsFewer: 0, pointsFewer: 0 } }],
  ])(
    '"%s" gives its own result, is kept with the run, and computed again comes to the same',
    async (method, pairs, run) => {
      await four();
      const round = await joinedRound(harness, coordinator, { ...scores, method });
      expect(round.rules.method).toBe(method);
      const first = await matched(harness, coordinator, round);
      expect(first.run).toMatchObject({ ...run, method, count: 2, rules: { method } });
      expect(first.run.inputHash).toMatch(/^[0-9a-f]{64}$/);
      expect(await pairsOf(first.run)).toEqual(pairs);
      const again = await get(replayView, `mentoring/runs/${first.run.id}/replay`);
      expect(again).toMatchObject({
        sameInput: true,
        sameResult: true,
        engineVersion: { run: first.run.engineVersion },
      });
      const csv = await harness.get(`mentoring/runs/${first.run.id}/export`, coordinator);
      expect(String(csv.body)).toContain(`,${method}\r\n`);
    },
  );

  it('total alone and stable may leave out somebody whom most pairs would serve, and say how many points were lacking', async () => {
    const people = await four();
    const open = await forbidden(await joinedRound(harness, coordinator, scores), people);
    const most = await matched(harness, coordinator, open);
    expect(most.run).toMatchObject({ method: 'pairs-total', count: 2, total: 12 });
    const total = await matched(harness, coordinator, most.round, 'total');
    expect(total.run).toMatchObject({ method: 'total', count: 1, total: 14 });
    expect(await leftOutOf(total.run)).toMatchObject([
      {
        mentee: { name: 'Wren Lathe' },
        reason: { kind: 'fewer-points', short: { points: 2, mentor: { name: 'Mabel Mandrel' } } },
      },
    ]);
    const stable = await matched(harness, coordinator, total.round, 'stable');
    expect(stable.run).toMatchObject({ count: 1, stability: { pairsFewer: 1, pointsFewer: -2 } });
    expect(await leftOutOf(stable.run)).toMatchObject([
      { reason: { kind: 'others-preferred', short: { points: 8, mentor: { name: 'Mabel Mandrel' } } } },
    ]);
    // The round's own method is what it was.
    expect(stable.round.rules.method).toBe('pairs-total');
    expect(stable.round.runs.map(({ method }) => method)).toEqual(['stable', 'total', 'pairs-total']);
    const view = await get(comparisonView, `mentoring/runs/${stable.run.id}/comparison?with=${most.run.id}`);
    expect(view).toMatchObject({ counts: { gained: 0, lost: 1, moved: 1, same: 0 }, points: { more: 1, fewer: 0 } });
    const file = await harness.get(
      `mentoring/runs/${stable.run.id}/comparison/export?with=${most.run.id}`,
      coordinator,
    );
    expect(String(file.body)).toContain('Method before,Method now\r\n');
    expect(String(file.body)).toContain(',pairs-total,stable\r\n');
  });

  it('a method that there is not is refused, and only who runs rounds chooses', async () => {
    await four();
    const round = await joinedRound(harness, coordinator, scores);
    const ask = (body: object, as = coordinator) => harness.post(`mentoring/rounds/${round.id}/runs`, as, body);
    expect(refusalOf(await ask({ version: round.version, method: 'lots' }))).toEqual([422, 'invalid-input']);
    const lead = await harness.somebody(records.institutionId, ['programme-lead']);
    expect(refusalOf(await ask({ version: round.version, method: 'total' }, lead))).toEqual([403, 'not-allowed']);
    const { run } = await matched(harness, coordinator, round);
    await expect(harness.sql(`update run set method = 'lots' where id = $1`, [run.id])).rejects.toThrow('run_method');
  });

  it('rules saved without a method are for most pairs and then the most points', async () => {
    const round = await joinedRound(harness, coordinator);
    const before: Partial<RoundView['rules']> = { ...round.rules };
    delete before.method;
    const saved = await harness.put(`mentoring/rounds/${round.id}`, coordinator, {
      ...{ version: round.version, name: round.name, rules: before },
    });
    expect(roundView.parse(saved.body).rules.method).toBe('pairs-total');
  });

  it('rounds and runs from before there was a choice become so by the migration', async () => {
    await four();
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    await harness.sql(`update round set rules = (rules - 'method') #- '{points,patience}' where id = $1`, [round.id]);
    await harness.sql(`update run set rules = (rules - 'method') #- '{points,patience}' where id = $1`, [run.id]);
    const migration = readFileSync(join(__dirname, '../../api/migrations/0012-methods.sql'), 'utf8');
    for (const statement of migration.match(/^update .*;$/gm) ?? []) await harness.sql(statement);
    const [stored] = await harness.sql(
      `select round.rules as "ofRound", run.rules as "ofRun" from run join round on round.id = run.round_id where run.id = $1`,
      [run.id],
    );
    expect(stored).toEqual({ ofRound: round.rules, ofRun: run.rules });
  });

  it('the floor names who has the lowest score, and how many of all reach a quarter, a half, three quarters of the points', async () => {
    await four();
    await records.mentee({ name: 'Zed Zinc' });
    const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator, scores));
    expect(run).toMatchObject({ mentees: 3, count: 2, of: 20 });
    const floor = await get(floorView, `mentoring/runs/${run.id}/floor`);
    expect(floor).toMatchObject({ lowest: 0, pairsCount: 1, people: 3 });
    expect(floor.pairs[0]?.mentor.name).toBe('Reed Reagent');
    expect(floor.reached).toEqual([
      { points: 5, people: 1 },
      { points: 10, people: 1 },
      { points: 15, people: 0 },
    ]);
  });

  it('one more mentor is named by what those left out ask for, and by grade where the rules limit grades', async () => {
    const [low, middle, high] = await harness.grades(records.institutionId, ['Low', 'Middle', 'High']);
    for (const name of ['Anjali Anode', 'Wren Lathe', 'Zed Zinc'])
      await records.mentee({ name, gradeId: low, attributes: { skills: ['Welding'], secret: ['Private'] } });
    await records.mentee({ name: 'Ash Autoclave', gradeId: middle, attributes: { skills: ['Histology'] } });
    await records.mentor({ name: 'Mabel Mandrel', gradeId: middle, attributes: { skills: ['Welding'] } });
    const oneAbove = { gradeSteps: { from: 1, to: 1 } };
    const { run } = await matched(
      harness,
      coordinator,
      await joinedRound(harness, coordinator, rules({ never: oneAbove })),
    );
    expect(run).toMatchObject({ count: 1, leftOut: 3 });
    const { newMentors } = await get(unlocksView, `mentoring/runs/${run.id}/unlocks`);
    expect(
      newMentors.map(({ attribute, value, grades, servesCount }) => [attribute, value, grades.join(), servesCount]),
    ).toEqual([
      [null, null, 'Middle', 2],
      [null, null, 'High', 1],
      ['skills', 'Welding', 'Middle', 2],
      ['skills', 'Histology', 'High', 1],
    ]);
    expect(newMentors[3]?.serves.map(({ name }) => name)).toEqual(['Ash Autoclave']);
    expect(high).toBeDefined();
  });

  it('whoever is left out by competition is told how many points were lacking, and with whom', async () => {
    await records.mentee({ name: 'Anjali Anode', attributes: { skills: ['glass'] } });
    await records.mentee({ name: 'Wren Lathe', attributes: { profession: ['Crafts'] } });
    await records.mentor({ name: 'Mabel Mandrel', attributes: { skills: ['glass'], profession: ['Crafts'] } });
    const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator, scores));
    expect(await leftOutOf(run)).toMatchObject([
      {
        mentee: { name: 'Wren Lathe' },
        reason: { kind: 'competition', people: 2, places: 1, short: { points: 8, mentor: { name: 'Mabel Mandrel' } } },
      },
    ]);
    const csv = String((await harness.get(`mentoring/runs/${run.id}/export`, coordinator)).body);
    expect(csv).toContain('2 people for 1 place with Mabel Mandrel; 8 points short with Mabel Mandrel');
  });

  it('after the rounds of patience waiting goes before everything else that gives points', async () => {
    await records.mentee({ name: 'Anjali Anode', attributes: { skills: ['glass'] }, waited: 2 });
    const wren = await records.mentee({ name: 'Wren Lathe', waited: 3 });
    await records.mentor({ name: 'Mabel Mandrel', attributes: { skills: ['glass'] } });
    const first = await matched(
      harness,
      coordinator,
      await joinedRound(harness, coordinator, rules({ points: { ...points, waiting: 1 } })),
    );
    expect(await pairsOf(first.run)).toEqual(['Anjali Mabel']);
    const patient = { ...first.round.rules, points: { ...first.round.rules.points, patience: 2 } };
    const saved = await harness.put(`mentoring/rounds/${first.round.id}`, coordinator, {
      ...{ version: first.round.version, name: first.round.name, rules: patient },
    });
    const second = await matched(harness, coordinator, roundView.parse(saved.body));
    expect(await pairsOf(second.run)).toEqual(['Wren Mabel']);
    expect(wren.requestId).toBeDefined();
  });

  describe('where identity counts', () => {
    const eight = async () => {
      for (let count = 0; count < 9; count += 1) {
        await records.mentee({ identity: [`Secret ${count}`] });
        if (count < 8) await records.mentor({ identity: [`Secret ${count}`] });
      }
      return joinedRound(harness, coordinator, rules({ points: { ...points, identity: 50 } }));
    };

    it('neither the hash of the input, points lacked, the floor of the engine nor the price of stability is shown', async () => {
      const floor = await matched(harness, coordinator, await eight(), 'pairs-floor-total');
      expect(floor.run).toMatchObject({ method: 'pairs-floor-total', inputHash: null, pairsAboveLowest: null });
      const stable = await matched(harness, coordinator, floor.round, 'stable');
      expect(stable.run).toMatchObject({ inputHash: null, stability: { pairsFewer: 0, pointsFewer: null } });
      for (const run of [floor.run, stable.run]) {
        const [row] = await leftOutOf(run);
        expect(row?.reason).toEqual(
          run === stable.run ? { kind: 'others-preferred', short: null } : { kind: 'below-floor', mentor: null },
        );
        expect(await get(replayView, `mentoring/runs/${run.id}/replay`)).toMatchObject({ sameResult: true });
        const kept = await harness.sql(
          `select from run_left_out where run_id = $1 and reason ?| array['pointsShort', 'with']`,
          [run.id],
        );
        expect(kept).toEqual([]);
        const audited = await harness.sql(
          `select from audit_entry where act = 'run.finish' and subject_id = $1 and not details ? 'inputHash'`,
          [run.id],
        );
        expect(audited).toHaveLength(1);
      }
    });

    it('the total of a run by another method on the same people is not shown beside the first', async () => {
      for (let count = 0; count < 10; count += 1) await records.mentee({ identity: ['Welsh'] });
      for (let count = 0; count < 10; count += 1) await records.mentee();
      for (let count = 0; count < 20; count += 1) await records.mentor({ identity: ['Welsh'] });
      const round = await joinedRound(harness, coordinator, rules({ points: { identity: 6 } }));
      const first = await matched(harness, coordinator, round);
      expect(first.run).toMatchObject({ total: 60 });
      const second = await matched(harness, coordinator, first.round, 'pairs-floor-total');
      expect(second.run).toMatchObject({ count: 20, total: null });
    });
  });

  describe('why not her?', () => {
    const why = (run: RunView, mentee: { personId: string }, mentor: { personId: string }) =>
      get(whyNotView, `mentoring/runs/${run.id}/why-not?menteeId=${mentee.personId}&mentorId=${mentor.personId}`);

    it.each<[MatchingMethod, object]>([
      ['pairs-total', { pointsLost: 2, floor: { now: 0, then: 6 }, moved: 2, inTurn: true }],
      ['total', { pointsLost: 2, floor: { now: 0, then: 6 }, moved: 2 }],
      ['stable', { pointsLost: 2, floor: { now: 0, then: 6 }, moved: 2, inTurn: false }],
    ])('by "%s" says what the whole round would lose, its lowest score, and who would move', async (method, forced) => {
      const { anjali, reed } = await four();
      const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator, scores), method);
      expect((await why(run, anjali, reed)).answer).toMatchObject({
        kind: 'allowed',
        forced: { pairsLost: 0, ...forced },
      });
    });

    it.each<MatchingMethod>(['pairs-floor-total', 'pairs-dissatisfaction'])(
      'by "%s" the total would rise, and the lowest score fall',
      async (method) => {
        const { anjali, mabel } = await four();
        const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator, scores), method);
        expect((await why(run, anjali, mabel)).answer).toMatchObject({
          kind: 'allowed',
          forced: { pairsLost: 0, pointsLost: -2, floor: { now: 6, then: 0 }, byLot: false },
        });
      },
    );
  });

  it('a run is asked about and computed again after its release as before: what came of it is set aside', async () => {
    const { anjali, wren, mabel, reed } = await four();
    const zed = await records.mentee({ name: 'Zed Zinc', attributes: { skills: ['glass'] } });
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator, scores));
    const asked = async () => {
      const answers = [];
      for (const mentee of [anjali, wren, zed])
        for (const mentor of [mabel, reed])
          answers.push(
            await get(
              whyNotView,
              `mentoring/runs/${run.id}/why-not?menteeId=${mentee.personId}&mentorId=${mentor.personId}`,
            ),
          );
      return answers;
    };
    const replayed = () => get(replayView, `mentoring/runs/${run.id}/replay`);
    const before = await asked();
    expect(before.map(({ asRun, answer }) => [asRun, answer.kind === 'paired'])).toContainEqual([true, true]);

    await harness.post(`mentoring/rounds/${round.id}/release`, coordinator, { version: round.version, runId: run.id });
    const [one, other] = await harness.sql<{ id: string; mentee: string; mentor: string }>(
      `select id, mentee_id as mentee, mentor_id as mentor from proposal where round_id = $1 order by id`,
      [round.id],
    );
    expect(await asked()).toEqual(before);
    expect(await replayed()).toMatchObject({ sameInput: true, sameResult: true });

    // One mentor says no, and the other's pair begins.
    const as = (personId = '') => harness.signIn(records.institutionId, personId);
    const declined = await harness.post(`mentoring/proposals/${other?.id}/decline`, await as(other?.mentor), {
      ...{ version: 1, reason: 'no-time', note: '', pause: false },
    });
    const accepted = await harness.post(`mentoring/proposals/${one?.id}/accept`, await as(one?.mentor), {
      ...{ version: 1, pause: false },
    });
    const written = await harness.put(`mentoring/proposals/${one?.id}/agreement`, await as(one?.mentee), {
      ...{ version: (accepted.body as { version: number }).version, goals: 'Learn to weld', rhythm: 'monthly' },
      ...{ mode: 'in-person', endsOn: new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10) },
    });
    const confirmed = await harness.post(`mentoring/proposals/${one?.id}/agreement/confirm`, await as(one?.mentor), {
      version: (written.body as { version: number }).version,
    });
    expect([declined, accepted, written, confirmed].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await replayed()).toMatchObject({ sameInput: true, sameResult: true });
    expect(await asked()).toEqual(before);
  });

  it('a run whose people have changed since cannot be computed again, and says so; nobody outside sees it', async () => {
    const { reed } = await four();
    const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator, scores));
    await harness.sql(`update enrolment set capacity = 3 where id = $1`, [reed.enrolmentId]);
    expect(await get(replayView, `mentoring/runs/${run.id}/replay`)).toMatchObject({
      sameInput: false,
      sameResult: null,
    });
    const stranger = await harness.somebody(await harness.institution('Theirs'), ['coordinator']);
    for (const part of ['replay', 'floor'])
      expect(refusalOf(await harness.get(`mentoring/runs/${run.id}/${part}`, stranger))).toEqual([404, 'not-found']);
    await harness.sql(`update run set status = 'failed' where id = $1`, [run.id]);
    expect(refusalOf(await harness.get(`mentoring/runs/${run.id}/replay`, coordinator))).toEqual([
      409,
      'run-not-finished',
    ]);
  });
});
