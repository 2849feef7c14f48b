import { LeftOutRow, RoundRules } from '@waymark/contracts';
import { figure, someNames } from '../../shell/words';
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
    case 'competition':
      return row.reason.places === 1
        ? $localize`${figure(row.reason.people)}:people: people for 1 place`
        : $localize`${figure(row.reason.people)}:people: people for ${figure(row.reason.places)}:places: places`;
  }
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
      return reason.mentors.length === 0
        ? $localize`Competes with ${rivals}:people: for ${places}:places:.`
        : $localize`Competes with ${rivals}:people: for ${places}:places: with ${names}:mentors:.`;
    }
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
