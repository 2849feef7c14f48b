import type { PlatformConfig } from '@waymark/api-platform';
import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ });

const environment = z.object({
  DATABASE_URL: databaseUrl,
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(10),
  DATABASE_READ_CONNECTIONS: z.coerce.number().int().min(1).max(100).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8700),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  WEB_ROOT: z.string().min(1).optional(),
  WAYMARK_DEMONSTRATION: flag.default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).default('Waymark <waymark@localhost>'),
  AUDIT_HEADS_DIR: z.string().min(1).default('.waymark/audit-heads'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** Everything the processes are told from outside. Read once, at the start. */
export interface Config extends PlatformConfig {
  port: number;
  host: string;
  /** Folder of the built web; null: this process serves the API alone. */
  webRoot: string | null;
  logLevel: string;
}

/** Configuration that cannot work; `message` names each variable and what is wrong with it. */
export class ConfigError extends Error {}

/** Checks the environment. Throws ConfigError, so that a process with a wrong setting never starts. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const result = environment.safeParse(env);
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Waymark cannot start with this configuration:\n${wrong.join('\n')}`);
  }
  const read = result.data;
  const secure = read.PUBLIC_URL.startsWith('https:');
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(read.PUBLIC_URL).hostname);
  if (!secure && !loopback) {
    throw new ConfigError(
      'Waymark cannot start with this configuration:\n  PUBLIC_URL: must begin with https:// except on this machine itself, since sign-in needs a secure cookie',
    );
  }
  return {
    databaseUrl: read.DATABASE_URL,
    databaseConnections: read.DATABASE_CONNECTIONS,
    readConnections: read.DATABASE_READ_CONNECTIONS ?? read.DATABASE_CONNECTIONS,
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL.replace(/\/+$/, ''),
    webRoot: read.WEB_ROOT ?? null,
    demonstration: read.WAYMARK_DEMONSTRATION,
    smtpUrl: read.SMTP_URL ?? null,
    mailFrom: read.MAIL_FROM,
    auditHeadsDirectory: resolve(read.AUDIT_HEADS_DIR),
    logLevel: read.LOG_LEVEL,
  };
};
