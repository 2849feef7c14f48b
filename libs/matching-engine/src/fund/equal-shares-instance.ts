import { ENGINE_VERSION } from '../engine-version.ts';
import { drawLots } from '../lots.ts';
import { Sha256 } from '../sha256.ts';
import { readBallots } from './equal-shares-ballots.ts';
import { refuseApplications, refuseParameters } from './equal-shares-checks.ts';
import type { EqualSharesInput, EqualSharesTie } from './equal-shares-types.ts';

/**
 * An election in compressed rows. Applications stand in the order of their ids; voters with the same ballot are one
 * group, since with equal shares they pay the same at every step.
 */
export interface EqualSharesInstance {
  readonly ids: readonly string[];
  /** Pence. */
  readonly cost: Float64Array;
  readonly score: Float64Array;
  /** The place of each application in the strict order by ties and lots: lower goes first. */
  readonly rank: Int32Array;
  /** Ballots for it; points for it (with utility `cost`, the same). */
  readonly votes: Int32Array;
  readonly points: Float64Array;
  /** What one unit of `supporterPoints` is worth: the amount with utility `cost`, else 1. */
  readonly worth: Float64Array;
  /** By application: groups that support it, and the points that each one's member gives. */
  readonly supporterStart: Int32Array;
  readonly supporterGroup: Int32Array;
  readonly supporterPoints: Float64Array;
  /** By group: the applications it supports, and the points. */
  readonly ballotStart: Int32Array;
  readonly ballotApplication: Int32Array;
  readonly ballotPoints: Float64Array;
  /** How many voters each group has, and who they are. */
  readonly weight: Float64Array;
  readonly members: readonly (readonly string[])[];
  readonly voters: number;
  readonly budget: number;
  readonly engineVersion: string;
}

/**
 * Checks an input and puts it into canonical form: the same for every listing order. O(n log n) time for n lines.
 * Throws EqualSharesRefused.
 */
export function compressEqualShares(input: EqualSharesInput): EqualSharesInstance {
  refuseParameters(input);
  refuseApplications(input.applications);
  const order = Array.from(input.applications.keys()).sort((a, b) =>
    input.applications[a]!.id < input.applications[b]!.id ? -1 : 1,
  );
  const positionOf = new Map<string, number>(order.map((listed, at) => [input.applications[listed]!.id, at]));
  const applications = order.map((listed) => input.applications[listed]!);
  const ids = applications.map(({ id }) => id);
  const cost = Float64Array.from(applications, ({ amount }) => amount);
  const ballots = readBallots(input, positionOf);
  const rows = transposed(ballots, ids.length);
  const { votes, points } = tallies(rows, ballots.weight);
  return {
    ids,
    cost,
    score: Float64Array.from(applications, ({ score }) => score),
    rank: strictOrder(ids, cost, votes, input.tie, input.seed),
    votes,
    points,
    worth: input.utility === 'cost' ? cost : new Float64Array(ids.length).fill(1),
    ...rows,
    ballotStart: ballots.ballotStart,
    ballotApplication: ballots.ballotApplication,
    ballotPoints: ballots.ballotPoints,
    weight: ballots.weight,
    members: ballots.members,
    voters: ballots.voters,
    budget: input.budget,
    engineVersion: ENGINE_VERSION,
  };
}

/**
 * SHA-256 of the canonical input: budget; number of applications, then each one's id (UTF-8 with its length), amount
 * and score; number of voters; number of voters with support, in the order of their ids, each with id, number of
 * applications supported and, of each, position and points. Numbers are doubles, least byte first.
 */
export function hashEqualShares(instance: EqualSharesInstance): string {
  const encoder = new TextEncoder();
  const hash = new Sha256().update(encoder.encode('waymark-equal-shares-input/1'));
  const numbers = (...values: number[]) => hash.update(littleEndian(values));
  numbers(instance.budget, instance.ids.length);
  instance.ids.forEach((id, at) => {
    const text = encoder.encode(id);
    numbers(text.length).update(text);
    numbers(instance.cost[at]!, instance.score[at]!);
  });
  const voters = instance.members.flatMap((members, group) => members.map((id) => ({ id, group })));
  voters.sort((a, b) => (a.id < b.id ? -1 : 1));
  numbers(instance.voters, voters.length);
  for (const { id, group } of voters) {
    const text = encoder.encode(id);
    numbers(text.length).update(text);
    const from = instance.ballotStart[group]!;
    const upTo = instance.ballotStart[group + 1]!;
    const ballot = [upTo - from];
    for (let at = from; at < upTo; at++) ballot.push(instance.ballotApplication[at]!, instance.ballotPoints[at]!);
    hash.update(littleEndian(ballot));
  }
  return hash.digest();
}

function littleEndian(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < values.length; at++) view.setFloat64(8 * at, values[at]!, true);
  return bytes;
}

interface Rows {
  readonly supporterStart: Int32Array;
  readonly supporterGroup: Int32Array;
  readonly supporterPoints: Float64Array;
}

function transposed(
  { ballotStart, ballotApplication, ballotPoints }: ReturnType<typeof readBallots>,
  applications: number,
): Rows {
  const supporterStart = new Int32Array(applications + 1);
  for (const at of ballotApplication) supporterStart[at + 1]!++;
  for (let at = 0; at < applications; at++) supporterStart[at + 1]! += supporterStart[at]!;
  const next = supporterStart.slice(0, applications);
  const supporterGroup = new Int32Array(ballotApplication.length);
  const supporterPoints = new Float64Array(ballotApplication.length);
  for (let group = 0; group + 1 < ballotStart.length; group++) {
    for (let line = ballotStart[group]!; line < ballotStart[group + 1]!; line++) {
      const at = next[ballotApplication[line]!]!++;
      supporterGroup[at] = group;
      supporterPoints[at] = ballotPoints[line]!;
    }
  }
  return { supporterStart, supporterGroup, supporterPoints };
}

function tallies({ supporterStart, supporterGroup, supporterPoints }: Rows, weight: Float64Array) {
  const count = supporterStart.length - 1;
  const votes = new Int32Array(count);
  const points = new Float64Array(count);
  for (let application = 0; application < count; application++) {
    for (let at = supporterStart[application]!; at < supporterStart[application + 1]!; at++) {
      const members = weight[supporterGroup[at]!]!;
      votes[application]! += members;
      points[application]! += members * supporterPoints[at]!;
    }
  }
  return { votes, points };
}

/** Ties as asked, then lots of seed and id; two equal lots (they have 30 bits) are drawn again, then by id. */
function strictOrder(
  ids: readonly string[],
  cost: Float64Array,
  votes: Int32Array,
  tie: readonly EqualSharesTie[],
  seed: string,
): Int32Array {
  const lotOf = drawLots(seed, ids, ['']);
  const lots = Int32Array.from(ids, (_, at) => lotOf(at, 0, 0));
  const order = Array.from(ids.keys()).sort((a, b) => {
    for (const by of tie) {
      const difference = by === 'votes' ? votes[b]! - votes[a]! : cost[a]! - cost[b]!;
      if (difference !== 0) return difference;
    }
    return lots[a]! - lots[b]! || lotOf(a, 0, 1) - lotOf(b, 0, 1) || a - b;
  });
  const rank = new Int32Array(ids.length);
  order.forEach((application, place) => (rank[application] = place));
  return rank;
}
