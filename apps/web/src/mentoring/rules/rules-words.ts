import { RoundRules } from '@waymark/contracts';
import { figure, listed } from '../../shell/words';
import { gradeRangeWords, gradeStepsWords } from './grade-words';

const pointsWords = (points: number): string =>
  points === 1 ? $localize`1 point` : $localize`${figure(points)}:count: points`;

/** Whether the rules let a pair with this difference in grade exist at all. */
const reachable = (rules: RoundRules, steps: number): boolean =>
  rules.never.gradeSteps === null || (steps >= rules.never.gradeSteps.from && steps <= rules.never.gradeSteps.to);

/** The most points that a pair can be seen to have before any waiting: the best grade step and every attribute. */
export const mostShownPoints = (rules: RoundRules): number =>
  Math.max(0, ...rules.points.grade.filter((row) => reachable(rules, row.steps)).map((row) => row.points)) +
  rules.points.shared.reduce((sum, row) => sum + row.points, 0);

const proposalsSentence = (rules: RoundRules): string =>
  rules.proposalsPerMentee === 1
    ? $localize`Each mentee is proposed to one mentor.`
    : $localize`Each mentee is proposed to up to ${rules.proposalsPerMentee}:count: mentors; the first to accept ends the others.`;

const placesSentence = (rules: RoundRules): string =>
  rules.placesAtMost === null
    ? $localize`A mentor gets at most as many mentees as they have places.`
    : rules.placesAtMost === 1
      ? $localize`A mentor gets at most 1 mentee, however many places they have.`
      : $localize`A mentor gets at most ${rules.placesAtMost}:count: mentees, fewer if they have fewer places.`;

const neverSentence = (rules: RoundRules): string => {
  const kept = [
    $localize`people in one management chain`,
    $localize`anyone whom either has excluded`,
    ...(rules.never.sameUnit ? [$localize`people of the same organisation or unit`] : []),
    ...(rules.never.earlierPairs ? [$localize`earlier pairs`] : []),
  ];
  const never = $localize`Never together: ${listed(kept)}:list:.`;
  return rules.never.gradeSteps === null
    ? never
    : $localize`${never}:sentence: The mentor is always ${gradeRangeWords(rules.never.gradeSteps)}:range:.`;
};

const pointsSentence = (rules: RoundRules): string => {
  const { grade, shared } = rules.points;
  const given = [
    ...grade
      .filter((row) => row.points > 0)
      .map((row) => $localize`${row.points}:points: for a mentor ${gradeStepsWords(row.steps)}:steps:`),
    ...shared
      .filter((row) => row.points > 0)
      .map((row) => $localize`${row.points}:points: for the same ${row.attribute}:attribute:`),
  ];
  return given.length === 0
    ? $localize`Nothing that people see gives points.`
    : $localize`Points: ${listed(given)}:list:.`;
};

const reachSentence = (rules: RoundRules): string => {
  const most = pointsWords(mostShownPoints(rules));
  const { waiting } = rules.points;
  return waiting === 0
    ? $localize`A pair can reach at most ${most}:points:.`
    : $localize`A pair can reach at most ${most}:points:, and ${waiting}:more: more for each round the mentee has waited.`;
};

const identitySentence = (rules: RoundRules): string[] =>
  rules.points.identity === 0
    ? []
    : [
        $localize`${pointsWords(rules.points.identity)}:points: more where the mentor has the identity a mentee asked for. They count in matching alone and are never shown.`,
      ];

/** The whole set of rules in a few sentences, as the editor shows while it is changed. */
export const rulesSummary = (rules: RoundRules): string[] => [
  proposalsSentence(rules),
  placesSentence(rules),
  neverSentence(rules),
  pointsSentence(rules),
  reachSentence(rules),
  ...identitySentence(rules),
];

/** What the rules allow but can hardly be meant: said, never refused. */
export const rulesAdvice = (
  rules: RoundRules,
  attributes: readonly { name: string; mentees: number; mentors: number }[],
): string[] => {
  const lost = rules.points.grade.filter((row) => row.points > 0 && !reachable(rules, row.steps));
  const known = new Map(attributes.map((each) => [each.name.toLowerCase(), each]));
  const empty = rules.points.shared.filter((row) => {
    const found = known.get(row.attribute.toLowerCase());
    return row.points > 0 && (found === undefined || found.mentees === 0 || found.mentors === 0);
  });
  const given = [...rules.points.grade, ...rules.points.shared].some((row) => row.points > 0);
  const any = given || rules.points.identity > 0 || rules.points.waiting > 0;
  return [
    ...(any ? [] : [$localize`Nothing gives points yet, so every pair would be as good as every other.`]),
    ...lost.map(
      (row) =>
        $localize`A mentor ${gradeStepsWords(row.steps)}:steps: scores ${row.points}:points:, but the grades allowed leave that out.`,
    ),
    ...empty.map(
      (row) => $localize`Nobody can share “${row.attribute}:attribute:” yet: it is missing on one side or on both.`,
    ),
  ];
};

const setting = (value: boolean): string => (value ? $localize`on` : $localize`off`);

/** What differs between the rules of two runs, as the list of runs says it. Empty when nothing does. */
export const rulesDifference = (now: RoundRules, before: RoundRules): string[] => {
  const found: string[] = [];
  const moved = (what: string, to: string | number, from: string | number) => {
    if (to !== from) found.push($localize`${what}:rule: ${to}:now: instead of ${from}:before:`);
  };
  moved($localize`proposals for a mentee`, now.proposalsPerMentee, before.proposalsPerMentee);
  const places = (rules: RoundRules) => rules.placesAtMost ?? $localize`as offered`;
  moved($localize`places at most`, places(now), places(before));
  moved($localize`never the same unit`, setting(now.never.sameUnit), setting(before.never.sameUnit));
  moved($localize`never an earlier pair`, setting(now.never.earlierPairs), setting(before.never.earlierPairs));
  const range = (rules: RoundRules) =>
    rules.never.gradeSteps === null ? $localize`any` : gradeRangeWords(rules.never.gradeSteps);
  moved($localize`grades allowed`, range(now), range(before));
  const gradeRows = new Set([...now.points.grade, ...before.points.grade].map((row) => row.steps));
  for (const steps of [...gradeRows].sort((a, b) => b - a)) {
    const at = (rules: RoundRules) => rules.points.grade.find((row) => row.steps === steps)?.points ?? 0;
    moved(gradeStepsWords(steps), at(now), at(before));
  }
  const names = new Map(
    [...now.points.shared, ...before.points.shared].map((row) => [row.attribute.toLowerCase(), row.attribute]),
  );
  for (const [key, name] of names) {
    const at = (rules: RoundRules) =>
      rules.points.shared.find((row) => row.attribute.toLowerCase() === key)?.points ?? 0;
    moved(name, at(now), at(before));
  }
  moved($localize`identity`, now.points.identity, before.points.identity);
  moved($localize`waiting`, now.points.waiting, before.points.waiting);
  return found;
};
