import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAccess } from '../database/access.ts';
import { urlsOf } from '../database/databases.ts';
import { projectRoot } from '../up/project-root.ts';

// `npm run audit:verify`: verifies the audit's chains of the database that DATABASE_URL names, or of the one that
// `npm start` is running. What it takes and answers stands in apps/api/src/verify-audit.ts.
const root = projectRoot();
const program = join(root, 'dist/apps/api/verify-audit.js');
const local = () => {
  const access = readAccess(join(root, '.waymark/database'));
  return access?.port === undefined ? undefined : urlsOf(access.port, access.secrets, 'waymark').appUrl;
};
const databaseUrl = process.env['DATABASE_URL'] ?? local();
if (!existsSync(program)) {
  console.error('Waymark is not built: run `npx nx build api` first.');
  process.exit(2);
}
if (databaseUrl === undefined) {
  console.error('No database: set DATABASE_URL, or start the local one with `npm start`.');
  process.exit(2);
}
// `npm run` changes to the project's root; paths are meant from where the person stands.
const stands = process.env['INIT_CWD'] ?? process.cwd();
const typed = process.argv.slice(2);
const args = typed.map((word, at) => (typed[at - 1] === '--head' ? resolve(stands, word) : word));
const { status } = spawnSync(process.execPath, [program, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, DATABASE_URL: databaseUrl },
});
process.exitCode = status ?? 2;
