import { describe, expect, it } from '@jest/globals';
import { nextOfAward } from './award-next';

const given = {
  ...{ status: 'accepted', mine: true, abstract: 'none', answerBy: '2026-06-12', claimBy: '2027-02-01' },
  ...{ claims: [], report: null, may: { claim: true } },
};
const claim = (status: string, more: object = {}) => ({ kind: 'claim', number: 1, last: false, status, ...more });
const next = (changes: object, today = '2026-06-01') =>
  nextOfAward({ ...given, ...changes } as unknown as Parameters<typeof nextOfAward>[0], today, {
    day: (day) => day,
  }).map(({ what, who, state }) => `${state}: ${what} (${who})`);
const claiming = 'You claim what you spent (By 2027-02-01; what is left then goes back to the fund)';

describe('what comes next with an award', () => {
  it('an offer waits for its person; then one claims', () => {
    expect(next({ status: 'offered', may: { claim: false } })).toEqual([
      'now: You say whether you take it (By 2026-06-12, or it lapses)',
      `next: ${claiming}`,
    ]);
  });

  it('an abstract, and a change of the event, come before claims', () => {
    expect(next({ abstract: 'waiting' })).toEqual([
      'now: You say whether the abstract was accepted (The award hangs on it)',
      `next: ${claiming}`,
    ]);
    expect(next({ status: 'changed' })[0]).toBe(
      'now: The manager answers the change (Until then nothing can be claimed)',
    );
  });

  it.each([
    ['draft', 'now: You send it to finance (Claim 1)'],
    ['submitted', 'now: Finance looks at it (Claim 1; you hear by e-mail)'],
    ['returned', 'now: You mend it and send it again (Claim 1)'],
    ['payment-rejected', 'now: You mend it and send it again (Claim 1)'],
    ['approved', 'now: It is paid with the next payment run (Claim 1)'],
  ])('a claim that is %s says when the money comes', (status, words) => {
    expect(next({ claims: [claim(status)] })[0]).toBe(words);
  });

  it('a claim that is being written is not shown to others, and is not asked for twice', () => {
    expect(next({ claims: [claim('draft')] })).toHaveLength(1);
    expect(next({ mine: false, claims: [claim('draft')] })).toEqual([]);
    expect(next({ claims: [claim('paid')] })).toEqual([`now: ${claiming}`]);
  });

  it('a report is owed whether or not the award is closed, and says whether it is late', () => {
    const report = { dueOn: '2026-07-08', done: false };
    expect(next({ status: 'closed', report })).toEqual(['now: You report back (By 2026-07-08)']);
    expect(next({ status: 'closed', report }, '2026-07-09')).toEqual([
      'now: You report back (It was due on 2026-07-08)',
    ]);
    const claims = [claim('submitted', { last: true })];
    expect(next({ claims, report, may: { claim: false } }, '2026-07-09')).toEqual([
      'now: You report back (It was due on 2026-07-08)',
      'next: Finance looks at it (Claim 1, the last; you hear by e-mail)',
    ]);
    expect(next({ status: 'closed', report: { ...report, done: true } })).toEqual([]);
  });

  it('nothing comes after an offer that lapsed or was not taken up', () => {
    for (const status of ['lapsed', 'refused']) expect(next({ status })).toEqual([]);
  });
});
