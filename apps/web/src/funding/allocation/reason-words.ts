import { poundsOf, type ScenarioReason } from '@waymark/contracts';
import { counted, figure } from '../../shell/words';
import { scoreOf } from './allocation-words';

const pounds = (pence: number): string => poundsOf(pence, 'short');

/** What decided an application, in sentences. `facts` are those of the server's own reasons: see its explain.ts. */
export const decidedWords = ({ decidedBy, facts }: Pick<ScenarioReason, 'decidedBy' | 'facts'>): readonly string[] => {
  const sum = (name: string): string => {
    const value = facts[name];
    return typeof value === 'number' ? pounds(value) : '–';
  };
  const number = (name: string): number | null => {
    const value = facts[name];
    return typeof value === 'number' ? value : null;
  };
  const group = typeof facts['group'] === 'string' ? facts['group'] : null;
  const inShares = facts['method'] === 'equal-shares';
  switch (decidedBy) {
    case 'rank-within-budget':
      if (inShares)
        return [
          $localize`What the shares left went down the rank: ${sum('leftPence')}:sum: was there when its turn came.`,
        ];
      return [
        number('aheadPence') === 0
          ? $localize`It has the highest rank, and the budget holds all it asked.`
          : $localize`Those ahead took ${sum('aheadPence')}:sum:; what was left of ${sum('budgetPence')}:budget: holds all it asked.`,
      ];
    case 'part-of-the-rest':
      return [
        ...(inShares
          ? [$localize`The shares left ${sum('restPence')}:sum:, which went down the rank.`]
          : [$localize`Those ahead took ${sum('aheadPence')}:sum: of ${sum('budgetPence')}:budget:.`]),
        $localize`${sum('leftPence')}:sum: was left when its turn came: less than was asked, and not less than the least amount.`,
      ];
    case 'budget-spent':
      return budgetSpentWords(facts, sum, number);
    case 'below-bar':
      return [$localize`Its score is below the bar of ${scoreOf(number('bar') ?? 0)}:bar:. No budget changes that.`];
    case 'in-best-total':
      return [
        $localize`It is among those whose scores add up to the most within ${sum('budgetPence')}:budget:: ${scoreOf(number('bestTotal') ?? 0)}:total: points.`,
        ...(facts['limited'] === true
          ? [$localize`That is the most that keeps to the floors and caps of groups.`]
          : []),
      ];
    case 'not-in-best-total': {
      const withIt = number('totalWithIt');
      return [
        ...(facts['fundedWithout'] === true
          ? [$localize`Without the floors and caps of groups it would be funded: they left it out.`]
          : []),
        facts['limited'] === true
          ? $localize`The best total that keeps to the floors and caps is ${scoreOf(number('bestTotal') ?? 0)}:total: points without it.`
          : $localize`The best total is ${scoreOf(number('bestTotal') ?? 0)}:total: points without it.`,
        ...(withIt === null
          ? []
          : [$localize`With it the most would be ${scoreOf(withIt)}:total:, for others would have to give way.`]),
      ];
    }
    case 'group-cap':
      return [
        $localize`${group ?? $localize`Its group`}:group: may have ${sum('capPence')}:cap: at most, and has ${sum('receivedPence')}:received: already.`,
      ];
    case 'group-floor':
      return [
        $localize`${group ?? $localize`Its group`}:group: gets ${sum('floorPence')}:floor: at least, and this is part of that.`,
      ];
    case 'equal-share':
      return [
        $localize`It was paid from the share of ${group ?? $localize`its group`}:group:, ${sum('sharePence')}:share: to begin with.`,
      ];
    case 'share-spent':
      return [
        group === null
          ? $localize`It belongs to no group, and so to no share.`
          : $localize`${group}:group: had a share of ${sum('sharePence')}:share:, which went to applications of higher scores${heldWords(number, sum)}:held:.`,
        $localize`Of what the shares left, ${sum('leftPence')}:sum: was there when its turn came.`,
      ];
    case 'override':
      return [$localize`It was changed by hand.`];
  }
};

const heldWords = (number: (name: string) => number | null, sum: (name: string) => string): string =>
  number('lackedPence') === null ? '' : $localize`; ${sum('lackedPence')}:sum: was lacking`;

const budgetSpentWords = (
  facts: ScenarioReason['facts'],
  sum: (name: string) => string,
  number: (name: string) => number | null,
): readonly string[] => {
  const [full, lastRank, left] = [number('fullAhead') ?? 0, number('lastRank'), number('leftPence') ?? 0];
  const behind = number('pointsBehind');
  const words: string[] = [];
  if (full > 0)
    words.push(
      $localize`${counted(full, $localize`application`, $localize`applications`)}:count: ahead took ${sum('fullAheadPence')}:sum: in full.`,
    );
  if (facts['lastInPart'] === true && lastRank !== null)
    words.push(
      behind !== null && behind > 0
        ? $localize`Rank ${figure(lastRank)}:rank:, ${scoreOf(behind)}:points: points above, took the last ${sum('lastPence')}:sum: as a part-award.`
        : $localize`Rank ${figure(lastRank)}:rank: took the last ${sum('lastPence')}:sum: as a part-award.`,
    );
  words.push(
    left === 0
      ? $localize`Nothing was left when its turn came.`
      : $localize`${pounds(left)}:sum: was left when its turn came, less than it needs.`,
  );
  if (facts['method'] === 'by-rank') words.push($localize`Department and grade play no part in this method.`);
  return words;
};

export interface ChangeRow {
  readonly what: string;
  readonly now: string;
  /** What would have to be so; null: no change of it alone helps. */
  readonly needed: string | null;
  readonly difference: string;
}

/** “What would have changed it”, each line recomputed with the others unchanged. Nothing is said that was not computed. */
export const changeRows = (line: {
  readonly reason: ScenarioReason;
  readonly score: number;
  readonly askedPence: number;
  readonly leastPence: number;
  readonly amountPence: number;
  readonly budgetPence: number;
  readonly released: { readonly neededPence: number; readonly ahead: number } | null;
}): readonly ChangeRow[] => {
  const { reason, score, leastPence, amountPence, askedPence, budgetPence, released } = line;
  if (amountPence === askedPence || reason.decidedBy === 'override') return [];
  const byRank = reason.facts['method'] === 'by-rank';
  const unfunded = amountPence === 0 && reason.decidedBy !== 'below-bar';
  /** A line is said where the server computed it; without an answer no change of it alone helps. */
  const changed = (what: string, now: number, needed: number | null | undefined, say: (value: number) => string) => ({
    what,
    now: say(now),
    needed: typeof needed === 'number' ? say(needed) : null,
    difference: typeof needed === 'number' && needed > now ? `+${say(needed - now)}` : '',
  });
  const { score: toScore, budget: toBudget, least: toLeast } = reason;
  return [
    ...(byRank || toScore ? [changed($localize`Score`, score, toScore?.needed, scoreOf)] : []),
    ...(reason.decidedBy !== 'below-bar' && (byRank || toBudget)
      ? [changed($localize`Budget`, budgetPence, toBudget?.needed, pounds)]
      : []),
    ...(released
      ? [
          {
            what: $localize`Released later`,
            now: pounds(0),
            needed: pounds(released.neededPence),
            difference:
              released.ahead === 0
                ? $localize`first in line`
                : counted(released.ahead, $localize`is ahead`, $localize`are ahead`),
          },
        ]
      : []),
    ...(byRank && unfunded ? [changed($localize`Least amount`, leastPence, toLeast?.needed, pounds)] : []),
  ];
};

/** “At £15,992 the award would be £540.” */
export const atNeededWords = ({ score, budget }: Pick<ScenarioReason, 'score' | 'budget'>): readonly string[] => {
  const at = (change: ScenarioReason['score'], say: (value: number) => string): readonly string[] => {
    const { needed = null, awardPence = null } = change ?? {};
    return needed === null || awardPence === null
      ? []
      : [$localize`At ${say(needed)}:needed: the award would be ${pounds(awardPence)}:sum:.`];
  };
  return [...at(score, scoreOf), ...at(budget, pounds)];
};
