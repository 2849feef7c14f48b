import { dayIn } from '@waymark/api-platform';
import { type CallLetters, type CallTerms, letterKinds } from '@waymark/contracts';
import { later } from './call-rules';

/** What a new call begins with: what most funds ask, for the coordinator to change. */
export const newTerms = (newId: () => string): CallTerms => ({
  capPence: 150_000,
  audience: { techniciansOnly: true, unitIds: [], gradeIds: [] },
  rules: [
    { rule: 'one-application' },
    { rule: 'not-retrospective', days: 0 },
    { rule: 'contract-outlasts-event' },
    { rule: 'no-overdue-report' },
  ],
  criteria: [
    {
      id: newId(),
      name: 'Benefit to your work',
      guidance: 'What changes in their practice. 5: specific, and soon. 3: plausible. 1: general interest.',
      weight: 40,
    },
    {
      id: newId(),
      name: 'Benefit to others',
      guidance:
        'Who else gains, and how it is shared. 5: named people and a date. 3: a good intention. 1: nobody named.',
      weight: 30,
    },
    {
      id: newId(),
      name: 'Value for money',
      guidance: 'Whether the costs are needed and reasonable. 5: each line explained. 3: mostly. 1: hard to follow.',
      weight: 30,
    },
  ],
  questions: [],
  blind: false,
  reviewersEach: 3,
  partAwards: true,
  bar: 500,
  caseWordsMost: 300,
  objectivesLeast: 1,
});

export const noLetters = (): CallLetters => Object.fromEntries(letterKinds.map((kind) => [kind, ''])) as CallLetters;

/** Dates that follow from the close, with the time that each step takes people. A rolling call is decided within the month. */
export const datesAfter = (
  kind: 'yearly' | 'rolling',
  closesAt: Date,
  timeZone: string,
): { returnGraceDays: number; endorseBy: Date; decideBy: string; reserveUntil: string; claimBy: string } => {
  const days = (count: number): string => dayIn(timeZone, later(closesAt, timeZone, { days: count }));
  return kind === 'rolling'
    ? {
        returnGraceDays: 5,
        endorseBy: later(closesAt, timeZone, { days: 10 }),
        decideBy: days(28),
        reserveUntil: days(56),
        claimBy: days(210),
      }
    : {
        returnGraceDays: 7,
        endorseBy: later(closesAt, timeZone, { days: 14 }),
        decideBy: days(56),
        reserveUntil: days(140),
        claimBy: days(420),
      };
};
