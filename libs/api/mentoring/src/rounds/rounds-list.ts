import { Injectable } from '@nestjs/common';
import { instantOf, patternOf } from '@waymark/api-people';
import { Reads, type Scope } from '@waymark/api-platform';
import type { RoundsPage, RoundsQuery } from '@waymark/contracts';
import { placesOffered } from '../places';

const matching = `o.institution_id = $1 and ($2::text is null or o.status = $2) and ($3::text is null or o.name ilike $3)`;

@Injectable()
export class RoundsList {
  constructor(private readonly reads: Reads) {}

  async page(scope: Scope, { page, pageSize, status, search }: RoundsQuery): Promise<RoundsPage> {
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
        values: [...wanted, pageSize, (page - 1) * pageSize],
      },
    ]);
    return { rows, page, pageSize, total: count?.total ?? 0 };
  }
}
