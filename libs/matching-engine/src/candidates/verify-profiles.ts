import type { Faults } from '../assign/verify.ts';
import { hashProfiles } from './profile-hash.ts';
import { indexProfiles, type ProfileIndex } from './profile-index.ts';
import { explainProfilePair } from './profile-score.ts';
import type { ProfileTable } from './profile-types.ts';
import type { ProfilesResult } from './profiles-result.ts';
import { RowScorer } from './row-scorer.ts';

type Fault = (text: string) => void;

/** Below what any pair scores, prices included. */
const LEAST = -(2 ** 27);

/**
 * Checks a result of `assignProfiles` against the profiles without solving: that its pairs are allowed, within places
 * and scored right by the rules, and that no choice over all allowed pairs (all are priced) has more pairs, or as many
 * and a higher total. It says nothing about the lots. O(mentees * mentors / 32 * features) and what forbidden pairs
 * there are, for each pair made. Answers what is amiss, in words.
 */
export function verifyProfiles(table: ProfileTable, result: ProfilesResult): Faults {
  const index = indexProfiles(table, result.seed);
  const faults: string[] = [];
  const fault = (text: string) => faults.push(text);
  if (hashProfiles(index) !== result.inputHash) fault('the input is not the one the result was made from');
  const { mentees, mentors } = result.certificate;
  const isNamed = (lines: ProfilesResult['certificate']['mentees'], ids: readonly string[]) =>
    lines.length === ids.length && ids.every((id, at) => lines[at]?.[0] === id && isPrice(lines[at]?.[1]));
  if (!isNamed(mentees, index.menteeIds) || !isNamed(mentors, index.mentorIds)) {
    fault('a price is missing, below 0 or not whole');
    return faults;
  }
  checkPairs(table, index, result, fault);
  checkMostPairs(index, result, fault);
  checkTotal(index, result, fault);
  return faults;
}

function isPrice(price: number | undefined): boolean {
  return price !== undefined && Number.isInteger(price) && price >= 0 && price < -LEAST;
}

function checkPairs(table: ProfileTable, index: ProfileIndex, result: ProfilesResult, fault: Fault): void {
  const menteeAt = new Map(table.mentees.ids.map((id, at) => [id, at]));
  const mentorAt = new Map(table.mentors.ids.map((id, at) => [id, at]));
  const menteeHas = new Int32Array(table.mentees.ids.length);
  const mentorHas = new Int32Array(table.mentors.ids.length);
  const forbidden = new Set(
    Array.from(table.forbiddenMentee, (mentee, at) => `${mentee} ${table.forbiddenMentor[at]}`),
  );
  const alone = { ...table, forbiddenMentee: [], forbiddenMentor: [] };
  const seen = new Set<string>();
  let total = 0;
  for (const { mentee, mentor, score } of result.pairs) {
    const i = menteeAt.get(mentee);
    const j = mentorAt.get(mentor);
    if (i === undefined || j === undefined) {
      fault(`${mentee} or ${mentor} is not known`);
      continue;
    }
    const found = explainProfilePair(alone, i, j);
    if (found.apartBy || forbidden.has(`${i} ${j}`)) fault(`${mentee} with ${mentor} is not an allowed pair`);
    if (found.score !== score) fault(`${mentee} with ${mentor} scores ${found.score}, not ${score}`);
    if (seen.has(`${i} ${j}`)) fault(`${mentee} with ${mentor} is there twice`);
    seen.add(`${i} ${j}`);
    menteeHas[i]!++;
    mentorHas[j]!++;
    total += score;
  }
  menteeHas.forEach((has, i) => has > table.mentees.places[i]! && fault(`${table.mentees.ids[i]} has ${has} pairs`));
  mentorHas.forEach((has, j) => has > table.mentors.places[j]! && fault(`${table.mentors.ids[j]} has ${has} pairs`));
  if (result.count !== result.pairs.length) fault('count is not the number of pairs');
  if (result.total !== total) fault('total is not the sum of scores');
  const unmatched = index.menteeIds.filter((id) => menteeHas[menteeAt.get(id)!] === 0);
  if (unmatched.join('\n') !== result.unmatched.join('\n')) fault('the unmatched are not those without a pair');
}

/** The cut: places of mentees who do not compete, of mentors contested, and the pairs from the others to the others. */
function checkMostPairs(index: ProfileIndex, { certificate, count }: ProfilesResult, fault: Fault): void {
  let bound = 0;
  certificate.mentees.forEach(([, , competes], i) => (bound += competes ? 0 : index.menteePlaces[i]!));
  certificate.mentors.forEach(([, , competes], j) => (bound += competes ? index.mentorPlaces[j]! : 0));
  const scorer = new RowScorer(index, {
    price: new Int32Array(index.seatMentor.length),
    open: Uint8Array.from(index.seatMentor, (mentor) => (certificate.mentors[mentor]![2] ? 0 : 1)),
  });
  for (const mentee of index.byGroup) if (certificate.mentees[mentee]![2]) bound += scorer.reaching(mentee, LEAST);
  if (bound !== certificate.pairsBound) fault(`the cut allows ${bound} pairs, not ${certificate.pairsBound}`);
  if (bound !== count) fault(`the cut allows ${bound} pairs, the result has ${count}`);
}

/** Linear-programming duality: what all pairs are worth above the prices, added to what the places cost. */
function checkTotal(index: ProfileIndex, { certificate, count, total }: ProfilesResult, fault: Fault): void {
  const { mentees, mentors, pairPrice } = certificate;
  let dual = BigInt(pairPrice) * BigInt(count);
  mentees.forEach(([, price], i) => (dual += BigInt(price) * BigInt(index.menteePlaces[i]!)));
  mentors.forEach(([, price], j) => (dual += BigInt(price) * BigInt(index.mentorPlaces[j]!)));
  const scorer = new RowScorer(index, {
    price: index.seatMentor.map((mentor) => mentors[mentor]![1]),
    open: new Uint8Array(index.seatMentor.length).fill(1),
  });
  for (const mentee of index.byGroup) {
    const paid = pairPrice + mentees[mentee]![1] - index.menteePoints[mentee]!;
    const found = scorer.reaching(mentee, paid + 1);
    for (let at = 0; at < found; at++) dual += BigInt(scorer.value[at]! - paid);
  }
  if (String(dual) !== certificate.dualObjective)
    fault(`the prices add up to ${dual}, not ${certificate.dualObjective}`);
  if (dual !== BigInt(total) || String(total) !== certificate.primalObjective)
    fault(`the prices allow ${dual}, the result has ${total}`);
}
