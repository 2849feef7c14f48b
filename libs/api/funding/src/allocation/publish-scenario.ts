import { Injectable } from '@nestjs/common';
import { type Actor, move, PlatformConfig, postEach, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AllocationOutcome, ScenarioRow, ScenarioStep as Input } from '@waymark/contracts';
import { Call } from '../calls/entities';
import { record } from '../applications/timeline';
import { offerAwards } from '../awards/offer-awards';
import { callTable, scenarioTable } from '../statuses';
import { callOfScenario, inTx, refuseInterested } from './access';
import { decisionLetter } from './decision-letter';
import { Scenario } from './entities';
import { letterFacts } from './letter-facts';
import { scenarioRowIn } from './scenario-rows';

interface Decided {
  applicationId: string;
  outcome: AllocationOutcome;
  amountPence: number;
  reserveRank: number | null;
}

/**
 * Publication, in one transaction: every application of the scenario is decided, awards are offered and their money is committed
 * in the ledger, the call is decided, and a letter with the reason goes to everybody. All of it, or nothing. Refused with
 * `scenario-stale` where anything it was computed from has changed, `pot-overdrawn` where the pot no longer has as much.
 */
@Injectable()
export class PublishScenario {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: PlatformConfig,
  ) {}

  run(actor: Actor, id: string, { version }: Input): Promise<ScenarioRow> {
    return this.transactions.run(actor, async (tx) => {
      const callId = await callOfScenario(tx, id);
      const call = await tx.lock(Call, callId);
      await refuseInterested(tx, callId, actor.personId);
      const scenario = await tx.lockAt(Scenario, id, version);
      const status = move(scenarioTable, scenario.status, 'published');
      // Nobody withdraws between the check and the decision.
      await tx.query(
        `select id from application where institution_id = $1 and id in
           (select application_id from scenario_line where institution_id = $1 and scenario_id = $2)
         order by id for update`,
        [actor.institutionId, id],
      );
      const row = await scenarioRowIn(inTx(tx), actor, callId, id);
      if (row.mayNot.publish) throw new Refused(row.mayNot.publish);
      const decided = await this.decide(tx, id);
      await offerAwards(
        tx,
        callId,
        decided.filter(({ amountPence }) => amountPence > 0),
      );
      await tx.update(Scenario, scenario, { status, publishedAt: tx.now });
      await tx.update(Call, call, { status: move(callTable, call.status, 'decided') });
      const facts = await letterFacts(tx, id, this.config.publicUrl);
      await postEach(tx, facts.map(decisionLetter));
      const awardedPence = decided.reduce((sum, { amountPence }) => sum + amountPence, 0);
      await tx.audit(
        'scenario.publish',
        { kind: 'scenario', id },
        { callId, awardedPence, applications: decided.length },
      );
      return scenarioRowIn(inTx(tx), actor, callId, id);
    });
  }

  /** From `scored` to what the scenario says, all at once, with their timelines and their lines of the audit. */
  private async decide(tx: Tx, id: string): Promise<Decided[]> {
    const decided = await tx.query<Decided>(
      `with moved as (
         update application a set status = l.outcome, reserve_rank = l.reserve_rank, version = a.version + 1
         from scenario_line l
         where l.institution_id = $1 and l.scenario_id = $2 and a.institution_id = $1 and a.id = l.application_id
           and a.status = 'scored'
         returning a.id, l.outcome, l.amount_pence, l.reserve_rank, l.rank
       )
       select id as "applicationId", outcome, amount_pence::float8 as "amountPence", reserve_rank as "reserveRank"
       from moved order by rank`,
      [tx.scope.institutionId, id],
    );
    await record(
      tx,
      decided.map(({ applicationId, outcome, amountPence, reserveRank }) => ({
        applicationId,
        kind: outcome,
        facts: { ...(amountPence > 0 && { amountPence }), ...(reserveRank !== null && { reserveRank }) },
      })),
    );
    await tx.auditEach(
      'application.decide',
      decided.map(({ applicationId, outcome, amountPence }) => ({
        subject: { kind: 'application', id: applicationId },
        details: { outcome, amountPence },
      })),
    );
    return decided;
  }
}
