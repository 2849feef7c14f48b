import { describe, expect, it } from '@jest/globals';
import type { ScenarioReason } from '@waymark/contracts';
import { decisionLetter, type DecisionFacts } from './decision-letter';

const reason = (
  decidedBy: ScenarioReason['decidedBy'],
  facts: ScenarioReason['facts'],
  changes: Partial<ScenarioReason> = {},
) => ({
  decidedBy,
  facts: { method: 'by-rank', rank: 19, of: 24, budgetPence: 1_500_000, ...facts },
  ...{ score: null, budget: null, least: null, ...changes },
});

const facts: DecisionFacts = {
  to: 'skye.stirrer@college.example',
  givenName: 'Skye',
  callName: 'Conference fund 2026',
  eventName: 'the Zebrafish Facilities Meeting',
  reference: 'CF26-0019',
  outcome: 'reserve',
  askedPence: 82_000,
  leastPence: 54_000,
  amountPence: 0,
  reserveRank: 1,
  score: 746,
  reason: reason(
    'budget-spent',
    {
      leftPence: 0,
      fundedAhead: 18,
      fullAhead: 17,
      fullAheadPence: 1_414_200,
      lastRank: 18,
      lastPence: 85_800,
      lastInPart: true,
      pointsBehind: 7,
    },
    { score: { needed: 754, awardPence: 82_000 }, budget: { needed: 1_599_200, awardPence: 54_000 } },
  ),
  answerBy: '2026-06-12',
  reserveUntil: '2026-09-30',
  claimBy: '2027-02-01',
  onAbstract: false,
  paragraph: 'Last year two places came free.',
  link: 'https://waymark.example/funding/applications/1',
  promoted: false,
};
const awarded: Partial<DecisionFacts> = { outcome: 'awarded', amountPence: 82_000, reserveRank: null, paragraph: '' };
const part: Partial<DecisionFacts> = { outcome: 'part-awarded', amountPence: 60_000, reserveRank: null, paragraph: '' };
const unsuccessful: Partial<DecisionFacts> = { outcome: 'unsuccessful', reserveRank: null, paragraph: '' };
const write = (changes: Partial<DecisionFacts>) => decisionLetter({ ...facts, ...changes });
/** The paragraph that says why. */
const why = (changes: Partial<DecisionFacts>) => write({ paragraph: '', ...changes }).body.split('\n\n')[2];

describe('a letter of a decision', () => {
  it.each([
    ['in full', awarded],
    ['in part', part],
  ])('awarded %s before the abstract is accepted', (_, outcome) => {
    const kept = 'The money is kept for you until then, and is paid once it is accepted.';
    expect(write({ ...outcome, reason: reason('rank-within-budget', {}), onAbstract: true }).body).toContain(kept);
    expect(write({ ...outcome, reason: reason('rank-within-budget', {}) }).body).not.toContain('abstract');
  });

  it('awarded', () => {
    expect(write({ ...awarded, reason: reason('rank-within-budget', { rank: 7, aheadPence: 466_000 }) })).toEqual({
      to: 'skye.stirrer@college.example',
      subject: 'Conference fund 2026: £820.00 for the Zebrafish Facilities Meeting',
      body: `Hello Skye,

We are glad to award you £820.00 for the Zebrafish Facilities Meeting: all that you asked for.

Your application came seventh of 24, with a score of 74.6. The money went down the list in the order of scores, and reached it in full.

Please say by Friday 12 June 2026 whether you take it up; after that it goes to the next person on the reserve list. Keep your receipts: claims are taken until Monday 1 February 2027. Afterwards you tell your colleagues what you learned, in a short report.

Say yes or no here:
https://waymark.example/funding/applications/1

Your reference is CF26-0019.
`,
    });
  });

  it('awarded in part', () => {
    const { subject, body } = write({
      ...{
        outcome: 'part-awarded',
        amountPence: 85_800,
        askedPence: 131_000,
        leastPence: 70_000,
        score: 753,
        reserveRank: null,
      },
      paragraph: 'We hope that this helps.',
      reason: reason(
        'part-of-the-rest',
        { rank: 18, leftPence: 85_800, aheadPence: 1_414_200 },
        { score: { needed: 762, awardPence: 131_000 }, budget: { needed: 1_545_200, awardPence: 131_000 } },
      ),
    });
    expect(subject).toBe('Conference fund 2026: £858.00 for the Zebrafish Facilities Meeting');
    expect(body).toBe(`Hello Skye,

We are glad to award you £858.00 for the Zebrafish Facilities Meeting, of the £1,310.00 that you asked for.

Your application came 18th of 24, with a score of 75.3. £858.00 was left when your turn came, and that is above the £700.00 you said would still make it possible. A score of 76.2 instead of 75.3 would have brought the whole £1,310.00, and so would £452.00 more in the budget.

We hope that this helps.

Please say by Friday 12 June 2026 whether you take it up; after that it goes to the next person on the reserve list. Keep your receipts: claims are taken until Monday 1 February 2027. Afterwards you tell your colleagues what you learned, in a short report.

Say yes or no here; a no is fine, and the money then helps somebody else:
https://waymark.example/funding/applications/1

Your reference is CF26-0019.
`);
  });

  it('on the reserve list', () => {
    const { subject, body } = write({});
    expect(subject).toBe('Conference fund 2026: you are first on the reserve list');
    expect(body).toBe(`Hello Skye,

You are first on the reserve list of Conference fund 2026, for the Zebrafish Facilities Meeting. The panel scored it high enough to be funded; the money for it is not there yet.

Your application came 19th of 24, with a score of 74.6. The money ran out one place above you. A score of 75.4 instead of 74.6 would have changed that, and so would £992.00 more in the budget.

Last year two places came free.

Money that comes free goes down the list in order until Wednesday 30 September 2026. You need do nothing: we write to you the moment it is your turn, and also if the list ends before that.

Your application stands here. If you can no longer go, withdraw it there, so that the next person has your place:
https://waymark.example/funding/applications/1

Your reference is CF26-0019.
`);
  });

  it('on the reserve list by hand: nothing is said of scores or money that the reason does not say', () => {
    const { body } = write({ paragraph: '', reason: reason('override', { because: 'The dates clash with another.' }) });
    expect(body.split('\n\n').slice(1, 3)).toEqual([
      'You are first on the reserve list of Conference fund 2026, for the Zebrafish Facilities Meeting.',
      'This was decided by hand, and checked by a second person, for this reason: “The dates clash with another.”',
    ]);
  });

  it('unsuccessful', () => {
    const { subject, body } = write({
      ...{ outcome: 'unsuccessful', reserveRank: null, score: 471, givenName: 'Jasper', reference: 'CF26-0024' },
      paragraph: 'The next call opens in January.',
      reason: reason('below-bar', { rank: 24, bar: 500 }, { score: { needed: 754, awardPence: 72_000 } }),
    });
    expect(subject).toBe('Conference fund 2026: the decision on the Zebrafish Facilities Meeting');
    expect(body).toBe(`Hello Jasper,

Thank you for the work that you put into your application for the Zebrafish Facilities Meeting. It is not funded by Conference fund 2026.

The panel scored it 47.1 on average, and this call gives money from 50.0 up. A score of 75.4 would have brought an award.

The next call opens in January.

If the panel wrote anything for you, it stands with your application. There you may also ask, once, for feedback or for a review of how it was decided. What you wrote stays readable, so that you can use it again.

Read it here:
https://waymark.example/funding/applications/1

Your reference is CF26-0024.
`);
  });

  it('promoted from the reserve list, in full and in part', () => {
    expect(
      write({ ...awarded, promoted: true })
        .body.split('\n\n')
        .slice(1, 3),
    ).toEqual([
      'We are glad to award you £820.00 for the Zebrafish Facilities Meeting: all that you asked for.',
      'You were on the reserve list, money has come free, and it is your turn.',
    ]);
    expect(why({ ...part, promoted: true })).toBe(
      'You were on the reserve list, money has come free, and it is your turn. £600.00 was there, and that is above the £540.00 you said would still make it possible.',
    );
    expect(why({ ...part, amountPence: 54_000, promoted: true })).toContain(
      '£540.00 was there, and that is what you said would still make it possible.',
    );
  });

  const total = (more: ScenarioReason['facts']) => ({ method: 'by-total', ...more });
  const shares = (more: ScenarioReason['facts']) => ({
    method: 'equal-shares',
    group: 'Life sciences',
    sharePence: 375_000,
    ...more,
  });
  const noPromise =
    'More money in the budget might have changed it or not: it could have gone to another choice of applications, so we promise nothing there.';

  it.each([
    [
      'what was left was too little for the least, and a lower least would have done',
      {
        leastPence: 90_000,
        askedPence: 131_000,
        reason: reason(
          'budget-spent',
          { leftPence: 85_800, lastRank: 17 },
          { least: { needed: 85_800, awardPence: 85_800 } },
        ),
      },
      'Your application came 19th of 24, with a score of 74.6. When your turn came, £858.00 was left, less than the £900.00 you said you need at least. A least amount of £858.00 would have changed that.',
    ],
    [
      'what was left was too little for the whole, where the call has no part-awards',
      { leastPence: 60_000, askedPence: 131_000, reason: reason('budget-spent', { leftPence: 85_800, lastRank: 17 }) },
      'Your application came 19th of 24, with a score of 74.6. When your turn came, £858.00 was left, less than the £1,310.00 you asked for.',
    ],
    [
      'the least is more than the whole budget',
      {
        leastPence: 160_000,
        askedPence: 200_000,
        reason: reason('budget-spent', { leftPence: 150_000, budgetPence: 150_000, lastRank: null }),
      },
      'Your application came 19th of 24, with a score of 74.6. The £1,600.00 you said you need at least is more than the whole budget of £1,500.00.',
    ],
    [
      'the money ran out some places above',
      { reserveRank: 4, reason: reason('budget-spent', { rank: 22, leftPence: 0, lastRank: 18 }) },
      'Your application came 22nd of 24, with a score of 74.6. The money ran out 4 places above you.',
    ],
    [
      'in the best total',
      { ...awarded, reason: reason('in-best-total', total({ bestTotal: 15_502 })) },
      'The awards were chosen so that the scores of everybody funded add up to the most that £15,000.00 can reach, and yours is among them.',
    ],
    [
      'in the best total, in part',
      { ...part, reason: reason('in-best-total', total({ bestTotal: 15_502 })) },
      'The awards were chosen so that the scores of everybody funded add up to the most that £15,000.00 can reach, and yours is among them. What was left beyond everybody’s least amount went to the highest scores first; your £600.00 came to more than the £540.00 you said would still make it possible.',
    ],
    [
      'not in the best total',
      {
        reason: reason('not-in-best-total', total({ bestTotal: 15_502, totalWithIt: 15_490 }), {
          score: { needed: 759, awardPence: null },
        }),
      },
      `The awards were chosen so that the scores of everybody funded add up to the most that £15,000.00 can reach. The best choice adds up to 1,550.2; with yours in it, to 1,549.0. A score of 75.9 instead of 74.6 would have changed that. ${noPromise}`,
    ],
    [
      'not in the best total, by the rule for ties',
      { reason: reason('not-in-best-total', total({ bestTotal: 15_502, totalWithIt: 15_502 })) },
      `The awards were chosen so that the scores of everybody funded add up to the most that £15,000.00 can reach. A choice with yours was just as good, and the rule for ties decided. ${noPromise}`,
    ],
    [
      'left out by what is kept for others',
      {
        reason: reason(
          'not-in-best-total',
          total({ bestTotal: 15_502, totalWithIt: 15_490, limited: true, fundedWithout: true }),
        ),
      },
      `The awards were chosen so that the scores of everybody funded add up to the most that £15,000.00 can reach while some groups have at least, or at most, a set amount. Without those limits yours would have been among them. The best choice adds up to 1,550.2; with yours in it, to 1,549.0. ${noPromise}`,
    ],
    [
      'beyond the cap of a group',
      { reason: reason('group-cap', total({ group: 'Sciences', capPence: 300_000, receivedPence: 298_000 })) },
      `What goes to Sciences was limited to £3,000.00 in all, and other applications from there took £2,980.00 of it. ${noPromise}`,
    ],
    [
      'above the cap of a group by itself, which no budget changes',
      { reason: reason('group-cap', total({ group: 'Sciences', capPence: 40_000, receivedPence: 0 })) },
      'What goes to Sciences was limited to £400.00 in all, less than the £540.00 you said you need at least.',
    ],
    [
      'through the floor of a group',
      { ...awarded, reason: reason('group-floor', total({ group: 'Arts and digital', floorPence: 138_000 })) },
      'At least £1,380.00 was kept for Arts and digital, and your application is among those it reached.',
    ],
    [
      'from the share of a group',
      { ...awarded, reason: reason('equal-share', shares({ round: 3 })) },
      'The budget was shared equally between groups, and your application was met from the share of Life sciences.',
    ],
    [
      'beyond the share of a group',
      {
        reason: reason(
          'share-spent',
          shares({ leftPence: 0, restPence: 20_000, heldPence: 70_000, lackedPence: 12_000 }),
        ),
      },
      `The budget was shared equally between groups; after other applications from there, the share of Life sciences came £120.00 short of the £820.00 you asked for. What all shares left over went down the list in the order of scores, and had run out when your turn came. ${noPromise}`,
    ],
    [
      'in no group',
      { reason: reason('share-spent', shares({ group: null, leftPence: 8_000, restPence: 20_000 })) },
      `The budget was shared equally between groups; as you belong to none of them, your application competed for what they left over. What all shares left over went down the list in the order of scores, and the £80.00 left when your turn came was too little. ${noPromise}`,
    ],
    [
      'from what the shares left over',
      { ...awarded, reason: reason('rank-within-budget', shares({ restPence: 120_000, leftPence: 120_000 })) },
      'Your application came 19th of 24, with a score of 74.6. What the equal shares of all groups left over went down the list, and reached it.',
    ],
    [
      'in part from what the shares left over',
      { ...part, reason: reason('part-of-the-rest', shares({ restPence: 120_000, leftPence: 60_000 })) },
      'Your application came 19th of 24, with a score of 74.6. £600.00 was left when your turn came, and that is above the £540.00 you said would still make it possible.',
    ],
    [
      'by hand',
      { ...unsuccessful, reason: reason('override', { because: 'The meeting was cancelled by its organisers.' }) },
      'This was decided by hand, and checked by a second person, for this reason: “The meeting was cancelled by its organisers.”',
    ],
  ] as const)('%s', (_, changes, words) => {
    expect(why(changes as Partial<DecisionFacts>)).toBe(words);
  });

  it('never blames, hedges or shouts, and leaves no gap where the coordinator adds nothing', () => {
    for (const changes of [awarded, part, unsuccessful, {}]) {
      const { subject, body } = write({ ...changes, paragraph: '  ' });
      expect(`${subject} ${body}`).not.toMatch(/unfortunately|regret|sorry|!|undefined|null|NaN/i);
      expect(body).not.toMatch(/\n\n\n/);
    }
  });
});
