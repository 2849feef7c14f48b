import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, Reads } from '@waymark/api-platform';
import type { HomeTask, PeopleWithoutManager, PeopleWithoutManagerQuery } from '@waymark/contracts';
import { cardJoins, cardOf } from '../person-card';

/** `$2` is today. */
const concerned = `
  person p join person manager on manager.institution_id = p.institution_id and manager.id = p.line_manager_id
  where p.institution_id = $1 and manager.left_on < $2::date and (p.left_on is null or p.left_on >= $2::date)`;

/** People whose line manager has left with nobody active above: a coordinator chooses another. */
@Injectable()
export class WithoutManager {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, { page, pageSize }: PeopleWithoutManagerQuery): Promise<PeopleWithoutManager> {
    const values = [actor.institutionId, this.today(actor)];
    type Row = { card: Omit<PeopleWithoutManager['rows'][number], 'manager'>; manager: string };
    const [[count], rows] = await this.reads.all<[{ total: number }, Row]>(actor, [
      { name: 'without-manager-count', text: `select count(*)::int as total from ${concerned}`, values },
      {
        name: 'without-manager',
        text: `select ${cardOf('p')} as card, trim(manager.given_name || ' ' || manager.family_name) as manager
          from (select p.*, p.line_manager_id as manager_id from ${concerned}
            order by lower(p.family_name), lower(p.given_name), p.id limit $3 offset $4) p
          join person manager on manager.institution_id = p.institution_id and manager.id = p.manager_id
          ${cardJoins('p')} order by lower(p.family_name), lower(p.given_name), p.id`,
        values: [...values, pageSize, (page - 1) * pageSize],
      },
    ]);
    return { rows: rows.map(({ card, manager }) => ({ ...card, manager })), page, pageSize, total: count?.total ?? 0 };
  }

  async tasks(actor: Actor): Promise<HomeTask[]> {
    if (!actor.permissions.has('people.edit')) return [];
    const [row] = await this.reads.rows<{ count: number }>(actor, {
      name: 'home-without-manager',
      text: `select count(*)::int as count from ${concerned}`,
      values: [actor.institutionId, this.today(actor)],
    });
    if (!row || row.count === 0) return [];
    return [
      {
        kind: 'people-without-manager',
        id: actor.institutionId,
        dueAt: null,
        about: actor.institutionName,
        count: row.count,
      },
    ];
  }

  private today(actor: Actor): string {
    return dayIn(actor.timeZone, this.clock.now());
  }
}
