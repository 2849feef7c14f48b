import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, createHttpApplication, migrate, readConfig, WorkerModule } from '@waymark/api-app';
import { type Clock, hashOfToken, Queue, Scheduler, SESSION_COOKIE, SystemClock } from '@waymark/api-platform';
import type { GrantableRole } from '@waymark/contracts';
import { testDatabase } from '@waymark/test-database';
import { randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** Somebody signed in; `cookie` is what their browser would send. */
export interface SignedIn {
  institutionId: string;
  personId: string;
  cookie: string;
}

export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

export interface Asking {
  as?: SignedIn | null;
  body?: unknown;
  /** Idempotency key; a new one for each command where nothing is said. */
  key?: string | null;
  headers?: Record<string, string>;
}

/**
 * The real API on a port of its own, on a migrated database of its own, as the application role. `owner` sees all
 * institutions: to arrange and to look, never what is tested.
 */
export class Harness {
  private worker: INestApplicationContext | null = null;

  private constructor(
    readonly application: NestFastifyApplication,
    readonly config: Config,
    readonly clock: Clock,
    readonly owner: pg.Pool,
    readonly urls: { ownerUrl: string; appUrl: string },
    private readonly address: string,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start(options: { clock?: Clock; env?: Record<string, string> } = {}): Promise<Harness> {
    const server = await testDatabase();
    const name = `t_${randomUUID().replaceAll('-', '')}`;
    const urls = await server.copyDatabase(name, 'migrated', async ({ ownerUrl }) => void (await migrate(ownerUrl)));
    const config = readConfig({
      DATABASE_URL: urls.appUrl,
      DATABASE_CONNECTIONS: '12',
      PUBLIC_URL: 'http://localhost:8700',
      PORT: '0',
      LOG_LEVEL: 'silent',
      AUDIT_HEADS_DIR: join(tmpdir(), `waymark-heads-${name}`),
      ...options.env,
    });
    const clock = options.clock ?? new SystemClock();
    const drop = async () => {
      await server.dropDatabase(name);
      await server.stop();
      await rm(config.auditHeadsDirectory, { recursive: true, force: true });
    };
    try {
      const application = await createHttpApplication(config, clock);
      await application.listen(0, '127.0.0.1');
      const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 4 });
      // Dropping the database ends what is still closing.
      owner.on('error', () => undefined);
      return new Harness(application, config, clock, owner, urls, await application.getUrl(), drop);
    } catch (error) {
      await drop();
      throw error;
    }
  }

  /** Starts the worker: jobs, mail and the relay run until the end of the tests, or until `stopWorker`. */
  async startWorker(): Promise<void> {
    this.worker = await NestFactory.createApplicationContext(WorkerModule.with(this.config, this.clock), {
      logger: ['fatal'],
      abortOnError: false,
    });
    await this.worker.get(Queue).start();
  }

  /** What a scheduled task owes at the clock's moment, in every institution. The worker must have been started. */
  async tick(task: string): Promise<void> {
    if (!this.worker) throw new Error('start the worker first');
    await this.worker.get(Scheduler).tick(task);
  }

  async stopWorker(): Promise<void> {
    await this.worker?.close();
    this.worker = null;
  }

  async stop(): Promise<void> {
    await this.stopWorker();
    await this.application.close();
    await this.owner.end();
    await this.drop();
  }

  async ask(method: string, path: string, { as = null, body, key, headers = {} }: Asking = {}): Promise<Answer> {
    const writes = method !== 'GET';
    const response = await fetch(`${this.address}${path.startsWith('/') ? path : `/api/${path}`}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(writes ? { origin: this.config.publicUrl } : {}),
        ...(writes && as && key !== null ? { 'idempotency-key': key ?? randomUUID() } : {}),
        ...(as ? { cookie: as.cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
  }

  get = (path: string, as: SignedIn | null = null) => this.ask('GET', path, { as });
  post = (path: string, as: SignedIn | null, body: unknown = {}) => this.ask('POST', path, { as, body });
  put = (path: string, as: SignedIn | null, body: unknown) => this.ask('PUT', path, { as, body });
  delete = (path: string, as: SignedIn | null) => this.ask('DELETE', path, { as });

  /** Rows as the owner sees them, over all institutions. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.owner.query<Row>(text, values)).rows;
  }

  async institution(name = 'Harbour College'): Promise<string> {
    const id = randomUUIDv7();
    await this.owner.query(
      `insert into institution (id, name, nation, time_zone, created_at) values ($1, $2, 'england-and-wales', 'Europe/London', now())`,
      [id, name],
    );
    return id;
  }

  /** A person of the institution; a test says only what matters to it. */
  async person(
    institutionId: string,
    facts: {
      name?: string;
      email?: string | null;
      unitId?: string | null;
      gradeId?: string | null;
      lineManagerId?: string | null;
      technician?: boolean;
      leftOn?: string | null;
      roles?: GrantableRole[];
    } = {},
  ): Promise<string> {
    const id = randomUUIDv7();
    const [givenName, familyName] = (facts.name ?? `Person ${id.slice(-6)}`).split(' ');
    const email = facts.email === undefined ? `${id}@college.example` : facts.email;
    await this.owner.query(
      `insert into person (institution_id, id, given_name, family_name, email, unit_id, grade_id, line_manager_id, technician,
         left_on, created_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now(), 1)`,
      [
        institutionId,
        id,
        givenName ?? '',
        familyName ?? 'Person',
        email,
        facts.unitId ?? null,
        facts.gradeId ?? null,
        facts.lineManagerId ?? null,
        facts.technician ?? true,
        facts.leftOn ?? null,
      ],
    );
    for (const role of facts.roles ?? []) {
      await this.owner.query(
        `insert into role_held (institution_id, id, person_id, role, held_from) values ($1, $2, $3, $4, current_date - 1)`,
        [institutionId, randomUUIDv7(), id, role],
      );
    }
    return id;
  }

  async unit(institutionId: string, name: string): Promise<string> {
    const id = randomUUIDv7();
    await this.owner.query(`insert into unit (institution_id, id, name) values ($1, $2, $3)`, [
      institutionId,
      id,
      name,
    ]);
    return id;
  }

  async grades(institutionId: string, names: string[]): Promise<string[]> {
    const ids = names.map(() => randomUUIDv7());
    for (const [position, name] of names.entries()) {
      await this.owner.query(`insert into grade (institution_id, id, name, position) values ($1, $2, $3, $4)`, [
        institutionId,
        ids[position],
        name,
        position,
      ]);
    }
    return ids;
  }

  /** Opens a session for a person, without the password that `sign-in.spec.ts` tests. */
  async signIn(institutionId: string, personId: string): Promise<SignedIn> {
    const secret = randomBytes(24).toString('base64url');
    const accountId = randomUUIDv7();
    await this.owner.query(
      `with made as (insert into account (id, email, created_at) values ($1, $2, now()) returning id)
       insert into account_person (account_id, institution_id, person_id)
       select id, $3, $4 from made on conflict do nothing`,
      [accountId, `${accountId}@accounts.example`, institutionId, personId],
    );
    await this.owner.query(
      `insert into session (id, token_hash, account_id, institution_id, person_id, created_at, expires_at)
       values ($1, $2, (select account_id from account_person where institution_id = $4 and person_id = $5 limit 1), $4, $5,
         $3::timestamptz, $3::timestamptz + interval '1 day')`,
      [randomUUIDv7(), hashOfToken(secret), this.clock.now(), institutionId, personId],
    );
    return { institutionId, personId, cookie: `${SESSION_COOKIE}=${secret}` };
  }

  /** A new person with these roles, signed in. */
  async somebody(institutionId: string, roles: GrantableRole[] = [], name?: string): Promise<SignedIn> {
    const personId = await this.person(institutionId, { roles, ...(name ? { name } : {}) });
    return this.signIn(institutionId, personId);
  }

  /** Asks until `done` says so; fails after `seconds`. */
  async until<Value>(read: () => Promise<Value>, done: (value: Value) => boolean, seconds = 30): Promise<Value> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const value = await read();
      if (done(value)) return value;
      if (Date.now() > deadline)
        throw new Error(`not within ${seconds} s; last: ${JSON.stringify(value)?.slice(0, 500)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
