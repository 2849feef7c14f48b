import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from './databases.ts';

/** What is remembered of a local database between starts: kept with mode 0600 beside its data. */
export interface Access {
  readonly port: number | undefined;
  readonly secrets: Secrets;
  /** `pid@start` of the process that started the server and will stop it. */
  readonly keeper: string | undefined;
}

export function newAccess(): Access {
  const password = () => randomBytes(24).toString('hex');
  return {
    port: undefined,
    secrets: { admin: password(), owner: password(), app: password() },
    keeper: undefined,
  };
}

export function readAccess(directory: string): Access | undefined {
  const file = join(directory, 'access.json');
  if (!existsSync(file)) return undefined;
  return accessFrom(JSON.parse(readFileSync(file, 'utf8')));
}

export function writeAccess(directory: string, access: Access): void {
  const file = join(directory, 'access.json');
  // Written aside and moved: a kill in the middle must not cost the passwords.
  writeFileSync(`${file}.new`, `${JSON.stringify(access, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function accessFrom(value: unknown): Access {
  const { port, secrets, keeper } = (value ?? {}) as Record<string, unknown>;
  const { admin, owner, app } = (secrets ?? {}) as Record<string, unknown>;
  if (typeof admin !== 'string' || typeof owner !== 'string' || typeof app !== 'string') {
    throw new Error(
      'The file with the local database\'s passwords cannot be read. "npm start -- --reset" throws the local database away and begins anew.',
    );
  }
  return {
    port: typeof port === 'number' ? port : undefined,
    secrets: { admin, owner, app },
    keeper: typeof keeper === 'string' ? keeper : undefined,
  };
}
