// How long the demonstration network takes to be made, by the built program in an empty database: npm run bench:demonstration
import { spawnSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import pg from 'pg';
import { startTestDatabase } from '../database/test-database.ts';
import { median } from './median.ts';
import { writeSection } from './figures-page.ts';

const times = 3;
const load = loadavg()[0]?.toFixed(1);
const database = await startTestDatabase();
try {
  const seconds: number[] = [];
  let made = { technicians: 0, institutions: 0, lines: 0 };
  for (let time = 0; time < times; time += 1) {
    const { appUrl, ownerUrl } = await database.createDatabase(`demonstration_${time}`);
    const env = { ...process.env, DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, NODE_ENV: 'production' };
    const run = (program: string) => {
      const { status, stderr } = spawnSync(process.execPath, [`dist/apps/api/${program}.js`], {
        env,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
    };
    run('migrate');
    const started = performance.now();
    run('demonstration');
    seconds.push((performance.now() - started) / 1000);
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    const { rows } = await owner.query<typeof made>(
      `select (select count(*)::int from person where technician and (left_on is null or left_on >= current_date)) as technicians,
         (select count(*)::int from institution) as institutions, (select count(*)::int from audit_entry) as lines`,
    );
    made = rows[0] ?? made;
    await owner.end();
    console.log(`${seconds.at(-1)?.toFixed(1)} s`);
  }
  const slowest = Math.max(...seconds);
  writeSection(
    'Demonstration network',
    `Written by \`npm run bench:demonstration\` on ${new Date().toISOString().slice(0, 10)}. ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB, linux ${release()}, Node ${process.version};
load average before the start: ${load}. Made by the built program in an empty database in memory, from its start to its end:
${made.institutions} institutions, ${made.technicians} technicians of today, ${made.lines.toLocaleString('en-GB')} lines of audit over two years.

| | seconds | target | |
|---|---|---|---|
| median of ${times} | ${median(seconds).toFixed(1)} | 60 | ${median(seconds) < 60 ? 'met' : '**not met**'} |
| slowest | ${slowest.toFixed(1)} | – | |
`,
  );
} finally {
  await database.stop();
}
