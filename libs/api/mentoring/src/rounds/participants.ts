import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, patternOf } from '@waymark/api-people';
import { Clock, Reads, Refused, type Scope } from '@waymark/api-platform';
import type { ParticipantsPage, ParticipantsQuery, Side } from '@waymark/contracts';
import { takesPart } from '../at-present';
import { placesOffered } from '../places';

const sources: Readonly<Record<Side, { from: string; count: string; attributes: string; paused: string }>> = {
  mentees: {
    from: `round_mentee rm
      join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
      join person p on p.institution_id = r.institution_id and p.id = r.person_id`,
    count: 'r.rounds_waited',
    attributes: 'r.attributes',
    paused: 'null::text',
  },
  mentors: {
    from: `round_mentor rm
      join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
      join person p on p.institution_id = e.institution_id and p.id = e.person_id`,
    count: `case when e.status = 'active' then ${placesOffered('e', 'o')} else 0 end`,
    attributes: 'e.attributes',
    paused: `case when e.status = 'paused' then case when e.paused_for_silence then 'silence' else 'self' end end`,
  },
};

const named = `($3::text is null or trim(p.given_name || ' ' || p.family_name) ilike $3) and ${takesPart(['p'], '$2', '$4')}`;

/** A round's mentors with the places they offer in it, or its mentees with the rounds they have waited. */
@Injectable()
export class Participants {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(scope: Scope, id: string, side: Side, query: ParticipantsQuery): Promise<ParticipantsPage> {
    const { page, pageSize, search } = query;
    const { from, count, attributes, paused } = sources[side];
    const wanted = [scope.institutionId, id, search ? patternOf(search) : null, this.clock.now()];
    type Row = { card: Omit<ParticipantsPage['rows'][number], 'count' | 'attributes' | 'paused'> } & Pick<
      ParticipantsPage['rows'][number],
      'count' | 'attributes' | 'paused'
    >;
    const [[round], [all], rows] = await this.reads.all<[{ id: string }, { total: number }, Row]>(scope, [
      {
        name: 'round-known',
        text: `select id from round where institution_id = $1 and id = $2`,
        values: [scope.institutionId, id],
      },
      {
        name: `round-${side}-count`,
        text: `select count(*)::int as total from ${from} where rm.institution_id = $1 and rm.round_id = $2 and ${named}`,
        values: wanted,
      },
      {
        name: `round-${side}`,
        text: `select ${cardOf('p')} as card, ${count} as count, ${paused} as paused,
            (select coalesce(json_agg(json_build_object('name', key, 'values', value) order by lower(key)), '[]') from jsonb_each(${attributes})) as attributes
          from ${from} join round o on o.institution_id = rm.institution_id and o.id = rm.round_id ${cardJoins('p')}
          where rm.institution_id = $1 and rm.round_id = $2 and ${named}
          order by lower(p.family_name), lower(p.given_name), p.id limit $5 offset $6`,
        values: [...wanted, pageSize, (page - 1) * pageSize],
      },
    ]);
    if (!round) throw new Refused('not-found');
    return { rows: rows.map(({ card, ...row }) => ({ ...card, ...row })), page, pageSize, total: all?.total ?? 0 };
  }
}
