import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashPassword } from '@waymark/api-people';
import { sessionView } from '@waymark/contracts';
import { Harness } from './harness';

describe('sign-in', () => {
  let harness: Harness;
  const password = 'correct horse battery staple';

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());

  const withAccount = async (email: string, leftOn: string | null = null) => {
    const institutionId = await harness.institution();
    const personId = await harness.person(institutionId, { name: 'Reed Reagent', email, leftOn });
    const accountId = personId;
    await harness.sql(`insert into account (id, email, password_hash, created_at) values ($1, $2, $3, now())`, [
      accountId,
      email,
      await hashPassword(password),
    ]);
    await harness.sql(`insert into account_person (account_id, institution_id, person_id) values ($1, $2, $3)`, [
      accountId,
      institutionId,
      personId,
    ]);
    return { institutionId, personId };
  };

  it('opens a session with the right password, in a cookie bound to this host', async () => {
    await withAccount('right@college.example');
    const answer = await harness.post('session', null, { email: 'Right@College.example ', password });
    expect(answer.status).toBe(200);
    expect(sessionView.parse(answer.body)).toMatchObject({ signedIn: true, person: { name: 'Reed Reagent' } });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-waymark=[\w-]{43};/);
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(part);
    const session = { institutionId: '', personId: '', cookie: cookie.split(';')[0] ?? '' };
    expect((await harness.get('home', session)).status).toBe(200);
    expect((await harness.delete('session', session)).status).toBe(204);
    expect((await harness.get('home', session)).status).toBe(401);
  });

  it('stores no token that opens a session', async () => {
    await withAccount('hashed@college.example');
    const answer = await harness.post('session', null, { email: 'hashed@college.example', password });
    const secret = /__Host-waymark=([\w-]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
    const rows = await harness.sql<{ whole: string }>(`select session::text as whole from session`);
    expect(secret).toHaveLength(43);
    expect(rows.some(({ whole }) => whole.includes(secret))).toBe(false);
  });

  it.each([
    ['an unknown address', 'nobody@college.example', password],
    ['a wrong password', 'wrong@college.example', 'not the right password'],
  ])('refuses %s alike', async (_, email, tried) => {
    if (email.startsWith('wrong')) await withAccount(email);
    const answer = await harness.post('session', null, { email, password: tried });
    expect(answer).toMatchObject({ status: 401, body: { refusal: 'wrong-credentials' } });
  });

  it('refuses somebody who has left', async () => {
    await withAccount('left@college.example', '2020-01-31');
    const answer = await harness.post('session', null, { email: 'left@college.example', password });
    expect(answer.body).toMatchObject({ refusal: 'wrong-credentials' });
  });

  it('ends the session that the same browser had', async () => {
    await withAccount('twice@college.example');
    const signIn = async (cookie: string) => {
      const answer = await harness.ask('POST', 'session', {
        body: { email: 'twice@college.example', password },
        headers: cookie ? { cookie } : {},
      });
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    };
    const first = await signIn('');
    const second = await signIn(first);
    const home = (cookie: string) => harness.get('home', { institutionId: '', personId: '', cookie });
    expect([(await home(first)).status, (await home(second)).status]).toEqual([401, 200]);
  });

  it('counts the failures of an address of the network, not a campus that signs in', async () => {
    await withAccount('campus@college.example');
    await harness.post('session', null, { email: 'campus@college.example', password });
    const [counted] = await harness.sql<{ attempts: number }>(
      `select attempts from rate_limit where key like 'sign-in-from:%'`,
    );
    const failed = counted?.attempts ?? 0;
    await harness.post('session', null, { email: 'campus@college.example', password });
    expect((await harness.sql(`select attempts from rate_limit where key like 'sign-in-from:%'`))[0]).toEqual({
      attempts: failed,
    });
  });

  it('ends the session of somebody the moment they leave', async () => {
    const institutionId = await harness.institution();
    const leaver = await harness.somebody(institutionId, ['coordinator']);
    expect((await harness.get('people', leaver)).status).toBe(200);
    await harness.sql(`update person set left_on = current_date - 1 where id = $1`, [leaver.personId]);
    expect((await harness.get('people', leaver)).status).toBe(401);
  });

  it('counts a role that ended yesterday no more', async () => {
    const institutionId = await harness.institution();
    const coordinator = await harness.somebody(institutionId, ['coordinator']);
    await harness.sql(`update role_held set held_until = current_date - 1 where person_id = $1`, [
      coordinator.personId,
    ]);
    expect(await harness.get('grades', coordinator)).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } });
  });

  it('refuses the eleventh attempt on one address, whatever the process', async () => {
    const attempts = Array.from({ length: 11 }, () =>
      harness.post('session', null, { email: 'tried@college.example', password: 'wrong' }),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  });

  it('sets a password once through a link in a mail, and ends the other sessions', async () => {
    const { institutionId, personId } = await withAccount('forgot@college.example');
    const before = await harness.signIn(institutionId, personId);
    expect((await harness.post('password-links', null, { email: 'forgot@college.example' })).status).toBe(204);
    const [mail] = await harness.sql<{ body: string }>(
      `select body from mail_message where recipient = 'forgot@college.example'`,
    );
    const secret = /\/password\/([\w-]+)/.exec(mail?.body ?? '')?.[1] ?? '';
    expect(await harness.get(`password-links/${secret}`)).toMatchObject({
      status: 200,
      body: { email: 'forgot@college.example', purpose: 'reset' },
    });
    const set = await harness.post(`password-links/${secret}`, null, { password: 'another long password' });
    expect(set).toMatchObject({ status: 200, body: { signedIn: true } });
    expect((await harness.get('home', before)).status).toBe(401);
    expect(await harness.post(`password-links/${secret}`, null, { password: 'a third long password' })).toMatchObject({
      status: 410,
      body: { refusal: 'link-expired' },
    });
    const again = await harness.post('session', null, {
      email: 'forgot@college.example',
      password: 'another long password',
    });
    expect(again.status).toBe(200);
  });

  it('answers alike, and posts nothing, for an address it does not know', async () => {
    expect((await harness.post('password-links', null, { email: 'stranger@college.example' })).status).toBe(204);
    expect(await harness.sql(`select from mail_message where recipient = 'stranger@college.example'`)).toEqual([]);
  });

  it('refuses a write that comes from another origin, or from none', async () => {
    for (const origin of ['https://elsewhere.example', 'null', '']) {
      const answer = await harness.ask('POST', 'session', { body: {}, headers: { origin } });
      expect(answer).toMatchObject({ status: 403, body: { refusal: 'origin-refused' } });
    }
  });
});
