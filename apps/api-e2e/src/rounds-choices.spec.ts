import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  comparisonView,
  leftOutPage,
  proposalsPage,
  roundChoicesPage,
  roundView,
  type RoundView,
  runPairsPage,
  type RunView,
  whyNotView,
} from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';
import { joinedRound, matched, type Mentee, type Mentor, Records, refusalOf, rules } from './rounds-records';

/** What a coordinator decides and asks about two people: pinned, forbidden, compared, "why not her?". */
describe('choices in a round', () => {
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

  const skills = (...list: string[]) => ({ attributes: { skills: list } });
  const choose = (
    round: Pick<RoundView, 'id' | 'version'>,
    kind: 'pin' | 'forbid',
    mentee: { personId: string },
    mentor: { personId: string },
    as: SignedIn = coordinator,
  ) =>
    harness.post(`mentoring/rounds/${round.id}/choices`, as, {
      ...{ version: round.version, kind, menteeId: mentee.personId, mentorId: mentor.personId },
      reason: 'They wrote a paper together',
    });
  const chosen = async (...args: Parameters<typeof choose>) => roundView.parse((await choose(...args)).body);
  const choices = async (round: RoundView, as = coordinator) =>
    roundChoicesPage.parse((await harness.get(`mentoring/rounds/${round.id}/choices`, as)).body).rows;
  const pairsOf = async (run: Pick<RunView, 'id'>, query = '') =>
    runPairsPage
      .parse((await harness.get(`mentoring/runs/${run.id}/pairs?sort=mentee${query}`, coordinator)).body)
      .rows.map(({ mentee, mentor, pinned }) => [mentee.name, mentor.name, pinned]);
  const whyNot = async (run: Pick<RunView, 'id'>, mentee: { personId: string }, mentor: { personId: string }) =>
    harness.get(
      `mentoring/runs/${run.id}/why-not?menteeId=${mentee.personId}&mentorId=${mentor.personId}`,
      coordinator,
    );
  const answerOf = async (...args: Parameters<typeof whyNot>) => whyNotView.parse((await whyNot(...args)).body);

  /** Anjali fits Mabel, Wren fits Reed: the free result is two pairs of ten points. */
  const four = async () => {
    const anjali = await records.mentee({ name: 'Anjali Anode', ...skills('glass') });
    const wren = await records.mentee({ name: 'Wren Lathe', ...skills('wood') });
    const mabel = await records.mentor({ name: 'Mabel Mandrel', ...skills('glass') });
    const reed = await records.mentor({ name: 'Reed Reagent', ...skills('wood') });
    return { anjali, wren, mabel, reed };
  };

  it('a pin is kept whatever it scores, is marked in the result, and leaves the best for the others', async () => {
    const { anjali, reed } = await four();
    const round = await joinedRound(harness, coordinator);
    const pinned = await chosen(round, 'pin', anjali, reed);
    expect(pinned).toMatchObject({ version: round.version + 1, choices: { pinned: 1, forbidden: 0 } });
    const { run, round: review } = await matched(harness, coordinator, pinned);
    expect(run).toMatchObject({ count: 2, shownTotal: 0, choices: { pinned: 1, forbidden: 0 }, pinsNotKept: 0 });
    expect(await pairsOf(run)).toEqual([
      ['Anjali Anode', 'Reed Reagent', true],
      ['Wren Lathe', 'Mabel Mandrel', false],
    ]);
    expect(await pairsOf(run, '&pinned=true')).toHaveLength(1);
    const [choice] = await choices(review);
    expect(choice).toMatchObject({
      ...{ kind: 'pin', mentee: { name: 'Anjali Anode' }, mentor: { name: 'Reed Reagent' } },
      ...{ reason: 'They wrote a paper together', madeBy: 'Olive Solder' },
    });
    const csv = await harness.get(`mentoring/runs/${run.id}/export`, coordinator);
    expect(String(csv.body)).toMatch(/Anjali Anode,.*Reed Reagent,.*yes/);
    // Taken back, the next run is free again; the run keeps what it was made with.
    const free = await harness.delete(`mentoring/rounds/${review.id}/choices/${choice?.id}`, coordinator);
    const second = await matched(harness, coordinator, roundView.parse(free.body));
    expect(second.run).toMatchObject({ number: 2, shownTotal: 20, choices: { pinned: 0 } });
    expect(second.round.runs[1]?.choices).toEqual({ pinned: 1, forbidden: 0 });
  });

  it('a forbidden pair is made by no run, counts among what blocks people, and is not released from an earlier run', async () => {
    const { anjali, mabel } = await four();
    const first = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    expect(first.run).toMatchObject({ shownTotal: 20 });
    const forbidden = await chosen(first.round, 'forbid', anjali, mabel);
    const second = await matched(harness, coordinator, forbidden);
    expect(await pairsOf(second.run)).toEqual([
      ['Anjali Anode', 'Reed Reagent', false],
      ['Wren Lathe', 'Mabel Mandrel', false],
    ]);
    const answer = await harness.post(`mentoring/rounds/${second.round.id}/release`, coordinator, {
      version: second.round.version,
      runId: first.run.id,
    });
    expect(answer.status).toBe(200);
    const { rows } = proposalsPage.parse(
      (await harness.get(`mentoring/rounds/${second.round.id}/proposals`, coordinator)).body,
    );
    expect(rows.map(({ mentee }) => mentee.name)).toEqual(['Wren Lathe']);
    expect(refusalOf(await choose(roundView.parse(answer.body), 'pin', anjali, mabel))).toEqual([
      409,
      'status-refused',
    ]);
  });

  it('somebody whom nothing but a choice leaves out is told so in the list', async () => {
    const anjali = await records.mentee({ name: 'Anjali Anode' });
    const mabel = await records.mentor({ name: 'Mabel Mandrel' });
    const round = await chosen(await joinedRound(harness, coordinator), 'forbid', anjali, mabel);
    const { run } = await matched(harness, coordinator, round);
    const { rows } = leftOutPage.parse((await harness.get(`mentoring/runs/${run.id}/left-out`, coordinator)).body);
    expect(rows).toMatchObject([{ blocked: { allowed: 0, forbidden: 1, other: 0 } }]);
  });

  it('nobody is pinned to whom they may not be with: the rule is named, what is private is not told apart', async () => {
    const school = await harness.unit(records.institutionId, 'School');
    const mabel = await records.mentor({ name: 'Mabel Mandrel', unitId: school });
    const anjali = await records.mentee({ name: 'Anjali Anode', lineManagerId: mabel.personId });
    const wren = await records.mentee({ name: 'Wren Lathe', unitId: school });
    const reed = await records.mentor({ name: 'Reed Reagent' });
    await harness.sql(`insert into exclusion (institution_id, person_id, excluded_person_id) values ($1, $2, $3)`, [
      records.institutionId,
      reed.personId,
      wren.personId,
    ]);
    const round = await joinedRound(harness, coordinator);
    const by = async (mentee: Mentee, mentor: Mentor) => {
      const { status, body } = await choose(round, 'pin', mentee, mentor);
      return [status, body] as const;
    };
    expect(await by(anjali, mabel)).toMatchObject([409, { refusal: 'kept-apart', facts: { by: 'managementChain' } }]);
    expect(await by(wren, mabel)).toMatchObject([409, { refusal: 'kept-apart', facts: { by: 'sameUnit' } }]);
    const [, excluded] = await by(wren, reed);
    expect(excluded).toMatchObject({ refusal: 'kept-apart', facts: { by: 'other' } });
    expect(JSON.stringify(excluded)).not.toMatch(/exclu/i);
    expect((await choices(round)).length).toBe(0);
    // To forbid what is kept apart anyway does no harm.
    expect((await choose(round, 'forbid', wren, reed)).status).toBe(200);
  });

  it('pins keep to places; of two at once for the last place one is refused; nobody decides twice about two people', async () => {
    const { anjali, wren, mabel, reed } = await four();
    const round = await joinedRound(harness, coordinator);
    const answers = await Promise.all([choose(round, 'pin', anjali, mabel), choose(round, 'pin', wren, mabel)]);
    expect(answers.map((each) => refusalOf(each)[1]).sort()).toEqual(['changed-meanwhile', 'none']);
    const now = roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body);
    const [made] = await choices(now);
    const first = made?.mentee.id === anjali.personId ? anjali : wren;
    const second = first === anjali ? wren : anjali;
    expect((await choose(now, 'pin', second, mabel)).body).toMatchObject({
      ...{ refusal: 'no-place-to-pin', facts: { side: 'mentor' } },
    });
    expect((await choose(now, 'pin', first, reed)).body).toMatchObject({
      ...{ refusal: 'no-place-to-pin', facts: { side: 'mentee' } },
    });
    expect(refusalOf(await choose(now, 'forbid', first, mabel))).toEqual([409, 'choice-made']);
    expect(refusalOf(await choose(now, 'pin', { personId: mabel.personId }, reed))).toEqual([404, 'not-found']);
  });

  it('a pin that can no longer be kept is passed over, and the run says how many', async () => {
    const { anjali, reed } = await four();
    const round = await chosen(await joinedRound(harness, coordinator), 'pin', anjali, reed);
    await harness.sql(`update enrolment set status = 'paused' where id = $1`, [reed.enrolmentId]);
    const { run } = await matched(harness, coordinator, round);
    expect(run).toMatchObject({ status: 'done', pinsNotKept: 1 });
    expect((await pairsOf(run)).every(([, , pinned]) => pinned === false)).toBe(true);
  });

  it('choices are a coordinator’s: others see them without the reason, another institution not at all; the audit has no reason', async () => {
    const { anjali, mabel } = await four();
    const round = await joinedRound(harness, coordinator);
    const lead = await harness.somebody(records.institutionId, ['programme-lead']);
    const stranger = await harness.somebody(await harness.institution('Theirs'), ['coordinator']);
    expect(refusalOf(await choose(round, 'pin', anjali, mabel, lead))).toEqual([403, 'not-allowed']);
    expect(refusalOf(await choose(round, 'pin', anjali, mabel, stranger))).toEqual([404, 'not-found']);
    await choose(round, 'pin', anjali, mabel);
    expect(await choices(round, lead)).toMatchObject([{ kind: 'pin', reason: null }]);
    const [choice] = await choices(round);
    expect(refusalOf(await harness.get(`mentoring/rounds/${round.id}/choices`, stranger))).toEqual([404, 'not-found']);
    expect(refusalOf(await harness.delete(`mentoring/rounds/${round.id}/choices/${choice?.id}`, stranger))).toEqual([
      404,
      'not-found',
    ]);
    const audit = await harness.sql<{ details: object }>(
      `select details from audit_entry where act = 'round.pin' and subject_id = $1`,
      [round.id],
    );
    expect(audit).toHaveLength(1);
    expect(JSON.stringify(audit)).not.toContain('paper');
  });

  it('a choice that fails late leaves nothing behind', async () => {
    const { anjali, mabel } = await four();
    const round = await joinedRound(harness, coordinator);
    await harness.sql(`alter table audit_entry add constraint no_pin check (act <> 'round.pin') not valid`);
    try {
      expect(refusalOf(await choose(round, 'pin', anjali, mabel))).toEqual([500, 'unexpected']);
    } finally {
      await harness.sql(`alter table audit_entry drop constraint no_pin`);
    }
    expect(await choices(round)).toEqual([]);
    expect(roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body)).toEqual(round);
  });

  describe('two runs compared', () => {
    const compared = async (run: RunView, other: RunView, query = '') =>
      comparisonView.parse(
        (await harness.get(`mentoring/runs/${run.id}/comparison?with=${other.id}${query}`, coordinator)).body,
      );

    it('say who gained a mentor, who lost one, who moved, by how many points, and which choices differ', async () => {
      const { anjali, wren, reed } = await four();
      await records.mentee({ name: 'Zed Zinc' });
      const first = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      const pinned = await chosen(first.round, 'pin', anjali, reed);
      // Wren leaves the round, and Zed comes to a place at last.
      const without = await harness.delete(`mentoring/rounds/${pinned.id}/mentees/${wren.personId}`, coordinator);
      const second = await matched(harness, coordinator, roundView.parse(without.body));
      const view = await compared(second.run, first.run);
      expect(view.counts).toEqual({ gained: 1, lost: 1, moved: 1, same: 0 });
      expect(view.rows.map((row) => [row.mentee.name, row.change, row.difference])).toEqual([
        ['Anjali Anode', 'moved', -10],
        ['Wren Lathe', 'lost', -10],
        ['Zed Zinc', 'gained', 0],
      ]);
      expect(view.rows[0]).toMatchObject({
        before: [{ mentor: { name: 'Mabel Mandrel' }, score: 10, pinned: false }],
        now: [{ mentor: { name: 'Reed Reagent' }, score: 0, pinned: true }],
      });
      expect(view.choices).toMatchObject([{ kind: 'pin', in: 'now', mentee: { name: 'Anjali Anode' } }]);
      expect((await compared(first.run, second.run)).counts).toEqual({ gained: 1, lost: 1, moved: 1, same: 0 });
      expect((await compared(second.run, first.run, '&change=moved')).rows).toHaveLength(1);
      expect((await compared(second.run, first.run, '&search=zinc')).total).toBe(1);
      expect((await compared(second.run, first.run, '&pageSize=2&page=2')).rows).toHaveLength(1);
      expect((await compared(second.run, first.run, '&sort=-difference')).rows[0]?.mentee.name).toBe('Zed Zinc');
      expect((await compared(second.run, second.run)).rows).toEqual([]);
      const csv = await harness.get(
        `mentoring/runs/${second.run.id}/comparison/export?with=${first.run.id}`,
        coordinator,
      );
      expect(String(csv.body).trim().split('\r\n').slice(1)).toEqual([
        'Anjali Anode,,moved,Mabel Mandrel,10,Reed Reagent,0,-10,pairs-total,pairs-total',
        'Wren Lathe,,lost,Reed Reagent,10,,,-10,pairs-total,pairs-total',
        'Zed Zinc,,gained,,,Mabel Mandrel,0,0,pairs-total,pairs-total',
      ]);
      const xlsx = await harness.get(
        `mentoring/runs/${second.run.id}/comparison/export?with=${first.run.id}&format=xlsx`,
        coordinator,
      );
      expect(xlsx.headers.get('content-type')).toContain('spreadsheetml');
    });

    it('are of one round and finished; anything else is not found or refused', async () => {
      await four();
      const first = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      const other = new Records(harness, await harness.institution('Theirs'));
      const stranger = await harness.somebody(other.institutionId, ['coordinator']);
      await other.mentee();
      await other.mentor();
      const theirs = await matched(harness, stranger, await joinedRound(harness, stranger));
      const path = (id: string, withId: string) => `mentoring/runs/${id}/comparison?with=${withId}`;
      expect(refusalOf(await harness.get(path(first.run.id, theirs.run.id), coordinator))).toEqual([404, 'not-found']);
      expect(refusalOf(await harness.get(path(first.run.id, first.run.id), stranger))).toEqual([404, 'not-found']);
      await harness.sql(`update run set status = 'failed' where id = $1`, [first.run.id]);
      expect(refusalOf(await harness.get(path(first.run.id, first.run.id), coordinator))).toEqual([
        409,
        'run-not-finished',
      ]);
    });
  });

  describe('why not her?', () => {
    it('because the whole round would lose so many points, exactly, and who would have whom instead', async () => {
      const { anjali, mabel, reed } = await four();
      const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      const view = await answerOf(run, anjali, reed);
      expect(view).toMatchObject({ mentee: { name: 'Anjali Anode' }, mentor: { name: 'Reed Reagent' }, asRun: true });
      expect(view.answer).toMatchObject({
        kind: 'allowed',
        score: { score: 0, parts: [] },
        instead: [{ mentor: { name: 'Mabel Mandrel' }, score: 10 }],
        holders: [{ mentee: { name: 'Wren Lathe' }, score: 10, pinned: false }],
        forced: { pinsGivingWay: 0, pairsLost: 0, pointsLost: 20, moved: 2, byLot: false, onePlaceMore: false },
      });
      expect((await answerOf(run, anjali, mabel)).answer).toMatchObject({ kind: 'paired', score: { score: 10 } });
    });

    it('because a pin has the place: it would have to give way, and the round would gain', async () => {
      const { anjali, wren, reed } = await four();
      const round = await chosen(await joinedRound(harness, coordinator), 'pin', anjali, reed);
      const { run } = await matched(harness, coordinator, round);
      expect((await answerOf(run, wren, reed)).answer).toMatchObject({
        kind: 'allowed',
        holders: [{ mentee: { name: 'Anjali Anode' }, pinned: true }],
        forced: { pinsGivingWay: 1, pairsLost: 0, pointsLost: -20, byLot: false },
      });
    });

    it('because somebody would go without: so many pairs fewer, and one more place would do', async () => {
      const anjali = await records.mentee({ name: 'Anjali Anode', ...skills('glass') });
      const wren = await records.mentee({ name: 'Wren Lathe', ...skills('glass', 'wood') });
      const school = await harness.unit(records.institutionId, 'School');
      await harness.sql(`update person set unit_id = $2 where id = $1`, [wren.personId, school]);
      const mabel = await records.mentor({ name: 'Mabel Mandrel', ...skills('glass') });
      await records.mentor({ name: 'Reed Reagent', unitId: school });
      const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      expect((await pairsOf(run)).map((pair) => pair.slice(0, 2))).toEqual([
        ['Anjali Anode', 'Reed Reagent'],
        ['Wren Lathe', 'Mabel Mandrel'],
      ]);
      expect((await answerOf(run, anjali, mabel)).answer).toMatchObject({
        kind: 'allowed',
        score: { score: 10 },
        forced: { pairsLost: 1, pointsLost: null, byLot: false, onePlaceMore: true },
      });
    });

    it('because lots decided between results as good', async () => {
      const mentees = [await records.mentee({ name: 'Anjali Anode' }), await records.mentee({ name: 'Wren Lathe' })];
      const mentor = await records.mentor({ name: 'Mabel Mandrel' });
      const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      const [[paired] = []] = await pairsOf(run);
      const other = mentees[paired === 'Anjali Anode' ? 1 : 0];
      if (!other) throw new Error('nobody is left out');
      expect((await answerOf(run, other, mentor)).answer).toMatchObject({
        forced: { pairsLost: 0, pointsLost: 0, byLot: true, onePlaceMore: true },
      });
    });

    it('because a rule keeps them apart; a wish not to be together is told as one of several private things', async () => {
      const { anjali, wren, mabel, reed } = await four();
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [anjali.personId, reed.personId]);
      await harness.sql(`insert into exclusion (institution_id, person_id, excluded_person_id) values ($1, $2, $3)`, [
        records.institutionId,
        wren.personId,
        mabel.personId,
      ]);
      const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      expect((await answerOf(run, anjali, reed)).answer).toEqual({ kind: 'kept-apart', by: 'managementChain' });
      const excluded = await whyNot(run, wren, mabel);
      expect(whyNotView.parse(excluded.body).answer).toEqual({ kind: 'kept-apart', by: 'other' });
      expect(JSON.stringify(excluded.body)).not.toMatch(/exclu/i);
    });

    it('tells no loss of points where identity counts, from which one could read what somebody said', async () => {
      const anjali = await records.mentee({ name: 'Anjali Anode', identity: ['Secret'] });
      const mabel = await records.mentor({ name: 'Mabel Mandrel', identity: ['Secret'] });
      for (let count = 0; count < 7; count += 1) {
        await records.mentee({ identity: [`Wish ${count}`] });
        await records.mentor({ identity: [`Answer ${count}`] });
      }
      const round = await joinedRound(harness, coordinator, rules({ points: { identity: 50 } }));
      const { run } = await matched(harness, coordinator, round);
      const page = runPairsPage.parse((await harness.get(`mentoring/runs/${run.id}/pairs`, coordinator)).body);
      const other = page.rows.find(({ mentee }) => mentee.id !== anjali.personId);
      const answer = await whyNot(run, anjali, { personId: other?.mentor.id ?? '' });
      expect(whyNotView.parse(answer.body).answer).toMatchObject({
        kind: 'allowed',
        score: { score: 0 },
        forced: { pairsLost: 0, pointsLost: null, byLot: false },
      });
      expect(JSON.stringify(answer.body)).not.toMatch(/secret|identity|\b50\b/i);
      expect(mabel.personId).toBeDefined();
    });

    it('says when people have changed since, and of whom nothing can be said', async () => {
      const { anjali, wren, reed } = await four();
      const { run, round } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      await harness.sql(`update enrolment set capacity = 3 where id = $1`, [reed.enrolmentId]);
      expect((await answerOf(run, anjali, reed)).asRun).toBe(false);
      await harness.sql(`update request set status = 'withdrawn' where id = $1`, [wren.requestId]);
      expect((await answerOf(run, wren, reed)).answer).toEqual({ kind: 'not-in-round', side: 'mentee' });
      const stranger = await harness.somebody(await harness.institution('Theirs'), ['coordinator']);
      const path = `mentoring/runs/${run.id}/why-not?menteeId=${anjali.personId}&mentorId=${reed.personId}`;
      expect(refusalOf(await harness.get(path, stranger))).toEqual([404, 'not-found']);
      const lead = await harness.somebody(records.institutionId, ['programme-lead']);
      expect(refusalOf(await harness.get(path, lead))).toEqual([403, 'not-allowed']);
      const nobody = await records.mentor({ name: 'Not In' });
      expect(refusalOf(await whyNot(run, anjali, nobody))).toEqual([404, 'not-found']);
      expect(round.status).toBe('review');
    });
  });

  it('rounds and proposals are kept as files, by their filters, with no cell that acts', async () => {
    await four();
    await harness.sql(`update person set given_name = '=cmd()' where family_name = 'Anode' and institution_id = $1`, [
      records.institutionId,
    ]);
    const { round, run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
    await harness.post(`mentoring/rounds/${round.id}/release`, coordinator, { version: round.version, runId: run.id });
    await harness.post('mentoring/rounds', coordinator, { name: 'Other' });
    const lines = async (path: string) =>
      String((await harness.get(path, coordinator)).body)
        .trim()
        .split('\r\n');
    expect(await lines('mentoring/rounds/export')).toHaveLength(3);
    expect((await lines('mentoring/rounds/export?status=released'))[1]).toMatch(/^Autumn round,released,2,2,2,2,/);
    const proposals = await lines(`mentoring/rounds/${round.id}/proposals/export`);
    expect(proposals).toHaveLength(3);
    expect(proposals[1]).toMatch(/^'=cmd\(\) Anode,,Mabel Mandrel,,proposed,/);
    const xlsx = await harness.get(`mentoring/rounds/${round.id}/proposals/export?format=xlsx`, coordinator);
    expect([xlsx.status, xlsx.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="proposals.xlsx"',
    ]);
    expect(refusalOf(await harness.get('mentoring/rounds/export?format=doc', coordinator))).toEqual([
      422,
      'invalid-input',
    ]);
  });

  describe('a run that does not end well', () => {
    afterEach(() => harness.sql(`drop trigger if exists stop_there on job`));
    const see = async (round: RoundView) =>
      roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body);
    const ended = async (round: RoundView) => {
      await harness.post(`mentoring/rounds/${round.id}/runs`, coordinator, { version: round.version });
      return harness.until(
        () => see(round),
        ({ status }) => status !== 'matching',
      );
    };

    it.each(['reading', 'scoring', 'matching', 'explaining', 'writing'])(
      'stopped while it was at "%s": nothing is left, the round is open, and it says who stopped it',
      async (stage) => {
        await four();
        const round = await joinedRound(harness, coordinator);
        await harness.sql(`create or replace function stop_there() returns trigger language plpgsql security definer as $$
          begin
            new.cancel_asked := true;
            insert into audit_entry (institution_id, id, at, actor_person_id, act, subject_kind, subject_id, details)
              values (new.institution_id, uuidv7(), now(), new.requested_by, 'job.cancel', 'job', new.id, '{}');
            return new;
          end $$`);
        await harness.sql(`create trigger stop_there before update of stage on job for each row
          when (new.stage = '${stage}' and not old.cancel_asked) execute function stop_there()`);
        const after = await ended(round);
        expect(after).toMatchObject({
          status: 'open',
          may: { run: true, change: true },
          runs: [{ status: 'cancelled', stoppedBy: 'Olive Solder', job: { status: 'cancelled', cancellable: false } }],
        });
        expect(await harness.sql(`select from run_pair where institution_id = $1`, [records.institutionId])).toEqual(
          [],
        );
        await harness.sql(`drop trigger stop_there on job`);
        expect(await ended(after)).toMatchObject({
          status: 'review',
          runs: [{ status: 'done' }, { status: 'cancelled' }],
        });
      },
    );

    it('failed: it says why with a number, the round is open again, and the next run is whole', async () => {
      await four();
      const round = await joinedRound(harness, coordinator);
      await harness.sql(`alter table run_pair add constraint no_pairs check (score < 0) not valid`);
      const after = await ended(round).finally(() => harness.sql(`alter table run_pair drop constraint no_pairs`));
      expect(after).toMatchObject({
        status: 'open',
        may: { run: true },
        runs: [{ status: 'failed', stoppedBy: null, job: { status: 'failed', failure: 'unexpected' } }],
      });
      expect(after.runs[0]?.job?.correlationId).toMatch(/^WM-/);
      expect(await ended(after)).toMatchObject({
        status: 'review',
        runs: [{ number: 2, status: 'done', count: 2 }, {}],
      });
      const stuck = await harness.sql(`select from job where institution_id = $1 and status in ('queued', 'running')`, [
        records.institutionId,
      ]);
      expect(stuck).toEqual([]);
    });
  });
});
