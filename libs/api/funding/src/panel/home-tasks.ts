import { type ReadQuery } from '@waymark/api-platform';
import { reviewReassignedAfterDays } from '@waymark/contracts';
import type { TasksOf } from '../home/funding-home';
import { keptFromSql } from './conflicts';

/** Calls that the actor ($2) runs: as their chair, or, for whoever manages calls ($3), all of them. */
const runs = `(exists (select from call_panelist m where m.institution_id = $1 and m.call_id = c.id and m.person_id = $2 and m.chair)
  or $3::boolean)`;
const notKept = `a.person_id not in (select k.applicant_id from ${keptFromSql('c.id', '$2')} k)`;

/** What of the panel waits for a person. `id` is the call's. What they have an interest in is not counted for them. */
export const panelTasks: TasksOf = (actor, now): ReadQuery[] => {
  const running = [actor.institutionId, actor.personId, actor.permissions.has('calls.manage')];
  return [
    {
      name: 'panel-task-review',
      text: `select 'review-application' as kind, c.id, null as "dueAt", c.name as about, count(*)::int as count
        from review r
        join call c on c.institution_id = r.institution_id and c.id = r.call_id and c.status = 'scoring'
        join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status = 'eligible'
        where r.institution_id = $1 and r.panelist_id = $2 and r.status in ('assigned', 'drafting') and ${notKept}
        group by c.id, c.name order by c.name, c.id limit 20`,
      values: running.slice(0, 2),
    },
    {
      name: 'panel-task-reassign',
      text: `select 'reassign-review' as kind, c.id, null as "dueAt", c.name as about, count(*)::int as count
        from review r
        join call c on c.institution_id = r.institution_id and c.id = r.call_id and c.status = 'scoring'
        join institution i on i.id = r.institution_id
        join person p on p.institution_id = r.institution_id and p.id = r.panelist_id
        join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status = 'eligible'
        where r.institution_id = $1 and ${runs} and ${notKept} and (r.status = 'recused'
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
        where c.institution_id = $1 and ${runs} and (
          c.status = 'moderation' and exists (select from call_panelist m where m.institution_id = $1 and m.call_id = c.id
            and m.person_id = $2 and m.chair)
          or c.status = 'scoring'
            and exists (select from application a where a.institution_id = $1 and a.call_id = c.id and a.status = 'eligible'
              and ${notKept})
            and not exists (
              select from application a
              join application_submission s on s.institution_id = $1 and s.application_id = a.id and s.number = a.submission_number
              join call_terms t on t.institution_id = $1 and t.call_id = c.id and t.number = s.terms_number
              where a.institution_id = $1 and a.call_id = c.id and a.status = 'eligible' and ${notKept}
                and (select count(*) from review r where r.institution_id = $1 and r.application_id = a.id
                  and r.status in ('submitted', 'locked')) < (t.terms->>'reviewersEach')::int))
        order by c.name, c.id limit 20`,
      values: running,
    },
  ];
};
