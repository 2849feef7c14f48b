import { Injectable } from '@nestjs/common';
import { type Actor, type ReadQuery, Refused } from '@waymark/api-platform';
import { allocationOutcomes, type ScenarioQueue, type ScenarioView } from '@waymark/contracts';
import { AllocationReads } from './access';
import { othersQuery } from './scenario-lines';
import { scenarioRowIn } from './scenario-rows';

const queueQuery = (institutionId: string, id: string): ReadQuery => ({
  name: 'scenario-queue',
  text: `select array_agg(l.asked_pence::float8 order by l.rank) as "askedPence", array_agg(l.least_pence::float8 order by l.rank) as "leastPence",
      array_agg(l.amount_pence::float8 order by l.rank) as "awardPence",
      array_agg(array_position($3::text[], l.outcome) - 1 order by l.rank) as outcome,
      array_agg(l.below_bar::int order by l.rank) as "belowBar"
    from scenario_line l where l.institution_id = $1 and l.scenario_id = $2 having count(*) > 0`,
  values: [institutionId, id, allocationOutcomes],
});

/** One scenario, with all its lines as columns. */
@Injectable()
export class ScenarioViews {
  constructor(private readonly reads: AllocationReads) {}

  async see(actor: Actor, id: string): Promise<ScenarioView> {
    const callId = await this.reads.mayLookAt(actor, id);
    const asking = this.reads.asking(actor);
    const [row, [[queue], others]] = await Promise.all([
      scenarioRowIn(asking, actor, callId, id),
      asking.all([queueQuery(actor.institutionId, id), othersQuery(actor.institutionId, id)]) as Promise<
        [ScenarioQueue[], ScenarioView['others']]
      >,
    ]);
    if (!row) throw new Refused('not-found');
    return { ...row, callId, queue: row.computing === 'done' ? (queue ?? null) : null, others };
  }
}
