import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { KeptApartBy, PersonCard, WhyNotQuery, WhyNotView } from '@waymark/contracts';
import { Run } from '../entities';
import { ALLOWED, blocks, keepApart } from './keep-apart';
import { type MatchingInput, withEnoughIdentity } from './matching-input';
import { holdingPins, type Pin } from './pins';
import { MatchingInputs } from './read-matching-input';
import { explainPair, type ScoredPairs, scorePairs } from './score-pairs';
import { solveRound } from './solve-round';

/** Above so many pairs that the rules allow, solving twice more would keep the API from everything else for seconds. */
const pairsAtMost = 1_000_000;
const listed = 10;

type Two = Pin;
type Solved = ReturnType<ReturnType<typeof solveRound>['answer']>;

/**
 * Why a run did not put two people together: what keeps them apart, or what the whole round would lose by it. The loss is
 * exact: the round is solved again with the pair made before anything, by the rules of the run and the people as they are now.
 *
 * Nothing here tells what somebody said of their identity, or that somebody is excluded: scores are as shown, what keeps two
 * people apart is told as in the list of those left out, and where identity counts in the round no loss of points is told,
 * since from the difference of two sums one could read it.
 */
@Injectable()
export class WhyNot {
  constructor(
    private readonly transactions: Transactions,
    private readonly inputs: MatchingInputs,
  ) {}

  async see(actor: Actor, runId: string, two: WhyNotQuery): Promise<WhyNotView> {
    const read = await this.transactions.run(
      { institutionId: actor.institutionId, personId: actor.personId, correlationId: actor.correlationId },
      (tx) => this.read(tx, runId, two),
    );
    const answer = answerOf(read.input, read.run, read.two);
    return { ...read.cards, ...answer.view, answer: withCards(answer, read.people) };
  }

  private async read(tx: Tx, runId: string, { menteeId, mentorId }: WhyNotQuery) {
    const [run] = await tx.find(Run, { id: runId });
    if (!run) throw new Refused('not-found');
    if (run.status !== 'done') throw new Refused('run-not-finished');
    const input = withEnoughIdentity({
      ...(await this.inputs.read(tx, run.roundId, run.rules)),
      choices: run.choices,
    });
    const people = await cardsOf(tx, run.roundId);
    const [mentee, mentor] = [people.get(menteeId), people.get(mentorId)];
    // Both belong to the round, whether or not they can be matched in it at present.
    if (!mentee || !mentor) throw new Refused('not-found');
    const [sides] = await tx.query<{ mentee: boolean; mentor: boolean }>(
      `select exists (select from round_mentee rm join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
           where rm.institution_id = $1 and rm.round_id = $2 and r.person_id = $3) as mentee,
         exists (select from round_mentor rm join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
           where rm.institution_id = $1 and rm.round_id = $2 and e.person_id = $4) as mentor`,
      [tx.scope.institutionId, run.roundId, menteeId, mentorId],
    );
    if (!sides?.mentee || !sides.mentor) throw new Refused('not-found');
    return {
      run,
      input,
      people,
      cards: { mentee, mentor },
      two: {
        mentee: input.mentees.findIndex(({ personId }) => personId === menteeId),
        mentor: input.mentors.findIndex(({ personId }) => personId === mentorId),
      },
    };
  }
}

/** Everybody of the round by their identifier. */
const cardsOf = async (tx: Tx, roundId: string): Promise<Map<string, PersonCard>> => {
  const rows = await tx.query<{ card: PersonCard }>(
    `select ${cardOf('p')} as card from person p ${cardJoins('p')}
     where p.institution_id = $1 and p.id in (
       select r.person_id from round_mentee rm join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
       where rm.institution_id = $1 and rm.round_id = $2
       union select e.person_id from round_mentor rm
       join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
       where rm.institution_id = $1 and rm.round_id = $2)`,
    [tx.scope.institutionId, roundId],
  );
  return new Map(rows.map(({ card }) => [card.id, card]));
};

interface Shown {
  score: number;
  parts: WhyNotPart[];
}
type WhyNotPart = Extract<WhyNotView['answer'], { kind: 'paired' }>['score']['parts'][number];

/** The answer with people by their identifiers. */
type Plain =
  | { kind: 'paired'; score: Shown }
  | { kind: 'not-in-round'; side: 'mentee' | 'mentor' }
  | { kind: 'kept-apart'; by: KeptApartBy }
  | {
      kind: 'allowed';
      score: Shown;
      instead: (Shown & { mentor: string })[];
      holders: (Shown & { mentee: string; pinned: boolean })[];
      forced: Forced | null;
    };

interface Forced {
  pinsGivingWay: number;
  pairsLost: number;
  pointsLost: number | null;
  moves: { mentee: string; from: string[]; to: string[] }[];
  moved: number;
  byLot: boolean;
  onePlaceMore: boolean;
}

const answerOf = (
  input: MatchingInput,
  run: Pick<Run, 'rules' | 'roundId' | 'summary'>,
  two: Two,
): { view: { asRun: boolean }; plain: Plain } => {
  const { rules, roundId } = run;
  const [asking, asked] = [input.mentees[two.mentee], input.mentors[two.mentor]];
  const now = (plain: Plain) => ({ view: { asRun: false }, plain });
  if (!asking) return now({ kind: 'not-in-round', side: 'mentee' });
  if (!asked) return now({ kind: 'not-in-round', side: 'mentor' });
  const scored = scorePairs(input, rules);
  const { pins } = holdingPins(input, rules);
  const solved = (of: MatchingInput, held: readonly Pin[]) => solveRound(of, scored, held, roundId).answer();
  const base = solved(input, pins);
  const view = { asRun: base.inputHash === run.summary?.inputHash };
  const shown = shownIn(input, run);
  const score = shown(asking.requestId, asked.enrolmentId);
  const has = (answer: Solved) =>
    answer.pairs.some((pair) => pair.mentee === asking.requestId && pair.mentor === asked.enrolmentId);
  if (has(base)) return { view, plain: { kind: 'paired', score } };
  const block = keepApart(input, rules)(two.mentee, two.mentor);
  if (block !== ALLOWED) return { view, plain: { kind: 'kept-apart', by: blocks[block] ?? 'other' } };
  const { personOf } = shown;
  return {
    view,
    plain: {
      kind: 'allowed',
      score,
      instead: base.pairs
        .filter((pair) => pair.mentee === asking.requestId)
        .map(({ mentee, mentor }) => ({ ...shown(mentee, mentor), mentor: personOf(mentor) })),
      holders: base.pairs
        .filter((pair) => pair.mentor === asked.enrolmentId)
        .map(({ mentee, mentor, pinned = false }) => ({ ...shown(mentee, mentor), mentee: personOf(mentee), pinned }))
        .sort((one, other) => one.score - other.score || (one.mentee < other.mentee ? -1 : 1))
        .slice(0, listed),
      forced:
        scored.mentee.length > pairsAtMost
          ? null
          : forcedOf(input, scored, { base, pins, two, solved, has, rules: run.rules, shown }),
    },
  };
};

/** Scores as people see them, and people by the identifiers that the engine knows. */
const shownIn = (input: MatchingInput, { rules }: Pick<Run, 'rules'>) => {
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

/** Where the mentor's places or the mentee's are all pinned, one of those pins has to give way. */
const makingWay = (input: MatchingInput, pins: readonly Pin[], two: Two): Pin[] => {
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

const forcedOf = (
  input: MatchingInput,
  scored: ScoredPairs,
  given: {
    base: Solved;
    pins: readonly Pin[];
    two: Two;
    solved: (of: MatchingInput, held: readonly Pin[]) => Solved;
    has: (answer: Solved) => boolean;
    rules: Run['rules'];
    shown: ReturnType<typeof shownIn>;
  },
): Forced => {
  const { base, pins, two, solved, has, rules, shown } = given;
  const kept = makingWay(input, pins, two);
  const forced = solved(input, [...kept, two]);
  const widened: MatchingInput = {
    ...input,
    mentors: input.mentors.map((mentor, at) => (at === two.mentor ? { ...mentor, places: mentor.places + 1 } : mentor)),
  };
  const identityCounts =
    rules.points.identity > 0 &&
    [input.mentees, input.mentors].every((people) => people.some(({ identity }) => identity.length > 0));
  const pairsLost = base.count - forced.count;
  const moves = movesBetween(base, forced, shown.personOf);
  return {
    pinsGivingWay: pins.length - kept.length,
    pairsLost,
    pointsLost: identityCounts || pairsLost !== 0 ? null : base.total - forced.total,
    moves: moves.slice(0, listed),
    moved: moves.length,
    byLot: !identityCounts && kept.length === pins.length && pairsLost === 0 && base.total === forced.total,
    onePlaceMore: has(solved(widened, pins)),
  };
};

const movesBetween = (before: Solved, after: Solved, personOf: (id: string) => string): Forced['moves'] => {
  const mentorsOf = (answer: Solved) => Map.groupBy(answer.pairs, ({ mentee }) => mentee);
  const [had, has] = [mentorsOf(before), mentorsOf(after)];
  const names = (pairs: Solved['pairs'] | undefined) => (pairs ?? []).map(({ mentor }) => personOf(mentor));
  return [...new Set([...had.keys(), ...has.keys()])].sort().flatMap((mentee) => {
    const [from, to] = [names(had.get(mentee)), names(has.get(mentee))];
    return from.join() === to.join() ? [] : [{ mentee: personOf(mentee), from, to }];
  });
};

const withCards = ({ plain }: { plain: Plain }, people: ReadonlyMap<string, PersonCard>): WhyNotView['answer'] => {
  const card = (id: string): PersonCard => people.get(id) ?? { id, name: '', unit: null, grade: null };
  if (plain.kind !== 'allowed') return plain;
  return {
    ...plain,
    instead: plain.instead.map((one) => ({ ...one, mentor: card(one.mentor) })),
    holders: plain.holders.map((one) => ({ ...one, mentee: card(one.mentee) })),
    forced: plain.forced && {
      ...plain.forced,
      moves: plain.forced.moves.map(({ mentee, from, to }) => ({
        mentee: card(mentee),
        from: from.map(card),
        to: to.map(card),
      })),
    },
  };
};
