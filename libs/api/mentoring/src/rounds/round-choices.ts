import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf } from '@waymark/api-people';
import { type Actor, Reads, Refused } from '@waymark/api-platform';
import type { RoundChoicesPage, RoundChoicesQuery } from '@waymark/contracts';

const wanted = `c.institution_id = $1 and c.round_id = $2 and ($3::text is null or c.kind = $3)`;

/** Pairs that coordinators pinned or forbade, the newest first. Reasons are for coordinators alone. */
@Injectable()
export class RoundChoices {
  constructor(private readonly reads: Reads) {}

  async page(actor: Actor, roundId: string, { page, pageSize, kind }: RoundChoicesQuery): Promise<RoundChoicesPage> {
    const values = [actor.institutionId, roundId, kind ?? null];
    const [[round], [count], rows] = await this.reads.all<
      [{ id: string }, { total: number }, RoundChoicesPage['rows'][number]]
    >(actor, [
      {
        name: 'round-known',
        text: `select id from round where institution_id = $1 and id = $2`,
        values: [actor.institutionId, roundId],
      },
      {
        name: 'round-choices-count',
        text: `select count(*)::int as total from round_choice c where ${wanted}`,
        values,
      },
      {
        name: 'round-choices',
        text: `select c.id, c.kind, ${cardOf('mentee')} as mentee, ${cardOf('mentor')} as mentor,
            case when $4 then c.reason end as reason, ${instantOf('c.made_at')} as "madeAt",
            trim(maker.given_name || ' ' || maker.family_name) as "madeBy"
          from round_choice c
          join request r on r.institution_id = c.institution_id and r.id = c.request_id
          join enrolment e on e.institution_id = c.institution_id and e.id = c.enrolment_id
          join person mentee on mentee.institution_id = r.institution_id and mentee.id = r.person_id
          join person mentor on mentor.institution_id = e.institution_id and mentor.id = e.person_id
          join person maker on maker.institution_id = c.institution_id and maker.id = c.made_by
          ${cardJoins('mentee')} ${cardJoins('mentor')}
          where ${wanted} order by c.made_at desc, c.id desc limit $5 offset $6`,
        values: [...values, actor.permissions.has('rounds.run'), pageSize, (page - 1) * pageSize],
      },
    ]);
    if (!round) throw new Refused('not-found');
    return { rows, page, pageSize, total: count?.total ?? 0 };
  }
}
