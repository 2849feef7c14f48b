import { numberFault } from './equal-shares-checks.ts';
import { type EqualSharesPosition, EqualSharesRefused, type EqualSharesRefusal } from './equal-shares-refused.ts';
import { type BallotLine, type EqualSharesInput, MAX_BALLOT_POINTS, MAX_VOTERS } from './equal-shares-types.ts';
import type { FundApplication } from './fund-types.ts';

/** Voters with the same ballot together; groups in the order of their first member's id. */
export interface Ballots {
  readonly ballotStart: Int32Array;
  readonly ballotApplication: Int32Array;
  readonly ballotPoints: Float64Array;
  readonly weight: Float64Array;
  readonly members: readonly (readonly string[])[];
  /** With those who support nothing. */
  readonly voters: number;
}

/**
 * Ballots in which every group (a school, a directorate) is a voter and supports its own applications, each with its
 * score as points: so the groups have equal shares of the budget. Applications without a group have no supporter.
 */
export function ballotsOfGroups(applications: readonly FundApplication[]): BallotLine[] {
  return applications.flatMap(({ id, group, score }) =>
    group === undefined || group === '' ? [] : [{ panellist: group, id, points: score }],
  );
}

/** Reads, checks and groups the ballot lines. Throws EqualSharesRefused at the first line that is wrong. */
export function readBallots(input: EqualSharesInput, positionOf: ReadonlyMap<string, number>): Ballots {
  const linesOf = new Map<string, number[]>();
  input.ballots.forEach((line, index) => {
    if (!positionOf.has(line.id)) {
      refuse('application-unknown', index, 'id', `${JSON.stringify(line.id)} is not among the applications`);
    }
    if (typeof line.panellist !== 'string' || line.panellist === '') {
      refuse('id-empty', index, 'panellist', 'a ballot line has no panellist');
    }
    refusePoints(line.points, index);
    const lines = linesOf.get(line.panellist);
    if (lines) lines.push(index);
    else linesOf.set(line.panellist, [index]);
  });
  const voters = votersOf(input, linesOf);
  return grouped(input, positionOf, linesOf, voters);
}

function votersOf({ voters = [] }: EqualSharesInput, linesOf: ReadonlyMap<string, unknown>): number {
  const listedAt = new Map<string, number>();
  voters.forEach((id, index) => {
    if (typeof id !== 'string' || id === '') refuse('id-empty', index, 'id', 'a voter has no id', 'voters');
    const first = listedAt.get(id);
    if (first !== undefined) {
      refuse('voter-duplicate', index, 'id', `${JSON.stringify(id)} is listed twice among the voters`, 'voters', first);
    }
    listedAt.set(id, index);
  });
  let count = linesOf.size;
  for (const id of voters) if (!linesOf.has(id)) count++;
  if (count > MAX_VOTERS) {
    refuse('too-many-voters', 0, 'panellist', `more than ${MAX_VOTERS} voters`);
  }
  return count;
}

function grouped(
  { ballots, utility }: EqualSharesInput,
  positionOf: ReadonlyMap<string, number>,
  linesOf: ReadonlyMap<string, readonly number[]>,
  voters: number,
): Ballots {
  const groupOf = new Map<string, number>();
  const members: string[][] = [];
  const rows: number[][] = [];
  for (const panellist of [...linesOf.keys()].sort()) {
    const lines = (linesOf.get(panellist) ?? [])
      .map((index) => ({ index, application: positionOf.get(ballots[index]!.id)! }))
      .sort((a, b) => a.application - b.application || a.index - b.index);
    const row: number[] = [];
    let before = -1;
    let beforeIndex = -1;
    for (const { index, application } of lines) {
      if (application === before) {
        const what = `${JSON.stringify(panellist)} gives points to ${JSON.stringify(ballots[index]!.id)} twice`;
        refuse('ballot-duplicate', index, 'id', what, 'ballots', beforeIndex);
      }
      before = application;
      beforeIndex = index;
      const points = ballots[index]!.points;
      if (points > 0) row.push(application, utility === 'cost' ? 1 : points);
    }
    if (row.length === 0) continue;
    const key = row.join();
    const group = groupOf.get(key);
    if (group !== undefined) members[group]!.push(panellist);
    else {
      groupOf.set(key, rows.push(row) - 1);
      members.push([panellist]);
    }
  }
  const ballotStart = new Int32Array(rows.length + 1);
  rows.forEach((row, group) => (ballotStart[group + 1] = ballotStart[group]! + row.length / 2));
  const ballotApplication = new Int32Array(ballotStart[rows.length]!);
  const ballotPoints = new Float64Array(ballotStart[rows.length]!);
  rows.forEach((row, group) => {
    for (let at = 0; at < row.length; at += 2) {
      ballotApplication[ballotStart[group]! + at / 2] = row[at]!;
      ballotPoints[ballotStart[group]! + at / 2] = row[at + 1]!;
    }
  });
  const weight = Float64Array.from(members, (names) => names.length);
  return { ballotStart, ballotApplication, ballotPoints, weight, members, voters };
}

function refusePoints(points: number, index: number): void {
  const fault = numberFault(points, 0, MAX_BALLOT_POINTS);
  if (!fault) return;
  const name = ({ 'not-whole': 'points-not-whole', low: 'points-negative', high: 'points-too-high' } as const)[fault];
  refuse(name, index, 'points', `points must be a whole number from 0 to ${MAX_BALLOT_POINTS}, not ${points}`);
}

function refuse(
  name: EqualSharesRefusal,
  index: number,
  field: EqualSharesPosition['field'],
  what: string,
  list: EqualSharesPosition['list'] = 'ballots',
  firstIndex?: number,
): void {
  const at = { list, index, field };
  throw new EqualSharesRefused(name, firstIndex === undefined ? at : { ...at, firstIndex }, what);
}
