import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, type ReadQuery, Reads } from '@waymark/api-platform';
import type {
  AwardNames,
  AwardRow,
  AwardsPage,
  AwardsQuery,
  AwardStatus,
  HomeTask,
  OwnAwards,
} from '@waymark/contracts';
import { patternOf } from '../person-card';
import { awardJoins, awardOf } from './award-view';

/** `$2` is today. */
const standing: Readonly<Record<AwardStatus, string>> = {
  declared: `a.status = 'declared'`,
  verified: `a.status = 'verified' and (a.valid_to is null or a.valid_to >= $2::date)`,
  rejected: `a.status = 'rejected'`,
  lapsed: `(a.status = 'lapsed' or a.status = 'verified' and a.valid_to < $2::date)`,
};
/** What waits longest comes first; what was decided last, or runs out first, likewise. */
const order: Readonly<Record<AwardStatus, string>> = {
  declared: 'a.id',
  verified: 'a.valid_to nulls last, a.id',
  rejected: 'a.decided_at desc nulls last, a.id',
  lapsed: 'a.valid_to desc, a.id',
};

/** Awards of the whole institution for those who verify them. */
@Injectable()
export class AwardsList {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, { status, search, page, pageSize }: AwardsQuery): Promise<AwardsPage> {
    const values: unknown[] = [actor.institutionId, this.today(actor)];
    const where = `a.institution_id = $1 and ${standing[status]}${
      search
        ? ` and (a.award ilike $3 or a.body ilike $3 or a.number ilike $3
      or p.given_name || ' ' || p.family_name ilike $3)`
        : ''
    }`;
    if (search) values.push(patternOf(search));
    const from = 'award_held a join person p on p.institution_id = a.institution_id and p.id = a.person_id';
    const [rows, totals] = await this.reads.all<[{ row: AwardRow }, { total: number }]>(actor, [
      {
        name: `awards-${status}${search ? '-s' : ''}`,
        text: `select (${awardOf('a', '$2::date')})::jsonb || jsonb_build_object('own', p.id = $${values.length + 3}::uuid, 'person',
            jsonb_build_object('id', p.id, 'name', trim(p.given_name || ' ' || p.family_name), 'unit', u.name, 'email', p.email)) as row
          from ${from} ${awardJoins('a')} left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
          where ${where} order by ${order[status]} limit $${values.length + 1} offset $${values.length + 2}`,
        values: [...values, pageSize, (page - 1) * pageSize, actor.personId],
      },
      {
        name: `awards-total-${status}${search ? '-s' : ''}`,
        text: `select count(*)::int as total from ${from} where ${where} and $2::date is not null`,
        values,
      },
    ]);
    return { rows: rows.map(({ row }) => row), page, pageSize, total: totals[0]?.total ?? 0 };
  }

  async own(actor: Actor): Promise<OwnAwards> {
    const rows = await this.reads.rows<{ award: OwnAwards['awards'][number] }>(actor, {
      name: 'awards-own',
      text: `select ${awardOf('a', '$3::date')} as award from award_held a ${awardJoins('a')}
        where a.institution_id = $1 and a.person_id = $2 order by a.awarded_on desc, a.id limit 500`,
      values: [actor.institutionId, actor.personId, this.today(actor)],
    });
    return { awards: rows.map(({ award }) => award) };
  }

  /** The awards held now, by name, those of most people first. */
  async names(actor: Actor): Promise<AwardNames> {
    const awards = await this.reads.rows<AwardNames['awards'][number]>(actor, {
      name: 'award-names',
      text: `select min(a.award) as award, count(distinct a.person_id)::int as people from award_held a
        join person p on p.institution_id = a.institution_id and p.id = a.person_id
        where a.institution_id = $1 and ${standing.verified} and (p.left_on is null or p.left_on >= $2::date)
        group by lower(a.award) order by 2 desc, 1 limit 200`,
      values: [actor.institutionId, this.today(actor)],
    });
    return { awards };
  }

  /** What waits for somebody who verifies awards: one line, with how many. Their own are another's to check. */
  async tasks(actor: Actor): Promise<HomeTask[]> {
    if (!actor.permissions.has('awards.verify')) return [];
    const query: ReadQuery = {
      name: 'home-awards',
      text: `select count(*)::int as count from award_held a
        where a.institution_id = $1 and a.status = 'declared' and a.person_id <> $2`,
      values: [actor.institutionId, actor.personId],
    };
    const [row] = await this.reads.rows<{ count: number }>(actor, query);
    if (!row || row.count === 0) return [];
    return [
      { kind: 'verify-awards', id: actor.institutionId, dueAt: null, about: actor.institutionName, count: row.count },
    ];
  }

  private today(actor: Actor): string {
    return dayIn(actor.timeZone, this.clock.now());
  }
}
