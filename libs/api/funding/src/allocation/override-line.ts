import { Injectable } from '@nestjs/common';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type {
  AllocationOutcome,
  OverrideLine as Input,
  ScenarioReason,
  ScenarioRow,
  UndoOverride as UndoInput,
} from '@waymark/contracts';
import { shareCall } from '../calls/call-at';
import { callOfScenario, inTx, refuseInterested } from './access';
import { Scenario, ScenarioOverride } from './entities';
import { scenarioRowIn } from './scenario-rows';

interface Line {
  askedPence: number;
  leastPence: number;
  /** By the terms it was submitted under. */
  partAwards: boolean;
  outcome: AllocationOutcome;
  amountPence: number;
  reason: ScenarioReason;
  /** What was computed, while something else stands there by hand. */
  computed: { outcome: AllocationOutcome; amountPence: number; reason: ScenarioReason } | null;
}

/** Holds a draft of a call in moderation, and one line of it. */
const holdDraft = async (tx: Tx, actor: Actor, id: string, version: number, applicationId: string) => {
  const callId = await callOfScenario(tx, id);
  const call = await shareCall(tx, callId);
  await refuseInterested(tx, callId, actor.personId);
  const scenario = await tx.lockAt(Scenario, id, version);
  if (call.status !== 'moderation') throw new Refused('not-in-moderation');
  if (scenario.status !== 'draft')
    throw new Refused('status-refused', { facts: { from: scenario.status, to: 'draft' } });
  if (scenario.computing !== 'done') throw new Refused('scenario-not-computed');
  const [line] = await tx.query<Line>(
    `select l.asked_pence::float8 as "askedPence", l.least_pence::float8 as "leastPence", l.outcome,
       l.amount_pence::float8 as "amountPence", l.reason, l.computed, (t.terms->>'partAwards')::boolean as "partAwards"
     from scenario_line l
     join application a on a.institution_id = l.institution_id and a.id = l.application_id
     join application_submission s
       on s.institution_id = a.institution_id and s.application_id = a.id and s.number = a.submission_number
     join call_terms t on t.institution_id = a.institution_id and t.call_id = a.call_id and t.number = s.terms_number
     where l.institution_id = $1 and l.scenario_id = $2 and l.application_id = $3`,
    [actor.institutionId, id, applicationId],
  );
  if (!line) throw new Refused('not-found');
  return { callId, scenario, line };
};

const write = async (
  tx: Tx,
  scenario: Scenario,
  applicationId: string,
  { outcome, amountPence, reason, computed }: Pick<Line, 'outcome' | 'amountPence' | 'reason' | 'computed'>,
): Promise<void> => {
  const { institutionId } = tx.scope;
  await tx.query(
    `update scenario_line set outcome = $4, amount_pence = $5, reason = $6, computed = $7, overridden = $7::jsonb is not null,
       reserve_rank = case when $4 = 'reserve' then 1 end
     where institution_id = $1 and scenario_id = $2 and application_id = $3`,
    [
      ...[institutionId, scenario.id, applicationId, outcome, amountPence, JSON.stringify(reason)],
      computed && JSON.stringify(computed),
    ],
  );
  // The list closes up, or makes room.
  await tx.query(
    `update scenario_line l set reserve_rank = n.place
     from (select application_id, row_number() over (order by rank)::int as place from scenario_line
       where institution_id = $1 and scenario_id = $2 and outcome = 'reserve') n
     where l.institution_id = $1 and l.scenario_id = $2 and l.application_id = n.application_id and l.reserve_rank <> n.place`,
    [institutionId, scenario.id],
  );
  const [sum] = await tx.query<{ awarded: number }>(
    `select sum(amount_pence)::float8 as awarded from scenario_line where institution_id = $1 and scenario_id = $2`,
    [institutionId, scenario.id],
  );
  if ((sum?.awarded ?? 0) > scenario.parameters.budgetPence) throw new Refused('scenario-over-budget');
  await tx.update(Scenario, scenario, {});
};

/** A part-award is what the call offers, less than was asked, and no less than would still make it possible. */
const refusePart = ({ askedPence, leastPence, partAwards }: Line, pence: number): void => {
  if (!partAwards) throw new Refused('part-awards-not-offered');
  if (pence >= askedPence) throw new Refused('part-above-asked');
  if (pence < leastPence) throw new Refused('part-below-least', { facts: { leastPence } });
};

/**
 * One outcome is changed by hand, with a reason that the applicant reads in their letter. Nobody else's changes with it: what it
 * frees is left over. Refused with `scenario-over-budget` where it would come to more than the scenario's budget.
 */
@Injectable()
export class OverrideLine {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, applicationId, outcome, amountPence, reason }: Input): Promise<ScenarioRow> {
    return this.transactions.run(actor, async (tx) => {
      const { callId, scenario, line } = await holdDraft(tx, actor, id, version, applicationId);
      if (outcome === 'part-awarded') refusePart(line, amountPence ?? 0);
      const pence = outcome === 'awarded' ? line.askedPence : outcome === 'part-awarded' ? (amountPence ?? 0) : 0;
      const { computed, ...now } = line;
      const kept = computed ?? { outcome: now.outcome, amountPence: now.amountPence, reason: now.reason };
      const { method = null, rank = null, of = null, budgetPence = null } = kept.reason.facts;
      await tx.insert(ScenarioOverride, {
        institutionId: actor.institutionId,
        id: tx.newId(),
        scenarioId: id,
        applicationId,
        outcome,
        amountPence: String(pence),
        reason,
        madeBy: actor.personId,
        madeAt: tx.now,
      });
      await write(tx, scenario, applicationId, {
        outcome,
        amountPence: pence,
        // What was typed stands in scenario_override alone.
        reason: {
          decidedBy: 'override',
          facts: { method, rank, of, budgetPence, computed: kept.outcome, computedPence: kept.amountPence },
          ...{ score: null, budget: null, least: null },
        },
        computed: kept,
      });
      await tx.audit('scenario.override', { kind: 'scenario', id }, { applicationId, outcome, amountPence: pence });
      return scenarioRowIn(inTx(tx), actor, callId, id);
    });
  }
}

/** What was computed stands again. Refused with `not-found` where nothing was changed by hand. */
@Injectable()
export class UndoOverride {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, id: string, { version, applicationId }: UndoInput): Promise<ScenarioRow> {
    return this.transactions.run(actor, async (tx) => {
      const { callId, scenario, line } = await holdDraft(tx, actor, id, version, applicationId);
      if (!line.computed) throw new Refused('not-found');
      await tx.insert(ScenarioOverride, {
        institutionId: actor.institutionId,
        id: tx.newId(),
        scenarioId: id,
        applicationId,
        outcome: 'undone',
        amountPence: '0',
        reason: 'Taken back',
        madeBy: actor.personId,
        madeAt: tx.now,
      });
      await write(tx, scenario, applicationId, { ...line.computed, computed: null });
      await tx.audit('scenario.undo-override', { kind: 'scenario', id }, { applicationId });
      return scenarioRowIn(inTx(tx), actor, callId, id);
    });
  }
}
