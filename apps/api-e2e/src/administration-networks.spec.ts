import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AddInstitution } from '@waymark/api-people';
import { MovedClock } from '@waymark/api-platform';
import { type NetworksView, networksView, type PasswordLinkView, type RoundView } from '@waymark/contracts';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import pg from 'pg';
import { Harness, type SignedIn } from './harness';

const noon = new Date('2026-12-01T12:00:00Z');

describe('networks', () => {
  const clock = new MovedClock(noon);
  let harness: Harness;
  let dales: SignedIn;
  let fens: SignedIn;
  let fensEmail: string;

  beforeAll(async () => {
    harness = await Harness.start({ clock });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    clock.moveTo(noon);
    dales = await administrator('Dales University', `${randomUUID()}@dales.example`);
    fensEmail = `${randomUUID()}@fens.example`;
    fens = await administrator('Fens College', fensEmail);
  });

  const administrator = async (name: string, email: string): Promise<SignedIn> => {
    const institutionId = await harness.institution(name);
    const personId = await harness.person(institutionId, { email, roles: ['institution-administrator'] });
    return harness.signIn(institutionId, personId);
  };
  const see = async (as: SignedIn): Promise<NetworksView> =>
    networksView.parse((await harness.get('networks', as)).body);
  const create = async (as = dales, name = 'Northern technicians') => {
    const { networks } = (await harness.post('networks', as, { name })).body as NetworksView;
    const [network] = networks;
    if (!network) throw new Error('no network was made');
    return network;
  };
  const invite = (networkId: string, email = fensEmail, as = dales) =>
    harness.post(`networks/${networkId}/invitations`, as, { email });
  const join = async (networkId: string, as = fens, email = fensEmail): Promise<NetworksView> => {
    expect((await invite(networkId, email)).status).toBe(200);
    const [received] = (await see(as)).received;
    return (await harness.post(`network-invitations/${received?.id}/accept`, as, {})).body as NetworksView;
  };

  it('an administrator makes one, asks another institution by an address, and that one accepts', async () => {
    const network = await create();
    expect(network).toMatchObject({ name: 'Northern technicians', members: [{ name: 'Dales University', own: true }] });
    expect((await invite(network.id)).body).toMatchObject({ networks: [{ invitations: [{ email: fensEmail }] }] });
    const [letter] = await harness.sql<{ subject: string; body: string }>(
      `select subject, body from mail_message where recipient = $1`,
      [fensEmail],
    );
    expect(letter?.subject).toBe('Dales University asks your institution into the network Northern technicians');
    const home = (await harness.get('home', fens)).body as { tasks: unknown[] };
    expect(home.tasks).toContainEqual(
      expect.objectContaining({ kind: 'answer-network-invitation', about: 'Northern technicians' }),
    );
    const [received] = (await see(fens)).received;
    expect(received).toMatchObject({ network: 'Northern technicians', from: 'Dales University', email: fensEmail });
    // Nothing is theirs yet.
    expect((await see(fens)).networks).toEqual([]);
    const joined = await harness.post(`network-invitations/${received?.id}/accept`, fens, {});
    expect(joined.body).toMatchObject({
      received: [],
      networks: [{ members: [{ name: 'Dales University' }, { name: 'Fens College', own: true }] }],
      history: [{ act: 'network.join', network: 'Northern technicians' }],
    });
    // The one that asked hears of it, once.
    const told = await harness.until(
      () => see(dales),
      ({ history }) => history[0]?.act === 'network.member-joined',
    );
    expect(told.history.map(({ act }) => act)).toEqual(['network.member-joined', 'network.invite', 'network.create']);
    expect(told.networks[0]?.invitations).toEqual([]);
    expect(
      await harness.sql(`select from mail_message where institution_id = $1 and subject like 'Fens College joined%'`, [
        dales.institutionId,
      ]),
    ).toHaveLength(1);
  });

  it('asking tells nobody who is in this installation: it is answered alike for an address that nobody has', async () => {
    const network = await create();
    const known = await invite(network.id);
    const unknown = await invite(network.id, 'nobody@nowhere.example');
    expect(unknown.status).toBe(known.status);
    const [one, other] = (unknown.body as NetworksView).networks[0]?.invitations ?? [];
    expect(Object.keys(one ?? {})).toEqual(Object.keys(other ?? {}));
    expect(JSON.stringify(await see(dales))).not.toContain('Fens');
    // Nor does the one who was asked learn more than who asks.
    expect(JSON.stringify(await see(fens))).not.toContain('nowhere');
  });

  it('an invitation is there for the administrators of that address alone', async () => {
    const network = await create();
    await invite(network.id);
    const [received] = (await see(fens)).received;
    const stranger = await administrator('Third', `${randomUUID()}@third.example`);
    for (const answer of ['accept', 'decline']) {
      expect(await harness.post(`network-invitations/${received?.id}/${answer}`, stranger, {})).toMatchObject({
        status: 404,
        body: { refusal: 'not-found' },
      });
    }
    expect((await see(stranger)).received).toEqual([]);
    // A technician with the address opens nothing for their institution.
    const technicianEmail = `${randomUUID()}@third.example`;
    await harness.person(stranger.institutionId, { email: technicianEmail });
    await invite(network.id, technicianEmail);
    expect((await see(stranger)).received).toEqual([]);
    const coordinator = await harness.somebody(fens.institutionId, ['coordinator']);
    expect((await harness.get('networks', coordinator)).status).toBe(403);
  });

  it('is declined, withdrawn, or runs out; then it is over', async () => {
    const network = await create();
    await invite(network.id);
    const [first] = (await see(fens)).received;
    expect((await harness.post(`network-invitations/${first?.id}/decline`, fens, {})).status).toBe(200);
    expect(await harness.post(`network-invitations/${first?.id}/accept`, fens, {})).toMatchObject({
      status: 409,
      body: { refusal: 'invitation-over' },
    });
    await invite(network.id);
    expect(await invite(network.id)).toMatchObject({ status: 409, body: { refusal: 'invitation-open' } });
    const [second] = (await see(dales)).networks[0]?.invitations ?? [];
    const withdraw = () => harness.delete(`networks/${network.id}/invitations/${second?.id}`, dales);
    expect((await withdraw()).status).toBe(200);
    expect(await withdraw()).toMatchObject({ status: 409, body: { refusal: 'invitation-over' } });
    expect((await see(fens)).received).toEqual([]);
    await invite(network.id);
    const [third] = (await see(fens)).received;
    clock.moveTo(new Date('2027-01-01T12:00:00Z'));
    const later = await harness.signIn(fens.institutionId, fens.personId);
    expect((await see(later)).received).toEqual([]);
    expect(await harness.post(`network-invitations/${third?.id}/accept`, later, {})).toMatchObject({ status: 409 });
    // One that ran out makes room for another.
    const dalesLater = await harness.signIn(dales.institutionId, dales.personId);
    expect((await invite(network.id, fensEmail, dalesLater)).status).toBe(200);
  });

  it('accepted by two administrators at once it is joined once', async () => {
    const network = await create();
    await invite(network.id);
    const [received] = (await see(fens)).received;
    const raced = await Promise.all(
      [1, 2, 3, 4].map(() => harness.post(`network-invitations/${received?.id}/accept`, fens, {})),
    );
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await harness.sql(`select from membership where network_id = $1`, [network.id])).toHaveLength(2);
  });

  it('what is not one’s own is not there: another’s network, and another’s invitations', async () => {
    const network = await create();
    await invite(network.id);
    const [invitation] = (await see(dales)).networks[0]?.invitations ?? [];
    for (const [method, path, body] of [
      ['POST', `networks/${network.id}/invitations`, { email: 'a@b.example' }],
      ['POST', `networks/${network.id}/leave`, {}],
      ['DELETE', `networks/${network.id}/invitations/${invitation?.id}`, undefined],
    ] as const) {
      expect(await harness.ask(method, path, { as: fens, body })).toMatchObject({
        status: 404,
        body: { refusal: 'not-found' },
      });
    }
    // A member sees who belongs to it, and not whom another member asks.
    await join(network.id, fens, fensEmail).catch(() => undefined);
    const [received] = (await see(fens)).received;
    await harness.post(`network-invitations/${received?.id}/accept`, fens, {});
    await invite(network.id, 'secret@fourth.example');
    expect(JSON.stringify(await see(fens))).not.toContain('secret');
  });

  it('names of members are for members: the application role reads none of a network that is not its own', async () => {
    const network = await create();
    const client = new pg.Client({ connectionString: harness.urls.appUrl });
    await client.connect();
    const members = async (institutionId: string) => {
      await client.query('begin');
      await client.query(`select set_config('app.institution_id', $1, true)`, [institutionId]);
      const { rows } = await client.query(`select name from members_of_own_networks() where network_id = $1`, [
        network.id,
      ]);
      await client.query('commit');
      return rows;
    };
    expect(await members(dales.institutionId)).toEqual([{ name: 'Dales University' }]);
    expect(await members(fens.institutionId)).toEqual([]);
    expect((await client.query(`select from members_of_own_networks()`)).rowCount).toBe(0);
    await client.end();
  });

  it('is left with rounds running: they go on unharmed, and every domain hears of it, on both sides', async () => {
    const network = await create();
    await join(network.id);
    const coordinator = await harness.somebody(fens.institutionId, ['coordinator']);
    const round = (await harness.post('mentoring/rounds', coordinator, { name: 'Running' })).body as RoundView;
    const everything = () =>
      harness.sql(
        `select (select json_agg(r order by id) from round r where institution_id = $1) as rounds,
           (select json_agg(q order by id) from request q where institution_id = $1) as requests,
           (select json_agg(e order by id) from enrolment e where institution_id = $1) as enrolments`,
        [fens.institutionId],
      );
    const before = await everything();
    await harness.stopWorker();
    const left = await harness.post(`networks/${network.id}/leave`, fens, {});
    expect(left.body).toMatchObject({ networks: [], history: [{ act: 'network.leave' }, { act: 'network.join' }] });
    const events = await harness.sql(
      `select institution_id, payload from outbox where topic = 'network.left' order by institution_id`,
    );
    expect(events).toEqual(
      [dales.institutionId, fens.institutionId].sort().map((institution_id) => ({
        institution_id,
        payload: {
          networkId: network.id,
          networkName: 'Northern technicians',
          institutionId: fens.institutionId,
          institutionName: 'Fens College',
        },
      })),
    );
    await harness.startWorker();
    const told = await harness.until(
      () => see(dales),
      // That they had joined may still have been waiting too, and be told after it.
      ({ history }) => history.some(({ act }) => act === 'network.member-left'),
    );
    expect(told.networks[0]?.members).toMatchObject([{ name: 'Dales University' }]);
    expect(await everything()).toEqual(before);
    expect((await harness.get(`mentoring/rounds/${round.id}`, coordinator)).body).toMatchObject({ id: round.id });
  });

  it('the last one that leaves closes it, and what was asked is over', async () => {
    const network = await create();
    await invite(network.id);
    const [received] = (await see(fens)).received;
    const closed = await harness.post(`networks/${network.id}/leave`, dales, {});
    expect(closed.body).toMatchObject({
      networks: [],
      history: [
        { act: 'network.close' },
        { act: 'network.leave' },
        { act: 'network.invite' },
        { act: 'network.create' },
      ],
    });
    expect(await harness.sql(`select from network where id = $1`, [network.id])).toEqual([]);
    expect((await see(fens)).received).toEqual([]);
    expect((await harness.post(`network-invitations/${received?.id}/accept`, fens, {})).status).toBe(404);
  });

  it('left by the last and joined by another at once: either nobody is in it, or the one who joined', async () => {
    for (let time = 0; time < 6; time += 1) {
      const network = await create(dales, `Race ${time}`);
      await invite(network.id);
      const received = (await see(fens)).received.find(({ network: name }) => name === `Race ${time}`);
      const [left, joined] = await Promise.all([
        harness.post(`networks/${network.id}/leave`, dales, {}),
        harness.post(`network-invitations/${received?.id}/accept`, fens, {}),
      ]);
      expect(left.status).toBe(200);
      expect([200, 404, 409]).toContain(joined.status);
      const members = await harness.sql(`select institution_id from membership where network_id = $1`, [network.id]);
      expect(members).toEqual(joined.status === 200 ? [{ institution_id: fens.institutionId }] : []);
      expect(await harness.sql(`select from network where id = $1`, [network.id])).toHaveLength(members.length);
    }
  });

  it('another institution is added by the operator, with a link for its first administrator', async () => {
    const email = `${randomUUID()}@moor.example`;
    const input = {
      ...{ name: 'Moor Institute', nation: 'scotland' as const, timeZone: 'Europe/London' },
      ...{ givenName: 'Nora', familyName: 'Beck', email, alsoCoordinator: true },
    };
    const add = harness.application.get(AddInstitution);
    const { institutionId, link } = await add.run(input);
    const token = link.split('/').at(-1) ?? '';
    expect((await harness.get(`password-links/${token}`)).body).toEqual({
      email,
      purpose: 'invitation',
    } satisfies PasswordLinkView);
    const opened = await harness.ask('POST', `password-links/${token}`, {
      body: { password: 'a long enough password' },
    });
    expect(opened.body).toMatchObject({
      signedIn: true,
      institution: { id: institutionId, name: 'Moor Institute' },
      roles: ['coordinator', 'institution-administrator'],
    });
    await expect(add.run({ ...input, name: 'Twice' })).rejects.toMatchObject({ refusal: 'email-taken' });
    await expect(add.run({ ...input, email: 'x@y.example', timeZone: 'Europe/Atlantis' })).rejects.toMatchObject({
      refusal: 'invalid-input',
    });
    expect(await harness.sql(`select from institution where name = 'Twice'`)).toEqual([]);
  });

  it('the operator’s command prints the link, and says by name what is wrong', async () => {
    const email = `${randomUUID()}@tarn.example`;
    const run = (...more: string[]) =>
      spawnSync(
        process.execPath,
        [
          resolve(__dirname, '../../../dist/apps/api/add-institution.js'),
          ...['--name', 'Tarn College', '--nation', 'northern-ireland', '--given-name', 'Nora'],
          ...['--family-name', 'Beck', '--email', email, ...more],
        ],
        {
          encoding: 'utf8',
          env: { ...process.env, DATABASE_URL: harness.urls.appUrl, PUBLIC_URL: harness.config.publicUrl },
        },
      );
    const added = run();
    expect(added.stderr).toBe('');
    const token = /\/password\/(\S+)/.exec(added.stdout)?.[1] ?? '';
    expect((await harness.get(`password-links/${token}`)).body).toEqual({ email, purpose: 'invitation' });
    const again = run();
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('signs in with this address already');
    expect(run('--time-zone', 'Europe/Atlantis')).toMatchObject({ status: 1, stdout: '' });
    expect(run('--campus', 'North')).toMatchObject({ status: 2, stdout: '' });
    expect(await harness.sql(`select from institution where name = 'Tarn College'`)).toHaveLength(1);
  });
});
