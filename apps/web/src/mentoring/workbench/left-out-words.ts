import { LeftOutRow, RoundRules } from '@waymark/contracts';
import { counted, figure, someNames } from '../../shell/words';
import { gradeRangeWords } from '../rules/grade-words';

type Blocked = LeftOutRow['blocked'];

const mentorsOf = (blocked: Blocked): number => Object.values(blocked).reduce((sum, count) => sum + count, 0);

/** The reason on a plate: few words, always with its figure. */
export const reasonPlate = (row: LeftOutRow): string => {
  const all = mentorsOf(row.blocked);
  switch (row.reason.kind) {
    case 'no-mentor-allowed':
      return all === 1
        ? $localize`1 of 1 mentor kept away by the rules`
        : $localize`${figure(all)}:count: of ${figure(all)}:all: mentors kept away by the rules`;
    case 'no-places':
      return $localize`No place with any mentor allowed`;
    case 'below-floor':
      return $localize`Every mentor allowed scores below the floor`;
    case 'fewer-points':
    case 'others-preferred':
      return shortPlate(row.reason.short) ?? $localize`Others score more with the mentors allowed`;
    case 'competition':
      return row.reason.places === 1
        ? $localize`${figure(row.reason.people)}:people: people for 1 place`
        : $localize`${figure(row.reason.people)}:people: people for ${figure(row.reason.places)}:places: places`;
  }
};

type Short = Extract<LeftOutRow['reason'], { kind: 'competition' }>['short'];

const joined = (...sentences: (string | null)[]): string => sentences.filter(Boolean).join(' ');

const shortPlate = (short: Short): string | null => {
  if (!short) return null;
  return short.points === 0
    ? $localize`Lots decided`
    : $localize`${counted(short.points, $localize`point`, $localize`points`)}:points: short`;
};

/** The exact points that were lacking; with as many it comes to lots. */
const shortSentence = (short: Short): string | null => {
  if (!short) return null;
  const { mentor, points } = short;
  return points === 0
    ? $localize`A pair with ${mentor.name}:mentor: would be just as good: lots decided.`
    : $localize`Lacks ${counted(points, $localize`point`, $localize`points`)}:points: with ${mentor.name}:mentor:: with more than that on top, a place would go to this person.`;
};

/** The reason in a sentence. */
export const reasonSentence = (row: LeftOutRow): string => {
  const { reason } = row;
  switch (reason.kind) {
    case 'no-mentor-allowed':
      return $localize`No mentor of this round may be paired with this person.`;
    case 'no-places':
      return $localize`The mentors who would be allowed offer no place in this round.`;
    case 'competition': {
      const names = someNames(
        reason.mentors.map((mentor) => mentor.name),
        reason.mentors.length,
      );
      const others = reason.people - 1;
      const rivals = others === 1 ? $localize`1 other person` : $localize`${figure(others)}:count: other people`;
      const places = reason.places === 1 ? $localize`1 place` : $localize`${figure(reason.places)}:count: places`;
      const competes =
        reason.mentors.length === 0
          ? $localize`Competes with ${rivals}:people: for ${places}:places:.`
          : $localize`Competes with ${rivals}:people: for ${places}:places: with ${names}:mentors:.`;
      return joined(competes, shortSentence(reason.short));
    }
    case 'below-floor':
      return reason.mentor
        ? $localize`By this method nobody scores less than the floor. The best pair allowed, with ${reason.mentor.name}:mentor:, would.`
        : $localize`By this method nobody scores less than the floor. Every pair allowed would.`;
    case 'fewer-points':
      return joined(
        $localize`The places go to others because the round has more points so.`,
        shortSentence(reason.short),
      );
    case 'others-preferred':
      return joined(
        $localize`The mentors allowed have people who score at least as much with them.`,
        shortSentence(reason.short),
      );
  }
};

/** "12 of 50 mentors: same unit; 20: not 1 to 2 grades above; 18 are allowed". Rules that keep nobody away are left out. */
export const blockedSentence = (blocked: Blocked, rules: RoundRules): string => {
  const all = mentorsOf(blocked);
  if (all === 0) return $localize`There is no mentor in this run.`;
  const range = rules.never.gradeSteps;
  const grade = range ? $localize`not ${gradeRangeWords(range)}:range:` : $localize`grade`;
  const kept: [number, string][] = [
    [blocked.managementChain, $localize`same management chain`],
    [blocked.sameUnit, $localize`same unit`],
    [blocked.gradeSteps, grade],
    [blocked.forbidden, $localize`forbidden in this round`],
    [blocked.other, $localize`paired before, or kept apart for another reason`],
    [blocked.noPlaces, $localize`no free place`],
  ];
  const parts = kept
    .filter(([count]) => count > 0)
    .map(([count, why]) => $localize`${figure(count)}:count:: ${why}:rule:`);
  const allowed = blocked.allowed === 1 ? $localize`1 allowed` : $localize`${figure(blocked.allowed)}:count: allowed`;
  const sentence = [...parts, ...(blocked.allowed > 0 ? [allowed] : [])].join('; ');
  return all === 1
    ? $localize`Of 1 mentor: ${sentence}:reasons:.`
    : $localize`Of ${figure(all)}:count: mentors: ${sentence}:reasons:.`;
};

export const waitedWords = (rounds: number): string => {
  if (rounds === 0) return $localize`first round`;
  return rounds === 1 ? $localize`has waited 1 round` : $localize`has waited ${rounds}:rounds: rounds`;
};
