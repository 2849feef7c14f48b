import { MyProposals } from '@waymark/contracts';

type Row = MyProposals['proposals'][number];

export interface MineGroup {
  title: string;
  /** It is this person's turn. */
  mine: boolean;
  rows: Row[];
}

const byDate = (a: Row, b: Row): number => (a.answerBy ?? a.at).localeCompare(b.answerBy ?? b.at);
const newest = (a: Row, b: Row): number => b.at.localeCompare(a.at);

/** Whose turn it is: a mentor answers what is proposed; both agree on what is accepted. Empty groups are left out. */
export const mineGrouped = (rows: readonly Row[]): MineGroup[] => {
  const of = (holds: (row: Row) => boolean, order: (a: Row, b: Row) => number) => rows.filter(holds).sort(order);
  const mine = (row: Row) =>
    (row.side === 'mentor' && row.status === 'proposed') ||
    (row.side === 'mentee' && row.status === 'more-asked') ||
    row.status === 'accepted';
  const waiting = (row: Row) => !mine(row) && (row.status === 'proposed' || row.status === 'more-asked');
  const pair = (row: Row) => row.status === 'agreed' && !row.over;
  return [
    { title: $localize`Waiting for you`, mine: true, rows: of(mine, byDate) },
    { title: $localize`Waiting for somebody else`, mine: false, rows: of(waiting, byDate) },
    { title: $localize`Pairs`, mine: false, rows: of(pair, newest) },
    { title: $localize`Over`, mine: false, rows: of((row) => !mine(row) && !waiting(row) && !pair(row), newest) },
  ].filter((group) => group.rows.length > 0);
};
