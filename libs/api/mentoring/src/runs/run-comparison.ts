import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, patternOf } from '@waymark/api-people';
import { Reads, Refused, type Scope } from '@waymark/api-platform';
import type { ComparisonQuery, ComparisonRow, ComparisonView, MatchingMethod } from '@waymark/contracts';
import type { Table } from '../table';

/** More than any round has; a file is not to grow without bound. */
const exportMost = 100_000;
const choicesMost = 100;

/**
 * Each mentee of either run, with the mentors of both: $2 the run looked at, $3 the one before. Somebody whom neither
 * paired is the same in both.
 */
const compared = `
  select coalesce(now.request_id, before.request_id) as request_id,
    coalesce(now.score, 0) - coalesce(before.score, 0) as difference,
    case when before.request_id is null then 'gained' when now.request_id is null then 'lost'
      when now.mentors = before.mentors then 'same' else 'moved' end as change
  from (select request_id, sum(shown_score)::int as score, array_agg(enrolment_id order by enrolment_id) as mentors
    from run_pair where institution_id = $1 and run_id = $2 group by request_id) now
  full join (select request_id, sum(shown_score)::int as score, array_agg(enrolment_id order by enrolment_id) as mentors
    from run_pair where institution_id = $1 and run_id = $3 group by request_id) before
    on before.request_id = now.request_id`;

const mentorsIn = (run: string): string => `(
  select coalesce(json_agg(json_build_object('mentor', ${cardOf('mentor')}, 'score', rp.shown_score, 'pinned', rp.pinned)
    order by rp.shown_score desc, mentor.id), '[]')
  from run_pair rp
  join enrolment e on e.institution_id = rp.institution_id and e.id = rp.enrolment_id
  join person mentor on mentor.institution_id = e.institution_id and mentor.id = e.person_id ${cardJoins('mentor')}
  where rp.institution_id = $1 and rp.run_id = ${run} and rp.request_id = c.request_id)`;

const by = `lower(mentee.family_name), lower(mentee.given_name), mentee.id`;
const orders: Readonly<Record<ComparisonQuery['sort'], string>> = {
  mentee: by,
  difference: `c.difference, ${by}`,
  '-difference': `c.difference desc, ${by}`,
};

type Filters = Pick<ComparisonQuery, 'with' | 'change' | 'search' | 'sort'>;

interface Methods {
  now: MatchingMethod;
  before: MatchingMethod;
}

/** Two runs of a round side by side: who gained a mentor, who lost one, who moved. Scores as shown, without identity. */
@Injectable()
export class RunComparison {
  constructor(private readonly reads: Reads) {}

  async page(scope: Scope, runId: string, { page, pageSize, ...filters }: ComparisonQuery): Promise<ComparisonView> {
    const { view } = await this.read(scope, runId, filters, pageSize, (page - 1) * pageSize);
    return { ...view, page, pageSize };
  }

  /** All that changed, as a table to keep: one line for each mentee. */
  async table(scope: Scope, runId: string, filters: Omit<Filters, 'sort'>): Promise<Table> {
    const { view, methods } = await this.read(scope, runId, { ...filters, sort: 'mentee' }, exportMost, 0);
    const names = (list: ComparisonRow['now']) => list.map(({ mentor }) => mentor.name).join('; ');
    const points = (list: ComparisonRow['now']) =>
      list.length === 0 ? null : list.reduce((sum, { score }) => sum + score, 0);
    return {
      headings: [
        ...['Mentee', 'Unit', 'Change', 'Mentor before', 'Score before', 'Mentor now', 'Score now', 'Difference'],
        ...['Method before', 'Method now'],
      ],
      rows: view.rows.map(({ mentee, change, before, now, difference }) => [
        ...[mentee.name, mentee.unit, change],
        ...[names(before), points(before), names(now), points(now), difference],
        ...[methods.before, methods.now],
      ]),
    };
  }

  private async read(
    scope: Scope,
    runId: string,
    { with: otherId, change, search, sort }: Filters,
    limit: number,
    offset: number,
  ): Promise<{ view: Omit<ComparisonView, 'page' | 'pageSize'>; methods: Methods }> {
    const two = [scope.institutionId, runId, otherId];
    const filters = [...two, change ?? null, search ? patternOf(search) : null];
    const from = `(${compared}) c
      join request r on r.institution_id = $1 and r.id = c.request_id
      join person mentee on mentee.institution_id = r.institution_id and mentee.id = r.person_id`;
    const wanted = `c.change <> 'same' and ($4::text is null or c.change = $4)
      and ($5::text is null or trim(mentee.given_name || ' ' || mentee.family_name) ilike $5)`;
    const [[known], counts, [points], choices, [total], rows] = await this.reads.all<
      [
        Methods & { done: boolean },
        { change: keyof ComparisonView['counts']; count: number },
        ComparisonView['points'],
        ComparisonView['choices'][number],
        { total: number },
        ComparisonRow,
      ]
    >(scope, [
      {
        name: 'compared-runs-known',
        text: `select one.status = 'done' and other.status = 'done' as done, one.method as now, other.method as before
          from run one
          join run other on other.institution_id = one.institution_id and other.round_id = one.round_id
          where one.institution_id = $1 and one.id = $2 and other.id = $3`,
        values: two,
      },
      {
        name: 'comparison-counts',
        text: `select change, count(*)::int as count from (${compared}) c group by change`,
        values: two,
      },
      {
        name: 'comparison-points',
        text: `select count(*) filter (where c.difference > 0)::int as more, count(*) filter (where c.difference < 0)::int as fewer
          from (${compared}) c where c.change in ('moved', 'same')`,
        values: two,
      },
      {
        name: 'comparison-choices',
        text: `select made.kind, made.in, ${cardOf('mentee')} as mentee, ${cardOf('mentor')} as mentor
          from (
            select one->>'kind' as kind, (one->>'requestId')::uuid as request_id, (one->>'enrolmentId')::uuid as enrolment_id,
              min(case run.id when $2 then 'now' else 'before' end) as in
            from run cross join jsonb_array_elements(run.choices) one
            where run.institution_id = $1 and run.id in ($2, $3)
            group by 1, 2, 3 having count(*) = 1
          ) made
          join request r on r.institution_id = $1 and r.id = made.request_id
          join enrolment e on e.institution_id = $1 and e.id = made.enrolment_id
          join person mentee on mentee.institution_id = r.institution_id and mentee.id = r.person_id
          join person mentor on mentor.institution_id = e.institution_id and mentor.id = e.person_id
          ${cardJoins('mentee')} ${cardJoins('mentor')}
          order by made.in desc, made.kind desc, ${by} limit ${choicesMost}`,
        values: two,
      },
      {
        name: 'comparison-total',
        text: `select count(*)::int as total from ${from} where ${wanted}`,
        values: filters,
      },
      {
        name: `comparison-${sort}`,
        text: `select ${cardOf('mentee')} as mentee, c.change, ${mentorsIn('$3')} as before, ${mentorsIn('$2')} as now, c.difference
          from ${from} ${cardJoins('mentee')} where ${wanted} order by ${orders[sort]} limit $6 offset $7`,
        values: [...filters, limit, offset],
      },
    ]);
    if (!known) throw new Refused('not-found');
    if (!known.done) throw new Refused('run-not-finished');
    const count = (name: string) => counts.find((row) => row.change === name)?.count ?? 0;
    return {
      methods: { now: known.now, before: known.before },
      view: {
        counts: { gained: count('gained'), lost: count('lost'), moved: count('moved'), same: count('same') },
        points: points ?? { more: 0, fewer: 0 },
        choices,
        rows,
        total: total?.total ?? 0,
      },
    };
  }
}
