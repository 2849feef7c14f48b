import { Injectable } from '@nestjs/common';
import { type Actor, move, Refused, startJob, Transactions } from '@waymark/api-platform';
import type { RoundView, StartRun as Input } from '@waymark/contracts';
import { Round, Run } from '../entities';
import { ExpireProposals } from '../proposals/expire-proposals';
import { takeTurn } from '../proposals/institution-turn';
import { roundViewIn } from '../rounds/round-view';
import { roundTable } from '../statuses';
import { MatchingInputs } from './read-matching-input';
import { givesNoPoints } from './score-pairs';

/** Starts matching with the rules as they are now, by their method or the one named. The run's number, rules and job stand before anything is computed. */
@Injectable()
export class StartRun {
  constructor(
    private readonly transactions: Transactions,
    private readonly inputs: MatchingInputs,
    private readonly expiring: ExpireProposals,
  ) {}

  run(actor: Actor, roundId: string, { version, method }: Input): Promise<RoundView> {
    return this.transactions.run(actor, async (tx) => {
      await takeTurn(tx);
      const round = await tx.lock(Round, roundId);
      if (round.status === 'matching') throw new Refused('run-in-progress');
      if (round.version !== version) throw new Refused('changed-meanwhile');
      if (round.status === 'draft') throw new Refused('round-empty');
      const status = move(roundTable, round.status, 'matching');
      const rules = { ...round.rules, method: method ?? round.rules.method };
      if (givesNoPoints(rules)) throw new Refused('rules-empty');
      await this.expiring.within(tx);
      const input = await this.inputs.read(tx, roundId, rules);
      if (input.mentees.length === 0 || !input.mentors.some((mentor) => mentor.places > 0))
        throw new Refused('round-empty');

      const id = tx.newId();
      const jobId = await startJob(tx, 'mentoring.match-round', id);
      const [last] = await tx.query<{ number: number }>(
        `select coalesce(max(number), 0)::int as number from run where institution_id = $1 and round_id = $2`,
        [actor.institutionId, roundId],
      );
      const number = (last?.number ?? 0) + 1;
      await tx.insert(Run, {
        institutionId: actor.institutionId,
        id,
        roundId,
        number,
        status: 'queued',
        rules,
        method: rules.method,
        choices: input.choices.slice(),
        jobId,
        summary: null,
        startedAt: tx.now,
        startedBy: actor.personId,
      });
      await tx.update(Round, round, { status });
      await tx.audit('run.start', { kind: 'run', id }, { roundId, number, method: rules.method });
      return roundViewIn(tx, actor, roundId);
    });
  }
}
