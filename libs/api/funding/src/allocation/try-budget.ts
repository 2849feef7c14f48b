import { Injectable } from '@nestjs/common';
import { type Actor, type ReadQuery, Refused } from '@waymark/api-platform';
import { allocationOutcomes, type BudgetTrial, type CallStatus, type TryBudget as Input } from '@waymark/contracts';
import { AllocationReads } from './access';
import { allocateInThread } from './allocate-in-thread';
import type { AllocatedLine } from './allocation-work';
import { parametersFor } from './make-scenario';
import { type AllocationInput, inputQueries } from './read-input';
import { whyNotMade } from './scenario-rows';

const termsQuery = (institutionId: string, callId: string): ReadQuery => ({
  name: 'terms-to-try',
  text: `select c.status, (t.terms->>'bar')::int as bar, (t.terms->>'partAwards')::boolean as "partAwards"
    from call c join call_terms t on t.institution_id = c.institution_id and t.call_id = c.id and t.number = c.terms_number
    where c.institution_id = $1 and c.id = $2`,
  values: [institutionId, callId],
});

const againstQuery = (institutionId: string, callId: string, id: string | null): ReadQuery => ({
  name: 'lines-to-try-against',
  text: `select l.application_id as id, l.amount_pence::float8 as amount
    from scenario s join scenario_line l on l.institution_id = s.institution_id and l.scenario_id = s.id
    where s.institution_id = $1 and s.call_id = $2 and s.id = $3`,
  values: [institutionId, callId, id],
});

/** What a scenario would be, kept nowhere: for the budget line while it is dragged. */
@Injectable()
export class TryBudget {
  constructor(private readonly reads: AllocationReads) {}

  async run(actor: Actor, callId: string, { method, parameters, against }: Input): Promise<BudgetTrial> {
    await this.reads.mayLook(actor, callId);
    if (parameters.groups.length > 0) throw new Refused('preview-with-limits');
    const [[call], before, applications, units, grades] = (await this.reads
      .asking(actor)
      .all([
        termsQuery(actor.institutionId, callId),
        againstQuery(actor.institutionId, callId, against ?? null),
        ...inputQueries(actor.institutionId, callId),
      ])) as [
      { status: CallStatus; bar: number; partAwards: boolean }[],
      { id: string; amount: number }[],
      AllocationInput['applications'],
      AllocationInput['units'],
      AllocationInput['grades'],
    ];
    const refusal = call ? whyNotMade(call.status, { applications }) : 'not-found';
    if (!call || refusal) throw new Refused(refusal ?? 'not-found');
    const work = { method, parameters: parametersFor(parameters, callId, call), applications, units, grades };
    const { lines } = await allocateInThread({ work, atOnce: true });
    return { ...shapeOf(lines, parameters.budgetPence), moves: against ? movesOf(lines, before) : null };
  }
}

const shapeOf = (lines: readonly AllocatedLine[], budgetPence: number): Omit<BudgetTrial, 'moves'> => {
  const count = (outcome: AllocatedLine['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  const add = (value: (line: AllocatedLine) => number) => lines.reduce((sum, line) => sum + value(line), 0);
  const awardedPence = add(({ amount }) => amount);
  return {
    totals: {
      ...{ awardedPence, leftPence: budgetPence - awardedPence, askedPence: add(({ asked }) => asked) },
      people: count('awarded') + count('part-awarded'),
      ...{ inFull: count('awarded'), inPart: count('part-awarded') },
      ...{ reserve: count('reserve'), unsuccessful: count('unsuccessful') },
      totalScore: add(({ amount, score }) => (amount > 0 ? score : 0)),
      lowestRank: lines.findLast(({ amount }) => amount > 0)?.rank ?? null,
      overrides: 0,
    },
    queue: {
      askedPence: lines.map(({ asked }) => asked),
      leastPence: lines.map(({ least }) => least),
      awardPence: lines.map(({ amount }) => amount),
      outcome: lines.map(({ outcome }) => allocationOutcomes.indexOf(outcome)),
      belowBar: lines.map(({ belowBar }) => (belowBar ? 1 : 0)),
    },
  };
};

const movesOf = (lines: readonly AllocatedLine[], before: readonly { id: string; amount: number }[]) => {
  const then = new Map(before.map(({ id, amount }) => [id, amount]));
  const moves = { gains: 0, loses: 0, changes: 0 };
  for (const { applicationId, amount } of lines) {
    const was = then.get(applicationId) ?? 0;
    if (was === amount) continue;
    if (was === 0) moves.gains += 1;
    else if (amount === 0) moves.loses += 1;
    else moves.changes += 1;
  }
  return moves;
};
