/** Where the database is: one address for each role, so that nothing runs with more than it needs. */
export interface DatabaseAddress {
  /** Owns the schema: migrations only. */
  readonly ownerUrl: string;
  /** Owns nothing and is bound by row-level security: API, worker and demonstration. */
  readonly appUrl: string;
}

/**
 * The database named by `DATABASE_URL` and `DATABASE_OWNER_URL`; `undefined` when neither is set.
 * One without the other is refused: guessing would run the application as the owner, past every policy.
 */
export function databaseFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): DatabaseAddress | undefined {
  const appUrl = environment['DATABASE_URL'] ?? '';
  const ownerUrl = environment['DATABASE_OWNER_URL'] ?? '';
  if (appUrl === '' && ownerUrl === '') return undefined;
  if (ownerUrl === '') {
    throw new Error(
      'DATABASE_URL is set without DATABASE_OWNER_URL. Set both (the application role and the owner of the schema), or neither to use the local database.',
    );
  }
  if (appUrl === '') {
    throw new Error(
      'DATABASE_OWNER_URL is set without DATABASE_URL. Set both (the owner of the schema and the application role), or neither to use the local database.',
    );
  }
  const app = parsed('DATABASE_URL', appUrl);
  const owner = parsed('DATABASE_OWNER_URL', ownerUrl);
  if (app.username !== '' && app.username === owner.username) {
    throw new Error(
      `DATABASE_URL and DATABASE_OWNER_URL both sign in as "${app.username}". The application needs a role of its own that owns nothing: an owner passes the row-level security.`,
    );
  }
  return { appUrl, ownerUrl };
}

function parsed(name: string, url: string): URL {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new Error(`${name} is not an address of the form postgresql://user:password@host/database`);
  }
  return new URL(url);
}
