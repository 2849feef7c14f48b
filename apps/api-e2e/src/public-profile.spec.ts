import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MovedClock } from '@waymark/api-platform';
import { publicProfile, publishedProfile, type PublishedProfileView } from '@waymark/contracts';
import { randomBytes } from 'node:crypto';
import { Harness, type SignedIn } from './harness';

describe('a published profile', () => {
  const clock = new MovedClock(new Date('2026-11-22T10:00:00Z'));
  let harness: Harness;
  let institutionId: string;
  let person: SignedIn;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(new Date('2026-11-22T10:00:00Z'));
    institutionId = await harness.institution('Harbour College');
    person = await harness.somebody(institutionId, [], 'Ann Flask');
    await award({ status: 'verified', validTo: '2027-02-28' });
  });

  const award = async ({ status = 'verified', validTo = null as string | null, name = 'RSciTech' } = {}) => {
    const verifier = await harness.person(institutionId);
    await harness.sql(
      `insert into award_held (institution_id, id, person_id, body, award, number, awarded_on, valid_to, status, decided_by, decided_at)
       values ($1, uuidv7(), $2, 'Science Council', $3, 'SECRET-NUMBER', '2024-03-01', $4, $5, $6, '2024-04-02T12:00:00Z')`,
      [institutionId, person.personId, name, validTo, status, verifier],
    );
  };
  const publish = async (as = person): Promise<PublishedProfileView> => {
    const answer = await harness.post('published-profile', as);
    expect(answer.status).toBe(200);
    return publishedProfile.parse(answer.body);
  };
  const pathOf = (url: string | undefined) => new URL(url ?? 'http://none').pathname;
  /** Data and page of an address, as anybody in the world asks for them. */
  const look = async ({ published }: PublishedProfileView) => ({
    data: await harness.get(pathOf(published?.dataUrl)),
    page: await harness.get(pathOf(published?.pageUrl)),
  });
  const expectGone = async (view: PublishedProfileView) => {
    const { data, page } = await look(view);
    expect(data).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
    expect(page.status).toBe(404);
    expect(String(page.body)).toContain('Nothing is published here');
    expect(`${JSON.stringify(data.body)} ${String(page.body)}`).not.toMatch(/Ann|Flask|RSci|Harbour/);
  };

  it('is nobody’s until they publish it, and shows name, job title, institution and awards in force to anybody', async () => {
    expect(publishedProfile.parse((await harness.get('published-profile', person)).body)).toMatchObject({
      published: null,
      awards: [{ award: 'RSciTech' }],
    });
    await award({ status: 'declared', name: 'Declared' });
    await award({ status: 'rejected', name: 'Rejected' });
    await award({ validTo: '2026-11-21', name: 'Lapsed' });
    const view = await publish();
    const { data, page } = await look(view);
    expect(publicProfile.parse(data.body)).toEqual({
      name: 'Ann Flask',
      jobTitle: null,
      institution: 'Harbour College',
      awards: [
        {
          award: 'RSciTech',
          body: 'Science Council',
          awardedOn: '2024-03-01',
          validTo: '2027-02-28',
          verifiedOn: '2024-04-02',
        },
      ],
    });
    expect(String(page.body)).toMatch(
      /Verified on <time datetime="2024-04-02">2 April 2024<\/time> by Harbour College/,
    );
    expect(`${JSON.stringify(data.body)}${String(page.body)}`).not.toMatch(/SECRET|Declared|Rejected|Lapsed|@/);
  });

  it('may stand in a frame anywhere, and runs no script there', async () => {
    const { data, page } = await look(await publish());
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain('frame-ancestors *');
    expect(policy).not.toMatch(/script-src|unsafe-inline/);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('x-frame-options')).toBeNull();
    expect(data.headers.get('access-control-allow-origin')).toBe('*');
    for (const { headers } of [data, page]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
    // Everything else stays for our own pages.
    expect((await harness.get('session')).headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect((await harness.get('session')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('shows what people typed as text', async () => {
    const nasty = `<script>alert("x")</script>`;
    await harness.sql(`update person set given_name = $2, family_name = $3, job_title = $3 where id = $1`, [
      person.personId,
      `<img src=x onerror=alert(1)>`,
      nasty,
    ]);
    await harness.sql(`update institution set name = $2 where id = $1`, [institutionId, nasty]);
    await harness.sql(`update award_held set award = $2, body = $2 where person_id = $1`, [person.personId, nasty]);
    const { page } = await look(await publish());
    expect(page.status).toBe(200);
    expect(String(page.body)).not.toMatch(/<script|<img/i);
    expect(String(page.body)).toContain('&#60;script&#62;');
  });

  it('is gone the moment it is taken back; published again it has another address', async () => {
    const first = await publish();
    expect(await publish()).toEqual(first);
    expect((await look(first)).data.status).toBe(200);
    expect(publishedProfile.parse((await harness.delete('published-profile', person)).body).published).toBeNull();
    await expectGone(first);
    const second = await publish();
    expect(second.published?.dataUrl).not.toBe(first.published?.dataUrl);
    await expectGone(first);
    expect((await look(second)).page.status).toBe(200);
    expect(
      (
        await harness.sql<{ act: string }>(
          `select act from audit_entry where act like 'profile.%' and subject_id = $1 order by at, id`,
          [person.personId],
        )
      ).map(({ act }) => act),
    ).toEqual(['profile.publish', 'profile.take-back', 'profile.publish']);
  });

  it('is gone the moment its last award lapses or is no longer verified', async () => {
    const view = await publish();
    clock.moveTo(new Date('2027-02-28T23:59:00Z'));
    expect((await look(view)).data.status).toBe(200);
    clock.moveTo(new Date('2027-03-01T00:00:00Z'));
    await expectGone(view);
    clock.moveTo(new Date('2026-11-22T10:00:00Z'));
    await harness.sql(`update award_held set status = 'rejected' where person_id = $1`, [person.personId]);
    await expectGone(view);
  });

  it.each([
    ['leaves', `update person set left_on = '2026-11-21' where id = $1`],
    ['is erased', `update person set erased_at = now() where id = $1`],
  ])('is gone the moment the person %s', async (_, sql) => {
    const view = await publish();
    await harness.sql(sql, [person.personId]);
    await expectGone(view);
  });

  it('cannot be guessed, and says nothing of why there is nothing', async () => {
    const view = await publish();
    const code = pathOf(view.published?.dataUrl).split('/').at(-1) ?? '';
    expect(code).toMatch(/^[\w-]{43}$/);
    const guessed = `/api/public/profiles/${randomBytes(32).toString('base64url')}`;
    expect(await harness.get(guessed)).toMatchObject({ status: 404, body: { refusal: 'not-found' } });
    expect((await harness.get(`/api/public/profiles/${person.personId}`)).status).toBe(422);
    expect((await harness.get(`/api/public/profiles/${code.slice(0, -1)}%00`)).status).toBe(422);
  });

  it('is one’s own: who has it of another sees that one’s alone', async () => {
    await publish();
    const other = await harness.somebody(institutionId, ['institution-administrator'], 'Other One');
    expect(publishedProfile.parse((await harness.get('published-profile', other)).body)).toMatchObject({
      published: null,
      name: 'Other One',
      awards: [],
    });
    await harness.delete('published-profile', other);
    expect(publishedProfile.parse((await harness.get('published-profile', person)).body).published).not.toBeNull();
  });

  it('is refused to whoever asks too often', async () => {
    const { published } = await publish();
    await harness.sql(`update rate_limit set attempts = 600, window_start = $1 where key like 'public-profile:%'`, [
      clock.now(),
    ]);
    await harness.get(pathOf(published?.dataUrl));
    await harness.sql(`update rate_limit set attempts = 600 where key like 'public-profile:%'`);
    for (const url of [published?.dataUrl, published?.pageUrl]) {
      expect(await harness.get(pathOf(url))).toMatchObject({ status: 429, body: { refusal: 'too-many-attempts' } });
    }
    await harness.sql(`delete from rate_limit where key like 'public-profile:%'`);
  });
});
