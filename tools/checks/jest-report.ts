import type { Tally } from './tally.ts';

/** What one run of Jest came to. */
export interface JestOutcome {
  readonly tally: Tally;
  /** The skipped tests by name; a name says in brackets what was absent. */
  readonly skipped: readonly string[];
  /** What went wrong beyond failed tests: files that did not load, a crash, a run of nothing. */
  readonly troubles: readonly string[];
}

/**
 * Reads Jest's JSON report. Each failure is counted once, and nothing that Jest itself calls a failure
 * may come out green: a file that does not load, an interrupted run, an exit status without a reason.
 *
 * @param report the parsed report; `undefined` if Jest wrote none
 * @param status Jest's exit status
 */
export function readJestReport(report: unknown, status: number): JestOutcome {
  if (!isReport(report)) {
    return {
      tally: { passed: 0, failed: 1, skipped: 0 },
      skipped: [],
      troubles: [`Jest wrote no report (it ended with status ${status})`],
    };
  }
  const notLoaded = report.testResults.filter(isNotLoaded).map(({ name }) => name);
  const unloaded = Math.max(report.numRuntimeErrorTestSuites, notLoaded.length);
  const troubles = notLoaded.map((name) => `${name} failed outside its tests`);
  let failed = report.numFailedTests + unloaded;
  if (report.wasInterrupted === true) {
    failed += 1;
    troubles.push('Jest was interrupted');
  }
  if (report.numPassedTests + report.numFailedTests === 0 && failed === 0) {
    failed = 1;
    troubles.push('Jest executed no test');
  }
  if (status !== 0 && failed === 0) {
    failed = 1;
    troubles.push(`Jest ended with status ${status} without a failed test`);
  }
  return {
    tally: { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests },
    skipped: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter((test) => test.status === 'pending' || test.status === 'todo')
        .map((test) => test.fullName),
    ),
    troubles,
  };
}

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly wasInterrupted?: boolean;
  readonly testResults: readonly FileResult[];
}

/** Failed as a file although none of its tests did: it did not load, or broke before or after them. */
function isNotLoaded({ status, assertionResults }: FileResult): boolean {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

function isReport(value: unknown): value is Report {
  if (typeof value !== 'object' || value === null) return false;
  const report: Record<string, unknown> = { ...value };
  const counts = [
    'numPassedTests',
    'numFailedTests',
    'numPendingTests',
    'numTodoTests',
    'numRuntimeErrorTestSuites',
  ].map((name) => report[name]);
  return counts.every(Number.isSafeInteger) && Array.isArray(report['testResults']);
}
