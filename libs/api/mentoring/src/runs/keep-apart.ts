import type { LeftOutRow, RoundRules } from '@waymark/contracts';
import type { MatchingInput } from './matching-input';

/** What keeps two people apart, in the order in which the first that applies is counted. */
export const blocks = [
  'managementChain',
  'sameUnit',
  'gradeSteps',
  'forbidden',
  'other',
  'noPlaces',
] as const satisfies readonly (keyof LeftOutRow['blocked'])[];
export const ALLOWED = -1;
export const [CHAIN, SAME_UNIT, GRADE_STEPS, FORBIDDEN, OTHER, NO_PLACES] = [0, 1, 2, 3, 4, 5];

const chainFlag = 1;
/** Earlier pairs, proposals, reviews and exclusions: one flag, so that nobody can tell that they were excluded. */
const otherFlag = 2;
const forbiddenFlag = 4;

/**
 * Answers, for the positions of a mentee and a mentor in the input, which of `blocks` keeps them apart first, or
 * `ALLOWED`. What rests on named pairs of people is sparse and is laid out one mentee at a time; units and grades are
 * compared as numbers: asked mentee by mentee, thirty million questions take a fraction of a second and no memory.
 */
export const keepApart = (input: MatchingInput, rules: RoundRules): ((mentee: number, mentor: number) => number) => {
  const { mentees, mentors } = input;
  const named = namedPairs(input, rules);
  const units = numbered([...mentees, ...mentors].map((person) => person.unitId));
  const menteeUnit = Int32Array.from(mentees, (person) => units.get(person.unitId) ?? -1);
  const mentorUnit = Int32Array.from(mentors, (person) => units.get(person.unitId) ?? -1);
  const menteeGrade = Int32Array.from(mentees, (person) => person.gradePosition ?? -1);
  const mentorGrade = Int32Array.from(mentors, (person) => person.gradePosition ?? -1);
  const places = Int32Array.from(mentors, (mentor) => mentor.places);
  const { sameUnit, gradeSteps } = rules.never;
  const flags = new Uint8Array(mentors.length);
  let shown = -1;

  return (mentee, mentor) => {
    if (mentee !== shown) {
      for (const at of named[shown]?.keys() ?? []) flags[at] = 0;
      for (const [at, flag] of named[mentee] ?? []) flags[at] = flag;
      shown = mentee;
    }
    const flag = flags[mentor] ?? 0;
    if (flag & chainFlag) return CHAIN;
    const unit = menteeUnit[mentee] ?? -1;
    if (sameUnit && unit >= 0 && unit === mentorUnit[mentor]) return SAME_UNIT;
    if (gradeSteps) {
      const below = menteeGrade[mentee] ?? -1;
      const above = mentorGrade[mentor] ?? -1;
      const steps = above - below;
      // A grade that is not known is not within any range.
      if (below < 0 || above < 0 || steps < gradeSteps.from || steps > gradeSteps.to) return GRADE_STEPS;
    }
    if (flag & forbiddenFlag) return FORBIDDEN;
    if (flag & otherFlag) return OTHER;
    return places[mentor] === 0 ? NO_PLACES : ALLOWED;
  };
};

/** For each mentee's position, the mentors' positions kept apart from them by name, with flags. */
const namedPairs = (input: MatchingInput, rules: RoundRules): (Map<number, number> | undefined)[] => {
  const mentorOf = new Map(input.mentors.map((mentor, at) => [mentor.personId, at]));
  const menteesOf = new Map<string, number[]>();
  input.mentees.forEach((mentee, at) => {
    menteesOf.set(mentee.personId, [...(menteesOf.get(mentee.personId) ?? []), at]);
  });
  const named: (Map<number, number> | undefined)[] = input.mentees.map(() => undefined);
  const mark = (mentee: number, mentor: number, flag: number) => {
    const row = (named[mentee] ??= new Map<number, number>());
    row.set(mentor, (row.get(mentor) ?? 0) | flag);
  };
  const keepPeopleApart = (one: string, other: string, flag: number) => {
    for (const [menteeId, mentorId] of [
      [one, other],
      [other, one],
    ] as const) {
      const mentor = mentorOf.get(mentorId);
      if (mentor !== undefined) for (const mentee of menteesOf.get(menteeId) ?? []) mark(mentee, mentor, flag);
    }
  };

  // One's own management chain, either way; and nobody is their own mentor.
  for (const [person, managers] of input.above)
    for (const manager of managers) keepPeopleApart(person, manager, chainFlag);
  for (const mentee of input.mentees) keepPeopleApart(mentee.personId, mentee.personId, otherFlag);
  if (rules.never.earlierPairs) for (const [one, other] of input.earlierPairs) keepPeopleApart(one, other, otherFlag);
  for (const [one, other] of input.never) keepPeopleApart(one, other, otherFlag);

  const requestAt = new Map(input.mentees.map((mentee, at) => [mentee.requestId, at]));
  const enrolmentAt = new Map(input.mentors.map((mentor, at) => [mentor.enrolmentId, at]));
  const markTwo = ({ requestId, enrolmentId }: { requestId: string; enrolmentId: string }, flag: number) => {
    const mentee = requestAt.get(requestId);
    const mentor = enrolmentAt.get(enrolmentId);
    if (mentee !== undefined && mentor !== undefined) mark(mentee, mentor, flag);
  };
  for (const two of input.proposedBefore) markTwo(two, otherFlag);
  for (const two of input.choices) if (two.kind === 'forbid') markTwo(two, forbiddenFlag);
  return named;
};

/** A number from 0 for each distinct value that is not null. */
const numbered = (values: readonly (string | null)[]): Map<string | null, number> => {
  const numbers = new Map<string | null, number>();
  for (const value of values) if (value !== null && !numbers.has(value)) numbers.set(value, numbers.size);
  return numbers;
};
