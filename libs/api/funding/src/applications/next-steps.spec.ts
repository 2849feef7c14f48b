import { describe, expect, it } from '@jest/globals';
import { type ApplicationStatus, applicationStatuses, fundAwardStatuses } from '@waymark/contracts';
import { nextSteps, type StepFacts } from './next-steps';

const facts: StepFacts = {
  status: 'draft',
  sendBefore: new Date('2026-04-17T11:00:00Z'),
  closesAt: new Date('2026-04-17T11:00:00Z'),
  endorseBy: new Date('2026-04-24T11:00:00Z'),
  decideBy: '2026-05-29',
  reserveUntil: '2026-09-30',
  reviewersEach: 3,
  endorser: { name: 'Hazel Gasket', passesOnAt: null },
  award: null,
  now: new Date('2026-04-10T09:42:00Z'),
};
const steps = (changes: Partial<StepFacts>): string[] =>
  nextSteps({ ...facts, ...changes }).map(({ step, who, at, on, count }) =>
    [step, who, at, on, count].filter((part) => part !== null).join(' '),
  );

describe('what happens next', () => {
  it.each<[ApplicationStatus, string[]]>([
    [
      'draft',
      [
        'send 2026-04-17T11:00:00.000Z',
        'endorse Hazel Gasket 2026-04-24T11:00:00.000Z',
        'score 3',
        'decide 2026-05-29',
      ],
    ],
    [
      'returned',
      [
        'send-again 2026-04-17T11:00:00.000Z',
        'endorse Hazel Gasket 2026-04-24T11:00:00.000Z',
        'score 3',
        'decide 2026-05-29',
      ],
    ],
    ['submitted', ['endorse Hazel Gasket 2026-04-24T11:00:00.000Z', 'score 3', 'decide 2026-05-29']],
    ['unendorsed', ['coordinator-decides', 'score 3', 'decide 2026-05-29']],
    ['endorsed', ['check-rules 2026-04-17T11:00:00.000Z', 'score 3', 'decide 2026-05-29']],
    ['eligible', ['score 3', 'decide 2026-05-29']],
    ['scored', ['decide 2026-05-29']],
    ['reserve', ['reserve-stands 2026-09-30']],
    ['awarded', []],
    ['part-awarded', []],
    ['declined', []],
    ['ineligible', []],
    ['unsuccessful', []],
    ['withdrawn', []],
    ['call-cancelled', []],
  ])('%s', (status, expected) => {
    expect(steps({ status })).toEqual(expected);
  });

  it('every status is told', () => {
    for (const status of applicationStatuses) expect(() => steps({ status })).not.toThrow();
  });

  it('nothing, where it cannot be sent any more', () => {
    expect(steps({ sendBefore: null })).toEqual([]);
    expect(steps({ now: new Date('2026-04-17T11:00:00Z') })).toEqual([]);
  });

  it('with the manager: until it goes on to the next', () => {
    const endorser = { name: 'Hazel Gasket', passesOnAt: new Date('2026-04-18T22:59:59Z') };
    expect(steps({ status: 'submitted', endorser })[0]).toBe('endorse Hazel Gasket 2026-04-18T22:59:59.000Z');
    expect(steps({ status: 'submitted', endorser: null })[0]).toBe('endorse 2026-04-24T11:00:00.000Z');
  });

  it.each(fundAwardStatuses)('an award that is %s', (status) => {
    const award = { status, answerBy: new Date('2026-06-12T22:59:59Z'), claimBy: '2027-01-31' };
    const expected = {
      offered: ['answer-award 2026-06-12T22:59:59.000Z', 'claim 2027-01-31'],
      closed: [],
      lapsed: [],
      refused: [],
    }[status as string];
    expect(steps({ status: 'awarded', award })).toEqual(expected ?? ['claim 2027-01-31']);
  });
});
