import { RoundRules, pointsSpread, waitingPromise } from '@waymark/contracts';
import { counted, figure, listed } from '../../shell/words';
import { methodWords } from '../methods/method-words';
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
  const { waiting, patience } = rules.points;
  if (patience !== null) {
    const then = figure(pointsSpread(rules) + 1);
    if (waiting === 0)
      return patience === 1
        ? $localize`A pair can reach at most ${most}:points:, and ${then}:more: more for each round the mentee has waited beyond the first.`
        : $localize`A pair can reach at most ${most}:points:, and ${then}:more: more for each round the mentee has waited beyond the first ${patience}:count:.`;
    return patience === 1
      ? $localize`A pair can reach at most ${most}:points:, and more where the mentee has waited: ${waiting}:first: for the first round, ${then}:then: for each after it.`
      : $localize`A pair can reach at most ${most}:points:, and more where the mentee has waited: ${waiting}:first: for each of the first ${patience}:count: rounds, ${then}:then: for each after them.`;
  }
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

const roundsWords = (rounds: number): string => counted(rounds, $localize`round`, $localize`rounds`);

/** What the rules promise to those who wait; pins and forbidden pairs are decided by hand and stand apart. */
export const waitingSentence = (rules: RoundRules): string => {
  const promise = waitingPromise(rules);
  if (promise === null)
    return $localize`Waiting gives nothing, so there is no end to how long somebody may wait while others are served.`;
  if (promise.kind === 'after')
    return promise.rounds === 0
      ? $localize`Nobody waits while somebody with the same possibilities who asked later is served.`
      : $localize`Nobody waits more than ${roundsWords(promise.rounds)}:rounds: while somebody with the same possibilities who asked later is served.`;
  return $localize`Nobody waits more than ${roundsWords(promise.rounds)}:rounds: longer than somebody with the same possibilities who asked later and is served.`;
};

/** A promise that takes longer than this to come true is hardly one: schemes hold one or two rounds a year. */
const roundsOfAScheme = 4;

const waitingAdvice = (rules: RoundRules): string[] => {
  const promise = waitingPromise(rules);
  if (promise === null) {
    return [
      $localize`Waiting gives no points, so somebody may be left out in every round. Give points for waiting, or say after how many rounds it comes first.`,
    ];
  }
  if (promise.rounds <= roundsOfAScheme) return [];
  if (promise.kind === 'after')
    return [
      $localize`Waiting comes first only after ${roundsWords(promise.rounds)}:rounds:, which may be longer than the scheme lasts.`,
    ];
  const enough = Math.floor(pointsSpread(rules) / (roundsOfAScheme + 1)) + 1;
  return [
    $localize`Waiting gives so few points that it helps only whoever has waited more than ${roundsWords(promise.rounds)}:rounds: longer. With ${pointsWords(enough)}:points: for each round it would be at most ${roundsWords(roundsOfAScheme)}:most:.`,
  ];
};

/** The whole set of rules in a few sentences, as the editor shows while it is changed. */
export const rulesSummary = (rules: RoundRules): string[] => [
  $localize`${methodWords[rules.method].name}:method:: ${lowerFirst(methodWords[rules.method].says)}:sentence:`,
  proposalsSentence(rules),
  placesSentence(rules),
  neverSentence(rules),
  pointsSentence(rules),
  reachSentence(rules),
  ...identitySentence(rules),
  waitingSentence(rules),
];

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLocaleLowerCase('en-GB') + sentence.slice(1);

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
    ...waitingAdvice(rules),
    ...empty.map(
      (row) => $localize`Nobody can share “${row.attribute}:attribute:” yet: it is missing on one side or on both.`,
    ),
  ];
};

const setting = (value: boolean): string => (value ? $localize`on` : $localize`off`);

/** What differs between the rules of two runs but their methods, as the list of runs says it. Empty when nothing does. */
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
  const patience = ({ points }: RoundRules) => points.patience ?? $localize`never`;
  moved($localize`rounds after which waiting comes first`, patience(now), patience(before));
  return found;
};
