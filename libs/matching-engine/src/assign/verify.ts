import type { AssignCertificate, AssignedPair, AssignResult, AssignTable } from './assign-types.ts';
import { valueOf } from './certificate.ts';
import { weightOf } from './dissatisfaction.ts';
import { compressInstance, hashInstance, type Instance } from './instance.ts';
import { cutValue } from './most-pairs.ts';
import { setPinsAside } from './pins.ts';

/** What `verify` found amiss, in words; nothing if the result is allowed and proven best. */
export type Faults = readonly string[];

type Proven = Pick<
  AssignResult,
  'pairs' | 'count' | 'total' | 'floor' | 'unmatched' | 'certificate' | 'inputHash' | 'order' | 'ceiling'
>;

/**
 * Checks a result against its input without solving: that it keeps to pairs and places, that its figures are right,
 * and that the certificate proves it best in its order. Runs none of the search. O(pairs).
 */
export function verify(table: AssignTable, result: AssignResult): Faults {
  const { rest, pinned } = setPinsAside(table);
  return certifiedFaults(compressInstance(rest), pinned, result);
}

/** `verify` for an input already in rows, its pins set aside, and for as much of a result as the proof is about. */
export function certifiedFaults(instance: Instance, pinned: readonly AssignedPair[], result: Proven): Faults {
  const faults: string[] = [];
  const fault = (text: string) => faults.push(text);
  if (hashInstance(instance, pinned) !== result.inputHash) fault('the input is not the one the result was made from');
  const found = checkPins(pinned, result, fault);
  checkPairs(instance, found, new Set(pinned.map((pair) => pair.mentee)), fault);
  checkPairsBound(instance, found, fault);
  checkTotal(instance, found, fault);
  checkFloor(instance, found, fault);
  return faults;
}

/** Every pin is there as it was given, and nothing else says it is one. Answers the result without them. */
function checkPins(pinned: readonly AssignedPair[], result: Proven, fault: Fault): Proven {
  const textOf = ({ mentee, mentor, score }: AssignedPair) => JSON.stringify([mentee, mentor, score]);
  const made = result.pairs.filter((pair) => pair.pinned);
  if (made.map(textOf).sort().join() !== pinned.map(textOf).sort().join())
    fault('the pinned pairs are not those given');
  if (made.length === 0) return result;
  if (result.floor !== lowest(result.pairs)) fault('floor is not the lowest score');
  const pairs = result.pairs.filter((pair) => !pair.pinned);
  return {
    ...result,
    pairs,
    count: result.count - made.length,
    total: made.reduce((total, { score }) => total - score, result.total),
    floor: lowest(pairs),
  };
}

function lowest(pairs: readonly AssignedPair[]): number | null {
  return pairs.reduce<number | null>((least, { score }) => Math.min(least ?? score, score), null);
}

type Fault = (text: string) => void;

function checkPairs(instance: Instance, result: Proven, isPinned: ReadonlySet<string>, fault: Fault): void {
  const menteeAt = positions(instance.menteeIds);
  const mentorAt = positions(instance.mentorIds);
  const menteeUsed = new Int32Array(instance.menteeIds.length);
  const mentorUsed = new Int32Array(instance.mentorIds.length);
  const used = new Set<number>();
  let total = 0;
  let floor: number | null = null;
  for (const { mentee, mentor, score } of result.pairs) {
    const i = menteeAt.get(mentee);
    const j = mentorAt.get(mentor);
    const edge = i === undefined || j === undefined ? -1 : edgeOf(instance, i, j);
    if (i === undefined || j === undefined || edge < 0) {
      fault(`${mentee} with ${mentor} is not an allowed pair`);
      continue;
    }
    if (used.has(edge)) fault(`${mentee} with ${mentor} is there twice`);
    used.add(edge);
    if (instance.score[edge] !== score) fault(`${mentee} with ${mentor} scores ${instance.score[edge]}, not ${score}`);
    menteeUsed[i]!++;
    mentorUsed[j]!++;
    total += score;
    floor = Math.min(floor ?? score, score);
  }
  menteeUsed.forEach((has, i) => has > instance.menteePlaces[i]! && fault(`${instance.menteeIds[i]} has ${has} pairs`));
  mentorUsed.forEach((has, j) => has > instance.mentorPlaces[j]! && fault(`${instance.mentorIds[j]} has ${has} pairs`));
  if (result.count !== result.pairs.length) fault('count is not the number of pairs');
  if (result.total !== total) fault('total is not the sum of scores');
  if (result.floor !== floor) fault('floor is not the lowest score');
  const alone = instance.menteeIds.filter((id, i) => menteeUsed[i] === 0 && !isPinned.has(id));
  if (alone.join('\n') !== result.unmatched.map((one) => one.mentee).join('\n')) {
    fault('the unmatched are not those without a pair');
  }
}

function checkPairsBound(instance: Instance, { certificate, count, order }: Proven, fault: Fault): void {
  if (order === 'total') return;
  const bound = cutValue(instance, marked(certificate.mentees), marked(certificate.mentors), 0);
  if (certificate.pairsBound !== bound) fault(`the cut allows ${bound} pairs, not ${certificate.pairsBound}`);
  if (bound !== count) fault(`the cut allows ${bound} pairs, the result has ${count}`);
}

function checkTotal(instance: Instance, result: Proven, fault: Fault): void {
  const { certificate, order, count, total, ceiling } = result;
  const { scale, pairPrice } = certificate;
  const least = order === 'pairs-floor-total' ? (result.floor ?? 0) : 0;
  if (order === 'total' ? scale <= mostConceivable(instance) || pairPrice !== 0 : scale !== 1)
    fault('the scale is wrong');
  if (certificate.order !== order) fault('the certificate is for another order');
  if (certificate.ceiling !== ceiling) fault('the certificate is for another ceiling');
  if (ceiling !== undefined && (order === 'total' || instance.score.some((score) => score > ceiling)))
    fault('the ceiling is below a score, or not for this order');
  let dual = BigInt(pairPrice) * BigInt(count);
  const add = (lines: AssignCertificate['mentees'], ids: readonly string[], places: Int32Array) => {
    ids.forEach((id, at) => {
      const [named, price] = lines[at] ?? ['', -1];
      if (named !== id || !(price >= 0)) fault(`the price of ${id} is missing or below 0`);
      else dual += BigInt(price) * BigInt(places[at]!);
    });
  };
  add(certificate.mentees, instance.menteeIds, instance.menteePlaces);
  add(certificate.mentors, instance.mentorIds, instance.mentorPlaces);
  if (lines(certificate) !== instance.menteeIds.length + instance.mentorIds.length) return;
  for (let edge = 0; edge < instance.mentee.length; edge++) {
    if (instance.score[edge]! < least) continue;
    const prices = certificate.mentees[instance.mentee[edge]!]![1] + certificate.mentors[instance.mentor[edge]!]![1];
    const over = valueOf(instance.score[edge]!, scale, ceiling) - pairPrice - prices;
    if (over > 0) dual += BigInt(over);
  }
  const primal =
    ceiling === undefined
      ? BigInt(scale) * BigInt(total) + (scale > 1 ? BigInt(count) : 0n)
      : result.pairs.reduce((sum, { score }) => sum + BigInt(weightOf(score, ceiling)), 0n);
  if (String(dual) !== certificate.dualObjective)
    fault(`the prices add up to ${dual}, not ${certificate.dualObjective}`);
  if (dual !== primal || String(primal) !== certificate.primalObjective)
    fault(`the prices allow ${dual}, the result has ${primal}`);
}

function checkFloor(instance: Instance, { order, certificate, count, floor }: Proven, fault: Fault): void {
  if (order !== 'pairs-floor-total' || floor === null || !instance.score.some((score) => score > floor)) return;
  const above = certificate.aboveFloor;
  if (!above) return fault('nothing shows that the floor cannot be higher');
  const mentees = new Set(above.menteesCompeting);
  const mentors = new Set(above.mentorsCompeting);
  const bound = cutValue(
    instance,
    Uint8Array.from(instance.menteeIds, (id) => (mentees.has(id) ? 1 : 0)),
    Uint8Array.from(instance.mentorIds, (id) => (mentors.has(id) ? 1 : 0)),
    floor + 1,
  );
  if (bound !== above.pairsBound || bound >= count) fault(`above the floor the cut still allows ${bound} pairs`);
}

function mostConceivable(instance: Instance): number {
  const asked = instance.menteePlaces.reduce(
    (sum, places, i) => sum + Math.min(places, instance.menteeStart[i + 1]! - instance.menteeStart[i]!),
    0,
  );
  const offered = instance.mentorPlaces.reduce(
    (sum, places, j) => sum + Math.min(places, instance.mentorStart[j + 1]! - instance.mentorStart[j]!),
    0,
  );
  return Math.min(asked, offered);
}

function lines({ mentees, mentors }: AssignCertificate): number {
  return mentees.length + mentors.length;
}

function marked(people: AssignCertificate['mentees']): Uint8Array {
  return Uint8Array.from(people, (line) => line[2]);
}

function positions(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, at) => [id, at]));
}

/** The edge of mentee i with mentor j, -1 where they are not allowed. O(log pairs of i). */
export function edgeOf(instance: Instance, i: number, j: number): number {
  let low = instance.menteeStart[i]!;
  let high = instance.menteeStart[i + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = instance.mentor[middle]!;
    if (at === j) return middle;
    if (at < j) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
