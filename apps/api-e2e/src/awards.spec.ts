import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import {
  type AwardsPage,
  awardsPage,
  type AwardView,
  type HomeView,
  type OwnAwards,
  ownAwards,
} from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';

const rscitech = {
  body: 'Science Council',
  award: 'RSciTech',
  number: 'SC-1001',
  awardedOn: '2024-03-01',
  validTo: '2027-02-28',
};

describe('awards', () => {
  const clock = new MovedClock(new Date('2026-11-22T10:00:00Z'));
  let harness: Harness;
  let institutionId: string;
  let holder: SignedIn;
  let verifier: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(new Date('2026-11-22T10:00:00Z'));
    institutionId = await harness.institution();
    holder = await harness.somebody(institutionId, [], 'Hol Der');
    verifier = await harness.somebody(institutionId, ['award-verifier'], 'Ver Ifier');
  });

  const declare = async (facts: object = {}, as = holder): Promise<AwardView> => {
    const answer = await harness.post('awards', as, { ...rscitech, ...facts });
    expect(answer.status).toBe(201);
    const [award] = ownAwards.parse(answer.body).awards;
    if (!award) throw new Error('an award was declared');
    return award;
  };
  const decide = (award: AwardView, act: string, as = verifier, facts: object = {}) =>
    harness.post(`awards/${award.id}/${act}`, as, { version: award.version, ...facts });
  const page = async (query = '', as = verifier): Promise<AwardsPage> =>
    awardsPage.parse((await harness.get(`awards?${query}`, as)).body);
  const acts = async (id: string) =>
    (await harness.sql<{ act: string }>(`select act from audit_entry where subject_id = $1 order by at, id`, [id])).map(
      ({ act }) => act,
    );

  it('are declared by whoever holds them, verified by somebody else, and keep who did it and when', async () => {
    const award = await declare();
    expect(award).toMatchObject({ status: 'declared', decidedBy: null, decidedAt: null });
    const verified = await decide(award, 'verify');
    expect(verified).toMatchObject({
      status: 200,
      body: { status: 'verified', decidedBy: 'Ver Ifier', decidedAt: '2026-11-22T10:00:00.000Z' },
    });
    expect(await acts(award.id)).toEqual(['award.declare', 'award.verify']);
    const email = `${holder.personId}@college.example`;
    expect(await harness.sql(`select subject from mail_message where recipient = $1`, [email])).toEqual([
      { subject: 'Your award was verified' },
    ]);
  });

  it('are never decided on by their holder, nor by anybody without that role', async () => {
    const own = await declare({}, verifier);
    for (const [act, facts] of [
      ['verify', {}],
      ['reject', { reason: 'other' }],
    ] as const) {
      expect(await decide(own, act, verifier, facts)).toMatchObject({ status: 403, body: { refusal: 'own-award' } });
      expect(await decide(own, act, holder, facts)).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } });
    }
    await expect(
      harness.sql(
        `update award_held set status = 'verified', decided_by = person_id, decided_at = now() where id = $1`,
        [own.id],
      ),
    ).rejects.toThrow(/award_held_not_own/);
    expect(await acts(own.id)).toEqual(['award.declare']);
  });

  it('are rejected with a reason, can then be removed and declared again', async () => {
    const award = await declare();
    expect(await decide(award, 'reject', verifier, { reason: 'details-differ' })).toMatchObject({
      status: 200,
      body: { status: 'rejected', rejectedFor: 'details-differ', decidedBy: 'Ver Ifier' },
    });
    expect(await harness.post('awards', holder, rscitech)).toMatchObject({
      status: 409,
      body: { refusal: 'award-known' },
    });
    expect((await harness.delete(`awards/${award.id}`, holder)).status).toBe(200);
    await declare();
  });

  it('are changed and removed by their holder while nobody has decided, and by nobody else', async () => {
    const award = await declare();
    const change = (as: SignedIn, version = award.version) =>
      harness.put(`awards/${award.id}`, as, { ...rscitech, number: '', validTo: null, version });
    expect(await change(verifier)).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
    expect(await change(holder)).toMatchObject({
      status: 200,
      body: { awards: [{ number: null, validTo: null, version: 2 }] },
    });
    expect(await change(holder)).toMatchObject({ status: 409, body: { refusal: 'changed-meanwhile' } });
    expect(await decide(award, 'verify')).toMatchObject({ status: 409, body: { refusal: 'changed-meanwhile' } });
    expect((await decide({ ...award, version: 2 }, 'verify')).status).toBe(200);
    expect(await change(holder, 3)).toMatchObject({ status: 409, body: { refusal: 'status-refused' } });
    expect(await harness.delete(`awards/${award.id}`, holder)).toMatchObject({
      status: 409,
      body: { refusal: 'status-refused' },
    });
  });

  it('have days that can be', async () => {
    for (const facts of [{ awardedOn: '2026-11-23' }, { validTo: '2024-02-29' }]) {
      expect(await harness.post('awards', holder, { ...rscitech, ...facts })).toMatchObject({
        status: 422,
        body: { refusal: 'invalid-input' },
      });
    }
    // Midnight is where the institution is.
    clock.moveTo(new Date('2026-07-01T23:30:00Z'));
    await declare({ awardedOn: '2026-07-02' });
  });

  it('are decided once: of two verifiers at the same moment one is told', async () => {
    const second = await harness.somebody(institutionId, ['award-verifier'], 'Sec Ond');
    const award = await declare();
    const raced = await Promise.all([
      decide(award, 'verify'),
      decide(award, 'reject', second, { reason: 'not-in-register' }),
    ]);
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await harness.sql(`select status from award_held where id = $1`, [award.id])).toHaveLength(1);
    expect(await acts(award.id)).toHaveLength(2);
  });

  it('lapse by themselves after their last day, and hold again once renewed', async () => {
    const award = await declare({ validTo: '2026-11-22' });
    const verified = (await decide(award, 'verify')).body as AwardView;
    const seenBy = async () =>
      ((await harness.get(`people/${holder.personId}`, await harness.somebody(institutionId))).body as OwnAwards).awards
        .length;
    expect(await seenBy()).toBe(1);
    clock.moveTo(new Date('2026-11-23T00:30:00Z'));
    const reader = await harness.somebody(institutionId, ['award-verifier']);
    expect(await seenBy()).toBe(0);
    const own = (await harness.get('awards/own', await harness.signIn(institutionId, holder.personId)))
      .body as OwnAwards;
    expect(own.awards[0]).toMatchObject({ status: 'lapsed' });
    expect((await page('status=lapsed', reader)).rows.map(({ id }) => id)).toEqual([award.id]);
    expect(await decide(verified, 'renew', reader, { validTo: '2026-11-22' })).toMatchObject({ status: 422 });
    expect(await decide(verified, 'renew', reader, { validTo: '2029-11-22' })).toMatchObject({
      status: 200,
      body: { status: 'verified', validTo: '2029-11-22' },
    });
    expect(await seenBy()).toBe(1);
  });

  it('that ran out already are not verified, and those declared are not renewed', async () => {
    const award = await declare({ validTo: '2026-11-21' });
    expect(await decide(award, 'verify')).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'validTo', code: 'in-the-past' }] },
    });
    expect(await decide(award, 'renew', verifier, { validTo: null })).toMatchObject({
      status: 409,
      body: { refusal: 'status-refused' },
    });
  });

  it('wait in a queue that is searched and paged, and on the home of whoever verifies, with how many there are', async () => {
    for (const [index, award] of ['RSciTech', 'RSci', 'CSci'].entries()) await declare({ award, number: `Q-${index}` });
    await declare({}, verifier);
    const all = await page('pageSize=2');
    expect(all).toMatchObject({ total: 4, pageSize: 2, rows: [{ person: { name: 'Hol Der' }, own: false }, {}] });
    expect((await page('search=q-1')).rows.map(({ award }) => award)).toEqual(['RSci']);
    expect((await page('search=hol%20d')).total).toBe(3);
    expect((await page('search=%25')).total).toBe(0);
    expect((await page('search=ver%20ifier')).rows).toMatchObject([{ own: true }]);
    const home = (await harness.get('home', verifier)).body as HomeView;
    expect(home.tasks.find(({ kind }) => kind === 'verify-awards')).toMatchObject({ count: 3 });
    expect(((await harness.get('home', holder)).body as HomeView).tasks).toEqual([]);
  });

  it('of another institution are not there', async () => {
    const award = await declare();
    const stranger = await harness.somebody(await harness.institution('Elsewhere'), ['award-verifier']);
    for (const answer of [
      await decide(award, 'verify', stranger),
      await decide(award, 'reject', stranger, { reason: 'other' }),
      await decide(award, 'renew', stranger, { validTo: null }),
      await harness.put(`awards/${award.id}`, stranger, { ...rscitech, version: 1 }),
      await harness.delete(`awards/${award.id}`, stranger),
      await harness.post(`awards/${randomUUIDv7()}/verify`, verifier, { version: 1 }),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
    }
    expect((await page('', stranger)).total).toBe(0);
  });
});
