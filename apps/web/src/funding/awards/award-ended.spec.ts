import { describe, expect, it } from '@jest/globals';
import { awardEnded, reportWords } from './award-ended';

const dates = { day: (day: string) => day };
const given = {
  ...{ status: 'accepted', mine: true, cancelledBecause: null, answerBy: '2026-06-12', claimBy: '2027-02-01' },
  ...{ figures: { spentPence: 40_000, releasedPence: 2_000 }, may: { claim: false } },
};
const ended = (changes: object) =>
  awardEnded({ ...given, ...changes } as unknown as Parameters<typeof awardEnded>[0], dates);

describe('how an award ended', () => {
  it('is not said while it has not', () => {
    for (const status of ['offered', 'accepted', 'changed', 'attended']) expect(ended({ status })).toBeNull();
  });

  it('a cancelled one says why, of whom, and what can still be claimed where it can', () => {
    const off = { status: 'cancelled', cancelledBecause: 'event-off' };
    expect(ended({ ...off, may: { claim: true } })?.lines).toEqual([
      'The event is off, or you cannot go.',
      'What you cannot get back can still be claimed, until 2027-02-01. No report is owed.',
    ]);
    expect(ended({ ...off, mine: false })?.lines).toEqual(['The event is off, or they cannot go.']);
  });

  it('lapsed, refused and closed each say where the money went', () => {
    expect(ended({ status: 'lapsed' })?.lines[0]).toBe(
      'It was to be answered by 2026-06-12. Its money is free for the next on the reserve list.',
    );
    expect(ended({ status: 'refused' })?.lines).toEqual(['Its money is free for the next on the reserve list.']);
    expect(ended({ status: 'closed' })?.lines).toEqual(['£400.00 was paid, and £20.00 went back to the fund.']);
    expect(ended({ status: 'closed', figures: { spentPence: 42_000, releasedPence: 0 } })?.lines).toEqual([
      '£420.00 was paid: all of it.',
    ]);
  });
});

describe('the report of an award', () => {
  it('is late from the day after it was due', () => {
    const report = { dueOn: '2026-06-24', done: false };
    expect(reportWords(report, false, '2026-06-24', dates)).toBe(
      'Due on 2026-06-24. While it is late, the last claim waits.',
    );
    expect(reportWords(report, false, '2026-06-25', dates)).toContain('It was due on 2026-06-24 and is late.');
    expect(reportWords({ ...report, done: true }, true, '2026-06-25', dates)).toBe('The report is in.');
  });
});
