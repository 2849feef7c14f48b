import { describe, expect, it } from '@jest/globals';
import { Refused } from '@waymark/api-platform';
import type { ProposalStatus, ProposalView } from '@waymark/contracts';
import { mayOnProposal, refuseUnlessAnswerable } from './proposal-rules';

const now = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-12-04T23:59:59Z');
const earlier = new Date('2026-11-20T23:59:59Z');

const refusalOf = (status: ProposalStatus, placesLeft: number | null, answerBy = later): string => {
  try {
    refuseUnlessAnswerable({ status, answerBy }, now, placesLeft);
    return 'none';
  } catch (error) {
    return error instanceof Refused ? error.refusal : 'something else';
  }
};

describe('an answer', () => {
  it.each<[ProposalStatus, number | null, string]>([
    ['proposed', 1, 'none'],
    ['proposed', null, 'none'],
    ['proposed', 0, 'mentor-full'],
    ['superseded', 0, 'mentor-full'],
    ['superseded', 1, 'proposal-answered'],
    ['accepted', 0, 'proposal-answered'],
    ['agreed', 1, 'proposal-answered'],
    ['declined', 1, 'proposal-answered'],
    ['withdrawn', 1, 'proposal-answered'],
    ['expired', 1, 'proposal-expired'],
  ])('to one that is %s, with %s places left: %s', (status, placesLeft, refusal) => {
    expect(refusalOf(status, placesLeft)).toBe(refusal);
  });

  it('comes too late after its day, however many places there are', () => {
    expect(refusalOf('proposed', 3, earlier)).toBe('proposal-expired');
  });
});

describe('what mentor and mentee may do', () => {
  const may = (
    side: ProposalView['side'],
    status: ProposalStatus,
    agreementBy: string | null = null,
    answerBy = later,
    question: string | null = null,
  ) =>
    Object.entries(mayOnProposal({ side, status, agreementBy, answerBy, question }, 'me', now))
      .filter(([, allowed]) => allowed)
      .map(([deed]) => deed);

  it.each<[ProposalView['side'], ProposalStatus, string | null, string[]]>([
    ['mentor', 'proposed', null, ['accept', 'decline', 'askMore']],
    ['mentee', 'proposed', null, ['withdraw']],
    ['mentor', 'accepted', null, ['writeAgreement']],
    ['mentee', 'accepted', null, ['withdraw', 'writeAgreement']],
    ['mentor', 'accepted', 'me', ['writeAgreement']],
    ['mentor', 'accepted', 'other', ['writeAgreement', 'confirmAgreement']],
    ['mentor', 'agreed', 'other', []],
    ['mentee', 'superseded', null, []],
    ['mentor', 'more-asked', null, []],
    ['mentee', 'more-asked', null, ['answerQuestion', 'withdraw']],
  ])('the %s of one that is %s, agreement by %s: %j', (side, status, agreementBy, deeds) => {
    expect(may(side, status, agreementBy)).toEqual(deeds);
  });

  it('a mentor asks once', () => {
    expect(may('mentor', 'proposed', null, later, 'Which workshop?')).toEqual(['accept', 'decline']);
  });

  it('nothing once the day has passed', () => {
    expect([...may('mentor', 'proposed', null, earlier), ...may('mentee', 'proposed', null, earlier)]).toEqual([]);
  });
});
