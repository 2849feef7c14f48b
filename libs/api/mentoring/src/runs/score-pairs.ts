import { type LeftOutRow, pointsSpread, type RoundRules, type ScorePart, waitingMost } from '@waymark/contracts';
import { waitingPoints, type WaitingRule } from '@waymark/matching-engine';
import type { Attributes } from '../entities';
import { ALLOWED, blocks, keepApart, NO_PLACES } from './keep-apart';
import type { MatchingInput, MatchingMentee, MatchingMentor } from './matching-input';

/** The allowed pairs by columns of positions in the input, as the engine takes them. */
export interface ScoredPairs {
  mentee: Int32Array;
  mentor: Int32Array;
  score: Int32Array;
  /** How many of all mentors each rule keeps from the mentee at this position. */
  blocked(mentee: number): LeftOutRow['blocked'];
}

/**
 * Scores every allowed pair. Mentors without a place stay in, so that the engine can say where one more would help.
 * Points are summed for one mentee over all mentors at a time, along lists of who has which value.
 */
export const scorePairs = (input: MatchingInput, rules: RoundRules): ScoredPairs => {
  const { mentees, mentors } = input;
  const blockOf = keepApart(input, rules);
  const shared = rules.points.shared.map((rule) => ({
    points: rule.points,
    valuesOf: mentees.map((mentee) => [...valuesOf(mentee.attributes, rule.attribute).keys()]),
    having: index(mentors.map((mentor) => [...valuesOf(mentor.attributes, rule.attribute).keys()])),
  }));
  if (rules.points.identity > 0) {
    shared.push({
      points: rules.points.identity,
      valuesOf: mentees.map((mentee) => mentee.identity.map(folded)),
      having: index(mentors.map((mentor) => mentor.identity.map(folded))),
    });
  }
  const gradePoints = new Map(rules.points.grade.map((row) => [row.steps, row.points]));
  const mentorGrade = Int32Array.from(mentors, (mentor) => mentor.gradePosition ?? -1);
  const points = new Int32Array(mentors.length);
  const counted = new Int32Array(mentors.length);
  const counts = new Int32Array(mentees.length * (blocks.length + 1));
  const pairs = new PairColumns();
  const waiting = waitingRule(rules);
  let stamp = 0;

  mentees.forEach((mentee, at) => {
    points.fill(waitingPoints(waiting, mentee.roundsWaited));
    for (const rule of shared) {
      stamp += 1;
      for (const value of rule.valuesOf[at] ?? []) {
        for (const mentor of rule.having.get(value) ?? []) {
          if (counted[mentor] === stamp) continue;
          counted[mentor] = stamp;
          points[mentor] = (points[mentor] ?? 0) + rule.points;
        }
      }
    }
    const first = at * (blocks.length + 1);
    const grade = mentee.gradePosition ?? -1;
    for (let mentor = 0; mentor < mentors.length; mentor += 1) {
      const block = blockOf(at, mentor);
      counts[first + block + 1] = (counts[first + block + 1] ?? 0) + 1;
      if (block !== ALLOWED && block !== NO_PLACES) continue;
      const above = mentorGrade[mentor] ?? -1;
      const forGrade = grade < 0 || above < 0 ? 0 : (gradePoints.get(above - grade) ?? 0);
      pairs.push(at, mentor, (points[mentor] ?? 0) + forGrade);
    }
  });

  return {
    ...pairs.columns(),
    blocked: (mentee) => {
      const count = (block: number) => counts[mentee * (blocks.length + 1) + block + 1] ?? 0;
      const each = Object.fromEntries(blocks.map((name, block) => [name, count(block)])) as Omit<
        LeftOutRow['blocked'],
        'allowed'
      >;
      return { allowed: count(ALLOWED), ...each };
    },
  };
};

/** The parts of one pair's score that gave points, in the contract's order. Identity is told apart and never shown. */
export const explainPair = (
  mentee: MatchingMentee,
  mentor: MatchingMentor,
  rules: RoundRules,
): { shownScore: number; identityPoints: number; parts: ScorePart[] } => {
  const parts: ScorePart[] = [];
  if (mentee.gradePosition !== null && mentor.gradePosition !== null) {
    const steps = mentor.gradePosition - mentee.gradePosition;
    const points = rules.points.grade.find((row) => row.steps === steps)?.points ?? 0;
    const of = Math.max(0, ...rules.points.grade.map((row) => row.points));
    parts.push({ part: 'grade', attribute: null, because: [String(steps)], points, of });
  }
  for (const { attribute, points } of rules.points.shared) {
    const theirs = valuesOf(mentor.attributes, attribute);
    const because = [...valuesOf(mentee.attributes, attribute)]
      .filter(([value]) => theirs.has(value))
      .map(([, spelt]) => spelt);
    parts.push({ part: 'shared', attribute, because, points: because.length > 0 ? points : 0, of: points });
  }
  const waited = waitingPoints(waitingRule(rules), mentee.roundsWaited);
  parts.push({ part: 'waiting', attribute: null, because: [String(mentee.roundsWaited)], points: waited, of: waited });
  const asked = new Set(mentee.identity.map(folded));
  const identityPoints = mentor.identity.some((answer) => asked.has(folded(answer))) ? rules.points.identity : 0;
  return {
    shownScore: parts.reduce((sum, part) => sum + part.points, 0),
    identityPoints,
    parts: parts.filter((part) => part.points > 0),
  };
};

/** The most points a pair could have, identity left out, where the longest wait is so many rounds. */
export const mostShownPoints = (rules: RoundRules, longestWait: number): number =>
  Math.max(0, ...rules.points.grade.map((row) => row.points)) +
  rules.points.shared.reduce((sum, row) => sum + row.points, 0) +
  waitingPoints(waitingRule(rules), longestWait);

/** The most points a pair of this round could have, identity included: a number for the engine, never shown. */
export const mostPoints = ({ mentees }: Pick<MatchingInput, 'mentees'>, rules: RoundRules): number =>
  mostShownPoints(
    rules,
    mentees.reduce((longest, { roundsWaited }) => Math.max(longest, roundsWaited), 0),
  ) + rules.points.identity;

/** True where the rules give points for nothing, so that every pair would be as good as every other. */
export const givesNoPoints = (rules: RoundRules): boolean =>
  mostShownPoints(rules, 1) === 0 && rules.points.identity === 0;

/** The rules as the engine's waiting rule, which says what it guarantees. */
export const waitingRule = (rules: RoundRules): WaitingRule => ({
  perRound: rules.points.waiting,
  spread: pointsSpread(rules),
  ...(rules.points.patience === null ? {} : { patience: rules.points.patience }),
  most: waitingMost,
});

/** People write the same thing in small and capital letters, and in composed and decomposed ones. */
export const folded = (value: string): string => value.normalize('NFC').trim().toLowerCase();

/** Values of an attribute, whatever its case: as compared, and as written. */
export const valuesOf = (attributes: Attributes, name: string): Map<string, string> => {
  const wanted = folded(name);
  const values = new Map<string, string>();
  for (const [key, list] of Object.entries(attributes)) {
    if (folded(key) === wanted) for (const value of list) if (folded(value) !== '') values.set(folded(value), value);
  }
  return values;
};

/** Who has which value: positions by value. */
const index = (values: readonly (readonly string[])[]): Map<string, number[]> => {
  const having = new Map<string, number[]>();
  values.forEach((list, at) => {
    for (const value of new Set(list)) {
      const people = having.get(value);
      if (people) people.push(at);
      else having.set(value, [at]);
    }
  });
  return having;
};

/** Growing columns of whole numbers: millions of pairs without an object each. */
class PairColumns {
  private mentee = new Int32Array(4096);
  private mentor = new Int32Array(4096);
  private score = new Int32Array(4096);
  private length = 0;

  push(mentee: number, mentor: number, score: number): void {
    if (this.length === this.mentee.length) {
      this.mentee = doubled(this.mentee);
      this.mentor = doubled(this.mentor);
      this.score = doubled(this.score);
    }
    this.mentee[this.length] = mentee;
    this.mentor[this.length] = mentor;
    this.score[this.length] = score;
    this.length += 1;
  }

  columns() {
    return {
      mentee: this.mentee.subarray(0, this.length),
      mentor: this.mentor.subarray(0, this.length),
      score: this.score.subarray(0, this.length),
    };
  }
}

const doubled = (column: Int32Array): Int32Array<ArrayBuffer> => {
  const longer = new Int32Array(column.length * 2);
  longer.set(column);
  return longer;
};
