import {
  type AllocationMethod,
  type AllocationOutcome,
  type GroupLimit,
  poundsOf,
  type ScenarioParameters,
  type ScenarioStatus,
  type ScenarioTotals,
} from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';
import { counted, figure, listed } from '../../shell/words';
import type { Queued } from './queue-blocks';

/** A score in tenths of a percent, as people read it: 745 is 74.5. */
export const scoreOf = (tenths: number): string => `${figure(Math.trunc(tenths / 10))}.${Math.abs(tenths % 10)}`;

/** Reads a bar as it is typed, `50` or `50.5`, into tenths; null where it is none from 0 to 100. */
export const readScore = (typed: string): number | null => {
  const parts = /^(\d{1,3})(?:\.(\d)?)?$/.exec(typed.trim());
  if (!parts) return null;
  const tenths = Number(parts[1]) * 10 + Number(parts[2] ?? '0');
  return tenths <= 1000 ? tenths : null;
};

interface MethodWords {
  readonly name: string;
  /** In the middle of a sentence. */
  readonly inLine: string;
  readonly says: string;
}

export const methodWords: Readonly<Record<AllocationMethod, MethodWords>> = {
  'by-rank': {
    name: $localize`By rank`,
    inLine: $localize`by rank`,
    says: $localize`From the highest score down, while the money lasts.`,
  },
  'by-total': {
    name: $localize`Best total`,
    inLine: $localize`best total`,
    says: $localize`The choice whose scores add up to the most, computed exactly. A large application can give way to two small ones.`,
  },
  'equal-shares': {
    name: $localize`Equal shares`,
    inLine: $localize`equal shares`,
    says: $localize`Every unit or grade has the same share and spends it on its own applications, by score; what is left goes down the rank.`,
  },
};

export const outcomeWords: Readonly<Record<AllocationOutcome, StatusWords>> = {
  awarded: { text: $localize`Award`, tone: 'ok', icon: 'tick' },
  'part-awarded': { text: $localize`Part-award`, tone: 'due', icon: 'half' },
  reserve: { text: $localize`Reserve`, tone: 'wait', icon: 'list' },
  unsuccessful: { text: $localize`Not funded`, tone: 'draft', icon: 'forbid' },
};

/** An outcome's chip; a place on the reserve list is named. */
export const outcomeText = (outcome: AllocationOutcome, reserveRank: number | null): string =>
  outcome === 'reserve' && reserveRank !== null
    ? $localize`Reserve ${figure(reserveRank)}:place:`
    : outcomeWords[outcome].text;

export const scenarioStatusWords: Readonly<Record<ScenarioStatus, StatusWords>> = {
  draft: { text: $localize`Draft`, tone: 'draft', icon: 'pencil' },
  proposed: { text: $localize`Proposed`, tone: 'wait', icon: 'hourglass' },
  approved: { text: $localize`Approved`, tone: 'ok', icon: 'tick' },
  published: { text: $localize`Published`, tone: 'done', icon: 'tick-circle' },
  rejected: { text: $localize`Returned`, tone: 'bad', icon: 'octagon' },
};

/** An amount in a table: a dash where there is none. */
export const awardOf = (pence: number): string => (pence === 0 ? '–' : poundsOf(pence, 'short'));

/** £1,234.50 more, or less: with its sign. */
export const signedPounds = (pence: number): string =>
  pence > 0 ? `+${poundsOf(pence, 'short')}` : poundsOf(pence, 'short');

const sameGroups = (a: readonly GroupLimit[], b: readonly GroupLimit[]): boolean => {
  const key = (each: GroupLimit) => [each.by, each.groupId, each.leastPence, each.mostPence].join(' ');
  return a.length === b.length && [...a].map(key).sort().join() === [...b].map(key).sort().join();
};

/** Everything that decides a scenario but its lots. */
export interface Making {
  readonly method: AllocationMethod;
  readonly parameters: ScenarioParameters;
}

export const sameMaking = (a: Making, b: Making): boolean =>
  a.method === b.method &&
  a.parameters.budgetPence === b.parameters.budgetPence &&
  a.parameters.partAwards === b.parameters.partAwards &&
  a.parameters.bar === b.parameters.bar &&
  a.parameters.seed === b.parameters.seed &&
  (a.method !== 'equal-shares' || a.parameters.shareBy === b.parameters.shareBy) &&
  (a.method !== 'by-total' || sameGroups(a.parameters.groups, b.parameters.groups));

/** What a scenario was made with, in a line. */
export const makingWords = ({ method, parameters }: Making): string => {
  const { budgetPence, partAwards, bar, groups, shareBy } = parameters;
  return [
    poundsOf(budgetPence, 'short'),
    partAwards ? $localize`with part-awards` : $localize`no part-awards`,
    bar > 0 ? $localize`bar ${scoreOf(bar)}:score:` : $localize`no bar`,
    ...(method === 'equal-shares' && shareBy !== null
      ? [shareBy === 'unit' ? $localize`shared among units` : $localize`shared among grades`]
      : []),
    ...(groups.length > 0 && method === 'by-total'
      ? [counted(groups.length, $localize`group limit`, $localize`group limits`)]
      : []),
  ].join(', ');
};

/** “17 awards and 1 part-award, £15,000 in all. Nothing is left.” */
export const totalsWords = ({ inFull, inPart, awardedPence, leftPence }: ScenarioTotals): string => {
  const made = [
    ...(inFull > 0 || inPart === 0 ? [counted(inFull, $localize`award`, $localize`awards`)] : []),
    ...(inPart > 0 ? [counted(inPart, $localize`part-award`, $localize`part-awards`)] : []),
  ];
  const left = leftPence === 0 ? $localize`Nothing is left.` : $localize`${poundsOf(leftPence, 'short')}:sum: is left.`;
  return $localize`${listed(made)}:awards:, ${poundsOf(awardedPence, 'short')}:sum: in all. ${left}:left:`;
};

/** `1 to 17, 19 and 21`; null where it would be more than a few ranges. */
export const ranksWords = (ranks: readonly number[], most = 4): string | null => {
  const ranges: [number, number][] = [];
  for (const rank of ranks) {
    const last = ranges.at(-1);
    if (last && last[1] === rank - 1) last[1] = rank;
    else if (ranges.length === most) return null;
    else ranges.push([rank, rank]);
  }
  return listed(
    ranges.map(([first, last]) =>
      first === last ? figure(first) : $localize`${figure(first)}:first: to ${figure(last)}:last:`,
    ),
  );
};

/** The picture of the queue in words, for those who cannot see it. */
export const queueWords = (queue: readonly Queued[], askedPence: number, budgetPence: number): string => {
  const of = (
    test: (queued: Queued) => boolean,
    says: (ranks: string) => string,
    counts: (count: string) => string,
  ) => {
    const found = queue.filter(test).map(({ rank }) => rank);
    if (found.length === 0) return [];
    const ranks = ranksWords(found);
    return [ranks === null ? counts(figure(found.length)) : says(ranks)];
  };
  const parts = [
    ...of(
      ({ outcome }) => outcome === 'awarded',
      (ranks) => $localize`rank ${ranks}:ranks: funded in full`,
      (count) => $localize`${count}:count: funded in full`,
    ),
    ...of(
      ({ outcome }) => outcome === 'part-awarded',
      (ranks) => $localize`rank ${ranks}:ranks: in part`,
      (count) => $localize`${count}:count: in part`,
    ),
    ...of(
      ({ amountPence, belowBar }) => amountPence === 0 && !belowBar,
      (ranks) => $localize`rank ${ranks}:ranks: not reached`,
      (count) => $localize`${count}:count: not reached`,
    ),
    ...of(
      ({ belowBar }) => belowBar,
      (ranks) => $localize`rank ${ranks}:ranks: below the bar`,
      (count) => $localize`${count}:count: below the bar`,
    ),
  ];
  return $localize`Applications laid end to end in rank order against the budget of ${poundsOf(budgetPence)}:budget:: ${parts.join('; ')}:parts:. Together they ask ${poundsOf(askedPence)}:asked:. The table below holds the same figures.`;
};

/** Who moves while something else is tried: “2 gain an award (ranks 19 and 20), 1 loses it (rank 11).” */
export const movesWords = (queue: readonly Queued[]): string => {
  const of = (move: Queued['move']) => queue.filter((each) => each.move === move).map(({ rank }) => rank);
  const [gains, loses, changes] = [of('gains'), of('loses'), of('changes')];
  const where = (found: readonly number[]) => {
    const ranks = ranksWords(found, 3);
    return ranks === null
      ? ''
      : found.length === 1
        ? $localize` (rank ${ranks}:ranks:)`
        : $localize` (ranks ${ranks}:ranks:)`;
  };
  const parts = [
    ...(gains.length
      ? [counted(gains.length, $localize`gains an award`, $localize`gain an award`) + where(gains)]
      : []),
    ...(loses.length ? [counted(loses.length, $localize`loses it`, $localize`lose it`) + where(loses)] : []),
    ...(changes.length
      ? [counted(changes.length, $localize`gets another amount`, $localize`get another amount`) + where(changes)]
      : []),
  ];
  return parts.length === 0 ? $localize`Nobody moves.` : `${parts.join(', ')}.`;
};
