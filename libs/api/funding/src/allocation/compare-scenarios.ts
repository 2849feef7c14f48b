import { Injectable } from '@nestjs/common';
import { type Actor, Refused } from '@waymark/api-platform';
import type { ComparedScenarios, CompareScenariosQuery, ScenarioTotals } from '@waymark/contracts';
import { AllocationReads } from './access';
import { totalsSql } from './scenario-rows';

type Compared = ComparedScenarios['scenarios'][number];

/** Applications whose outcome or amount differs between the scenarios of `$3`. */
const moving = `from (
    select l.application_id, min(l.rank) as rank from scenario_line l
    where l.institution_id = $1 and l.scenario_id = any ($3::uuid[]) group by l.application_id
    having count(distinct (l.outcome, l.amount_pence)) > 1 or count(*) < cardinality($3::uuid[])
  ) m
  join application a on a.institution_id = $1 and a.id = m.application_id and a.call_id = $2
  join person p on p.institution_id = a.institution_id and p.id = a.person_id`;

/** Two to four scenarios of a call side by side: who moves between them, and what each comes to. */
@Injectable()
export class CompareScenarios {
  constructor(private readonly reads: AllocationReads) {}

  async see(actor: Actor, callId: string, { of, page, pageSize }: CompareScenariosQuery): Promise<ComparedScenarios> {
    await this.reads.mayLook(actor, callId);
    const ids = of.split(',');
    const values = [actor.institutionId, callId, ids];
    const [found, [counted], rows] = (await this.reads.asking(actor).all([
      {
        name: 'scenarios-compared',
        text: `select s.id, s.name, s.method, s.status, s.computing, (s.parameters->>'budgetPence')::float8 as "budgetPence",
            (select ${totalsSql} from scenario_line l where l.institution_id = s.institution_id and l.scenario_id = s.id) as totals
          from scenario s where s.institution_id = $1 and s.call_id = $2 and s.id = any ($3::uuid[])
          order by array_position($3::uuid[], s.id)`,
        values,
      },
      {
        name: 'moves-counted',
        text: `select (select count(*) ${moving})::int as moved, (select count(distinct application_id) from scenario_line
            where institution_id = $1 and scenario_id = any ($3::uuid[]))::int as applications`,
        values,
      },
      {
        name: 'moves',
        text: `select m.application_id as "applicationId", m.rank, trim(p.given_name || ' ' || p.family_name) as applicant,
            (select json_agg(json_build_object('scenarioId', o.scenario_id, 'outcome', o.outcome, 'amountPence', o.amount_pence)
               order by array_position($3::uuid[], o.scenario_id))
             from scenario_line o where o.institution_id = $1 and o.scenario_id = any ($3::uuid[])
               and o.application_id = m.application_id) as outcomes
          ${moving} order by m.rank, m.application_id limit $4 offset $5`,
        values: [...values, pageSize, (page - 1) * pageSize],
      },
    ])) as [
      (Omit<Compared, 'totals'> & {
        computing: string;
        budgetPence: number;
        totals: Omit<ScenarioTotals, 'leftPence'>;
      })[],
      { moved: number; applications: number }[],
      ComparedScenarios['rows'],
    ];
    if (found.length !== new Set(ids).size || found.length !== ids.length) throw new Refused('not-found');
    if (found.some(({ computing }) => computing !== 'done')) throw new Refused('scenario-not-computed');
    const { moved = 0, applications = 0 } = counted ?? {};
    return {
      scenarios: found.map(({ budgetPence, computing: _, totals, ...one }) => ({
        ...one,
        totals: { ...totals, leftPence: budgetPence - totals.awardedPence },
      })),
      applications,
      same: applications - moved,
      ...{ rows, total: moved, page, pageSize },
    };
  }
}
