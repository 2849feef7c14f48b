import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { ReleaseRound as Input, RoundView } from '@waymark/contracts';
import { Round, Run } from '../entities';
import { backToFront } from '../proposals/back-to-front';
import { takeTurn } from '../proposals/institution-turn';
import * as letters from '../proposals/letters';
import { PostRoom } from '../proposals/post-room';
import { whereaboutsOf } from '../proposals/whereabouts';
import { workingDaysAfter, workingDaysToAnswer } from '../proposals/working-days';
import { MatchingInputs } from '../runs/read-matching-input';
import { roundTable } from '../statuses';
import { type PlannedProposal, planRelease, type ReleasablePair } from './plan-release';
import { roundViewIn } from './round-view';

interface Written extends PlannedProposal {
  id: string;
}

const batch = 2000;

/**
 * Publishes all proposals of a finished run together: mentors and mentees are asked and told in the same moment, whoever
 * is left out comes to the front of the next round, and all of it is one transaction. What is no longer right is skipped.
 */
@Injectable()
export class ReleaseRound {
  constructor(
    private readonly transactions: Transactions,
    private readonly inputs: MatchingInputs,
    private readonly postRoom: PostRoom,
  ) {}

  run(actor: Actor, id: string, { version, runId }: Input): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      await takeTurn(tx);
      const round = await tx.lockAt(Round, id, version);
      const status = move(roundTable, round.status, 'released');
      const [run] = await tx.find(Run, { id: runId, roundId: id });
      if (!run) throw new Refused('not-found');
      if (run.status !== 'done') throw new Refused('run-not-finished');

      const [pairs, participants] = await this.lockParticipants(tx, runId);
      const { proposals, skipped } = planRelease(await this.inputs.read(tx, id, run.rules), run.rules, pairs);
      const where = await whereaboutsOf(tx);
      const answerBy = workingDaysAfter(tx.now, workingDaysToAnswer, where);
      const written = proposals.map((proposal) => ({ ...proposal, id: tx.newId() }));
      await this.write(tx, id, written, answerBy);
      const front = await backToFront(tx, participants);
      await tx.update(Round, round, { status, releasedRunId: runId, releasedAt: tx.now });
      await tx.audit(
        'round.release',
        { kind: 'round', id },
        { runId, proposals: written.length, skipped, leftOut: front.size },
      );
      await this.tell(tx, round.name, written, front, { answerBy, timeZone: where.timeZone });
      return roundViewIn(tx, actor, id);
    });
  }

  /** Locks the enrolments, then the requests of a run, each by id. Answers the run's pairs and all its requests. */
  private async lockParticipants(tx: Tx, runId: string): Promise<[ReleasablePair[], string[]]> {
    const values = [tx.scope.institutionId, runId];
    await tx.query(
      `select id from enrolment where institution_id = $1
         and id in (select enrolment_id from run_pair where institution_id = $1 and run_id = $2) order by id for update`,
      values,
    );
    const requests = await tx.query<{ id: string }>(
      `select id from request where institution_id = $1 and id in (
         select request_id from run_pair where institution_id = $1 and run_id = $2
         union all select request_id from run_left_out where institution_id = $1 and run_id = $2) order by id for update`,
      values,
    );
    const pairs = await tx.query<ReleasablePair>(
      `select request_id as "requestId", enrolment_id as "enrolmentId", score, parts
       from run_pair where institution_id = $1 and run_id = $2`,
      values,
    );
    return [pairs, requests.map((request) => request.id)];
  }

  private async write(tx: Tx, roundId: string, proposals: readonly Written[], answerBy: Date): Promise<void> {
    for (let at = 0; at < proposals.length; at += batch) {
      await tx.query(
        `insert into proposal (institution_id, id, round_id, request_id, enrolment_id, mentee_id, mentor_id, status, parts,
           proposed_at, answer_by, version)
         select $1, id, $2, "requestId", "enrolmentId", "menteeId", "mentorId", 'proposed', parts, $3, $4, 1
         from jsonb_to_recordset($5) as one
           (id uuid, "requestId" uuid, "enrolmentId" uuid, "menteeId" uuid, "mentorId" uuid, parts jsonb)`,
        [tx.scope.institutionId, roundId, tx.now, answerBy, JSON.stringify(proposals.slice(at, at + batch))],
      );
    }
  }

  /** One letter each: to every mentor with all who would like them, to every mentee, and to whoever is left out. */
  private async tell(
    tx: Tx,
    round: string,
    proposals: readonly Written[],
    front: ReadonlySet<string>,
    { answerBy, timeZone }: { answerBy: Date; timeZone: string },
  ): Promise<void> {
    const waiting = await tx.query<{ personId: string }>(
      `select person_id as "personId" from request where institution_id = $1 and id = any ($2::uuid[]) order by id`,
      [tx.scope.institutionId, [...front]],
    );
    const people = [
      ...proposals.flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]),
      ...waiting.map((one) => one.personId),
    ];
    const name = await this.postRoom.names(tx, people);
    const dates = { now: tx.now, timeZone };
    const to = (personId: string, id: string) => ({ name: name(personId), link: this.postRoom.link(id) });
    const asked = Map.groupBy(proposals, (proposal) => proposal.mentorId);
    const asking = Map.groupBy(proposals, (proposal) => proposal.menteeId);
    await this.postRoom.post(tx, [
      ...[...asked].map(([personId, own]) => ({
        personId,
        words: letters.toMentor(
          name(personId),
          own.map((one) => to(one.menteeId, one.id)),
          answerBy,
          dates,
        ),
      })),
      ...[...asking].map(([personId, own]) => ({
        personId,
        words: letters.toMentee(
          name(personId),
          own.map((one) => to(one.mentorId, one.id)),
          answerBy,
          dates,
        ),
      })),
      ...waiting.map(({ personId }) => ({ personId, words: letters.toLeftOut(name(personId), round) })),
    ]);
  }
}
