import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PeopleFacade } from '@waymark/api-people';
import { MovedClock, Transactions } from '@waymark/api-platform';
import { type DelegationsView, delegationsView, type SessionView } from '@waymark/contracts';
import { randomUUID } from 'node:crypto';
import { Harness, type SignedIn } from './harness';

const noon = new Date('2026-12-01T12:00:00Z');

describe('delegates and out of office', () => {
  const clock = new MovedClock(noon);
  let harness: Harness;
  let institutionId: string;
  let manager: SignedIn;
  let delegateId: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(noon);
    institutionId = await harness.institution();
    manager = await harness.somebody(institutionId, [], 'Mo Manager');
    delegateId = await harness.person(institutionId, { name: 'Dee Delegate', email: `${randomUUID()}@d.example` });
  });

  const add = (facts: object = {}, as = manager, personId = manager.personId) =>
    harness.post(`people/${personId}/delegations`, as, {
      delegateId,
      reason: 'holiday',
      from: '2026-12-07',
      until: '2026-12-18',
      ...facts,
    });
  const see = async (as = manager, personId = manager.personId): Promise<DelegationsView> =>
    delegationsView.parse((await harness.get(`people/${personId}/delegations`, as)).body);

  it('people name who stands in for them, the delegate is told, and it is on record', async () => {
    const added = await add();
    expect(added).toMatchObject({
      status: 200,
      body: {
        delegations: [{ delegate: { name: 'Dee Delegate' }, from: '2026-12-07', until: '2026-12-18', state: 'later' }],
        mayEdit: true,
      },
    });
    const letters = await harness.sql<{ subject: string; body: string }>(
      `select subject, body from mail_message where institution_id = $1`,
      [institutionId],
    );
    expect(letters).toMatchObject([{ subject: 'You stand in for Mo Manager' }]);
    expect(letters[0]?.body).toContain('from Monday 7 December 2026 to Friday 18 December 2026');
    expect(
      await harness.sql(`select act, details from audit_entry where subject_id = $1 and act = 'delegation.add'`, [
        manager.personId,
      ]),
    ).toEqual([{ act: 'delegation.add', details: { delegate: delegateId, from: '2026-12-07', until: '2026-12-18' } }]);
    const delegate = await harness.signIn(institutionId, delegateId);
    expect((await see(delegate, delegateId)).standsInFor).toMatchObject([{ person: { name: 'Mo Manager' } }]);
  });

  it('two of one person never overlap, not by a day, whoever asks at once', async () => {
    await add();
    for (const days of [
      { from: '2026-12-18', until: '2026-12-20' },
      { from: '2026-12-01', until: '2026-12-07' },
      { from: '2026-12-10', until: '2026-12-11' },
    ]) {
      expect(await add(days)).toMatchObject({
        status: 409,
        body: { refusal: 'delegation-overlaps', facts: { name: 'Dee Delegate', from: '2026-12-07' } },
      });
    }
    expect((await add({ from: '2026-12-19', until: '2026-12-19' })).status).toBe(200);
    const raced = await Promise.all([1, 2, 3, 4].map(() => add({ from: '2027-01-04', until: '2027-01-08' })));
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it('two who name each other at once both may', async () => {
    const delegate = await harness.signIn(institutionId, delegateId);
    const raced = await Promise.all([add(), add({ delegateId: manager.personId }, delegate, delegateId)]);
    expect(raced.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('nobody stands in for themselves, and whoever does is here until the last day', async () => {
    expect(await add({ delegateId: manager.personId })).toMatchObject({
      status: 422,
      body: { refusal: 'delegate-to-self' },
    });
    const leaving = await harness.person(institutionId, { leftOn: '2026-12-17' });
    expect(await add({ delegateId: leaving })).toMatchObject({ status: 409, body: { refusal: 'delegate-inactive' } });
    expect((await add({ delegateId: leaving, until: '2026-12-17' })).status).toBe(200);
    expect(await add({ delegateId: randomUUID() })).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'delegateId', code: 'unknown-record' }] },
    });
    const elsewhere = await harness.person(await harness.institution('Other'));
    expect(await add({ delegateId: elsewhere })).toMatchObject({ status: 422 });
  });

  it.each([
    [{ from: '2026-11-30' }, 'from', 'in-the-past'],
    [{ until: '2026-12-06' }, 'until', 'before-the-first'],
    [{ until: '2028-12-18' }, 'until', 'too-far-ahead'],
  ])('days that cannot be are refused: %j', async (days, path, code) => {
    expect(await add(days)).toMatchObject({ status: 422, body: { fields: [{ path, code }] } });
  });

  it('administrators and coordinators set them for others; a colleague neither sees nor sets them', async () => {
    for (const role of ['coordinator', 'institution-administrator'] as const) {
      const who = await harness.somebody(institutionId, [role]);
      const days = role === 'coordinator' ? {} : { from: '2027-01-04', until: '2027-01-05' };
      expect((await add(days, who)).status).toBe(200);
    }
    const colleague = await harness.somebody(institutionId);
    expect(await add({}, colleague)).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
    expect((await harness.get(`people/${manager.personId}/delegations`, colleague)).status).toBe(404);
    const lead = await harness.somebody(institutionId, ['programme-lead']);
    expect((await see(lead)).mayEdit).toBe(false);
    expect(await add({ from: '2027-02-01', until: '2027-02-02' }, lead)).toMatchObject({ status: 403 });
  });

  it('one that has not begun is taken away; one that runs ends at once and is kept as far as it ran', async () => {
    const first = (await add()).body as DelegationsView;
    const end = async (view: DelegationsView) =>
      harness.delete(
        `people/${manager.personId}/delegations/${view.delegations[0]?.id}`,
        await harness.signIn(institutionId, manager.personId),
      );
    expect(((await end(first)).body as DelegationsView).delegations).toEqual([]);
    const second = (await add()).body as DelegationsView;
    clock.moveTo(new Date('2026-12-09T12:00:00Z'));
    expect((await end(second)).body).toMatchObject({
      delegations: [{ from: '2026-12-07', until: '2026-12-08', state: 'past' }],
    });
    expect(await end(second)).toMatchObject({ status: 409, body: { refusal: 'changed-meanwhile' } });
  });

  it('a delegate of today is a line manager while it lasts, and so is the delegate’s delegate', async () => {
    await harness.person(institutionId, { lineManagerId: manager.personId });
    const delegate = await harness.signIn(institutionId, delegateId);
    const second = await harness.somebody(institutionId);
    await add({ from: '2026-12-01', until: '2026-12-02' });
    await add({ delegateId: second.personId, from: '2026-12-02', until: '2026-12-02' }, delegate, delegateId);
    const manages = async (who: SignedIn) => {
      const session = (await harness.get('session', await harness.signIn(institutionId, who.personId)))
        .body as SessionView;
      return session.signedIn && session.roles.includes('line-manager');
    };
    expect([await manages(manager), await manages(delegate), await manages(second)]).toEqual([true, true, false]);
    clock.moveTo(new Date('2026-12-02T12:00:00Z'));
    expect([await manages(delegate), await manages(second)]).toEqual([true, true]);
    clock.moveTo(new Date('2026-12-03T12:00:00Z'));
    expect([await manages(delegate), await manages(second)]).toEqual([false, false]);
    // Whoever stands in for somebody without reports manages nobody.
    await harness.sql(`update person set line_manager_id = null where line_manager_id = $1`, [manager.personId]);
    await add({ from: '2026-12-03', until: '2026-12-03' });
    expect(await manages(delegate)).toBe(false);
  });

  describe('who decides', () => {
    const approvers = (ids: string[], on: string) =>
      harness.application
        .get(Transactions)
        .run({ institutionId, personId: null, correlationId: null }, (tx) =>
          harness.application.get(PeopleFacade).approversOf(tx, ids, on),
        );

    it('is read from the records of the day, for many people at once', async () => {
      const head = await harness.person(institutionId, { name: 'Una Head' });
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [manager.personId, head]);
      const ann = await harness.person(institutionId, { lineManagerId: manager.personId });
      // The delegate reports to the same manager: their own requests go one up.
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [delegateId, manager.personId]);
      const alone = await harness.person(institutionId);
      await add({ from: '2026-12-07', until: '2026-12-18' });
      const ids = [ann, delegateId, manager.personId, alone];
      const before = await approvers(ids, '2026-12-06');
      expect(ids.map((id) => before.get(id)?.personId)).toEqual([manager.personId, manager.personId, head, null]);
      const during = await approvers(ids, '2026-12-07');
      expect(during.get(ann)).toEqual({
        personId: delegateId,
        because: 'delegate',
        inPlaceOf: manager.personId,
        passedOver: [{ personId: manager.personId, because: 'away' }],
      });
      expect(during.get(delegateId)).toEqual({
        personId: head,
        because: 'next-manager',
        inPlaceOf: null,
        passedOver: [
          { personId: manager.personId, because: 'away' },
          { personId: delegateId, because: 'own-request' },
        ],
      });
      expect(during.get(alone)).toMatchObject({ personId: null });
      await harness.sql(`update person set left_on = '2026-12-20' where id = $1`, [manager.personId]);
      const after = await approvers([ann], '2026-12-21');
      expect(after.get(ann)).toMatchObject({
        personId: head,
        because: 'next-manager',
        passedOver: [{ personId: manager.personId, because: 'left' }],
      });
    });

    it('is shown to the person, with the reason', async () => {
      const ann = await harness.somebody(institutionId, [], 'Ann Asks');
      await harness.sql(`update person set line_manager_id = $2 where id = $1`, [ann.personId, manager.personId]);
      await add({ from: '2026-12-01', until: '2026-12-02' });
      expect((await see(ann, ann.personId)).approver).toEqual({
        decides: { id: delegateId, name: 'Dee Delegate' },
        because: 'delegate',
        inPlaceOf: { id: manager.personId, name: 'Mo Manager' },
        passedOver: [{ person: { id: manager.personId, name: 'Mo Manager' }, because: 'away' }],
      });
    });

    it('is never the person themself, however managers and delegates lie', async () => {
      // A small institution of eight, with random delegates, on many days.
      const ids = [manager.personId, delegateId];
      for (let count = 0; count < 6; count += 1) {
        ids.push(await harness.person(institutionId, { lineManagerId: ids[count] ?? null }));
      }
      let seed = 7;
      const random = (below: number): number => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        return Math.floor((seed / 2_147_483_648) * below);
      };
      for (let day = 10; day < 28; day += 1) {
        for (const id of ids) {
          const other = ids[random(ids.length)];
          if (other === undefined || other === id || random(2) === 0) continue;
          await harness.sql(
            `insert into delegation (institution_id, id, person_id, delegate_id, reason, starts_on, ends_on, created_by, created_at)
             values ($1, uuidv7(), $2, $3, 'other', $4, $4, $2, now())`,
            [institutionId, id, other, `2026-12-${day}`],
          );
        }
        const found = await approvers(ids, `2026-12-${day}`);
        for (const id of ids) expect(found.get(id)?.personId).not.toBe(id);
      }
    });
  });
});
