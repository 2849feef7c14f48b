import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, Reads } from '@waymark/api-platform';
import type {
  DataRequestRow,
  DataRequestsPage,
  DataRequestsQuery,
  SuggestedPage,
  SuggestedQuery,
} from '@waymark/contracts';
import { instantOf, patternOf } from '../person-card';

const requests = `
  select e.id, 'export' as kind, e.person_id, case when e.requested_by = e.person_id then 'person' else 'administrator' end as by,
    e.status, null::text as reason, e.asked_at, e.ready_at as ended_at
  from data_export e where e.institution_id = $1
  union all
  select e.id, 'erasure', e.person_id, 'administrator', e.status, e.reason, e.asked_at, e.erased_at
  from erasure e where e.institution_id = $1`;

const rowSql = `r.id, r.kind, r.person_id as "personId", trim(p.given_name || ' ' || p.family_name) as name, r.by, r.status,
  r.reason, ${instantOf('r.asked_at')} as "askedAt", ${instantOf('r.ended_at')} as "endedAt"`;

type Filter = Pick<DataRequestsQuery, 'kind' | 'search'>;

/** Exports and erasures of the institution, and those whose time has run out. */
@Injectable()
export class DataRequests {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, query: DataRequestsQuery): Promise<DataRequestsPage> {
    const values = this.values(actor, query);
    const [rows, [counted]] = await this.reads.all<[DataRequestRow, { total: number }]>(actor, [
      {
        name: 'data-requests',
        text: `select ${rowSql} ${from} order by r.asked_at desc, r.id desc limit $4 offset $5`,
        values: [...values, query.pageSize, (query.page - 1) * query.pageSize],
      },
      { name: 'data-requests-total', text: `select count(*)::int as total ${from}`, values },
    ]);
    return { rows, page: query.page, pageSize: query.pageSize, total: counted?.total ?? 0 };
  }

  /** All that the filters name, for a file; at most 50,000. */
  all(actor: Actor, query: Filter): Promise<DataRequestRow[]> {
    return this.reads.rows(actor, {
      name: 'data-requests-all',
      text: `select ${rowSql} ${from} order by r.asked_at desc, r.id desc limit 50000`,
      values: this.values(actor, query),
    });
  }

  async suggested(actor: Actor, query: SuggestedQuery): Promise<SuggestedPage> {
    const today = dayIn(actor.timeZone, this.clock.now());
    const values = [actor.institutionId, today, query.search ? patternOf(query.search) : null];
    const where = `p.institution_id = $1 and p.erased_at is null and p.left_on is not null
      and p.left_on < $2::date - (select i.leavers_kept_days from institution i where i.id = $1)
      and ($3::text is null or p.given_name || ' ' || p.family_name ilike $3)`;
    const [rows, [counted]] = await this.reads.all<[SuggestedPage['rows'][number], { total: number; days: number }]>(
      actor,
      [
        {
          name: 'erasure-suggested',
          text: `select p.id, trim(p.given_name || ' ' || p.family_name) as name, u.name as unit, p.left_on::text as "leftOn"
            from person p left join unit u on u.institution_id = $1 and u.id = p.unit_id
            where ${where} order by p.left_on, p.id limit $4 offset $5`,
          values: [...values, query.pageSize, (query.page - 1) * query.pageSize],
        },
        {
          name: 'erasure-suggested-total',
          text: `select i.leavers_kept_days as days, (select count(*)::int from person p where ${where}) as total
            from institution i where i.id = $1`,
          values,
        },
      ],
    );
    return {
      rows,
      page: query.page,
      pageSize: query.pageSize,
      total: counted?.total ?? 0,
      days: counted?.days ?? 0,
    };
  }

  private values(actor: Actor, { kind, search }: Filter): unknown[] {
    return [actor.institutionId, kind ?? null, search ? patternOf(search) : null];
  }
}

const from = `from (${requests}) r join person p on p.institution_id = $1 and p.id = r.person_id
  where ($2::text is null or r.kind = $2) and ($3::text is null or p.given_name || ' ' || p.family_name ilike $3)`;
