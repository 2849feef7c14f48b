import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashPassword } from '@waymark/api-people';
import { erasurePreview, type NetworksView, type PersonView } from '@waymark/contracts';
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { Harness, type SignedIn } from './harness';

/** An institution that means ill writes down, as one of its own people, an address that is somebody's elsewhere. */
describe('an address of somebody in another institution', () => {
  let harness: Harness;
  const password = 'correct horse battery staple';

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());

  /** Somebody with an account of their own address, as the product makes it. */
  const withAccount = async (institutionId: string, email: string): Promise<SignedIn> => {
    const personId = await harness.person(institutionId, { email, roles: ['institution-administrator'] });
    const accountId = randomUUIDv7();
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
    return harness.signIn(institutionId, personId);
  };
  const plain = { jobTitle: null, unitId: null, gradeId: null, lineManagerId: null, technician: true };

  it('opens their own institution still, however old the record is that took it', async () => {
    const email = `${randomUUID()}@victim.example`;
    const elsewhere = await harness.institution('Elsewhere');
    const coordinator = await harness.somebody(elsewhere, ['coordinator']);
    const old = await harness.person(elsewhere, { name: 'Otto Old', email: null });
    const home = await harness.institution('Home');
    await withAccount(home, email);
    const taken = await harness.put(`people/${old}`, coordinator, {
      ...plain,
      givenName: 'Otto',
      familyName: 'Old',
      email,
      version: 1,
    });
    expect(taken.status).toBe(200);
    expect(await harness.post('session', null, { email, password })).toMatchObject({
      status: 200,
      body: { institution: { id: home } },
    });
  });

  it('answers no invitation into a network in their institution’s stead', async () => {
    const email = `${randomUUID()}@fens.example`;
    const asks = await harness.somebody(await harness.institution('Asks'), ['institution-administrator']);
    const asked = await withAccount(await harness.institution('Asked'), email);
    const ill = await harness.somebody(await harness.institution('Ill'), ['institution-administrator']);
    const added = await harness.post('people', ill, { ...plain, givenName: 'Not', familyName: 'Theirs', email });
    expect(added.status).toBe(201);
    const { id } = added.body as PersonView;
    const granted = await harness.post(`people/${id}/roles`, ill, { role: 'institution-administrator', until: null });
    expect(granted.status).toBe(200);

    const { networks } = (await harness.post('networks', asks, { name: 'Northern' })).body as NetworksView;
    expect((await harness.post(`networks/${networks[0]?.id}/invitations`, asks, { email })).status).toBe(200);
    expect(((await harness.get('networks', ill)).body as NetworksView).received).toEqual([]);
    const [received] = ((await harness.get('networks', asked)).body as NetworksView).received;
    expect(received).toMatchObject({ network: 'Northern', email });
    for (const answer of ['accept', 'decline'])
      expect([404, 410, 409]).toContain(
        (await harness.post(`network-invitations/${received?.id}/${answer}`, ill)).status,
      );
    expect((await harness.post(`network-invitations/${received?.id}/accept`, asked)).status).toBe(200);
    const members = await harness.sql(`select institution_id from membership where network_id = $1`, [networks[0]?.id]);
    expect(members).toHaveLength(2);
    expect(members).not.toContainEqual({ institution_id: ill.institutionId });
  });

  it('gets no link to its account by way of an export that an administrator asks for', async () => {
    await harness.startWorker();
    const institutionId = await harness.institution('Exports');
    const administrator = await harness.somebody(institutionId, ['institution-administrator']);
    const personId = await harness.person(institutionId, { name: 'Una Unread', leftOn: '2026-01-31' });
    const secret = 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I';
    await harness.sql(
      `insert into mail_message (institution_id, id, recipient, subject, body, status, attempts, created_at)
       select institution_id, $2, email, 'Choose a new password', $3, 'failed', 5, now() from person where id = $1`,
      [personId, randomUUIDv7(), `Choose it here: http://localhost:8700/password/${secret}\n\nOr not.`],
    );
    expect((await harness.post(`data-requests/people/${personId}/export`, administrator)).status).toBe(200);
    const view = await harness.until(
      async () => erasurePreview.parse((await harness.get(`data-requests/people/${personId}`, administrator)).body),
      ({ export: made }) => made?.status === 'ready',
    );
    const file = await harness.get(`data-requests/exports/${view.export?.id}/json`, administrator);
    expect(JSON.stringify(file.body)).toContain('/password/…\\n\\nOr not.');
    expect(JSON.stringify(file.body)).not.toContain(secret);
  });

  it('is not gathered by fetching the whole directory over and over', async () => {
    const somebody = await harness.somebody(await harness.institution('Small'));
    const statuses: number[] = [];
    for (let count = 0; count < 31; count += 1) statuses.push((await harness.get('people/export', somebody)).status);
    expect(statuses).toEqual([...Array<number>(30).fill(200), 429]);
  });
});
