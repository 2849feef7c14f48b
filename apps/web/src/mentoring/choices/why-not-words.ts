import type { KeptApartBy, RoundRules, WhyNotView } from '@waymark/contracts';
import { counted, figure, listed } from '../../shell/words';
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

/** What the whole round would lose by putting the two together. */
const lossSentences = (forced: NonNullable<Allowed['forced']>): string[] => {
  if (forced.byLot) {
    return [$localize`The round would lose nothing by it: both results are as good, and lots decided between them.`];
  }
  const way =
    forced.pinsGivingWay === 0
      ? []
      : [
          $localize`To put them together, ${counted(forced.pinsGivingWay, $localize`pin`, $localize`pins`)}:pins: would have to give way.`,
        ];
  if (forced.pairsLost > 0) {
    return [
      ...way,
      $localize`Put together, the whole round would have ${counted(forced.pairsLost, $localize`pair`, $localize`pairs`)}:pairs: fewer, and as many pairs as possible come first.`,
    ];
  }
  if (forced.pairsLost < 0) {
    return [
      ...way,
      $localize`The whole round would then have ${counted(-forced.pairsLost, $localize`pair`, $localize`pairs`)}:pairs: more.`,
    ];
  }
  if (forced.pointsLost !== null && forced.pointsLost <= 0) {
    return [
      ...way,
      forced.pointsLost === 0
        ? $localize`The whole round would have as many pairs and as many points.`
        : $localize`The whole round would then have as many pairs, and ${counted(-forced.pointsLost, $localize`point`, $localize`points`)}:points: more.`,
    ];
  }
  return [
    ...way,
    forced.pointsLost === null
      ? $localize`The round would have as many pairs with them together. Its points are not compared here, because identity counts in this round and is never shown.`
      : $localize`Put together, the whole round would have as many pairs, but ${counted(forced.pointsLost, $localize`point`, $localize`points`)}:points: fewer.`,
  ];
};

const helpSentences = ({ forced }: Allowed): string[] => {
  if (!forced)
    return [$localize`This round is too large to work that out at once: pin the two and match again to see.`];
  return [
    ...(forced.pairsLost === 0 && forced.pointsLost !== null && forced.pointsLost > 0
      ? [
          $localize`With more than ${counted(forced.pointsLost, $localize`point`, $localize`points`)}:points: on top, this pair would be in the best result.`,
        ]
      : []),
    ...(forced.onePlaceMore ? [$localize`One more place with this mentor would put them together.`] : []),
    $localize`Pinning them puts them together whatever it costs.`,
  ];
};

/** The answer to "Why not her?" in plain words: first why, then what would change it. */
export const whyNotWords = (
  { answer, mentee, mentor }: WhyNotView,
  rules: RoundRules,
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
          ...(holders.length > 0
            ? [$localize`The places of ${mentor.name}:mentor: go to ${listed(holders)}:holders:.`]
            : []),
          ...(answer.forced ? lossSentences(answer.forced) : []),
        ],
        help: helpSentences(answer),
      };
    }
  }
};
