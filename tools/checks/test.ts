// Everything that must hold, counted: format, lint and boundaries, types, builds, and every test. Ends
// with one line, `N passed, N failed`. `npm test` comes here by way of test.mjs, with the project's Node.
import { startTestDatabase } from '../database/test-database.ts';
import type { TestDatabase } from '../database/test-database.ts';
import { endPrograms } from '../up/program-run.ts';
import { projectRoot } from '../up/project-root.ts';
import { checks } from './checks.ts';
import { runChecks } from './run-checks.ts';
import { runJest } from './run-jest.ts';
import type { JestOutcome } from './jest-report.ts';
import { closingLine, hasPassed, nothing, sum } from './tally.ts';
import type { Tally } from './tally.ts';
import { readTestArguments } from './test-arguments.ts';

const root = projectRoot();
let database: TestDatabase | undefined;

async function main(): Promise<number> {
  const asked = readTestArguments(
    process.argv.slice(2),
    checks.map(({ name }) => name),
  );
  if (asked.isPart) console.log(`Only a part: ${asked.parts.join(', ')} ${asked.patterns.join(' ')}`.trim());
  const from = performance.now();
  const checked = await runChecks(
    root,
    checks.filter(({ name }) => asked.parts.includes(name)),
  );
  const tested = asked.parts.includes('jest') ? await test(asked.patterns) : undefined;
  const tally = sum([checked, tested?.tally ?? nothing]);
  for (const trouble of tested?.troubles ?? []) console.log(`FAILED  ${trouble}`);
  for (const name of tested?.skipped ?? []) console.log(`skipped  ${name}`);
  console.log(
    `\nTook ${Math.round((performance.now() - from) / 1000)} s.${asked.isPart ? ' Only a part was run.' : ''}`,
  );
  return close(tally);
}

/** Without a database nothing is tested, and that is a failure. */
async function test(patterns: readonly string[]): Promise<JestOutcome> {
  try {
    database = await startTestDatabase();
  } catch (error) {
    return {
      tally: { passed: 0, failed: 1, skipped: 0 },
      skipped: [],
      troubles: [`The tests' database did not start: ${error instanceof Error ? error.message : String(error)}`],
    };
  }
  return runJest(root, patterns, database);
}

function close(tally: Tally): number {
  if (ending !== undefined) return 130;
  console.log(closingLine(tally));
  return hasPassed(tally) ? 0 : 1;
}

let ending: Promise<never> | undefined;

/** Ends once, with the first reason: an interrupted run must not close as if it had been one. */
function end(status: number): Promise<never> {
  ending ??= endAll(status);
  return ending;
}

async function endAll(status: number): Promise<never> {
  endPrograms('SIGKILL');
  await database?.stop().catch((error: unknown) => console.error(String(error)));
  process.exit(status);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    console.error('Stopping…');
    void end(130);
  });
}
main().then(end, (error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  close({ passed: 0, failed: 1, skipped: 0 });
  return end(1);
});
