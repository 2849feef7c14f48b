import type { KeptApartBy, MatchingMethod, RoundRules, WhyNotView } from '@waymark/contracts';
import { counted, figure, listed } from '../../shell/words';
import { seeksMostPairs } from '../methods/method-words';
import { gradeRangeWords } from '../rules/grade-words';

type Answer = WhyNotView['answer'];
type Allowed = Extract<Answer, { kind: 'allowed' }>;

/** The rule that keeps two people apart, as a sentence about them. What is private or past is never told apart. */
export const keptApartSentence = (by: KeptApartBy, rules: RoundRules): string => {
  switch (by) {
    case 'managementChain':
      return $localize`One of the two is in the other's management chain, and nobody is mentored within it.`;
    case 'sameUnit':
      return $localize`They are in the same unit, and these rules never pair people of one unit.`;
    case 'gradeSteps':
      return rules.never.gradeSteps
        ? $localize`The mentor is not ${gradeRangeWords(rules.never.gradeSteps)}:range:, as these rules ask.`
        : $localize`Their grades are not as far apart as these rules ask.`;
    case 'forbidden':
      return $localize`A coordinator has forbidden this pair in this round.`;
    case 'noPlaces':
      return $localize`The mentor offers no free place in this round.`;
    case 'other':
      return $localize`Something that is private or past stands between them: an earlier pair, a proposal, a review, or a wish not to be together. Waymark never says which.`;
  }
};

const helpWhenApart = (by: KeptApartBy): string => {
  switch (by) {
    case 'sameUnit':
    case 'gradeSteps':
      return $localize`Changing that rule would allow them, and others like them.`;
    case 'forbidden':
      return $localize`Taking that back would allow them.`;
    case 'noPlaces':
      return $localize`One more place with this mentor would allow them.`;
    case 'managementChain':
    case 'other':
      return $localize`Nothing in this round would change that.`;
  }
};

type Forced = Allowed['forced'];

const pairsWords = (count: number): string => counted(count, $localize`pair`, $localize`pairs`);
const pointsWords = (count: number): string => counted(count, $localize`point`, $localize`points`);

/** Pairs and points of the whole round with the two together. */
const lossSentence = ({ pairsLost, pointsLost }: Forced, method: MatchingMethod): string => {
  if (pairsLost !== 0 && pointsLost !== null) {
    const pairs =
      pairsLost > 0
        ? $localize`${pairsWords(pairsLost)}:pairs: fewer`
        : $localize`${pairsWords(-pairsLost)}:pairs: more`;
    return pointsLost > 0
      ? $localize`Put together, the whole round would have ${pairs}:pairs: and ${pointsWords(pointsLost)}:points: fewer.`
      : $localize`Put together, the whole round would have ${pairs}:pairs: and ${pointsWords(-pointsLost)}:points: more.`;
  }
  if (pairsLost > 0) {
    return seeksMostPairs(method)
      ? $localize`Put together, the whole round would have ${pairsWords(pairsLost)}:pairs: fewer, and as many pairs as possible come first.`
      : $localize`Put together, the whole round would have ${pairsWords(pairsLost)}:pairs: fewer.`;
  }
  if (pairsLost < 0) return $localize`The whole round would then have ${pairsWords(-pairsLost)}:pairs: more.`;
  if (pointsLost === null)
    return $localize`The round would have as many pairs with them together. Its points are not compared here, because identity counts in this round and is never shown.`;
  if (pointsLost === 0) return $localize`The whole round would have as many pairs and as many points.`;
  return pointsLost < 0
    ? $localize`The whole round would then have as many pairs, and ${pointsWords(-pointsLost)}:points: more.`
    : $localize`Put together, the whole round would have as many pairs, but ${pointsWords(pointsLost)}:points: fewer.`;
};

const floorSentence = ({ floor }: Forced): string[] => {
  if (!floor || floor.now === floor.then) return [];
  return floor.then < floor.now
    ? [$localize`The lowest score would fall from ${figure(floor.now)}:now: to ${figure(floor.then)}:then:.`]
    : [$localize`The lowest score would rise from ${figure(floor.now)}:now: to ${figure(floor.then)}:then:.`];
};

/** Why a result with more points is not taken: something else comes before points by this method. */
const insteadOfPoints = (forced: Forced, method: MatchingMethod): string[] => {
  const { pairsLost, pointsLost, pinsGivingWay } = forced;
  if (forced.byLot) return [$localize`Both results are stable, and lots decided between them.`];
  if (pinsGivingWay > 0 || pairsLost !== 0 || pointsLost === null || pointsLost > 0) return [];
  switch (method) {
    case 'pairs-floor-total':
      return [$localize`By this method the lowest score comes before the points of all.`];
    case 'pairs-dissatisfaction':
      return [$localize`By this method one large shortfall counts more than several small ones.`];
    case 'stable':
      return [$localize`By this method nobody is kept from somebody with whom both would score more.`];
    case 'pairs-total':
    case 'total':
      return [];
  }
};

/** What the whole round would lose by putting the two together. */
const lossSentences = (forced: Forced, method: MatchingMethod): string[] => {
  const asGood = forced.pairsLost === 0 && forced.pointsLost === 0;
  if (forced.byLot && asGood) {
    return [$localize`The round would lose nothing by it: both results are as good, and lots decided between them.`];
  }
  return [
    ...(forced.pinsGivingWay === 0
      ? []
      : [
          $localize`To put them together, ${counted(forced.pinsGivingWay, $localize`pin`, $localize`pins`)}:pins: would have to give way.`,
        ]),
    lossSentence(forced, method),
    ...floorSentence(forced),
    ...insteadOfPoints(forced, method),
  ];
};

const helpSentences = ({ forced }: Allowed, method: MatchingMethod, mayPin: boolean): string[] => {
  const { pairsLost, pointsLost, pinsGivingWay } = forced;
  // Where something else comes before points, points alone may not do.
  const byPoints = method === 'pairs-total' && pinsGivingWay === 0 && pairsLost === 0;
  return [
    ...(byPoints && pointsLost !== null && pointsLost > 0
      ? [$localize`With more than ${pointsWords(pointsLost)}:points: on top, this pair would be in the best result.`]
      : []),
    ...(forced.onePlaceMore ? [$localize`One more place with this mentor would put them together.`] : []),
    ...(mayPin ? [$localize`Pinning them puts them together whatever it costs.`] : []),
  ];
};

/** The answer to "Why not her?" in plain words: first why, then what would change it, pins where they may be made. */
export const whyNotWords = (
  { answer, mentee, mentor }: WhyNotView,
  rules: RoundRules,
  mayPin: boolean,
): { why: string[]; help: string[] } => {
  switch (answer.kind) {
    case 'paired':
      return {
        why: [$localize`${mentee.name}:mentee: and ${mentor.name}:mentor: are together in this result.`],
        help: [],
      };
    case 'not-in-round':
      return {
        why: [
          answer.side === 'mentee'
            ? $localize`${mentee.name}:mentee: cannot be matched at present: matched already, waiting for three answers, or gone.`
            : $localize`${mentor.name}:mentor: cannot be asked at present: paused, retired, or gone.`,
        ],
        help: [],
      };
    case 'kept-apart':
      return { why: [keptApartSentence(answer.by, rules)], help: [helpWhenApart(answer.by)] };
    case 'allowed': {
      const instead = answer.instead.map(
        ({ mentor: other, score }) => $localize`${other.name}:mentor: with ${figure(score)}:score:`,
      );
      const holders = answer.holders.map(
        ({ mentee: other, score }) => $localize`${other.name}:mentee: with ${figure(score)}:score:`,
      );
      return {
        why: [
          instead.length > 0
            ? $localize`The two are allowed and would score ${figure(answer.score.score)}:score:. ${mentee.name}:mentee: has ${listed(instead)}:instead: instead.`
            : $localize`The two are allowed and would score ${figure(answer.score.score)}:score:, but ${mentee.name}:mentee: has nobody.`,
          ...(holders.length > 0 ? [$localize`${mentor.name}:mentor: has ${listed(holders)}:holders:.`] : []),
          ...lossSentences(answer.forced, rules.method),
        ],
        help: helpSentences(answer, rules.method, mayPin),
      };
    }
  }
};

/** How the list of those who would move is to be read. */
export const movesNote = ({ inTurn, moved, moves }: Allowed['forced']): string => {
  const rest = moved - moves.length;
  return [
    ...(inTurn && moved > 1 ? [$localize`In turn: each takes the place that somebody before them gives up.`] : []),
    ...(rest === 1 ? [$localize`1 more is not listed here.`] : []),
    ...(rest > 1 ? [$localize`${figure(rest)}:count: more are not listed here.`] : []),
  ].join(' ');
};
