import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import type { Tx } from '@waymark/api-platform';
import type { RoundRules, ScorePart } from '@waymark/contracts';
import { inList } from '../at-present';
import type { MatchingInput } from '../runs/matching-input';
import { type Ending, MatchingInputs } from '../runs/read-matching-input';
import { explainPair } from '../runs/score-pairs';
import { unfinishedRound } from '../statuses';
import { chooseNext } from './choose-next';
import type { EndedProposal } from './end-proposals';
import { takeTurn } from './institution-turn';
import { workingDaysAfter, workingDaysToAnswer } from './working-days';

/** Somebody who is about to be asked instead of the mentor of an ending proposal. */
export interface PlannedForward {
  fromId: string;
  roundId: string;
  requestId: string;
  enrolmentId: string;
  menteeId: string;
  mentorId: string;
  parts: ScorePart[];
}

export interface Forward extends PlannedForward {
  id: string;
  answerBy: Date;
}

type EndingProposal = EndedProposal & { roundId: string };

interface RoundOfForwards {
  id: string;
  rules: RoundRules;
}

/** Mentors who lost their room while it was planned are passed over, and it is planned again, so often at most. */
const attempts = 3;

/**
 * Passes on what was declined or lapsed: to the mentor of the same released round with the best score for this mentee, by
 * the rules that the run was made with, judged anew now. It is done in the transaction that ends the proposal: first
 * `plan`, which takes the institution's turn and locks the mentors to be asked; then the caller locks requests and proposals
 * and ends what ends; then `write`.
 */
@Injectable()
export class Forwarding {
  constructor(private readonly inputs: MatchingInputs) {}

  /**
   * Locks, by id, the enrolments named and those of the mentors to be asked. `resting` are mentors not to be asked,
   * because they are paused in this transaction.
   */
  async plan(
    tx: Tx,
    ending: readonly EndingProposal[],
    { lock, resting = [] }: { lock: readonly string[]; resting?: readonly string[] },
  ): Promise<PlannedForward[]> {
    await takeTurn(tx);
    const rounds = await this.rounds(tx, [...new Set(ending.map(({ roundId }) => roundId))]);
    const waitElsewhere = await this.inNextRound(tx, ending);
    const passedOver = new Set(resting);
    let locked = new Set<string>();
    for (let attempt = 1; ; attempt += 1) {
      const planned: PlannedForward[] = [];
      for (const round of rounds) {
        const own = ending.filter(({ roundId, requestId }) => roundId === round.id && !waitElsewhere.has(requestId));
        if (own.length > 0) planned.push(...(await this.planRound(tx, round, own, planned, passedOver)));
      }
      const wanted = [...new Set([...lock, ...planned.map(({ enrolmentId }) => enrolmentId)])];
      // In the order of ids the first time. Later ones are locked by nobody but whoever has the institution's turn
      // together with others, so nothing waits in a circle.
      await this.lock(
        tx,
        wanted.filter((id) => !locked.has(id)),
      );
      locked = new Set([...locked, ...wanted]);
      const full = await this.withoutRoom(tx, rounds, ending, planned);
      if (full.size === 0) return planned;
      if (attempt === attempts) return planned.filter(({ enrolmentId }) => !full.has(enrolmentId));
      for (const id of full) passedOver.add(id);
    }
  }

  /** Writes the new proposals for those of `ended` that the plan has somebody for, each with a line of the audit. */
  async write(tx: Tx, planned: readonly PlannedForward[], ended: readonly { id: string }[]): Promise<Forward[]> {
    const over = new Set(ended.map(({ id }) => id));
    const going = planned.filter(({ fromId }) => over.has(fromId));
    if (going.length === 0) return [];
    const answerBy = workingDaysAfter(tx.now, workingDaysToAnswer, await whereaboutsOf(tx));
    const forwards = going.map((one) => ({ ...one, id: tx.newId(), answerBy }));
    const { institutionId } = tx.scope;
    await tx.query(
      `insert into proposal (institution_id, id, round_id, request_id, enrolment_id, mentee_id, mentor_id, status, parts,
         proposed_at, answer_by, forwarded_from, version)
       select $1, id, "roundId", "requestId", "enrolmentId", "menteeId", "mentorId", 'proposed', parts, $2, $3, "fromId", 1
       from jsonb_to_recordset($4) as one (id uuid, "roundId" uuid, "requestId" uuid, "enrolmentId" uuid, "menteeId" uuid,
         "mentorId" uuid, parts jsonb, "fromId" uuid)`,
      [institutionId, tx.now, answerBy, JSON.stringify(forwards)],
    );
    await tx.auditEach(
      'proposal.forward',
      forwards.map(({ id, fromId }) => ({ subject: { kind: 'proposal', id: fromId }, details: { to: id } })),
    );
    return forwards;
  }

  private async planRound(
    tx: Tx,
    round: RoundOfForwards,
    ending: readonly EndingProposal[],
    before: readonly PlannedForward[],
    passedOver: ReadonlySet<string>,
  ): Promise<PlannedForward[]> {
    const read = await this.inputs.read(tx, round.id, round.rules, endingOf(ending));
    const input = withoutThose(
      (await this.inputs.enoughIdentity(tx, round.id)) ? read : withoutIdentity(read),
      before,
      passedOver,
    );
    const ofRequest = Map.groupBy(ending, ({ requestId }) => requestId);
    const next = chooseNext(input, round.rules, (requestId) => ofRequest.get(requestId)?.length ?? 0);
    return next.flatMap(({ mentee, mentor }) => {
      const [asking, asked] = [input.mentees[mentee], input.mentors[mentor]];
      const from = asking && ofRequest.get(asking.requestId)?.shift();
      if (!asking || !asked || !from) return [];
      return [
        {
          fromId: from.id,
          roundId: round.id,
          requestId: asking.requestId,
          enrolmentId: asked.enrolmentId,
          menteeId: asking.personId,
          mentorId: asked.personId,
          parts: explainPair(asking, asked, round.rules).parts,
        },
      ];
    });
  }

  /** Rounds that are released and not closed, with the rules that their proposals were found by. */
  private rounds(tx: Tx, ids: readonly string[]): Promise<RoundOfForwards[]> {
    return tx.query(
      `select o.id, coalesce(r.rules, o.rules) as rules from round o
       left join run r on r.institution_id = o.institution_id and r.id = o.released_run_id
       where o.institution_id = $1 and o.id = any ($2::uuid[]) and o.status = 'released' order by o.id`,
      [tx.scope.institutionId, ids],
    );
  }

  /** Requests that have come to a next round already: they wait for it. */
  private async inNextRound(tx: Tx, ending: readonly EndingProposal[]): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }>(
      `select rm.request_id as id from round_mentee rm
       join round o on o.institution_id = rm.institution_id and o.id = rm.round_id
       where rm.institution_id = $1 and rm.request_id = any ($2::uuid[]) and o.status in (${inList(unfinishedRound)})`,
      [tx.scope.institutionId, [...new Set(ending.map(({ requestId }) => requestId))]],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async lock(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.query(
      `select id from enrolment where institution_id = $1 and id = any ($2::uuid[]) order by id for update`,
      [tx.scope.institutionId, ids],
    );
  }

  /** Mentors of the plan who, now that they are locked, cannot be asked as often as it says. */
  private async withoutRoom(
    tx: Tx,
    rounds: readonly RoundOfForwards[],
    ending: readonly EndingProposal[],
    planned: readonly PlannedForward[],
  ): Promise<Set<string>> {
    const full = new Set<string>();
    for (const round of rounds) {
      const asked = Map.groupBy(
        planned.filter(({ roundId }) => roundId === round.id),
        ({ enrolmentId }) => enrolmentId,
      );
      if (asked.size === 0) continue;
      const room = await this.inputs.room(tx, round.id, round.rules, endingOf(ending), [...asked.keys()]);
      for (const [id, forwards] of asked) if ((room.get(id) ?? 0) < forwards.length) full.add(id);
    }
    return full;
  }
}

const endingOf = (ending: readonly EndingProposal[]): Ending => ({
  proposalIds: ending.map(({ id }) => id),
  requestIds: [...new Set(ending.map(({ requestId }) => requestId))],
});

const withoutIdentity = (input: MatchingInput): MatchingInput => ({
  ...input,
  mentees: input.mentees.map((mentee) => ({ ...mentee, identity: [] })),
  mentors: input.mentors.map((mentor) => ({ ...mentor, identity: [] })),
});

/** Without mentors who are passed over, and with the room that earlier rounds of the same plan have left. */
const withoutThose = (
  input: MatchingInput,
  before: readonly PlannedForward[],
  passedOver: ReadonlySet<string>,
): MatchingInput => {
  const asked = Map.groupBy(before, ({ enrolmentId }) => enrolmentId);
  return {
    ...input,
    mentors: input.mentors.map((mentor) => ({
      ...mentor,
      places: passedOver.has(mentor.enrolmentId)
        ? 0
        : Math.max(0, mentor.places - (asked.get(mentor.enrolmentId)?.length ?? 0)),
    })),
  };
};
