import type { KeptApartBy, RoundRules, WhyNotView } from '@waymark/contracts';
import { whyNot } from '@waymark/matching-engine';
import { ALLOWED, blocks, keepApart } from './keep-apart';
import { isStable } from './is-stable';
import type { MatchingWork } from './match-people';
import { identityCounts, type MatchingInput } from './matching-input';
import { holdingPins, type Pin } from './pins';
import { explainPair, type ScoredPairs, scorePairs } from './score-pairs';
import { type MadePair, type SolvedRound, solveRound } from './solve-round';

const listed = 10;

interface Shown {
  score: number;
  parts: Extract<WhyNotView['answer'], { kind: 'paired' }>['score']['parts'];
}
type Forced = NonNullable<Extract<WhyNotView['answer'], { kind: 'allowed' }>['forced']>;

/** The answer to "Why not her?" with people by their identifiers. */
export type WhyNotAnswer =
  | { kind: 'paired'; score: Shown }
  | { kind: 'not-in-round'; side: 'mentee' | 'mentor' }
  | { kind: 'kept-apart'; by: KeptApartBy }
  | {
      kind: 'allowed';
      score: Shown;
      instead: (Shown & { mentor: string })[];
      holders: (Shown & { mentee: string; pinned: boolean })[];
      forced: Omit<Forced, 'moves'> & { moves: { mentee: string; from: string[]; to: string[] }[] };
    };

/** A round as questions are asked about it: solved once, then kept for the next question. */
export interface KnownRound extends MatchingWork {
  scored: ScoredPairs;
  pins: readonly Pin[];
  solved: SolvedRound;
  inputHash: string;
}

/** `input` as `withEnoughIdentity` gives it. */
export const knownRound = ({ input, rules, roundId }: MatchingWork): KnownRound => {
  const scored = scorePairs(input, rules);
  const { pins } = holdingPins(input, rules);
  const solved = solveRound(input, rules, scored, pins, roundId);
  return { input, rules, roundId, scored, pins, solved, inputHash: solved.inputHash() };
};

/**
 * Why two people, by their position in the input, are not together, and what the whole round would lose by it: exactly what
 * it would with the pair made before anything.
 *
 * Nothing here tells what somebody said of their identity, or that somebody is excluded: scores are as shown, what keeps two
 * people apart is told as in the list of those left out, and where identity counts in the round neither points nor floor are
 * told, since from the difference of two sums one could read it.
 */
export const explainTwo = (round: KnownRound, two: Pin): WhyNotAnswer => {
  const { input, rules, solved } = round;
  const [asking, asked] = [input.mentees[two.mentee], input.mentors[two.mentor]];
  if (!asking) return { kind: 'not-in-round', side: 'mentee' };
  if (!asked) return { kind: 'not-in-round', side: 'mentor' };
  const shown = shownIn(input, rules);
  const pairs = solved.pairs();
  const score = shown(asking.requestId, asked.enrolmentId);
  if (isAmong(pairs, asking.requestId, asked.enrolmentId)) return { kind: 'paired', score };
  const block = keepApart(input, rules)(two.mentee, two.mentor);
  if (block !== ALLOWED) return { kind: 'kept-apart', by: blocks[block] ?? 'other' };
  const { personOf } = shown;
  return {
    kind: 'allowed',
    score,
    instead: pairs
      .filter((pair) => pair.mentee === asking.requestId)
      .map(({ mentee, mentor }) => ({ ...shown(mentee, mentor), mentor: personOf(mentor) })),
    holders: pairs
      .filter((pair) => pair.mentor === asked.enrolmentId)
      .map(({ mentee, mentor, pinned = false }) => ({ ...shown(mentee, mentor), mentee: personOf(mentee), pinned }))
      .sort((one, other) => one.score - other.score || (one.mentee < other.mentee ? -1 : 1))
      .slice(0, listed),
    forced: {
      ...withoutIdentity(forcedOf(round, two, pairs, personOf), round),
      onePlaceMore: wouldWithOnePlaceMore(round, two, pairs, asking.requestId),
    },
  };
};

const isAmong = (pairs: readonly MadePair[], mentee: string, mentor: string): boolean =>
  pairs.some((pair) => pair.mentee === mentee && pair.mentor === mentor);

/** Scores as people see them, and people by the identifiers that the engine knows. */
const shownIn = (input: MatchingInput, rules: RoundRules) => {
  const mentees = new Map(input.mentees.map((mentee) => [mentee.requestId, mentee]));
  const mentors = new Map(input.mentors.map((mentor) => [mentor.enrolmentId, mentor]));
  const shown = (requestId: string, enrolmentId: string): Shown => {
    const [mentee, mentor] = [mentees.get(requestId), mentors.get(enrolmentId)];
    if (!mentee || !mentor) throw new Error('the engine named somebody who is not in the round');
    const { shownScore, parts } = explainPair(mentee, mentor, rules);
    return { score: shownScore, parts };
  };
  const personOf = (id: string) => (mentees.get(id) ?? mentors.get(id))?.personId ?? '';
  return Object.assign(shown, { personOf });
};

type Loss = Omit<Extract<WhyNotAnswer, { kind: 'allowed' }>['forced'], 'onePlaceMore' | 'pointsLost'> & {
  pointsLost: number;
};

/** Along the prices of the solved round; by solving again where a pin has to give way, and where there are no prices. */
const forcedOf = (round: KnownRound, two: Pin, pairs: readonly MadePair[], personOf: (id: string) => string): Loss => {
  const { input, solved } = round;
  const [mentee, mentor] = [input.mentees[two.mentee]?.requestId ?? '', input.mentors[two.mentor]?.enrolmentId ?? ''];
  const settled = solved.settled();
  const cost = settled && whyNot(settled, mentee, mentor);
  if (cost?.kind !== 'costs') return solvedAgain(round, two, pairs, personOf);
  const moves = cost.moves.map(({ mentee: who, from, to }) => ({
    mentee: personOf(who),
    from: from.map(personOf),
    to: to.map(personOf),
  }));
  const { pairsLost, pointsLost, byLot, isChain } = cost;
  return {
    pinsGivingWay: 0,
    pairsLost,
    pointsLost,
    floor: cost.floorNow === null ? null : { now: cost.floorNow, then: cost.floorThen },
    moves: moves.slice(0, listed),
    moved: moves.length,
    inTurn: isChain,
    byLot,
  };
};

/** Where the mentor's places or the mentee's are all pinned, one of those pins has to give way. */
const makingWay = (input: MatchingInput, pins: readonly Pin[], two: Pin): Pin[] => {
  const places = { mentee: input.mentees[two.mentee]?.places ?? 0, mentor: input.mentors[two.mentor]?.places ?? 0 };
  const kept = [...pins];
  for (const side of ['mentee', 'mentor'] as const) {
    while (kept.filter((pin) => pin[side] === two[side]).length >= places[side]) {
      const last = kept.findLastIndex((pin) => pin[side] === two[side]);
      if (last === -1) return kept;
      kept.splice(last, 1);
    }
  }
  return kept;
};

const solvedAgain = (
  { input, rules, roundId, scored, pins }: KnownRound,
  two: Pin,
  before: readonly MadePair[],
  personOf: (id: string) => string,
): Loss => {
  const kept = makingWay(input, pins, two);
  const after = solveRound(input, rules, scored, [...kept, two], roundId).pairs();
  const moves = movesBetween(before, after, personOf);
  const totalOf = (pairs: readonly MadePair[]) => pairs.reduce((sum, { score }) => sum + score, 0);
  const lowestOf = (pairs: readonly MadePair[]) =>
    pairs.reduce((lowest, { score }) => Math.min(lowest, score), Infinity);
  const [pairsLost, pointsLost] = [before.length - after.length, totalOf(before) - totalOf(after)];
  return {
    pinsGivingWay: pins.length - kept.length,
    pairsLost,
    pointsLost,
    floor: before.length === 0 ? null : { now: lowestOf(before), then: lowestOf(after) },
    moves: moves.slice(0, listed),
    moved: moves.length,
    inTurn: false,
    // Of two stable results neither is better by that method, whatever their points.
    byLot:
      kept.length === pins.length &&
      (rules.method === 'stable'
        ? isStable(input, scored, kept, after)
        : pairsLost === 0 && pointsLost === 0 && rules.method === 'pairs-total'),
  };
};

const movesBetween = (
  before: readonly MadePair[],
  after: readonly MadePair[],
  personOf: (id: string) => string,
): Loss['moves'] => {
  const mentorsOf = (pairs: readonly MadePair[]) => Map.groupBy(pairs, ({ mentee }) => mentee);
  const [had, has] = [mentorsOf(before), mentorsOf(after)];
  const names = (pairs: readonly MadePair[] | undefined) => (pairs ?? []).map(({ mentor }) => personOf(mentor));
  return [...new Set([...had.keys(), ...has.keys()])].sort().flatMap((mentee) => {
    const [from, to] = [names(had.get(mentee)), names(has.get(mentee))];
    return from.join() === to.join() ? [] : [{ mentee: personOf(mentee), from, to }];
  });
};

/** Points are of the whole round at as many pairs; where points come first, at however many. */
const withoutIdentity = (
  loss: Loss,
  { input, rules }: KnownRound,
): Omit<Loss, 'pointsLost'> & { pointsLost: number | null } => {
  if (identityCounts(input, rules)) return { ...loss, pointsLost: null, floor: null, byLot: false };
  const comparable = loss.pairsLost === 0 || rules.method === 'total';
  return { ...loss, pointsLost: comparable ? loss.pointsLost : null };
};

/** A mentor who has a free place as it is would gain nobody by another. */
const wouldWithOnePlaceMore = (
  { input, solved }: KnownRound,
  { mentor }: Pin,
  pairs: readonly MadePair[],
  menteeId: string,
): boolean => {
  const { enrolmentId = '', places = 0 } = input.mentors[mentor] ?? {};
  const taken = pairs.filter((pair) => pair.mentor === enrolmentId).length;
  return taken >= places && isAmong(solved.withOnePlaceMore(enrolmentId), menteeId, enrolmentId);
};
