import { type ReadQuery } from '@waymark/api-platform';
import { reviewReassignedAfterDays } from '@waymark/contracts';
import type { TasksOf } from '../home/funding-home';
import { keptOfCallSql } from './conflicts';

/** Calls that the actor ($2) runs: as their chair, or, for whoever manages calls ($3), all of them. */
const runs = `(exists (select from call_panelist m where m.institution_id = $1 and m.call_id = c.id and m.person_id = $2 and m.chair)
  or $3::boolean)`;
const kept = `cross join lateral ${keptOfCallSql('$2')} k`;
const notKept = (of: string): string => `a.person_id <> all (${of}.kept)`;
/** Calls that are scored, with whom the actor has an interest in: worked out once a call, before its reviews are looked at. */
const scored = (which: string): string => `with c as materialized (
    select c.institution_id, c.id, c.name, k.kept from call c ${kept}
    where c.institution_id = $1 and c.status = 'scoring' and ${which}
  )`;
const sits = `exists (select from call_panelist m where m.institution_id = $1 and m.call_id = c.id and m.person_id = $2)`;

/** What of the panel waits for a person. `id` is the call's. What they have an interest in is not counted for them. */
export const panelTasks: TasksOf = (actor, now): ReadQuery[] => {
  const running = [actor.institutionId, actor.personId, actor.permissions.has('calls.manage')];
  return [
    {
      name: 'panel-task-review',
      text: `${scored(sits)}
        select 'review-application' as kind, c.id, null as "dueAt", c.name as about, count(*)::int as count
        from review r
        join c on c.institution_id = r.institution_id and c.id = r.call_id
        join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status = 'eligible'
        where r.institution_id = $1 and r.panelist_id = $2 and r.status in ('assigned', 'drafting') and ${notKept('c')}
        group by c.id, c.name order by c.name, c.id limit 20`,
      values: running.slice(0, 2),
    },
    {
      name: 'panel-task-reassign',
      text: `${scored(runs)}
        select 'reassign-review' as kind, c.id, null as "dueAt", c.name as about, count(*)::int as count
        from review r
        join c on c.institution_id = r.institution_id and c.id = r.call_id
        join institution i on i.id = r.institution_id
        join person p on p.institution_id = r.institution_id and p.id = r.panelist_id
        join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status = 'eligible'
        where r.institution_id = $1 and ${notKept('c')} and (r.status = 'recused'
          or r.status = 'assigned' and r.opened_at is null
            and r.assigned_at <= $4::timestamptz - interval '${reviewReassignedAfterDays} days'
          or r.status in ('assigned', 'drafting') and p.left_on < ($4::timestamptz at time zone i.time_zone)::date)
        group by c.id, c.name order by c.name, c.id limit 20`,
      values: [...running, now],
    },
    {
      name: 'panel-task-moderate',
      text: `select 'moderate-call' as kind, c.id, null as "dueAt", c.name as about, null as count
        from call c
        ${kept}
        where c.institution_id = $1 and c.status in ('scoring', 'moderation') and ${runs} and (
          c.status = 'moderation' and exists (select from call_panelist m where m.institution_id = $1 and m.call_id = c.id
            and m.person_id = $2 and m.chair)
          or c.status = 'scoring'
            and exists (select from application a where a.institution_id = $1 and a.call_id = c.id and a.status = 'eligible'
              and ${notKept('k')})
            and not exists (
              select from application a
              join application_submission s on s.institution_id = $1 and s.application_id = a.id and s.number = a.submission_number
              join call_terms t on t.institution_id = $1 and t.call_id = c.id and t.number = s.terms_number
              where a.institution_id = $1 and a.call_id = c.id and a.status = 'eligible' and ${notKept('k')}
                and (select count(*) from review r where r.institution_id = $1 and r.application_id = a.id
                  and r.status in ('submitted', 'locked')) < (t.terms->>'reviewersEach')::int))
        order by c.name, c.id limit 20`,
      values: running,
    },
  ];
};
