import { instantOf } from '@waymark/api-people';
import type { ReadQuery } from '@waymark/api-platform';
import type { TasksOf } from '../home/funding-home';
import { extendedUntil, inAudience } from './audience';

/** Calls of one kind of task at once. */
const most = 20;

export const callTasks: TasksOf = (actor, now) => {
  const { institutionId, personId } = actor;
  const toApply: ReadQuery = {
    name: 'home-calls-to-apply',
    text: `select 'apply-to-call' as kind, c.id, ${instantOf('greatest(c.closes_at, x.until)')} as "dueAt", c.name as about, null::int as count
      from call c
      join call_terms t on t.institution_id = c.institution_id and t.call_id = c.id and t.number = c.terms_number
      join person me on me.institution_id = c.institution_id and me.id = $2 and me.technician
      left join lateral (select ${extendedUntil('c', 'me.id')} as until) x on true
      where c.institution_id = $1 and c.opens_at <= $3::timestamptz
        and ((c.status = 'open' and c.closes_at > $3::timestamptz) or (c.status in ('open', 'closed') and x.until > $3::timestamptz))
        and ${inAudience('t.terms', 'me')}
        and not exists (select from application a where a.institution_id = c.institution_id and a.call_id = c.id
          and a.person_id = me.id and a.status <> 'withdrawn')
      order by c.closes_at limit ${most}`,
    values: [institutionId, personId, now],
  };
  if (!actor.permissions.has('calls.manage')) return [toApply];
  return [
    toApply,
    {
      name: 'home-calls-to-open',
      text: `select 'open-call' as kind, id, ${instantOf('opens_at')} as "dueAt", name as about, null::int as count
        from call where institution_id = $1 and status = 'draft' and opens_at <= $2::timestamptz and closes_at > $2::timestamptz
        order by opens_at limit ${most}`,
      values: [institutionId, now],
    },
    {
      name: 'home-calls-to-assign',
      // Closed with nothing outstanding, or scoring, and something eligible that nobody was given to read.
      text: `select 'assign-panel' as kind, c.id, null::text as "dueAt", c.name as about, n.count from call c
        cross join lateral (
          select count(*) filter (where a.status in ('endorsed', 'eligible') and not exists (
              select from review r where r.institution_id = a.institution_id and r.application_id = a.id
                and r.status not in ('recused', 'reassigned')))::int as count,
            count(*) filter (where a.status in ('submitted', 'returned', 'unendorsed'))::int as outstanding
          from application a where a.institution_id = c.institution_id and a.call_id = c.id) n
        where c.institution_id = $1 and n.count > 0
          and (c.status = 'scoring' or (n.outstanding = 0 and (c.status = 'closed' or (c.status = 'open' and c.closes_at <= $2::timestamptz))))
        order by c.closes_at limit ${most}`,
      values: [institutionId, now],
    },
  ];
};
