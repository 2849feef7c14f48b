import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import type { AuditPage, SessionView } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';
import { Records } from './rounds-records';
import { routesOf } from './routes';

describe('acting on behalf of somebody without an e-mail address', () => {
  const start = new Date();
  /** Days before and after the clock's, as a column takes them. */
  const inDays = (days: number) => new Date(start.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const clock = new MovedClock(start);
  let harness: Harness;
  let institutionId: string;
  let coordinator: SignedIn;
  let auditor: SignedIn;
  let jim: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    institutionId = await harness.institution();
    auditor = await harness.somebody(institutionId, ['auditor'], 'Ada Gauge');
  });
  beforeEach(async () => {
    clock.moveTo(start);
    coordinator = await harness.somebody(institutionId, ['coordinator'], 'Olive Solder');
    jim = await harness.person(institutionId, { name: 'Jim Lathe', email: null });
  });
  afterEach(() => clock.moveTo(start));
  afterAll(() => harness.stop());

  const later = (minutes: number) => clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000));
  const session = async (as = coordinator) => (await harness.get('session', as)).body as SessionView;
  const act = (personId = jim, as = coordinator) => harness.post(`people/${personId}/act`, as);
  const actsOf = (personId: string) =>
    harness.sql<{ act: string; actor: string; behalf: string | null }>(
      `select act, actor_person_id as actor, on_behalf_of as behalf from audit_entry
       where actor_person_id = $1 or on_behalf_of = $1 order by id`,
      [personId],
    );

  /** A proposal that waits for Jim's answer. */
  const proposed = async (): Promise<{ id: string; version: number }> => {
    const records = new Records(harness, institutionId);
    const mentor = await records.mentor({ name: 'Jim Lathe', email: null });
    jim = mentor.personId;
    const roundId = await records.releasedRound(coordinator.personId);
    const id = await records.proposal(roundId, await records.mentee(), mentor, `'${inDays(10)}'`);
    return { id, version: 1 };
  };

  it('is done as that person, with what is theirs by what they are', async () => {
    expect(await act()).toMatchObject({
      status: 200,
      body: {
        signedIn: true,
        person: { id: jim, name: 'Jim Lathe' },
        acting: {
          by: { id: coordinator.personId, name: 'Olive Solder' },
          until: new Date(start.getTime() + 30 * 60_000).toISOString(),
        },
        roles: ['technician'],
      },
    });
    expect(await session()).toMatchObject({ person: { id: jim }, acting: { by: { name: 'Olive Solder' } } });
  });

  it('gives none of the roles that were granted to either', async () => {
    await harness.sql(
      `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, 'institution-administrator', '2026-01-01')`,
      [institutionId, randomUUIDv7(), jim],
    );
    await harness.person(institutionId, { lineManagerId: jim });
    await act();
    const view = await session();
    expect(view).toMatchObject({ roles: ['technician', 'line-manager'] });
    for (const path of ['people', 'audit/entries', 'mentoring/rounds'])
      expect([403, 200]).toContain((await harness.get(path, coordinator)).status);
    expect(await harness.get('mentoring/rounds', coordinator)).toMatchObject({ status: 403 });
    expect(
      await harness.post(`people/${auditor.personId}/roles`, coordinator, { role: 'auditor', until: null }),
    ).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } });
  });

  it('writes both names into every line of the audit', async () => {
    const proposal = await proposed();
    await act();
    const declined = await harness.post(`mentoring/proposals/${proposal.id}/decline`, coordinator, {
      version: proposal.version,
      reason: 'no-time',
      note: '',
      pause: false,
    });
    expect(declined).toMatchObject({ status: 200, body: { status: 'declined' } });
    expect(await actsOf(jim)).toContainEqual({ act: 'proposal.decline', actor: coordinator.personId, behalf: jim });
    const entries = (await harness.get(`audit/entries?record=${proposal.id}`, auditor)).body as AuditPage;
    expect(entries.rows[0]).toMatchObject({
      act: 'proposal.decline',
      actor: { name: 'Olive Solder' },
      onBehalfOf: { name: 'Jim Lathe' },
    });
    // Found under either name, and among what was done on behalf.
    for (const filter of [`who=${jim}`, `who=${coordinator.personId}`, 'onBehalf=true'])
      expect(
        ((await harness.get(`audit/entries?${filter}&act=proposal.decline`, auditor)).body as AuditPage).rows.map(
          ({ subject }) => subject.id,
        ),
      ).toEqual([proposal.id]);
    const timeline = (declined.body as { timeline: { what: string; who: string | null; by: string | null }[] })
      .timeline;
    expect(timeline).toContainEqual(
      expect.objectContaining({ what: 'declined', who: 'Jim Lathe', by: 'Olive Solder' }),
    );
  });

  it('keeps a command’s key with the coordinator, so that a repetition is done once', async () => {
    const proposal = await proposed();
    await act();
    const key = '0b8f2f0e-5a57-4c1e-9d5b-8d3d2e6f4a11';
    const body = { version: proposal.version, reason: 'no-time', note: '', pause: false };
    const ask = () => harness.ask('POST', `mentoring/proposals/${proposal.id}/decline`, { as: coordinator, body, key });
    const [first, second] = [await ask(), await ask()];
    expect(second.body).toEqual(first.body);
    // As themself it is another command: what the one was answered is not the other's answer.
    await harness.delete('session/acting', coordinator);
    expect(await ask()).toMatchObject({ status: 422, body: { refusal: 'idempotency-key-reused' } });
    expect(await harness.sql(`select account_id from command where key = $1`, [key])).toEqual([
      { account_id: await accountOf(coordinator.personId) },
    ]);
  });
  const accountOf = async (personId: string) =>
    (
      await harness.sql<{ account_id: string }>(`select account_id from account_person where person_id = $1`, [
        personId,
      ])
    )[0]?.account_id;

  it('ends when they stop', async () => {
    await act();
    expect(await harness.delete('session/acting', coordinator)).toMatchObject({
      status: 200,
      body: { person: { id: coordinator.personId }, acting: null, actingEnded: false },
    });
    expect(await session()).toMatchObject({ person: { id: coordinator.personId }, acting: null });
    expect((await actsOf(coordinator.personId)).map(({ act, behalf }) => [act, behalf])).toEqual([
      ['acting.start', null],
      ['acting.stop', null],
    ]);
  });

  it('ends at sign-out, with the session', async () => {
    await act();
    expect(await harness.delete('session', coordinator)).toMatchObject({ status: 204 });
    expect(await session()).toMatchObject({ signedIn: false });
    expect((await actsOf(coordinator.personId)).map(({ act }) => act).sort()).toEqual([
      'acting.start',
      'acting.stop',
      'session.end',
    ]);
  });

  it('goes on as long as it is used, and half an hour beyond', async () => {
    await act();
    for (let times = 0; times < 4; times += 1) {
      later(25);
      expect(await harness.get('home', coordinator)).toMatchObject({ status: 200 });
    }
    expect(await session()).toMatchObject({ person: { id: jim } });
    later(31);
    expect(await session()).toMatchObject({ person: { id: coordinator.personId }, acting: null, actingEnded: true });
  });

  const refusedUntilSeen = async () => {
    expect(await session()).toMatchObject({ person: { id: coordinator.personId }, actingEnded: true });
    for (const path of ['home', 'people', 'mentoring/proposals'])
      expect(await harness.get(path, coordinator)).toMatchObject({ status: 409, body: { refusal: 'acting-ended' } });
    expect(await harness.post('mentoring/rounds', coordinator, { name: 'In whose name?' })).toMatchObject({
      status: 409,
      body: { refusal: 'acting-ended' },
    });
    expect(await harness.delete('session/acting', coordinator)).toMatchObject({
      status: 200,
      body: { actingEnded: false },
    });
  };

  it('once ended by itself lets nothing be done in the wrong name: the coordinator must see it first', async () => {
    await act();
    later(31);
    await refusedUntilSeen();
    expect(await harness.get('people', coordinator)).toMatchObject({ status: 200 });
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'the person gets an address',
      () => harness.sql(`update person set email = 'jim@college.example' where id = $1`, [jim]),
    ],
    ['the person leaves', () => harness.sql(`update person set left_on = $2 where id = $1`, [jim, inDays(-2)])],
    ['the person is erased', () => harness.sql(`update person set erased_at = now() where id = $1`, [jim])],
  ])('ends when %s', async (_, change) => {
    await act();
    await change();
    await refusedUntilSeen();
  });

  it('ends with the coordinator’s role', async () => {
    await act();
    await harness.sql(`update role_held set held_from = $2, held_until = $2 where person_id = $1`, [
      coordinator.personId,
      inDays(-2),
    ]);
    expect(await session()).toMatchObject({
      person: { id: coordinator.personId },
      roles: ['technician'],
      actingEnded: true,
    });
  });

  it('ends with the coordinator’s session when they leave', async () => {
    await act();
    await harness.sql(`update person set left_on = $2 where id = $1`, [coordinator.personId, inDays(-2)]);
    expect(await session()).toMatchObject({ signedIn: false });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['oneself', async () => coordinator.personId, 'acting-for-self'],
    ['somebody with an address', () => harness.person(institutionId), 'has-own-address'],
    ['somebody who has left', () => harness.person(institutionId, { email: null, leftOn: inDays(-20) }), 'person-left'],
    [
      'somebody of another institution',
      async () => harness.person(await harness.institution('Other'), { email: null }),
      'not-found',
    ],
    ['nobody', async () => randomUUIDv7(), 'not-found'],
  ])('is refused for %s', async (_, whom, refusal) => {
    expect(await act(await whom())).toMatchObject({ body: { refusal } });
    expect(await session()).toMatchObject({ person: { id: coordinator.personId }, acting: null });
  });

  it('is not nested', async () => {
    const other = await harness.person(institutionId, { email: null });
    await act();
    expect(await act(other)).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } });
    expect(await session()).toMatchObject({ person: { id: jim } });
  });

  it('is for coordinators alone', async () => {
    for (const role of ['auditor', 'institution-administrator', 'programme-lead'] as const)
      expect(await act(jim, await harness.somebody(institutionId, [role]))).toMatchObject({ status: 403 });
  });

  it('leaves alone what is the person’s private part, and the way they sign in', async () => {
    await act();
    const own = routesOf(harness.application).filter(
      ({ access }) => access?.kind === 'can' && access.permission === 'account.own',
    );
    expect(own.length).toBeGreaterThanOrEqual(2);
    const allowed = ['DELETE session', 'DELETE session/acting'];
    for (const { method, path } of own.filter((route) => !allowed.includes(`${route.method} ${route.path}`))) {
      const address = path.replaceAll(/:\w+/g, randomUUIDv7());
      expect({
        route: `${method} ${path}`,
        ...(await harness.ask(method, address, { as: coordinator, ...(method === 'GET' ? {} : { body: {} }) })),
      }).toMatchObject({ status: 403, body: { refusal: 'not-while-acting' } });
    }
  });
});
