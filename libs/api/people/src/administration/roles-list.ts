import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, Reads } from '@waymark/api-platform';
import type { RoleRow, RolesPage, RolesQuery } from '@waymark/contracts';
import { cardJoins, cardOf, patternOf } from '../person-card';

/** So many lines in one file: roles are few. */
const exportMost = 20_000;

/** Who holds what, held it, and will: by the institution's day. */
@Injectable()
export class RolesList {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, query: RolesQuery): Promise<RolesPage> {
    const { page, pageSize } = query;
    const [found] = await this.read(actor, query, pageSize, (page - 1) * pageSize);
    return { rows: found?.rows ?? [], page, pageSize, total: found?.total ?? 0 };
  }

  async all(actor: Actor, query: RolesQuery): Promise<RoleRow[]> {
    const [found] = await this.read(actor, query, exportMost, 0);
    return found?.rows ?? [];
  }

  private read(actor: Actor, { search, role, state }: RolesQuery, limit: number, offset: number) {
    return this.reads.rows<{ rows: RoleRow[]; total: number }>(actor, {
      name: 'roles',
      text: `
        with held as (
          select h.id, h.person_id, h.role, h.held_from, h.held_until, h.granted_by,
            -- Whoever has left holds nothing any more, before anything has written so.
            case when least(h.held_until, leaver.left_on) < $2::date then 'past' when h.held_from > $2::date then 'later' else 'now' end as state
          from role_held h join person leaver on leaver.institution_id = h.institution_id and leaver.id = h.person_id
          where h.institution_id = $1 and ($3::text is null or h.role = $3)
        ), found as (
          select held.*, p.given_name, p.family_name, ${cardOf('p')} as person
          from held join person p on p.institution_id = $1 and p.id = held.person_id ${cardJoins('p')}
          where ($4::text is null or held.state = $4)
            and ($5::text is null or p.given_name || ' ' || p.family_name ilike $5)
        ), shown as (
          select f.*, trim(g.given_name || ' ' || g.family_name) as granter from found f
          left join person g on g.institution_id = $1 and g.id = f.granted_by
          order by array_position(array['now', 'later', 'past'], f.state), f.role, lower(f.family_name), lower(f.given_name),
            f.held_from desc, f.id limit $6 offset $7
        )
        select (select count(*) from found)::int as total, coalesce((select json_agg(json_build_object('id', s.id,
          'person', s.person, 'role', s.role, 'from', s.held_from, 'until', s.held_until, 'state', s.state,
          'grantedBy', s.granter)
          order by array_position(array['now', 'later', 'past'], s.state), s.role, lower(s.family_name), lower(s.given_name),
            s.held_from desc, s.id) from shown s), '[]'::json) as rows`,
      values: [
        actor.institutionId,
        dayIn(actor.timeZone, this.clock.now()),
        role ?? null,
        state ?? null,
        search ? patternOf(search) : null,
        limit,
        offset,
      ],
    });
  }
}
