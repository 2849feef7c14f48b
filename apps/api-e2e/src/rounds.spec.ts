import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { homeView, participantsPage, roundsPage, roundView, type RoundView } from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { joinedRound, Records, refusalOf, rules } from './rounds-records';

describe('rounds', () => {
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

  const start = async (): Promise<RoundView> =>
    (await harness.post('mentoring/rounds', coordinator, { name: 'Autumn' })).body as RoundView;

  it('a round starts as a draft that can be changed, loaded and cancelled, and nothing else', async () => {
    const answer = await harness.post('mentoring/rounds', coordinator, { name: ' Autumn ' });
    expect(answer.status).toBe(201);
    const round = roundView.parse(answer.body);
    expect(round).toMatchObject({
      name: 'Autumn',
      status: 'draft',
      version: 1,
      mentees: 0,
      mentors: 0,
      places: 0,
      runs: [],
    });
    expect(round.may).toEqual({
      change: true,
      choose: false,
      load: true,
      run: false,
      release: false,
      cancel: true,
      close: false,
    });
    expect(roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body)).toEqual(round);
  });

  it('a repeated command with the same key starts one round', async () => {
    const key = randomUUID();
    const ask = () => harness.ask('POST', 'mentoring/rounds', { as: coordinator, body: { name: 'Once' }, key });
    const [first, second] = [await ask(), await ask()];
    expect(second.body).toEqual(first.body);
    expect(roundsPage.parse((await harness.get('mentoring/rounds', coordinator)).body).total).toBe(1);
  });

  it('name and rules are changed on the version that was seen', async () => {
    const round = await start();
    const change = { version: round.version, name: 'Spring', rules: rules({ proposalsPerMentee: 2 }) };
    const [one, other] = await Promise.all([
      harness.put(`mentoring/rounds/${round.id}`, coordinator, change),
      harness.put(`mentoring/rounds/${round.id}`, coordinator, change),
    ]);
    expect([one.status, other.status].sort()).toEqual([200, 409]);
    expect(refusalOf(one.status === 409 ? one : other)).toEqual([409, 'changed-meanwhile']);
    const now = roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body);
    expect(now).toMatchObject({ name: 'Spring', version: 2, rules: { proposalsPerMentee: 2 } });
  });

  it('open requests and active mentors join, once, and open the round', async () => {
    await records.mentee({ name: 'Anjali Anode', attributes: { skills: ['welding'] }, waited: 2 });
    await records.mentor({ name: 'Mabel Mandrel', places: 3, attributes: { skills: ['welding', 'glass'] } });
    const gone = await records.mentor();
    await harness.sql(`update person set left_on = current_date - 1 where id = $1`, [gone.personId]);
    const paused = await records.mentor();
    await harness.sql(`update enrolment set status = 'paused' where id = $1`, [paused.enrolmentId]);

    const round = await start();
    expect(round.couldJoin).toEqual({ mentees: 1, mentors: 1 });
    const joined = roundView.parse(
      (await harness.post(`mentoring/rounds/${round.id}/join`, coordinator, { version: 1 })).body,
    );
    expect(joined).toMatchObject({
      status: 'open',
      mentees: 1,
      mentors: 1,
      places: 3,
      couldJoin: { mentees: 0, mentors: 0 },
    });
    expect(joined.attributes).toEqual([{ name: 'skills', mentees: 1, mentors: 1 }]);
    expect(joined.identity).toEqual({ enough: false });

    const mentors = participantsPage.parse(
      (await harness.get(`mentoring/rounds/${round.id}/mentors?search=mandrel`, coordinator)).body,
    );
    expect(mentors.rows).toMatchObject([
      { name: 'Mabel Mandrel', count: 3, attributes: [{ name: 'skills', values: ['welding', 'glass'] }] },
    ]);
    const mentees = participantsPage.parse(
      (await harness.get(`mentoring/rounds/${round.id}/mentees`, coordinator)).body,
    );
    expect(mentees.rows).toMatchObject([{ name: 'Anjali Anode', count: 2 }]);
    const [row] = roundsPage.parse((await harness.get('mentoring/rounds?status=open', coordinator)).body).rows;
    expect(row).toMatchObject({ id: round.id, mentees: 1, mentors: 1, places: 3, paired: null });
  });

  it('two rounds that people join at once do not both get them', async () => {
    await records.mentee();
    await records.mentor();
    const [one, other] = [await start(), await start()];
    const answers = await Promise.all(
      [one, other].map(({ id }) => harness.post(`mentoring/rounds/${id}/join`, coordinator, { version: 1 })),
    );
    const counts = answers.map(({ body }) => (body as RoundView).mentees + (body as RoundView).mentors);
    expect(counts.sort()).toEqual([0, 2]);
  });

  it('the rules cap the places that mentors offer', async () => {
    await records.mentee();
    await records.mentor({ places: 4 });
    expect((await joinedRound(harness, coordinator, rules({ placesAtMost: 2 }))).places).toBe(2);
  });

  it('whether enough spoke of their identity to match on it is told, and not how many', async () => {
    for (let count = 0; count < 8; count += 1) await records.mentee({ identity: ['Welsh speaker'] });
    for (let count = 0; count < 7; count += 1) await records.mentor({ identity: ['Welsh speaker'] });
    const round = await joinedRound(harness, coordinator);
    expect(round.identity).toEqual({ enough: false });
    const eighth = await records.mentor({ identity: ['Welsh speaker'] });
    await harness.sql(`insert into round_mentor (institution_id, round_id, enrolment_id) values ($1, $2, $3)`, [
      records.institutionId,
      round.id,
      eighth.enrolmentId,
    ]);
    const { body } = await harness.get(`mentoring/rounds/${round.id}`, coordinator);
    expect((body as RoundView).identity).toEqual({ enough: true });
  });

  it('a participant is removed, and only one who is in the round', async () => {
    const mentee = await records.mentee();
    await records.mentor();
    const round = await joinedRound(harness, coordinator);
    const removed = await harness.delete(`mentoring/rounds/${round.id}/mentees/${mentee.personId}`, coordinator);
    expect(roundView.parse(removed.body)).toMatchObject({ mentees: 0, mentors: 1, version: round.version + 1 });
    expect(
      refusalOf(await harness.delete(`mentoring/rounds/${round.id}/mentees/${mentee.personId}`, coordinator)),
    ).toEqual([404, 'not-found']);
  });

  it('moves that the status table does not have are refused by name', async () => {
    const round = await start();
    expect(refusalOf(await harness.post(`mentoring/rounds/${round.id}/close`, coordinator, { version: 1 }))).toEqual([
      409,
      'status-refused',
    ]);
    expect(refusalOf(await harness.post(`mentoring/rounds/${round.id}/runs`, coordinator, { version: 1 }))).toEqual([
      409,
      'round-empty',
    ]);
    expect((await harness.post(`mentoring/rounds/${round.id}/cancel`, coordinator, { version: 1 })).status).toBe(200);
    for (const deed of ['join', 'cancel', 'close']) {
      expect(
        refusalOf(await harness.post(`mentoring/rounds/${round.id}/${deed}`, coordinator, { version: 2 })),
      ).toEqual([409, 'status-refused']);
    }
    const release = { version: 2, runId: randomUUID() };
    expect(refusalOf(await harness.post(`mentoring/rounds/${round.id}/release`, coordinator, release))).toEqual([
      409,
      'status-refused',
    ]);
  });

  it('a round without anybody to match, or whose rules give no points, is not matched', async () => {
    await records.mentee();
    const without = await joinedRound(harness, coordinator);
    expect(
      refusalOf(await harness.post(`mentoring/rounds/${without.id}/runs`, coordinator, { version: without.version })),
    ).toEqual([409, 'round-empty']);
    await records.mentor();
    const joined = (
      await harness.post(`mentoring/rounds/${without.id}/join`, coordinator, { version: without.version })
    ).body as RoundView;
    const pointless = rules({ points: { grade: [], shared: [], identity: 0, waiting: 0 } });
    const changed = (
      await harness.put(`mentoring/rounds/${joined.id}`, coordinator, {
        version: joined.version,
        name: 'x',
        rules: pointless,
      })
    ).body as RoundView;
    expect(
      refusalOf(await harness.post(`mentoring/rounds/${joined.id}/runs`, coordinator, { version: changed.version })),
    ).toEqual([422, 'rules-empty']);
  });

  it('the coordinator’s next step is to load a draft, and to run an open round with people', async () => {
    const draft = await start();
    const tasks = async () => homeView.parse((await harness.get('home', coordinator)).body).tasks;
    expect(await tasks()).toMatchObject([{ kind: 'load-round', id: draft.id, about: 'Autumn', count: 0 }]);
    await records.mentee();
    await records.mentor();
    await harness.post(`mentoring/rounds/${draft.id}/join`, coordinator, { version: 1 });
    expect(await tasks()).toMatchObject([{ kind: 'run-round', id: draft.id, count: 1 }]);
  });

  it('who may see rounds may not run them, and everybody else may do neither', async () => {
    const round = await start();
    const auditor = await harness.somebody(records.institutionId, ['auditor']);
    expect(roundView.parse((await harness.get(`mentoring/rounds/${round.id}`, auditor)).body).may.change).toBe(false);
    expect(refusalOf(await harness.post('mentoring/rounds', auditor, { name: 'Mine' }))).toEqual([403, 'not-allowed']);
    const technician = await harness.somebody(records.institutionId);
    expect(refusalOf(await harness.get(`mentoring/rounds/${round.id}`, technician))).toEqual([403, 'not-allowed']);
  });

  it('a coordinator of another institution finds nothing', async () => {
    const mentee = await records.mentee();
    const round = await joinedRound(harness, coordinator);
    const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['coordinator']);
    const path = `mentoring/rounds/${round.id}`;
    const version = round.version;
    const answers = [
      await harness.get(path, stranger),
      ...(await Promise.all(
        ['mentees', 'mentors', 'proposals'].map((list) => harness.get(`${path}/${list}`, stranger)),
      )),
      await harness.put(path, stranger, { version, name: 'Taken', rules: rules() }),
      ...(await Promise.all(
        ['join', 'runs', 'cancel', 'close'].map((deed) => harness.post(`${path}/${deed}`, stranger, { version })),
      )),
      await harness.post(`${path}/release`, stranger, { version, runId: randomUUID() }),
      await harness.delete(`${path}/mentees/${mentee.personId}`, stranger),
    ];
    for (const answer of answers) expect(refusalOf(answer)).toEqual([404, 'not-found']);
    expect(roundsPage.parse((await harness.get('mentoring/rounds', stranger)).body).total).toBe(0);
    expect(roundView.parse((await harness.get(path, coordinator)).body)).toEqual(round);
  });
});
