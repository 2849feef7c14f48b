import { Injectable } from '@nestjs/common';
import { patternOf } from '@waymark/api-people';
import type { Actor, ReadQuery } from '@waymark/api-platform';
import type { ScenarioLineRow, ScenarioLinesPage, ScenarioLinesQuery } from '@waymark/contracts';
import { pounds, type Table } from '../table';
import { AllocationReads } from './access';

/** Scenarios whose outcome stands beside each line: the newest of the call. */
export const othersMost = 6;

/** Computed scenarios of the call besides $2, in the order they were made. */
export const othersQuery = (institutionId: string, scenarioId: string): ReadQuery => ({
  name: 'other-scenarios',
  text: `select o.id, o.name, o.method from (
      select s.id, s.name, s.method, s.made_at from scenario one
      join scenario s on s.institution_id = one.institution_id and s.call_id = one.call_id and s.id <> one.id
      where one.institution_id = $1 and one.id = $2 and s.computing = 'done' and s.status <> 'rejected'
      order by s.made_at desc, s.id desc limit ${othersMost}
    ) o order by o.made_at, o.id`,
  values: [institutionId, scenarioId],
});

/** The ids of the same, for within a query. */
const otherIds = `(select s.id from scenario one
  join scenario s on s.institution_id = one.institution_id and s.call_id = one.call_id and s.id <> one.id
  where one.institution_id = $1 and one.id = $2 and s.computing = 'done' and s.status <> 'rejected'
  order by s.made_at desc, s.id desc limit ${othersMost})`;

const from = `scenario_line l
  join application a on a.institution_id = l.institution_id and a.id = l.application_id
  join person p on p.institution_id = a.institution_id and p.id = a.person_id
  join application_submission sub
    on sub.institution_id = a.institution_id and sub.application_id = a.id and sub.number = a.submission_number
  left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
  left join grade g on g.institution_id = p.institution_id and g.id = p.grade_id`;

/** A line as the contract has it; `elsewhere` is asked for once for all of a page. */
export const lineColumns = `l.application_id as "applicationId", a.reference, l.rank,
  json_build_object('id', p.id, 'name', trim(p.given_name || ' ' || p.family_name), 'unit', u.name, 'grade', g.name) as applicant,
  sub.event_name as "eventName", l.score, l.asked_pence::float8 as "askedPence", l.least_pence::float8 as "leastPence",
  l.outcome, l.amount_pence::float8 as "amountPence", l.reserve_rank as "reserveRank", l.below_bar as "belowBar", l.overridden,
  l.reason->>'decidedBy' as "decidedBy",
  coalesce((select json_agg(json_build_object('scenarioId', o.scenario_id, 'outcome', o.outcome, 'amountPence', o.amount_pence)
      order by s.made_at, s.id)
    from scenario_line o join scenario s on s.institution_id = o.institution_id and s.id = o.scenario_id
    where o.institution_id = $1 and o.application_id = l.application_id and o.scenario_id in ${otherIds}), '[]') as elsewhere`;

export const linesFrom = from;

const wanted = `l.institution_id = $1 and l.scenario_id = $2 and ($3::text is null or l.outcome = $3)
  and ($4::boolean is not true or exists (select from scenario_line o where o.institution_id = $1
    and o.application_id = l.application_id and o.scenario_id in ${otherIds}
    and (o.outcome, o.amount_pence) <> (l.outcome, l.amount_pence)))
  and ($5::boolean is null or l.overridden = $5)
  and ($6::uuid is null or p.unit_id in (with recursive below as (
      select id from unit where institution_id = $1 and id = $6
      union select c.id from below b join unit c on c.institution_id = $1 and c.parent_id = b.id) select id from below))
  and ($7::text is null or trim(p.given_name || ' ' || p.family_name) ilike $7 or a.reference ilike $7
    or sub.event_name ilike $7)`;

const orders: Readonly<Record<ScenarioLinesQuery['sort'], string>> = {
  rank: 'l.rank',
  name: 'lower(p.family_name), lower(p.given_name), p.id',
  '-asked': 'l.asked_pence desc, l.rank',
  '-award': 'l.amount_pence desc, l.rank',
  unit: 'lower(u.name) nulls last, l.rank',
};

/** More than any call has; a file is not to grow without bound. */
const exportMost = 50_000;

type Filters = Omit<ScenarioLinesQuery, 'page' | 'pageSize'>;

const outcomeWords: Readonly<Record<ScenarioLineRow['outcome'], string>> = {
  awarded: 'Award',
  'part-awarded': 'Part-award',
  reserve: 'Reserve',
  unsuccessful: 'Unsuccessful',
};

/** Who gets what in a scenario, by its filters. */
@Injectable()
export class ScenarioLines {
  constructor(private readonly reads: AllocationReads) {}

  async page(actor: Actor, id: string, { page, pageSize, ...filters }: ScenarioLinesQuery): Promise<ScenarioLinesPage> {
    await this.reads.mayLookAt(actor, id);
    const [rows, total] = await this.read(actor, id, filters, pageSize, (page - 1) * pageSize);
    return { rows, total, page, pageSize };
  }

  async table(actor: Actor, id: string, filters: Filters): Promise<Table> {
    await this.reads.mayLookAt(actor, id);
    const [others] = (await this.reads.asking(actor).all([othersQuery(actor.institutionId, id)])) as [
      { id: string; name: string }[],
    ];
    const [rows] = await this.read(actor, id, filters, exportMost, 0);
    return {
      headings: [
        ...['Rank', 'Reference', 'Applicant', 'Unit', 'Grade', 'Event', 'Score', 'Asked', 'Least', 'Award', 'Outcome'],
        ...[
          'Reserve place',
          'By hand',
          ...(others ?? []).flatMap(({ name }) => [`Outcome in ${name}`, `Award in ${name}`]),
        ],
      ],
      rows: rows.map((row) => [
        ...[row.rank, row.reference, row.applicant.name, row.applicant.unit, row.applicant.grade, row.eventName],
        ...[row.score / 10, pounds(row.askedPence), pounds(row.leastPence), pounds(row.amountPence)],
        ...[outcomeWords[row.outcome], row.reserveRank, row.overridden ? 'yes' : null],
        // An application that came or went since stands in some of them alone.
        ...(others ?? []).flatMap(({ id: other }) => {
          const there = row.elsewhere.find(({ scenarioId }) => scenarioId === other);
          return there ? [outcomeWords[there.outcome], pounds(there.amountPence)] : [null, null];
        }),
      ]),
    };
  }

  private async read(
    actor: Actor,
    id: string,
    { outcome, moved, overridden, unitId, search, sort }: Filters,
    limit: number,
    offset: number,
  ): Promise<[rows: ScenarioLineRow[], total: number]> {
    const values = [
      ...[actor.institutionId, id, outcome ?? null, moved ?? null, overridden ?? null, unitId ?? null],
      search ? patternOf(search) : null,
    ];
    const [rows, [counted]] = (await this.reads.asking(actor).all([
      {
        name: `scenario-lines-${sort}`,
        text: `select ${lineColumns} from ${from} where ${wanted} order by ${orders[sort]} limit $8 offset $9`,
        values: [...values, limit, offset],
      },
      {
        name: 'scenario-lines-count',
        text: `select count(*)::int as total from ${from} where ${wanted}`,
        values,
      },
    ])) as [ScenarioLineRow[], { total: number }[]];
    return [rows, counted?.total ?? 0];
  }
}
