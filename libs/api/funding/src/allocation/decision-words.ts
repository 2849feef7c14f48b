import { poundsOf, type ScenarioReason } from '@waymark/contracts';
import type { DecisionFacts } from './decision-letter';
import { ordinal, spokenScore } from './spoken';

/* A reason in words, as it stands in a letter to the applicant: see explain.ts for the facts of each. */

type Told = Pick<DecisionFacts, 'outcome' | 'askedPence' | 'leastPence' | 'amountPence' | 'score' | 'reason'>;
type Facts = ScenarioReason['facts'];

const number = (facts: Facts, name: string): number | null => {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
};
const word = (facts: Facts, name: string): string | null => {
  const value = facts[name];
  return typeof value === 'string' && value !== '' ? value : null;
};
const pounds = (facts: Facts, name: string): string => poundsOf(number(facts, name) ?? 0);

const place = ({ score, reason: { facts } }: Told): string => {
  const [rank, of] = [number(facts, 'rank'), number(facts, 'of')];
  if (rank === null) return `Your application has a score of ${spokenScore(score)}.`;
  return `Your application came ${ordinal(rank)}${of === null ? '' : ` of ${of}`}, with a score of ${spokenScore(score)}.`;
};

export const enough = ({ amountPence, leastPence }: Pick<Told, 'amountPence' | 'leastPence'>): string =>
  amountPence === leastPence
    ? `that is what you said would still make it possible.`
    : `that is above the ${poundsOf(leastPence)} you said would still make it possible.`;

const groupOf = (facts: Facts): string => word(facts, 'group') ?? 'your group';

export const whatDecided = (told: Told): string[] => {
  const { reason } = told;
  const { decidedBy, facts } = reason;
  const shares = facts['method'] === 'equal-shares';
  const budget = pounds(facts, 'budgetPence');
  switch (decidedBy) {
    case 'rank-within-budget':
      return shares
        ? [place(told), `What the equal shares of all groups left over went down the list, and reached it.`]
        : [place(told), `The money went down the list in the order of scores, and reached it in full.`];
    case 'part-of-the-rest':
      return [place(told), `${pounds(facts, 'leftPence')} was left when your turn came, and ${enough(told)}`];
    case 'budget-spent':
      return [place(told), ...whereItEnded(told)];
    case 'below-bar':
      return [
        number(facts, 'bar') === null
          ? `The panel scored it ${spokenScore(told.score)} on average, which is below the bar of this call.`
          : `The panel scored it ${spokenScore(told.score)} on average, and this call gives money from ${spokenScore(number(facts, 'bar') ?? 0)} up.`,
      ];
    case 'in-best-total':
      return [
        `The awards were chosen so that the scores of everybody funded add up to the most that ${budget} can reach${within(facts)}, and yours is among them.`,
        ...(told.outcome === 'part-awarded' && told.amountPence > told.leastPence
          ? [
              `What was left beyond everybody’s least amount went to the highest scores first; your ${poundsOf(told.amountPence)} came to more than the ${poundsOf(told.leastPence)} you said would still make it possible.`,
            ]
          : []),
      ];
    case 'not-in-best-total':
      return [
        `The awards were chosen so that the scores of everybody funded add up to the most that ${budget} can reach${within(facts)}.`,
        ...(facts['fundedWithout'] === true ? ['Without those limits yours would have been among them.'] : []),
        ...withIt(facts),
      ];
    case 'group-cap':
      return [groupCap(told)];
    case 'group-floor':
      return [
        `At least ${pounds(facts, 'floorPence')} was kept for ${groupOf(facts)}, and your application is among those it reached.`,
      ];
    case 'equal-share':
      return [
        `The budget was shared equally between groups, and your application was met from the share of ${groupOf(facts)}.`,
      ];
    case 'share-spent':
      return shareSpent(told);
    case 'override':
      return [byHand(word(facts, 'because'))];
  }
};

/** Where nobody else had any of it, what was needed is above the cap by itself. */
const aboveCap = ({ reason: { decidedBy, facts } }: Told): boolean =>
  decidedBy === 'group-cap' && (number(facts, 'receivedPence') ?? 0) === 0;

const groupCap = (told: Told): string => {
  const { leastPence, askedPence, reason } = told;
  const limited = `What goes to ${groupOf(reason.facts)} was limited to ${pounds(reason.facts, 'capPence')} in all`;
  if (!aboveCap(told))
    return `${limited}, and other applications from there took ${pounds(reason.facts, 'receivedPence')} of it.`;
  return leastPence > (number(reason.facts, 'capPence') ?? 0)
    ? `${limited}, less than the ${poundsOf(leastPence)} you said you need at least.`
    : `${limited}, less than the ${poundsOf(askedPence)} you asked for.`;
};

const byHand = (because: string | null): string =>
  because === null
    ? 'This was decided by hand, and checked by a second person.'
    : `This was decided by hand, and checked by a second person, for this reason: “${because}”`;

const whereItEnded = ({ leastPence, askedPence, reason: { facts } }: Told): string[] => {
  const [left, rank, last] = [number(facts, 'leftPence') ?? 0, number(facts, 'rank'), number(facts, 'lastRank')];
  const budget = number(facts, 'budgetPence') ?? 0;
  if (leastPence > budget)
    return [
      `The ${poundsOf(leastPence)} you said you need at least is more than the whole budget of ${poundsOf(budget)}.`,
    ];
  if (left > 0) {
    const need =
      left >= leastPence
        ? `the ${poundsOf(askedPence)} you asked for`
        : `the ${poundsOf(leastPence)} you said you need at least`;
    return [`When your turn came, ${poundsOf(left)} was left, less than ${need}.`];
  }
  const above = rank !== null && last !== null ? rank - last : null;
  if (above === null || above < 1) return ['The money had run out when your turn came.'];
  return [`The money ran out ${above === 1 ? 'one place' : `${above} places`} above you.`];
};

/** Where groups have limits, the most is the most that keeps to them. */
const within = (facts: Facts): string =>
  facts['limited'] === true ? ' while some groups have at least, or at most, a set amount' : '';

const withIt = (facts: Facts): string[] => {
  const [best, own] = [number(facts, 'bestTotal'), number(facts, 'totalWithIt')];
  if (best === null || own === null) return [];
  return best === own
    ? [`A choice with yours was just as good, and the rule for ties decided.`]
    : [`The best choice adds up to ${spokenScore(best)}; with yours in it, to ${spokenScore(own)}.`];
};

const shareSpent = ({ askedPence, reason: { facts } }: Told): string[] => {
  const lacked = number(facts, 'lackedPence');
  const share =
    word(facts, 'group') === null
      ? 'as you belong to none of them, your application competed for what they left over.'
      : lacked === null
        ? `the share of ${groupOf(facts)} had gone to other applications from there.`
        : `after other applications from there, the share of ${groupOf(facts)} came ${poundsOf(lacked)} short of the ${poundsOf(askedPence)} you asked for.`;
  const left = number(facts, 'leftPence') ?? 0;
  const rest =
    left > 0 ? `the ${poundsOf(left)} left when your turn came was too little.` : 'had run out when your turn came.';
  return [
    `The budget was shared equally between groups; ${share}`,
    `What all shares left over went down the list in the order of scores, and ${rest}`,
  ];
};

/** Only what was computed with all else unchanged; where a method promises nothing, that is said as well. */
export const whatChanges = (told: Told): string[] => {
  const { outcome, score, amountPence, askedPence, reason } = told;
  const { decidedBy, facts } = reason;
  if (outcome === 'awarded' || decidedBy === 'override' || aboveCap(told)) return [];
  const below = decidedBy === 'below-bar';
  const brought = below
    ? 'brought an award'
    : amountPence > 0
      ? `brought the whole ${poundsOf(askedPence)}`
      : 'changed that';
  const scoreNeeded = reason.score?.needed ?? null;
  const budgetNeeded = reason.budget?.needed ?? null;
  const leastNeeded = reason.least?.needed ?? null;
  const ways = [
    ...(scoreNeeded === null
      ? []
      : [
          below
            ? `a score of ${spokenScore(scoreNeeded)}`
            : `a score of ${spokenScore(scoreNeeded)} instead of ${spokenScore(score)}`,
        ]),
    ...(budgetNeeded === null
      ? []
      : [`${poundsOf(budgetNeeded - (number(facts, 'budgetPence') ?? 0))} more in the budget`]),
    ...(leastNeeded === null ? [] : [`a least amount of ${poundsOf(leastNeeded)}`]),
  ];
  const [first, ...others] = ways;
  if (first !== undefined) {
    const also = others.length === 0 ? '' : `, and so would ${others.join(', or ')}`;
    return [
      `${capital(first)} would have ${brought}${also}.`,
      ...((facts['method'] ?? 'by-rank') !== 'by-rank' && !below ? [noPromise] : []),
    ];
  }
  if (decidedBy === 'not-in-best-total' || decidedBy === 'group-cap' || decidedBy === 'share-spent') return [noPromise];
  return [];
};

const noPromise =
  'More money in the budget might have changed it or not: it could have gone to another choice of applications, so we promise nothing there.';

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
