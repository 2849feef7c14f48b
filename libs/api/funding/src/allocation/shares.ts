import type { ShareRow, SharesView } from '@waymark/contracts';

/** Figures of fewer people are shown together with others', and in whole never. */
export const fewest = 8;

export interface GroupFigures {
  /** Null: people without a unit or a grade. */
  name: string | null;
  people: number;
  awardedPence: number;
  askedPence: number;
  /** Technicians of the institution, whether or not they applied. */
  staff: number;
}

/**
 * Shares by group as they may be shown. Every row stands for eight people or more: groups with fewer, none included, are put
 * together, the largest first, until they have as many; what then remains below joins the last such row, or the smallest group
 * that stands alone. Rows share nobody and add up to the total, so any sum or difference of what is shown is again of eight people
 * or more, or of nobody: no hidden group can be worked out. Below eight people in all there is nothing to show.
 */
export const sharesOf = (by: SharesView['by'], groups: readonly GroupFigures[]): SharesView => {
  const all = together(groups);
  const shared = (some: readonly GroupFigures[]): Omit<ShareRow, 'groups'> => {
    const { people, awardedPence, askedPence, staff } = together(some);
    return {
      ...{ people, awardedPence, askedPence, staff },
      moneyShare: cutShare(awardedPence, all.awardedPence),
      staffShare: cutShare(staff, all.staff),
    };
  };
  if (all.people < fewest) {
    const nothing = { people: 0, awardedPence: 0, askedPence: 0, staff: 0, moneyShare: null, staffShare: null };
    return { by, rows: [], total: nothing, tooFew: true };
  }
  const rows = rowsOf(groups).map((row) => ({ groups: row.map(({ name }) => name), ...shared(row) }));
  return { by, rows, total: shared(groups), tooFew: false };
};

/** Which groups stand together: those alone in their order, then those together. */
const rowsOf = (groups: readonly GroupFigures[]): GroupFigures[][] => {
  const alone = groups.filter(({ people }) => people >= fewest).map((group) => [group]);
  const small = groups.filter(({ people }) => people < fewest).toSorted((a, b) => b.people - a.people);
  const rows: GroupFigures[][] = [];
  let row: GroupFigures[] = [];
  for (const group of small) {
    row.push(group);
    if (together(row).people < fewest) continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) {
    const smallestFirst = alone.toSorted(([a], [b]) => (a?.people ?? 0) - (b?.people ?? 0));
    const home = rows.at(-1) ?? smallestFirst[0];
    // Everybody is in small groups that do not come to eight: not so, for in all there are as many.
    if (!home) throw new Error('fewer people than are shown');
    home.push(...row);
    if (!rows.includes(home)) return [...alone.filter((each) => each !== home), home];
  }
  return [...alone, ...rows];
};

const together = (groups: readonly GroupFigures[]): Omit<GroupFigures, 'name'> => {
  const sum = { people: 0, awardedPence: 0, askedPence: 0, staff: 0 };
  for (const { people, awardedPence, askedPence, staff } of groups) {
    sum.people += people;
    sum.awardedPence += awardedPence;
    sum.askedPence += askedPence;
    sum.staff += staff;
  }
  return sum;
};

/** Tenths of a percent, cut and never rounded up; null of nothing. */
const cutShare = (part: number, whole: number): number | null =>
  whole === 0 ? null : Number((BigInt(part) * 1000n) / BigInt(whole));
