import { Injectable } from '@nestjs/common';
import { instantOf, patternOf } from '@waymark/api-people';
import { Reads, type Scope } from '@waymark/api-platform';
import type { RoundsPage, RoundsQuery } from '@waymark/contracts';
import { placesOffered } from '../places';
import type { Table } from '../table';

const matching = `o.institution_id = $1 and ($2::text is null or o.status = $2) and ($3::text is null or o.name ilike $3)`;

/** More rounds than an institution ever has; a file is not to grow without bound. */
const exportMost = 10_000;

@Injectable()
export class RoundsList {
  constructor(private readonly reads: Reads) {}

  /** The whole list by its filters, as a table to keep. */
  async table(scope: Scope, query: Pick<RoundsQuery, 'status' | 'search'>): Promise<Table> {
    const { rows } = await this.rows(scope, query, exportMost, 0);
    return {
      headings: ['Round', 'Status', 'Mentees', 'Mentors', 'Places', 'Mentees paired', 'Started at'],
      rows: rows.map((row) => [row.name, row.status, row.mentees, row.mentors, row.places, row.paired, row.createdAt]),
    };
  }

  async page(scope: Scope, { page, pageSize, ...query }: RoundsQuery): Promise<RoundsPage> {
    return { ...(await this.rows(scope, query, pageSize, (page - 1) * pageSize)), page, pageSize };
  }

  private async rows(
    scope: Scope,
    { status, search }: Pick<RoundsQuery, 'status' | 'search'>,
    limit: number,
    offset: number,
  ): Promise<Pick<RoundsPage, 'rows' | 'total'>> {
    const wanted = [scope.institutionId, status ?? null, search ? patternOf(search) : null];
    const [[count], rows] = await this.reads.all<[{ total: number }, RoundsPage['rows'][number]]>(scope, [
      { name: 'rounds-count', text: `select count(*)::int as total from round o where ${matching}`, values: wanted },
      {
        name: 'rounds-page',
        text: `select o.id, o.name, o.status, ${instantOf('o.created_at')} as "createdAt",
            (select count(*)::int from round_mentee rm where rm.institution_id = $1 and rm.round_id = o.id) as mentees,
            size.mentors, size.places,
            (select (r.summary->>'menteesPaired')::int from run r
              where r.institution_id = $1 and r.round_id = o.id and r.status = 'done'
              order by r.id = o.released_run_id desc nulls last, r.number desc limit 1) as paired
          from (select * from round o where ${matching} order by o.created_at desc, o.id desc limit $4 offset $5) o
          cross join lateral (
            select count(*)::int as mentors,
              coalesce(sum(${placesOffered('e', 'o')}) filter (where e.status = 'active'), 0)::int as places
            from round_mentor rm
            join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
            where rm.institution_id = $1 and rm.round_id = o.id
          ) size
          order by o.created_at desc, o.id desc`,
        values: [...wanted, limit, offset],
      },
    ]);
    return { rows, total: count?.total ?? 0 };
  }
}
