import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions } from '@waymark/api-platform';
import type { ReplayView } from '@waymark/contracts';
import { Run } from '../entities';
import { RoundQuestions } from './ask-in-thread';
import { withEnoughIdentity } from './matching-input';
import { MatchingInputs } from './read-matching-input';
import type { KeptPair } from './replay-run';

/**
 * Computes a kept run again: with its rules, its choices and its round's lots, and with the people as they are now, what came
 * of the round's own release set aside. Where
 * nobody and nothing has changed since, the very same pairs must come out; that is what is said, and nothing is stored.
 */
@Injectable()
export class ReplayRun {
  constructor(
    private readonly transactions: Transactions,
    private readonly inputs: MatchingInputs,
    private readonly questions: RoundQuestions,
  ) {}

  async see(actor: Actor, runId: string): Promise<ReplayView> {
    const { summary, work, kept } = await this.transactions.run(
      { institutionId: actor.institutionId, personId: actor.personId, correlationId: actor.correlationId },
      async (tx) => {
        const [run] = await tx.find(Run, { id: runId });
        if (!run) throw new Refused('not-found');
        if (run.status !== 'done' || !run.summary) throw new Refused('run-not-finished');
        const { rules, roundId, choices } = run;
        return {
          summary: run.summary,
          work: {
            input: withEnoughIdentity({ ...(await this.inputs.readBeforeRelease(tx, roundId, rules)), choices }),
            rules,
            roundId,
          },
          kept: await tx.query<KeptPair>(
            `select request_id as "requestId", enrolment_id as "enrolmentId", score, pinned
             from run_pair where institution_id = $1 and run_id = $2`,
            [actor.institutionId, runId],
          ),
        };
      },
    );
    const again = await this.questions.ask(work, { kind: 'replay', kept });
    const sameInput = again.inputHash === summary.inputHash;
    return {
      sameInput,
      sameResult: sameInput ? again.samePairs : null,
      engineVersion: { run: summary.engineVersion, now: again.engineVersion },
      elapsedMs: again.elapsedMs,
    };
  }
}
