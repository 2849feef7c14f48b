import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  goingOnView,
  homeView,
  leavingView,
  sharedPairs,
  sharedPairView,
  transferInstitutions,
  transfersPage,
  transferView,
  type TransferView,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { Harness, type SignedIn } from './harness';
import { leavingOf, leaveOn, mailTo, pairUp, settled, takeBack } from './leaving-records';
import { Records, refusalOf } from './rounds-records';

const dayMs = 86_400_000;

describe('a transfer', () => {
  let harness: Harness;
  const clock = new MovedClock(new Date());
  let from: string;
  let to: string;
  let records: Records;
  let here: SignedIn;
  let there: SignedIn;
  let networkId: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(new Date());
    from = await harness.institution('Harbour College');
    to = await harness.institution('Kelder Bridge');
    records = new Records(harness, from);
    here = await harness.somebody(from, ['institution-administrator'], 'Ada Here');
    // Somebody stays to administer.
    await harness.person(from, { roles: ['institution-administrator'] });
    there = await harness.somebody(to, ['institution-administrator'], 'Theo There');
    networkId = await network(from, to);
  });

  const network = async (...institutions: string[]) => {
    const id = randomUUIDv7();
    await harness.sql(`insert into network (id, name, created_at) values ($1, 'North', now())`, [id]);
    for (const each of institutions)
      await harness.sql(`insert into membership (network_id, institution_id, joined_at) values ($1, $2, now())`, [
        id,
        each,
      ]);
    return id;
  };
  const inDays = (days: number) => new Date(clock.now().getTime() + days * dayMs).toISOString().slice(0, 10);
  const start = (personId: string, body: object = {}, as = here) =>
    harness.post(`people/${personId}/transfers`, as, {
      toInstitutionId: to,
      lastDay: inDays(10),
      firstDay: inDays(11),
      ...body,
    });
  const started = async (personId: string, body: object = {}) => {
    const answer = await start(personId, body);
    expect(answer.status).toBe(201);
    return transferView.parse(answer.body);
  };
  const accept = ({ id, version }: TransferView, body: object = {}, as = there) =>
    harness.post(`transfers/${id}/accept`, as, {
      version,
      email: null,
      jobTitle: null,
      unitId: null,
      gradeId: null,
      lineManagerId: null,
      ...body,
    });
  const one = async <Row extends object>(sql: string, values: unknown[]): Promise<Row> => {
    const [row] = await harness.sql<Row & Record<string, unknown>>(sql, values);
    if (!row) throw new Error(`nothing for ${sql}`);
    return row;
  };

  it('is asked of an institution of a shared network, which sees who comes and chooses their place', async () => {
    const email = `${randomUUIDv7()}@move.example`;
    const personId = await harness.person(from, { name: 'Mona Mover', email });
    const verifier = await harness.person(from);
    await harness.sql(
      `insert into award_held (institution_id, id, person_id, body, award, number, awarded_on, status, decided_by, decided_at)
       values ($1, uuidv7(), $2, 'Science Council', 'RSci', '123', '2024-05-01', 'verified', $3, '2024-06-01T10:00:00Z')`,
      [from, personId, verifier],
    );
    await harness.sql(
      `with s as (insert into skill (institution_id, id, name) values ($1, uuidv7(), 'Glassblowing') returning id)
       insert into person_skill (institution_id, person_id, skill_id) select $1, $2, id from s`,
      [from, personId],
    );
    const { institutions } = transferInstitutions.parse((await harness.get('transfers/institutions', here)).body);
    expect(institutions).toEqual([{ id: to, name: 'Kelder Bridge', networks: ['North'] }]);

    const transfer = await started(personId);
    expect(transfer).toMatchObject({ direction: 'out', status: 'asked', may: { cancel: true, decide: false } });
    expect(await leavingOf(harness, personId, here)).toMatchObject({
      status: 'active',
      transfer: { id: transfer.id, status: 'asked', institution: 'Kelder Bridge' },
    });
    const { tasks } = homeView.parse((await harness.get('home', there)).body);
    expect(tasks.filter(({ kind }) => kind === 'answer-transfer')).toMatchObject([
      { id: transfer.id, about: 'Mona Mover' },
    ]);
    const seen = transferView.parse((await harness.get(`transfers/${transfer.id}`, there)).body);
    expect(seen).toMatchObject({
      direction: 'in',
      from: 'Harbour College',
      may: { cancel: false, decide: true },
      card: { givenName: 'Mona', skills: ['Glassblowing'], awards: [{ award: 'RSci', status: 'verified' }] },
    });

    const unitId = await harness.unit(to, 'Chemistry');
    const [gradeId] = await harness.grades(to, ['Grade 5']);
    const manager = await harness.person(to, { name: 'Mike Manager' });
    const accepted = await accept(seen, {
      email,
      unitId,
      gradeId,
      lineManagerId: manager,
      jobTitle: 'Senior technician',
    });
    expect(transferView.parse(accepted.body)).toMatchObject({ status: 'accepted', personId: expect.any(String) });
    const newId = (accepted.body as TransferView).personId ?? '';
    expect(
      await one(
        `select given_name, unit_id, grade_id, line_manager_id, job_title, left_on, email from person where institution_id = $1 and id = $2`,
        [to, newId],
      ),
    ).toEqual({
      given_name: 'Mona',
      unit_id: unitId,
      grade_id: gradeId,
      line_manager_id: manager,
      job_title: 'Senior technician',
      left_on: null,
      email,
    });
    expect(
      await one(`select award, number, status, decided_by, decided_at from award_held where person_id = $1`, [newId]),
    ).toEqual({
      award: 'RSci',
      number: '123',
      status: 'verified',
      decided_by: null,
      decided_at: new Date('2024-06-01T10:00:00Z'),
    });
    expect(
      await one(`select s.name from person_skill ps join skill s on s.id = ps.skill_id where ps.person_id = $1`, [
        newId,
      ]),
    ).toEqual({ name: 'Glassblowing' });
    await settled(harness);
    expect(leavingView.parse(await leavingOf(harness, personId, here))).toMatchObject({
      status: 'leaving',
      lastDay: inDays(10),
      may: { leave: false, undo: false },
    });
    expect((await mailTo(harness, here.personId)).map(({ subject }) => subject)).toEqual([
      'Kelder Bridge has accepted Mona Mover',
    ]);
  });

  it('lets one account open the old place until the last day, and the new one afterwards', async () => {
    const email = `${randomUUIDv7()}@move.example`;
    const personId = (
      (await harness.post('people', here, {
        givenName: 'Mona',
        familyName: 'Mover',
        email,
        jobTitle: null,
        unitId: null,
        gradeId: null,
        lineManagerId: null,
        technician: true,
      })) as { body: { id: string } }
    ).body.id;
    await harness.post(`people/${personId}/invitation`, here);
    const link = async () =>
      /password\/(\S+)/.exec(
        (
          await harness.sql<{ body: string }>(
            `select body from mail_message where recipient = $1 order by id desc limit 1`,
            [email],
          )
        )[0]?.body ?? '',
      )?.[1];
    const password = 'a password long enough';
    expect((await harness.post(`password-links/${await link()}`, null, { password })).status).toBe(200);
    const signIn = async () =>
      ((await harness.post('session', null, { email, password })).body as { institution?: { name: string } })
        .institution?.name;
    await accept(await started(personId), { email });
    await settled(harness);
    expect(await signIn()).toBe('Harbour College');
    clock.moveTo(new Date(clock.now().getTime() + 11 * dayMs));
    expect(await signIn()).toBe('Kelder Bridge');
    await harness.tick('leavers');
    await settled(harness);
    expect(await signIn()).toBe('Kelder Bridge');
    expect(await one(`select count(*)::int as n from account where email = $1`, [email])).toEqual({ n: 1 });
  });

  it('is called off until it is answered, and declined without a change anywhere', async () => {
    const personId = await harness.person(from, { name: 'Mona Mover' });
    const first = await started(personId);
    expect(refusalOf(await start(personId))).toEqual([409, 'transfer-under-way']);
    expect(refusalOf(await leaveOn(harness, personId, inDays(1), here))).toEqual([409, 'transfer-under-way']);
    const cancelled = await harness.post(`transfers/${first.id}/cancel`, here, { version: first.version });
    expect(cancelled.body).toMatchObject({ status: 'cancelled' });
    expect(refusalOf(await accept(first))).toEqual([409, 'transfer-answered']);
    const second = await started(personId);
    expect(refusalOf(await harness.post(`transfers/${second.id}/decline`, here, { version: 1 }))).toEqual([
      404,
      'not-found',
    ]);
    const declined = await harness.post(`transfers/${second.id}/decline`, there, { version: second.version });
    expect(declined.body).toMatchObject({ status: 'declined', personId: null });
    await settled(harness);
    expect(await leavingOf(harness, personId, here)).toMatchObject({ status: 'active', transfer: null });
    expect(await one(`select count(*)::int as n from person where institution_id = $1`, [to])).toEqual({ n: 1 });
    expect((await mailTo(harness, here.personId)).map(({ subject }) => subject)).toEqual([
      'Kelder Bridge has declined Mona Mover',
    ]);
  });

  it('is answered once: of accepting, declining and cancelling at the same moment one succeeds', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const transfer = await started(await harness.person(from));
      const answers = await Promise.all([
        accept(transfer),
        accept(transfer),
        harness.post(`transfers/${transfer.id}/decline`, there, { version: 1 }),
        harness.post(`transfers/${transfer.id}/cancel`, here, { version: 1 }),
      ]);
      expect(answers.filter(({ status }) => status === 200).length).toBe(1);
      const { status } = await one<{ status: string }>(`select status from transfer where id = $1`, [transfer.id]);
      const made = await one(
        `select count(*)::int as n from audit_entry where act = 'transfer.accept' and details->>'transferId' = $1`,
        [transfer.id],
      );
      expect(made).toEqual({ n: status === 'accepted' ? 1 : 0 });
    }
  });

  it('is refused without a shared network, with days the wrong way round, and to a third institution', async () => {
    const personId = await harness.person(from);
    const stranger = await harness.institution('Stranger');
    const asStranger = await harness.somebody(stranger, ['institution-administrator']);
    expect(refusalOf(await start(personId, { toInstitutionId: stranger }))).toEqual([409, 'no-shared-network']);
    expect(refusalOf(await start(personId, { toInstitutionId: from }))).toEqual([409, 'no-shared-network']);
    expect(await start(personId, { firstDay: inDays(10) })).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'firstDay', code: 'not-after-last-day' }] },
    });
    expect(await start(personId, { lastDay: inDays(-1) })).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'lastDay', code: 'in-the-past' }] },
    });
    const coordinator = await harness.somebody(from, ['coordinator']);
    expect(refusalOf(await start(personId, {}, coordinator))).toEqual([403, 'not-allowed']);
    const transfer = await started(personId);
    for (const path of [`transfers/${transfer.id}`])
      expect(refusalOf(await harness.get(path, asStranger))).toEqual([404, 'not-found']);
    expect(refusalOf(await accept(transfer, {}, asStranger))).toEqual([404, 'not-found']);
    expect(refusalOf(await accept(transfer, {}, here))).toEqual([404, 'not-found']);
    expect(transfersPage.parse((await harness.get('transfers', asStranger)).body).total).toBe(0);
    expect(transfersPage.parse((await harness.get('transfers', there)).body).rows).toMatchObject([{ direction: 'in' }]);
    // A unit of the other institution is not one's own.
    const foreign = await harness.unit(from, 'Foreign');
    expect(await accept(transfer, { unitId: foreign })).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'unitId', code: 'unknown-record' }] },
    });
  });

  it('makes somebody who was there before the same record again, and refuses an address that is taken', async () => {
    const email = `${randomUUIDv7()}@move.example`;
    const before = await harness.person(to, { name: 'Mona Before', email, leftOn: '2025-01-31' });
    const personId = await harness.person(from, { name: 'Mona Mover' });
    const taken = `${randomUUIDv7()}@move.example`;
    await harness.person(to, { email: taken });
    const transfer = await started(personId);
    expect(refusalOf(await accept(transfer, { email: taken }))).toEqual([409, 'email-taken']);
    const leaving = `${randomUUIDv7()}@move.example`;
    await harness.person(to, { email: leaving, leftOn: inDays(5), roles: ['coordinator'] });
    expect(refusalOf(await accept(transfer, { email: leaving }))).toEqual([409, 'email-taken']);
    expect((await accept(transfer, { email })).body).toMatchObject({ status: 'accepted', personId: before });
    expect(await one(`select left_on, family_name from person where id = $1`, [before])).toEqual({
      left_on: null,
      family_name: 'Mover',
    });
  });

  it('keeps each side to its own columns, and a third away, also against the application itself', async () => {
    const transfer = await started(await harness.person(from));
    const other = await harness.institution('Third');
    const write = async (institution: string, sql: string) => {
      const client = new pg.Client({ connectionString: harness.urls.appUrl });
      await client.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('app.institution_id', $1, true)`, [institution]);
        return (await client.query(sql, [transfer.id])).rowCount;
      } finally {
        await client.query('rollback');
        await client.end();
      }
    };
    expect(await write(other, `select from transfer where id = $1`)).toBe(0);
    expect(await write(other, `update transfer set status = 'cancelled' where id = $1`)).toBe(0);
    expect(await write(from, `update transfer set status = 'cancelled' where id = $1`)).toBe(1);
    for (const [institution, change] of [
      [to, `status = 'cancelled'`],
      [to, `card = '{"givenName": "Else"}'`],
      [to, `last_day = last_day + 1`],
      [to, `institution_id = '${other}'`],
      [from, `status = 'declined', decided_by = started_by, decided_at = now()`],
      [from, `first_day = first_day + 1`],
      [from, `to_card = '{"unit": "Else"}'`],
      [from, `to_institution_id = '${other}'`],
    ] as const) {
      const outcome = await write(institution, `update transfer set ${change} where id = $1`).then(
        () => 'written',
        (error: Error) => error.message,
      );
      expect({ change, outcome }).toEqual({
        change,
        outcome: expect.stringMatching(/not for this side|row-level security|violates/),
      });
    }
    await expect(write(from, `delete from transfer where id = $1`)).rejects.toThrow(/permission denied/);
  });

  const statusOf = async ({ id }: TransferView) =>
    (await one<{ status: string }>(`select status from transfer where id = $1`, [id])).status;
  const subjectsTo = async (personId: string, part: string) =>
    (await mailTo(harness, personId)).map(({ subject }) => subject).filter((subject) => subject.includes(part));

  it('is over when the network that carried it is left, and who began it is told', async () => {
    const second = await network(from, to);
    const third = await harness.institution('Third');
    await network(from, third);
    const personId = await harness.person(from, { name: 'Mona Mover' });
    const out = await started(personId);
    const elsewhere = await started(await harness.person(from), { toInstitutionId: third });
    const answer = await start(await harness.person(to, { name: 'Nora Northern' }), { toInstitutionId: from }, there);
    const back = transferView.parse(answer.body);
    const leaves = async (id: string) => {
      expect((await harness.post(`networks/${id}/leave`, there, {})).status).toBe(200);
      await settled(harness);
    };
    await leaves(networkId);
    expect([await statusOf(out), await statusOf(back)]).toEqual(['asked', 'asked']);

    await leaves(second);
    expect([await statusOf(out), await statusOf(back)]).toEqual(['cancelled', 'cancelled']);
    expect(await statusOf(elsewhere)).toBe('asked');
    expect(await subjectsTo(here.personId, 'called off')).toEqual(['The transfer of Mona Mover is called off']);
    expect(await subjectsTo(there.personId, 'called off')).toEqual(['The transfer of Nora Northern is called off']);
    const letter = (await mailTo(harness, here.personId)).find(({ subject }) => subject.includes('called off'));
    expect(letter?.body).toContain('You share no network with Kelder Bridge any more');
    const cancelled = (await harness.get(`transfers/${out.id}`, here)).body as TransferView;
    expect(cancelled.to).toBe('Kelder Bridge');
    expect(cancelled.card).not.toHaveProperty('to');
    expect(refusalOf(await accept(out))).toEqual([409, 'transfer-answered']);
    expect(await leavingOf(harness, personId, here)).toMatchObject({ status: 'active', transfer: null });

    await harness.sql(
      `insert into outbox (id, institution_id, topic, payload, at)
       select uuidv7(), $1, 'network.left', jsonb_build_object('networkId', $2::text, 'networkName', 'North',
         'institutionId', $3::text, 'institutionName', 'Kelder Bridge'), now()`,
      [from, second, to],
    );
    await settled(harness);
    expect(await subjectsTo(here.personId, 'called off')).toHaveLength(1);
    expect(
      await one(
        `select count(*)::int as lines, min(subject_id::text) as about from audit_entry
         where institution_id = $1 and act = 'transfer.cancel'`,
        [from],
      ),
    ).toEqual({ lines: 1, about: personId });
  });

  it('cannot be accepted once no network is shared, nor where the card was emptied', async () => {
    const transfer = await started(await harness.person(from));
    const erased = await started(await harness.person(from));
    await harness.sql(`update transfer set card = '{}' where id = $1`, [erased.id]);
    expect(refusalOf(await accept(erased))).toEqual([409, 'status-refused']);
    expect((await harness.get('home', there)).status).toBe(200);
    // Before the event of it was handled.
    await harness.sql(`delete from membership where network_id = $1 and institution_id = $2`, [networkId, to]);
    expect(refusalOf(await accept(transfer))).toEqual([409, 'no-shared-network']);
    expect(await one(`select count(*)::int as n from person where institution_id = $1`, [to])).toEqual({ n: 1 });
    expect((await harness.post(`transfers/${transfer.id}/decline`, there, { version: 1 })).body).toMatchObject({
      status: 'declined',
    });
  });

  it('ends where somebody is marked as left; accepting does not bring them back', async () => {
    const leaves = (personId: string, lastDay: string) =>
      harness.sql(`update person set left_on = $2 where id = $1`, [personId, lastDay]);
    const gone = await harness.person(from, { name: 'Mona Mover' });
    const transfer = await started(gone);
    await leaves(gone, inDays(-2));
    await harness.tick('leavers');
    await settled(harness);
    expect(await statusOf(transfer)).toBe('cancelled');
    expect(await subjectsTo(here.personId, 'called off')).toEqual(['The transfer of Mona Mover is called off']);
    expect(refusalOf(await accept(transfer))).toEqual([409, 'transfer-answered']);

    for (const [day, stands] of [
      [inDays(-2), inDays(-2)],
      [inDays(3), inDays(3)],
      [inDays(20), inDays(10)],
    ] as const) {
      const personId = await harness.person(from);
      const asked = await started(personId);
      await leaves(personId, day);
      expect((await accept(asked)).body).toMatchObject({ status: 'accepted' });
      await settled(harness);
      expect(
        await one(
          `select p.left_on::text, t.marked_at is not null as marked from person p join transfer t on t.person_id = p.id
           where p.id = $1`,
          [personId],
        ),
      ).toEqual({ left_on: stands, marked: true });
    }
  });

  it('called off, shows the other side no card', async () => {
    const see = async ({ id }: TransferView, as: SignedIn) =>
      transferView.parse((await harness.get(`transfers/${id}`, as)).body);
    const names = async (as: SignedIn) =>
      transfersPage.parse((await harness.get('transfers', as)).body).rows.map(({ name }) => name);
    for (const [what, as] of [
      ['cancel', here],
      ['decline', there],
    ] as const) {
      const transfer = await started(await harness.person(from, { name: 'Mona Mover' }));
      expect(await see(transfer, there)).toMatchObject({ card: { givenName: 'Mona' } });
      expect((await names(there))[0]).toBe('Mona Mover');
      expect((await harness.post(`transfers/${transfer.id}/${what}`, as, { version: 1 })).status).toBe(200);
      expect(await see(transfer, there)).toMatchObject({ card: null, may: { decide: false } });
      expect(await see(transfer, here)).toMatchObject({ card: { givenName: 'Mona' } });
    }
    expect(await names(there)).toEqual(['', '']);
    expect(await names(here)).toEqual(['Mona Mover', 'Mona Mover']);
  });

  it('tells the administrators of the institution that is asked', async () => {
    const second = await harness.person(to, { roles: ['institution-administrator'] });
    const left = await harness.person(to, { roles: ['institution-administrator'], leftOn: '2025-01-31' });
    const coordinator = await harness.person(to, { roles: ['coordinator'] });
    const transfer = await started(await harness.person(from, { name: 'Mona Mover' }));
    const repeat = () =>
      harness.sql(
        `insert into outbox (id, institution_id, topic, payload, at)
         values (uuidv7(), $1, 'transfer.asked', jsonb_build_object('transferId', $2::text), now())`,
        [to, transfer.id],
      );
    await repeat();
    await settled(harness);
    await repeat();
    await settled(harness);
    const subject = 'Mona Mover would come to you from Harbour College';
    for (const personId of [there.personId, second]) {
      expect(await mailTo(harness, personId)).toEqual([
        { subject, body: expect.stringContaining(`/people/transfers/${transfer.id}`) },
      ]);
    }
    for (const personId of [left, coordinator, here.personId]) expect(await mailTo(harness, personId)).toEqual([]);
  });

  describe('of somebody in a pair', () => {
    const moving = async (who: 'mentor' | 'mentee' = 'mentor') => {
      const roundId = await records.releasedRound(here.personId);
      const email = `${randomUUIDv7()}@move.example`;
      const mentor = await records.mentor({ name: 'Mabel Mandrel', ...(who === 'mentor' ? { email } : {}) });
      const mentee = await records.mentee({ name: 'Anjali Anode', ...(who === 'mentee' ? { email } : {}) });
      const { pairId } = await pairUp(harness, records, roundId, mentee, mentor);
      const mover = who === 'mentor' ? mentor : mentee;
      const transfer = await started(mover.personId);
      const unitId = await harness.unit(to, `Chemistry ${randomUUIDv7()}`);
      const accepted = (await accept(transfer, { email, unitId })).body as TransferView;
      await settled(harness);
      const sign = ({ personId }: { personId: string }) => harness.signIn(from, personId);
      return {
        ...{ mentor, mentee, pairId, mover, newId: accepted.personId ?? '' },
        ...{ asMentor: await sign(mentor), asMentee: await sign(mentee) },
      };
    };
    const answer = (pairId: string, as: SignedIn, goOn: boolean) =>
      harness.post(`mentoring/going-on/${pairId}`, as, { goOn });
    const pass = async () => {
      clock.moveTo(new Date(clock.now().getTime() + 11 * dayMs));
      await harness.tick('leavers');
      await settled(harness);
    };
    const pairOf = (id: string) => one<{ status: string }>(`select status from pair where id = $1`, [id]);

    it('asks both whether they wish to go on, and tells neither what the other alone has said', async () => {
      const { mentor, mentee, pairId, asMentor, asMentee } = await moving();
      for (const as of [asMentor, asMentee]) {
        const { tasks } = homeView.parse((await harness.get('home', as)).body);
        expect(tasks.filter(({ kind }) => kind === 'go-on-with-pair')).toMatchObject([{ id: pairId }]);
      }
      expect(await mailTo(harness, mentee.personId)).toMatchObject([
        { subject: 'Would you like to go on with Mabel Mandrel?' },
      ]);
      expect((await mailTo(harness, mentor.personId)).map(({ subject }) => subject)).toContain(
        'Would you like to go on with Anjali Anode?',
      );
      expect(goingOnView.parse((await answer(pairId, asMentee, false)).body)).toMatchObject({
        moves: 'other',
        institution: 'Kelder Bridge',
        mine: false,
        otherAnswered: false,
        goesOn: null,
      });
      const seen = goingOnView.parse((await harness.get(`mentoring/going-on/${pairId}`, asMentor)).body);
      expect(seen).toMatchObject({ moves: 'me', mine: null, otherAnswered: true, goesOn: null });
      expect((await answer(pairId, asMentee, true)).body).toMatchObject({ mine: true });
      expect((await answer(pairId, asMentor, true)).body).toMatchObject({ goesOn: true });
      const stranger = await harness.somebody(from);
      expect(refusalOf(await answer(pairId, stranger, true))).toEqual([404, 'not-found']);
    });

    it('goes on across the two institutions with a yes from both: each sees the other’s card', async () => {
      const { pairId, asMentor, asMentee, newId, mentor, mentee } = await moving();
      await answer(pairId, asMentor, true);
      await answer(pairId, asMentee, true);
      await pass();
      expect(await pairOf(pairId)).toEqual({ status: 'active' });
      // That they are paired stays a fact for every conflict check; the mentor is no mentor here any more.
      expect(await one(`select until from relationship where source_id = $1`, [pairId])).toEqual({ until: null });
      expect(await one(`select status from enrolment where id = $1`, [mentor.enrolmentId])).toEqual({
        status: 'retired',
      });
      expect(await one(`select status from request where id = $1`, [mentee.requestId])).toEqual({ status: 'matched' });
      const moved = await harness.signIn(to, newId);
      const stays = await harness.signIn(from, mentee.personId);
      const [fromThere] = sharedPairs.parse((await harness.get('mentoring/shared-pairs', moved)).body).pairs;
      expect(fromThere).toMatchObject({
        id: pairId,
        side: 'mentor',
        other: { name: 'Anjali Anode', institution: 'Harbour College' },
        status: 'active',
        may: { end: true },
      });
      expect(sharedPairView.parse((await harness.get(`mentoring/shared-pairs/${pairId}`, stays)).body)).toMatchObject({
        side: 'mentee',
        other: { name: 'Mabel Mandrel', institution: 'Kelder Bridge', unit: expect.stringContaining('Chemistry') },
      });
      for (const [as, other] of [
        [moved, 'Anjali Anode'],
        [stays, 'Mabel Mandrel'],
      ] as const) {
        expect(homeView.parse((await harness.get('home', as)).body).pairs).toMatchObject([
          { other, sharedPairId: pairId, proposalId: null },
        ]);
      }
      // Nobody else there finds it.
      const colleague = await harness.signIn(to, there.personId);
      expect(refusalOf(await harness.get(`mentoring/shared-pairs/${pairId}`, colleague))).toEqual([404, 'not-found']);

      // The one who moved ends it: where it was agreed all follows.
      expect(refusalOf(await harness.post(`mentoring/shared-pairs/${pairId}/end`, colleague, { version: 1 }))).toEqual([
        404,
        'not-found',
      ]);
      expect(
        (await harness.post(`mentoring/shared-pairs/${pairId}/end`, moved, { version: fromThere?.version })).body,
      ).toMatchObject({ status: 'ended', may: { end: false } });
      await settled(harness);
      expect(await pairOf(pairId)).toEqual({ status: 'ended' });
      expect(await one(`select until is not null as over from relationship where source_id = $1`, [pairId])).toEqual({
        over: true,
      });
      expect(await one(`select status, rounds_waited from request where id = $1`, [mentee.requestId])).toEqual({
        status: 'open',
        rounds_waited: 1,
      });
      expect((await mailTo(harness, mentee.personId)).map(({ subject }) => subject)).toContain(
        'You and Mabel Mandrel end here',
      );
    });

    it('is ended by the one who stays, and the one who moved is told', async () => {
      const { pairId, asMentor, asMentee, newId, mentor, mentee } = await moving('mentee');
      await answer(pairId, asMentor, true);
      await answer(pairId, asMentee, true);
      await pass();
      // Served, so closed; the mentor's place stays taken.
      expect(await one(`select status from request where id = $1`, [mentee.requestId])).toEqual({ status: 'closed' });
      const stays = await harness.signIn(from, mentor.personId);
      const { version } = sharedPairView.parse((await harness.get(`mentoring/shared-pairs/${pairId}`, stays)).body);
      const ends = await Promise.all(
        [1, 2].map(() => harness.post(`mentoring/shared-pairs/${pairId}/end`, stays, { version })),
      );
      expect(ends.map(({ status }) => status).sort()).toEqual([200, 409]);
      await settled(harness);
      expect(await pairOf(pairId)).toEqual({ status: 'ended' });
      expect(await one(`select status from request where id = $1`, [mentee.requestId])).toEqual({ status: 'closed' });
      const moved = await harness.signIn(to, newId);
      expect(sharedPairView.parse((await harness.get(`mentoring/shared-pairs/${pairId}`, moved)).body).status).toBe(
        'ended',
      );
      // By the institution where the pair was agreed, to the address that the card says.
      expect(
        await one(
          `select m.subject from mail_message m join person p on p.email = m.recipient where p.id = $1 and m.institution_id = $2
           order by m.id desc limit 1`,
          [newId, from],
        ),
      ).toEqual({ subject: 'You and Mabel Mandrel end here' });
    });

    it('ends with the leaving where one of the two says no, or nothing', async () => {
      for (const said of [[true, false], [true]]) {
        const { pairId, asMentor, asMentee, mentee } = await moving();
        await answer(pairId, asMentor, said[0] ?? true);
        if (said[1] !== undefined) await answer(pairId, asMentee, said[1]);
        await pass();
        expect(await pairOf(pairId)).toEqual({ status: 'ended' });
        expect(await harness.sql(`select from shared_pair where id = $1`, [pairId])).toEqual([]);
        expect(await one(`select status from request where id = $1`, [mentee.requestId])).toEqual({ status: 'open' });
        const late = await harness.signIn(from, mentee.personId);
        expect(refusalOf(await answer(pairId, late, true))).toEqual([409, 'pair-not-asked']);
        clock.moveTo(new Date());
      }
    });

    it('ends where the one who stays leaves, and where the one who moved leaves the new place', async () => {
      for (const leaver of ['stays', 'moved'] as const) {
        const { pairId, asMentor, asMentee, newId, mentee } = await moving();
        await answer(pairId, asMentor, true);
        await answer(pairId, asMentee, true);
        await pass();
        if (leaver === 'stays') {
          const administrator = await harness.signIn(from, here.personId);
          await leaveOn(harness, mentee.personId, inDays(-1), administrator);
        } else {
          await leaveOn(harness, newId, inDays(-1), await harness.signIn(to, there.personId));
        }
        await settled(harness);
        expect(await one(`select status from shared_pair where id = $1`, [pairId])).toEqual({ status: 'ended' });
        expect(await pairOf(pairId)).toEqual({ status: 'ended' });
        clock.moveTo(new Date());
      }
    });

    it('does nothing more when its events come again', async () => {
      const { pairId, asMentor, asMentee, mentee, mentor } = await moving();
      await answer(pairId, asMentor, true);
      await answer(pairId, asMentee, true);
      const repeat = async () => {
        await harness.sql(
          `insert into outbox (id, institution_id, topic, payload, at)
           select uuidv7(), $1, topic, payload, now() from (
             select 'transfer.accepted' as topic, jsonb_build_object('transferId', t.id) as payload from transfer t where t.institution_id = $1
             union all select 'person.left', jsonb_build_object('personId', $2::text, 'lastDay', '2027-01-01')
             union all select 'shared-pair.ended', jsonb_build_object('pairId', $3::text)) e`,
          [from, mentor.personId, pairId],
        );
        await settled(harness);
      };
      const state = () =>
        one(
          `select (select count(*)::int from mail_message where institution_id = $1) as mails,
             (select count(*)::int from audit_entry where institution_id = $1) as lines,
             (select string_agg(status, ' ' order by id) from pair where institution_id = $1) as pairs`,
          [from],
        );
      await repeat();
      const before = await state();
      await repeat();
      expect(await state()).toEqual(before);
      await pass();
      const after = await state();
      await repeat();
      expect(await state()).toEqual(after);
      expect(await pairOf(pairId)).toEqual({ status: 'active' });
      expect((await mailTo(harness, mentee.personId)).length).toBe(1);
    });

    it('cannot be taken back by one side once accepted; after the last day the person may come back', async () => {
      const { mover } = await moving();
      expect(refusalOf(await takeBack(harness, mover.personId, here))).toEqual([409, 'transfer-under-way']);
      await pass();
      const administrator = await harness.signIn(from, here.personId);
      expect((await takeBack(harness, mover.personId, administrator)).body).toMatchObject({ status: 'active' });
    });
  });
});
