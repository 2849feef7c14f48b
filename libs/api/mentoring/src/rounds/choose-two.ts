import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { ChooseTwo as Input, RoundView } from '@waymark/contracts';
import { Round, RoundChoice } from '../entities';
import { ALLOWED, blocks, keepApart, NO_PLACES } from '../runs/keep-apart';
import { holdingPins } from '../runs/pins';
import { MatchingInputs } from '../runs/read-matching-input';
import { lockChangeable } from './open-round';
import { roundViewIn } from './round-view';

/**
 * A coordinator pins two people of a round, or forbids them, with a reason for coordinators alone. The next run takes it
 * into account. Nobody is pinned to somebody they may not be with, nor to a place that is not there; the round is
 * locked, so of two pins of one place at once one is refused.
 */
@Injectable()
export class ChooseTwo {
  constructor(
    private readonly transactions: Transactions,
    private readonly inputs: MatchingInputs,
  ) {}

  run(actor: Actor, id: string, { version, kind, menteeId, mentorId, reason }: Input): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      const round = await lockChangeable(tx, id, version);
      const two = await this.inRound(tx, id, menteeId, mentorId);
      const [made] = await tx.find(RoundChoice, { roundId: id, ...two });
      if (made) throw new Refused('choice-made');
      if (kind === 'pin') await this.refuseUnlessPinnable(tx, round, two);
      const choiceId = tx.newId();
      await tx.insert(RoundChoice, {
        institutionId: actor.institutionId,
        id: choiceId,
        roundId: id,
        ...two,
        kind,
        reason,
        madeAt: tx.now,
        madeBy: actor.personId,
      });
      await tx.update(Round, round, {});
      await tx.audit(`round.${kind}`, { kind: 'round', id }, { menteeId, mentorId, choiceId });
      return roundViewIn(tx, actor, id);
    });
  }

  /** The mentee's request and the mentor's enrolment that are in the round; an open request comes first. */
  private async inRound(
    tx: Tx,
    roundId: string,
    menteeId: string,
    mentorId: string,
  ): Promise<{ requestId: string; enrolmentId: string }> {
    const [two] = await tx.query<{ requestId: string; enrolmentId: string }>(
      `select r.id as "requestId", e.id as "enrolmentId"
       from round_mentee rm
       join request r on r.institution_id = rm.institution_id and r.id = rm.request_id and r.person_id = $3
       join round_mentor rn on rn.institution_id = rm.institution_id and rn.round_id = rm.round_id
       join enrolment e on e.institution_id = rn.institution_id and e.id = rn.enrolment_id and e.person_id = $4
       where rm.institution_id = $1 and rm.round_id = $2
       order by r.status = 'open' desc, r.asked_at, r.id limit 1`,
      [tx.scope.institutionId, roundId, menteeId, mentorId],
    );
    if (!two) throw new Refused('not-found');
    return two;
  }

  private async refuseUnlessPinnable(
    tx: Tx,
    round: Round,
    two: { requestId: string; enrolmentId: string },
  ): Promise<void> {
    const input = await this.inputs.read(tx, round.id, round.rules);
    const mentee = input.mentees.findIndex(({ requestId }) => requestId === two.requestId);
    const mentor = input.mentors.findIndex(({ enrolmentId }) => enrolmentId === two.enrolmentId);
    const noPlace = (side: 'mentee' | 'mentor') => new Refused('no-place-to-pin', { facts: { side } });
    // Matched meanwhile, or waiting for as many answers as one may; paused, or gone.
    if (mentee === -1) throw noPlace('mentee');
    if (mentor === -1) throw noPlace('mentor');
    const block = keepApart(input, round.rules)(mentee, mentor);
    if (block === NO_PLACES) throw noPlace('mentor');
    if (block !== ALLOWED) throw new Refused('kept-apart', { facts: { by: blocks[block] ?? 'other' } });
    const { pins } = holdingPins(input, round.rules);
    const taken = (side: 'mentee' | 'mentor', at: number) => pins.filter((pin) => pin[side] === at).length;
    if (taken('mentee', mentee) >= (input.mentees[mentee]?.places ?? 0)) throw noPlace('mentee');
    if (taken('mentor', mentor) >= (input.mentors[mentor]?.places ?? 0)) throw noPlace('mentor');
  }
}

/** Takes a pin back, or allows a forbidden pair again. */
@Injectable()
export class TakeChoiceBack {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, choiceId: string): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      const round = await lockChangeable(tx, id);
      const [gone] = await tx.query<{ kind: string }>(
        `with gone as (
           delete from round_choice where institution_id = $1 and round_id = $2 and id = $3 returning kind
         ) select kind from gone`,
        [actor.institutionId, id, choiceId],
      );
      if (!gone) throw new Refused('not-found');
      await tx.update(Round, round, {});
      await tx.audit(gone.kind === 'pin' ? 'round.unpin' : 'round.allow', { kind: 'round', id }, { choiceId });
      return roundViewIn(tx, actor, id);
    });
  }
}
