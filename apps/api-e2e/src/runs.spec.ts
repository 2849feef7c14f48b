import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  homeView,
  leftOutPage,
  participantsPage,
  runPairsPage,
  runView,
  type RunView,
  roundView,
  type RoundView,
  unlocksView,
} from '@waymark/contracts';
import { Harness, type SignedIn } from './harness';
import { joinedRound, matched, Records, refusalOf, rules } from './rounds-records';

describe('runs', () => {
  let harness: Harness;
  let records: Records;
  let coordinator: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    records = new Records(harness, await harness.institution());
    coordinator = await harness.somebody(records.institutionId, ['coordinator'], 'Olive Solder');
  });

  const see = async (round: RoundView): Promise<RoundView> =>
    roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body);
  const runOf = async (run: RunView): Promise<RunView> =>
    runView.parse((await harness.get(`mentoring/runs/${run.id}`, coordinator)).body);

  describe('with a worker', () => {
    beforeAll(() => harness.startWorker());
    afterAll(() => harness.stopWorker());

    it('pairs as many as possible with the highest total, and says why', async () => {
      const [low, high] = await harness.grades(records.institutionId, ['Low', 'High']);
      const school = await harness.unit(records.institutionId, 'School');
      const library = await harness.unit(records.institutionId, 'Library');
      await records.mentee({
        name: 'Anjali Anode',
        gradeId: low,
        unitId: school,
        attributes: { skills: ['Glass'] },
        waited: 1,
      });
      await records.mentee({ name: 'Wren Lathe', gradeId: low, unitId: school, attributes: { skills: ['Lasers'] } });
      await records.mentor({
        name: 'Mabel Mandrel',
        gradeId: high,
        unitId: library,
        attributes: { skills: ['glass', 'lasers'] },
      });
      await records.mentor({ name: 'Reed Reagent', gradeId: high, unitId: library, attributes: { skills: ['glass'] } });
      const points = { grade: [{ steps: 1, points: 5 }], waiting: 3 };
      const { round, run } = await matched(
        harness,
        coordinator,
        await joinedRound(harness, coordinator, rules({ points })),
      );
      expect(roundView.parse(round)).toMatchObject({ status: 'review', may: { release: true, run: true } });
      expect(run).toMatchObject({
        ...{ number: 1, status: 'done', mentees: 2, mentors: 2, places: 2, count: 2, menteesPaired: 2, leftOut: 0 },
        ...{ total: 33, shownTotal: 33, lowest: 15, highest: 18, of: 18, longestWait: null, startedBy: 'Olive Solder' },
        job: { status: 'done', stage: 'finished', percent: 100 },
      });
      expect(await runOf(run)).toEqual(run);
      const pairs = runPairsPage.parse(
        (await harness.get(`mentoring/runs/${run.id}/pairs?sort=-score`, coordinator)).body,
      );
      expect(pairs.rows.map(({ mentee, mentor, score }) => [mentee.name, mentor.name, score])).toEqual([
        ['Anjali Anode', 'Reed Reagent', 18],
        ['Wren Lathe', 'Mabel Mandrel', 15],
      ]);
      expect(pairs.rows[0]).toMatchObject({
        mentee: { unit: 'School', grade: 'Low' },
        parts: [
          { part: 'grade', because: ['1'], points: 5, of: 5 },
          { part: 'shared', attribute: 'skills', because: ['Glass'], points: 10, of: 10 },
          { part: 'waiting', because: ['1'], points: 3 },
        ],
      });
      const found = async (query: string) =>
        runPairsPage.parse((await harness.get(`mentoring/runs/${run.id}/pairs?${query}`, coordinator)).body).total;
      expect([
        await found('search=mandrel'),
        await found('unit=library'),
        await found('below=18'),
        await found('search=%25'),
      ]).toEqual([1, 2, 1, 0]);
    });

    it('says of everybody left out which rules keep how many mentors away, and what would help', async () => {
      const school = await harness.unit(records.institutionId, 'School');
      const boss = await records.mentor({ name: 'Mabel Mandrel', unitId: school });
      await records.mentee({ name: 'Anjali Anode', unitId: school });
      await records.mentee({ name: 'Wren Lathe', lineManagerId: boss.personId, waited: 2 });
      await records.mentor({ name: 'Full Mentor', places: 0 });
      const only = await records.mentor({ name: 'Reed Reagent' });
      const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      expect(run).toMatchObject({ count: 1, leftOut: 1, longestWait: 0 });
      const leftOut = leftOutPage.parse((await harness.get(`mentoring/runs/${run.id}/left-out`, coordinator)).body);
      expect(leftOut.rows).toMatchObject([
        {
          mentee: { name: 'Anjali Anode' },
          reason: { kind: 'competition', people: 2, places: 1 },
          blocked: {
            allowed: 1,
            managementChain: 0,
            sameUnit: 1,
            gradeSteps: 0,
            other: 0,
            noPlaces: 1,
          },
        },
      ]);
      const [row] = leftOut.rows;
      expect(row?.reason.kind === 'competition' ? row.reason.mentors.map(({ name }) => name) : []).toContain(
        'Reed Reagent',
      );
      const { unlocks, total } = unlocksView.parse(
        (await harness.get(`mentoring/runs/${run.id}/unlocks`, coordinator)).body,
      );
      expect(total).toBe(2);
      expect(unlocks.map(({ mentor, serves }) => [mentor.name, serves.map(({ name }) => name)]).sort()).toEqual([
        ['Full Mentor', ['Anjali Anode']],
        ['Reed Reagent', ['Anjali Anode']],
      ]);
      expect(only.enrolmentId).toBeDefined();
    });

    it('the same people and rules give the same result again', async () => {
      for (let count = 0; count < 12; count += 1) await records.mentee();
      for (let count = 0; count < 8; count += 1) await records.mentor();
      const first = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      const second = await matched(harness, coordinator, first.round);
      expect(second.run).toMatchObject({ number: 2, total: first.run.total });
      const hashes = await harness.sql(`select distinct summary->>'inputHash' as hash from run where round_id = $1`, [
        first.round.id,
      ]);
      expect(hashes).toHaveLength(1);
      const pairsOf = async (run: RunView) =>
        (await harness.get(`mentoring/runs/${run.id}/pairs?sort=mentee`, coordinator)).body;
      expect(await pairsOf(second.run)).toEqual(await pairsOf(first.run));
    });

    it('identity counts in the match and is shown nowhere', async () => {
      await records.mentee({ name: 'Anjali Anode', identity: ['Secret'] });
      await records.mentor({ name: 'Mabel Mandrel', identity: ['secret'] });
      // Seven more on each side who said something else: below eight, nobody's answer counts.
      for (let count = 0; count < 7; count += 1) {
        await records.mentee({ identity: [`Secret wish ${count}`] });
        await records.mentor({ identity: [`Secret answer ${count}`] });
      }
      const round = await joinedRound(harness, coordinator, rules({ points: { identity: 50 } }));
      const { run } = await matched(harness, coordinator, round);
      expect(run).toMatchObject({ count: 8, total: null, shownTotal: 0, highest: 0, of: 10 });
      const answers = await Promise.all(
        ['', '/pairs', '/left-out', '/unlocks', '/export'].map((part) =>
          harness.get(`mentoring/runs/${run.id}${part}`, coordinator),
        ),
      );
      const shown = JSON.stringify(
        [...answers, await see(round)].map((answer) => ('body' in answer ? answer.body : answer)),
      );
      expect(shown).toContain('Mabel Mandrel');
      expect(shown).not.toMatch(/secret|identityPairs/i);
      const stored = await harness.sql<{ name: string; score: number }>(
        `select p.family_name as name, r.score from run_pair r join enrolment e on e.id = r.enrolment_id
         join person p on p.id = e.person_id where r.run_id = $1 and r.score > 0`,
        [run.id],
      );
      expect(stored).toEqual([{ name: 'Mandrel', score: 50 }]);
    });

    it('identity does not count among fewer than eight, where a pair would tell what somebody answered', async () => {
      await records.mentee({ name: 'Anjali Anode', identity: ['Secret'] });
      for (const answer of ['Secret', 'Another', 'A third']) await records.mentor({ identity: [answer] });
      const round = await joinedRound(harness, coordinator, rules({ points: { identity: 1000 } }));
      expect(round.identity).toEqual({ enough: false });
      const { run } = await matched(harness, coordinator, round);
      expect(await harness.sql(`select score from run_pair where run_id = $1`, [run.id])).toEqual([{ score: 0 }]);
    });

    it('the total is hidden where a second run on fewer people would tell what one has said', async () => {
      for (let count = 0; count < 10; count += 1) await records.mentee({ identity: ['Welsh'] });
      for (let count = 0; count < 10; count += 1) await records.mentee();
      for (let count = 0; count < 20; count += 1) await records.mentor({ identity: ['Welsh'] });
      const first = await matched(
        harness,
        coordinator,
        await joinedRound(harness, coordinator, rules({ points: { identity: 6 } })),
      );
      expect(first.run).toMatchObject({ count: 20, total: 60, shownTotal: 0 });
      const page = await harness.get(`mentoring/rounds/${first.round.id}/mentees?pageSize=1`, coordinator);
      const somebody = participantsPage.parse(page.body).rows[0]?.id ?? '';
      const without = await harness.delete(`mentoring/rounds/${first.round.id}/mentees/${somebody}`, coordinator);
      const second = await matched(harness, coordinator, roundView.parse(without.body));
      expect(second.run).toMatchObject({ count: 19, total: null, shownTotal: 0 });
    });

    it('a CSV file holds the pairs, those left out, and no cell that acts', async () => {
      await records.mentee({ name: '=cmd() Anode', attributes: { skills: ['Glass'] } });
      await records.mentee({ name: 'Wren Lathe' });
      await records.mentor({ name: 'Mabel Mandrel', attributes: { skills: ['Glass'] } });
      const { run } = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      const answer = await harness.get(`mentoring/runs/${run.id}/export`, coordinator);
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      const lines = String(answer.body).trim().split('\r\n');
      expect(lines).toHaveLength(3);
      expect(lines[1]).toMatch(/^Pair,'=cmd\(\) Anode,.*Mabel Mandrel,.*,10,skills Glass: 10,,pairs-total$/);
      expect(lines[2]).toMatch(/^Left out,Wren Lathe,.*2 people for 1 place with Mabel Mandrel/);
    });

    it('a job that was stopped leaves the round open, or in review where an earlier run is done', async () => {
      await records.mentee();
      await records.mentor();
      const first = await matched(harness, coordinator, await joinedRound(harness, coordinator));
      await harness.stopWorker();
      const started = roundView.parse(
        (await harness.post(`mentoring/rounds/${first.round.id}/runs`, coordinator, { version: first.round.version }))
          .body,
      );
      expect(started).toMatchObject({
        status: 'matching',
        may: { change: false, run: false, release: false, cancel: true },
      });
      expect(
        refusalOf(await harness.post(`mentoring/rounds/${started.id}/runs`, coordinator, { version: started.version })),
      ).toEqual([409, 'run-in-progress']);
      expect(
        refusalOf(await harness.post(`mentoring/rounds/${started.id}/join`, coordinator, { version: started.version })),
      ).toEqual([409, 'run-in-progress']);
      await harness.post(`jobs/${started.runs[0]?.job?.id ?? ''}/cancel`, coordinator);
      await harness.startWorker();
      const after = await harness.until(
        () => see(started),
        (round) => round.status !== 'matching',
      );
      expect(after).toMatchObject({ status: 'review', may: { release: true } });
      expect(after.runs.map((run) => run.status)).toEqual(['cancelled', 'done']);
    });

    it('a run whose worker died is begun again and written once', async () => {
      await records.mentee();
      await records.mentor();
      const round = await joinedRound(harness, coordinator);
      await harness.stopWorker();
      const started = (await harness.post(`mentoring/rounds/${round.id}/runs`, coordinator, { version: round.version }))
        .body as RoundView;
      const run = started.runs[0];
      // As a worker leaves it that died in the middle: running, matching, and its event given out twice more.
      await harness.sql(
        `update job set status = 'running', stage = 'matching', percent = 45, started_at = now() where id = $1`,
        [run?.job?.id],
      );
      await harness.sql(`update run set status = 'matching' where id = $1`, [run?.id]);
      await harness.sql(
        `insert into outbox (id, institution_id, topic, payload, at) select gen_random_uuid(), institution_id, topic, payload, at
         from outbox where payload->>'jobId' = $1`,
        [run?.job?.id],
      );
      await harness.startWorker();
      const after = await harness.until(
        () => see(round),
        (view) => view.status !== 'matching',
      );
      expect(after.runs).toMatchObject([{ status: 'done', count: 1 }]);
      await harness.until(
        () => harness.sql(`select from queue.job where state in ('created', 'active', 'retry')`),
        (rows) => rows.length === 0,
      );
      const audits = await harness.sql(`select from audit_entry where act = 'run.finish' and subject_id = $1`, [
        run?.id,
      ]);
      expect(audits).toHaveLength(1);
      expect((await see(round)).version).toBe(after.version);
    });
  });

  describe('without a worker', () => {
    afterEach(() => harness.sql('delete from outbox'));

    it('of two who match at once one does, on one run', async () => {
      await records.mentee();
      await records.mentor();
      const round = await joinedRound(harness, coordinator);
      const answers = await Promise.all(
        [1, 2, 3].map(() => harness.post(`mentoring/rounds/${round.id}/runs`, coordinator, { version: round.version })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect((await see(round)).runs).toHaveLength(1);
    });

    it('a round given up while it is matched stops its job, and the job leaves nothing', async () => {
      await records.mentee();
      await records.mentor();
      const round = await joinedRound(harness, coordinator);
      const started = (await harness.post(`mentoring/rounds/${round.id}/runs`, coordinator, { version: round.version }))
        .body as RoundView;
      const cancelled = await harness.post(`mentoring/rounds/${round.id}/cancel`, coordinator, {
        version: started.version,
      });
      expect(roundView.parse(cancelled.body)).toMatchObject({ status: 'cancelled', runs: [{ status: 'cancelled' }] });
      await harness.startWorker();
      const jobId = started.runs[0]?.job?.id;
      await harness.until(
        () => harness.sql<{ status: string }>(`select status from job where id = $1`, [jobId]),
        ([job]) => job?.status === 'cancelled',
      );
      await harness.stopWorker();
      expect(await see(round)).toMatchObject({ status: 'cancelled', runs: [{ status: 'cancelled', count: null }] });
    });

    it('a run that failed is the coordinator’s to mend', async () => {
      await records.mentee();
      await records.mentor();
      const round = await joinedRound(harness, coordinator);
      await harness.post(`mentoring/rounds/${round.id}/runs`, coordinator, { version: round.version });
      await harness.sql(`update run set status = 'failed' where round_id = $1`, [round.id]);
      await harness.sql(`update round set status = 'open' where id = $1`, [round.id]);
      expect(homeView.parse((await harness.get('home', coordinator)).body).tasks).toMatchObject([
        { kind: 'mend-run', id: round.id },
      ]);
    });
  });

  it('a coordinator of another institution finds no run', async () => {
    await records.mentee();
    await records.mentor();
    const round = await joinedRound(harness, coordinator);
    const started = (await harness.post(`mentoring/rounds/${round.id}/runs`, coordinator, { version: round.version }))
      .body as RoundView;
    const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['coordinator']);
    for (const part of ['', '/pairs', '/left-out', '/unlocks', '/export']) {
      expect(refusalOf(await harness.get(`mentoring/runs/${started.runs[0]?.id ?? ''}${part}`, stranger))).toEqual([
        404,
        'not-found',
      ]);
    }
  });
});
