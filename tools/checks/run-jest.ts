import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabaseEnvironment } from '../database/test-database.ts';
import type { TestDatabase } from '../database/test-database.ts';
import { tool } from './checks.ts';
import { readJestReport } from './jest-report.ts';
import type { JestOutcome } from './jest-report.ts';

/** Far beyond what a quiet machine needs, within the ninety minutes that a landing has. */
const timeLimitMs = 4_200_000;

/** Runs Jest once over everything, or over the files that match, on a database server made for it. */
export async function runJest(root: string, patterns: readonly string[], database: TestDatabase): Promise<JestOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-jest-'));
  const report = join(folder, 'report.json');
  try {
    const { status } = await tool(root, 'jest', ['--json', `--outputFile=${report}`, '--maxWorkers=2', ...patterns], {
      shown: true,
      environment: testDatabaseEnvironment(database),
      timeLimitMs,
    });
    return readJestReport(parsed(report), status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
