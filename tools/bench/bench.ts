// `npm run bench`: measures, prints, and keeps the figures in docs/benchmarks. Builds first; takes some three minutes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { ensureBuilt } from '../up/builds.ts';
import { benchList } from './bench-list.ts';
import { benchWeb } from './bench-web.ts';
import { thisMachine } from './machine.ts';

const quick = process.argv.includes('--quick');
await ensureBuilt(process.cwd(), (work) => work());
const machine = thisMachine();
console.log('The first visit …');
const web = benchWeb();
console.log('A list of 50 …');
const list = await benchList(quick ? { rounds: 3, seconds: 2 } : { rounds: 7, seconds: 5 });

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const met = (yes: boolean) => (yes ? 'met' : '**not met**');
const page = `# Figures of the first slice

Written by \`npm run bench\` on ${machine.date}. ${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}.
The load generator, PostgreSQL and the servers share the cores: read the ratios, which are taken round by round in one run.

## A list of 50 people

\`GET /api/people?page=3&pageSize=50\` of 2,000 people (of 20,000 in ten institutions), ${list.bytes} bytes, ${list.connections} connections, ${list.rounds} rounds of ${list.seconds} s each in turn. Ours
signs in, checks permission, checks the query by its schema, logs nothing. The peers are Fastify and pg with one handler and
nothing else; their bodies are equal to ours.

| | requests a second, median | ours ÷ peer, median of rounds | target | |
|---|---|---|---|---|
| Waymark | ${list.medians.waymark.toFixed(0)} | | | |
| bare handler: rows, the same tenancy transaction, pipelined | ${list.medians['rows-tenancy'].toFixed(0)} | ${list.ratios['rows-tenancy'].toFixed(2)} | 0.90 | ${met(list.ratios['rows-tenancy'] >= 0.9)} |
| bare handler: rows, no transaction | ${list.medians.rows.toFixed(0)} | ${list.ratios.rows.toFixed(2)} | 0.60 | ${met(list.ratios.rows >= 0.6)} |
| bare handler: our own SQL, JSON by PostgreSQL, tenancy transaction (for comparison) | ${list.medians['text-tenancy'].toFixed(0)} | ${list.ratios['text-tenancy'].toFixed(2)} | – | |

## The first visit

${web.files} scripts: ${kB(web.rawBytes)}, ${kB(web.gzipBytes)} with gzip, ${kB(web.brotliBytes)} with Brotli. Target: under 250 kB compressed: ${met(web.gzipBytes < 250_000)}.
`;
mkdirSync('docs/benchmarks', { recursive: true });
if (!quick) {
  writeFileSync('docs/benchmarks/first-slice.md', page);
  writeFileSync('docs/benchmarks/first-slice.json', `${JSON.stringify({ machine, list, web }, null, 2)}\n`);
}
console.log(`\n${page}`);
