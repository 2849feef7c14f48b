import { describe, expect, it } from '@jest/globals';
import { readJestReport } from './jest-report.ts';

interface Test {
  fullName: string;
  status: string;
}

const file = (name: string, status: string, ...assertionResults: Test[]) => ({ name, status, assertionResults });
const passed: Test = { fullName: 'adds up', status: 'passed' };
const failed: Test = { fullName: 'takes away', status: 'failed' };

const report = (part: object) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  wasInterrupted: false,
  testResults: [],
  ...part,
});

describe('counting what Jest reports', () => {
  it('counts passed, failed and skipped tests, the planned ones among the skipped', () => {
    const outcome = readJestReport(
      report({
        numPassedTests: 5,
        numFailedTests: 1,
        numPendingTests: 1,
        numTodoTests: 1,
        testResults: [
          file('a.spec.ts', 'failed', passed, failed, { fullName: 'mails [no mail server]', status: 'pending' }),
          file('b.spec.ts', 'passed', { fullName: 'later', status: 'todo' }),
        ],
      }),
      1,
    );
    expect(outcome).toEqual({
      tally: { passed: 5, failed: 1, skipped: 2 },
      skipped: ['mails [no mail server]', 'later'],
      troubles: [],
    });
  });

  it('counts a file that did not load as one failed, once', () => {
    const outcome = readJestReport(
      report({ numPassedTests: 3, numRuntimeErrorTestSuites: 1, testResults: [file('a.spec.ts', 'failed')] }),
      1,
    );
    expect(outcome.tally).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(outcome.troubles).toEqual(['a.spec.ts failed outside its tests']);
  });

  it('fails a file whose tests passed and which broke afterwards', () => {
    const outcome = readJestReport(
      report({ numPassedTests: 1, testResults: [file('a.spec.ts', 'failed', passed)] }),
      1,
    );
    expect(outcome.tally.failed).toBe(1);
  });

  it('fails when no test was executed', () => {
    expect(readJestReport(report({ numPendingTests: 4 }), 0)).toEqual({
      tally: { passed: 0, failed: 1, skipped: 4 },
      skipped: [],
      troubles: ['Jest executed no test'],
    });
  });

  it('fails when Jest does, though every test passed', () => {
    expect(readJestReport(report({ numPassedTests: 2 }), 1).tally).toEqual({ passed: 2, failed: 1, skipped: 0 });
    expect(readJestReport(report({ numPassedTests: 2, wasInterrupted: true }), 0).tally.failed).toBe(1);
  });

  it.each([undefined, null, {}, 'text', { numPassedTests: 1 }])('fails when the report is %j', (nothing) => {
    expect(readJestReport(nothing, 0).tally).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
