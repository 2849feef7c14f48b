import type { ProfilePeople, ProfileTable } from './profile-types.ts';

/** What keeps two people apart, in the order in which it is looked for. */
export type ApartBy =
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'grade-steps' }
  | { readonly kind: 'must-share' | 'must-differ'; readonly attribute: number }
  | { readonly kind: 'no-places' };

/** One part of a score; parts that give nothing are left out. */
export type ScorePart =
  | { readonly kind: 'own-points'; readonly points: number }
  | { readonly kind: 'grade'; readonly steps: number; readonly points: number }
  | {
      readonly kind: 'shared';
      /** Position in the rules. */
      readonly attribute: number;
      readonly name: string;
      /** The values that both have, ascending. */
      readonly values: readonly number[];
      readonly points: number;
    };

export interface PairExplained {
  /** Undefined where the pair is allowed. */
  readonly apartBy: ApartBy | undefined;
  readonly score: number;
  readonly parts: readonly ScorePart[];
}

/**
 * What makes the score of one pair, and what keeps it apart, by positions in the caller's listing: straight from the
 * rules, without any of the packing, so that it checks the fast way too. O(values of both + forbidden pairs).
 */
export function explainProfilePair(table: ProfileTable, mentee: number, mentor: number): PairExplained {
  const { rules, mentees, mentors } = table;
  const parts: ScorePart[] = [{ kind: 'own-points', points: mentees.points[mentee]! }];
  const steps = stepsBetween(table, mentee, mentor);
  const points = rules.gradePoints.find((row) => row.steps === steps)?.points ?? 0;
  if (steps !== undefined) parts.push({ kind: 'grade', steps, points });
  rules.attributes.forEach(({ name, pointsOnce, pointsEach = 0, must }, attribute) => {
    const values = sharedValues(table, attribute, mentee, mentor);
    if (must === 'differ' || values.length === 0) return;
    parts.push({ kind: 'shared', attribute, name, values, points: pointsOnce + pointsEach * values.length });
  });
  return {
    apartBy: apartBy(table, mentee, mentor, steps, mentors.places[mentor]!),
    score: parts.reduce((sum, part) => sum + part.points, 0),
    parts: parts.filter((part) => part.points > 0),
  };
}

function apartBy(
  table: ProfileTable,
  mentee: number,
  mentor: number,
  steps: number | undefined,
  places: number,
): ApartBy | undefined {
  const { rules, forbiddenMentee, forbiddenMentor } = table;
  for (let at = 0; at < forbiddenMentee.length; at++) {
    if (forbiddenMentee[at] === mentee && forbiddenMentor[at] === mentor) return { kind: 'forbidden' };
  }
  const range = rules.gradeSteps;
  if (range && (steps === undefined || steps < range.from || steps > range.to)) return { kind: 'grade-steps' };
  for (const [attribute, { must }] of rules.attributes.entries()) {
    if (!must) continue;
    const isShared = sharedValues(table, attribute, mentee, mentor).length > 0;
    if (isShared !== (must === 'share')) return { kind: `must-${must}`, attribute };
  }
  return places === 0 ? { kind: 'no-places' } : undefined;
}

/** Undefined where a grade is not known. */
function stepsBetween({ mentees, mentors }: ProfileTable, mentee: number, mentor: number): number | undefined {
  const below = mentees.grade[mentee]!;
  const above = mentors.grade[mentor]!;
  return below < 0 || above < 0 ? undefined : above - below;
}

function sharedValues({ mentees, mentors }: ProfileTable, attribute: number, mentee: number, mentor: number): number[] {
  const theirs = new Set(valuesOf(mentors, attribute, mentor));
  return [...new Set(valuesOf(mentees, attribute, mentee))].filter((value) => theirs.has(value)).sort((a, b) => a - b);
}

function valuesOf({ values }: ProfilePeople, attribute: number, person: number): number[] {
  const { start, value } = values[attribute]!;
  return Array.from({ length: start[person + 1]! - start[person]! }, (_, at) => value[start[person]! + at]!);
}
