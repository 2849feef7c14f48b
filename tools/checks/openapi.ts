import { spawnSync } from 'node:child_process';
import { startTestDatabase } from '../database/test-database.ts';

// Writes apps/api/openapi.json anew, from the built API. Run `npm run openapi` after a change of routes or schemas.
const database = await startTestDatabase();
try {
  const { status } = spawnSync(process.execPath, ['dist/apps/api/openapi.js', 'apps/api/openapi.json'], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: database.appUrl },
  });
  process.exitCode = status ?? 1;
} finally {
  await database.stop();
}
