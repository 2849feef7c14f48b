import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MailSender, Transactions } from '@waymark/api-platform';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Harness } from './harness';

/** A real mail server on loopback that keeps what it was given, and refuses as long as it is told to. */
class Post {
  readonly letters: { to: string[]; text: string }[] = [];
  refuses = 0;
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (this.refuses > 0) {
          this.refuses -= 1;
          done(new Error('the mailbox is busy'));
          return;
        }
        this.letters.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe('mail', () => {
  const post = new Post();
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.start({ env: { SMTP_URL: await post.open() } });
    await harness.startWorker();
  });
  afterAll(async () => {
    await harness.stop();
    await post.close();
  });
  afterEach(() => {
    post.letters.length = 0;
  });

  const invite = async (email: string) => {
    const institutionId = await harness.institution();
    const administrator = await harness.somebody(institutionId, ['institution-administrator']);
    const person = {
      givenName: 'Zoë',
      familyName: 'Zener',
      email,
      jobTitle: null,
      unitId: null,
      gradeId: null,
      lineManagerId: null,
      technician: true,
    };
    const added = await harness.post('people', administrator, person);
    expect((await harness.post(`people/${(added.body as { id: string }).id}/invitation`, administrator)).status).toBe(
      204,
    );
  };
  const message = async (email: string) =>
    (
      await harness.sql<{ status: string; attempts: number; body: string; id: string; institution_id: string }>(
        `select id, institution_id, status, attempts, body from mail_message where recipient = $1`,
        [email],
      )
    )[0];

  it('goes out by SMTP once its transaction has committed, with a link that leads in, and is not kept after that', async () => {
    await invite('zoe@college.example');
    const sent = await harness.until(
      () => message('zoe@college.example'),
      (row) => row?.status === 'sent',
    );
    expect(sent).toMatchObject({ attempts: 1, body: '' });
    expect(post.letters).toHaveLength(1);
    const [letter] = post.letters;
    expect(letter?.to).toEqual(['zoe@college.example']);
    expect(letter?.text).toMatch(/^From: Waymark/m);
    expect(letter?.text).toContain(`Message-ID: <${sent?.id}@localhost>`);
    const secret = /\/password\/([\w-]{43})/.exec((letter?.text ?? '').replaceAll('=\r\n', ''))?.[1];
    expect(await harness.get(`password-links/${secret}`)).toMatchObject({
      body: { email: 'zoe@college.example', purpose: 'invitation' },
    });
  });

  it('is tried again when the server refuses it, under the same number', async () => {
    post.refuses = 1;
    await invite('busy@college.example');
    const sent = await harness.until(
      () => message('busy@college.example'),
      (row) => row?.status === 'sent',
    );
    expect(sent?.attempts).toBe(2);
    expect(post.letters).toHaveLength(1);
  });

  it('goes out once, however often its event is handled', async () => {
    await invite('once@college.example');
    const sent = await harness.until(
      () => message('once@college.example'),
      (row) => row?.status === 'sent',
    );
    const sender = new MailSender(harness.application.get(Transactions), harness.config);
    const event = { id: sent?.id ?? '', institutionId: sent?.institution_id ?? '', payload: { mailId: sent?.id } };
    await Promise.all([sender.handle(event), sender.handle(event), sender.handle(event)]);
    expect(post.letters).toHaveLength(1);
  });

  it('is not written where the command was refused', async () => {
    const institutionId = await harness.institution();
    const administrator = await harness.somebody(institutionId, ['institution-administrator']);
    const silent = await harness.person(institutionId, { email: null });
    expect(await harness.post(`people/${silent}/invitation`, administrator)).toMatchObject({ status: 422 });
    expect(await harness.sql(`select from mail_message where institution_id = $1`, [institutionId])).toEqual([]);
  });
});

describe('mail without a server', () => {
  it('is kept, and shown in demonstration mode alone', async () => {
    const harness = await Harness.start();
    await harness.startWorker();
    const institutionId = await harness.institution();
    const administrator = await harness.somebody(institutionId, ['institution-administrator']);
    const person = await harness.person(institutionId, { email: 'kept@college.example' });
    await harness.signIn(institutionId, person);
    await harness.post(`people/${person}/invitation`, administrator);
    await harness.until(
      () => harness.sql<{ status: string }>(`select status from mail_message`),
      (rows) => rows[0]?.status === 'kept',
    );
    expect(await harness.get('demonstration/mail')).toMatchObject({
      status: 404,
      body: { refusal: 'demonstration-only' },
    });
    await harness.stop();
  });
});
