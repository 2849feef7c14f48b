import pg from 'pg';

export interface Secrets {
  readonly admin: string;
  readonly owner: string;
  readonly app: string;
}

/** The addresses of one database, one for each role. */
export interface DatabaseUrls {
  readonly name: string;
  /** The superuser: passes every policy. To make and drop databases, never for the application or a test's subject. */
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export interface CreateDatabaseOptions {
  /** Copies that database, which nobody may be connected to meanwhile. */
  readonly template?: string;
}

export function urlsOf(port: number, secrets: Secrets, name: string): DatabaseUrls {
  const url = (role: string, password: string) => `postgresql://${role}:${password}@127.0.0.1:${port}/${name}`;
  return {
    name,
    adminUrl: url('postgres', secrets.admin),
    ownerUrl: url('waymark_owner', secrets.owner),
    appUrl: url('waymark_app', secrets.app),
  };
}

/** The same address, for another database of that server. */
export function inDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/**
 * Makes the two roles, or sets an existing one right: neither is a superuser, neither passes
 * row-level security, and the application's owns nothing and may make nothing.
 */
export async function ensureRoles(adminUrl: string, secrets: Secrets): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const found = await client.query<{ rolname: string }>(
      `select rolname from pg_roles where rolname in ('waymark_owner', 'waymark_app')`,
    );
    const existing = new Set(found.rows.map((row) => row.rolname));
    for (const [role, password] of [
      ['waymark_owner', secrets.owner],
      ['waymark_app', secrets.app],
    ] as const) {
      await client.query(
        `${existing.has(role) ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls
         nocreatedb nocreaterole noreplication password ${pg.escapeLiteral(password)}`,
      );
    }
  });
}

/** Makes the database if it is not there. True when it was made. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<boolean> {
  const missing = await asAdmin(adminUrl, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    return found.rowCount === 0;
  });
  if (missing) await createDatabase(adminUrl, name);
  else await handOver(inDatabase(adminUrl, name), name);
  return missing;
}

export async function createDatabase(
  adminUrl: string,
  name: string,
  { template }: CreateDatabaseOptions = {},
): Promise<void> {
  const quoted = pg.escapeIdentifier(name);
  const copy = template === undefined ? '' : ` template ${pg.escapeIdentifier(template)} strategy file_copy`;
  await asAdmin(adminUrl, async (client) => {
    await client.query(`create database ${quoted} owner waymark_owner${copy}`);
    await client.query(connectRights(quoted)); // a copy takes over all but these
  });
  if (template === undefined) await handOver(inDatabase(adminUrl, name), name);
}

/**
 * Makes a database like the one that `build` makes: it is built once on a server, under a lock, and copied from then on,
 * which takes a few hundredths of a second. `build` must leave nobody connected.
 */
export async function copyDatabase(
  adminUrl: string,
  name: string,
  model: string,
  build: (database: string) => Promise<void>,
): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [model]);
    const found = await client.query('select 1 from pg_database where datname = $1', [model]);
    if (found.rowCount === 0) {
      const unfinished = `${model}_unfinished`;
      await dropDatabase(adminUrl, unfinished);
      await createDatabase(adminUrl, unfinished);
      await build(unfinished);
      await client.query(`alter database ${pg.escapeIdentifier(unfinished)} rename to ${pg.escapeIdentifier(model)}`);
    }
    await client.query('select pg_advisory_unlock(hashtext($1))', [model]);
  });
  await createDatabase(adminUrl, name, { template: model });
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (client) =>
    client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
  );
}

/** The owner gets database and schema; everybody else may no more than connect, and only the two roles. */
async function handOver(adminUrl: string, name: string): Promise<void> {
  const quoted = pg.escapeIdentifier(name);
  await asAdmin(adminUrl, (client) =>
    client.query(
      `alter database ${quoted} owner to waymark_owner;
       ${connectRights(quoted)};
       alter schema public owner to waymark_owner;
       revoke create on schema public from public;
       grant usage on schema public to waymark_app`,
    ),
  );
}

function connectRights(quoted: string): string {
  return `revoke all on database ${quoted} from public;
          grant connect on database ${quoted} to waymark_app`;
}

async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, ssl: false });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
