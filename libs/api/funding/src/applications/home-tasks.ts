import { instantOf } from '@waymark/api-people';
import type { ReadQuery } from '@waymark/api-platform';
import type { TasksOf } from '../home/funding-home';

const most = 50;

/** Until when it can be sent; days of grace are the institution's, as in sendBefore. */
const sendBy = `greatest(case when a.status = 'returned'
  then (c.closes_at at time zone i.time_zone + make_interval(days => c.return_grace_days)) at time zone i.time_zone
  else c.closes_at end, x.until)`;

const own = (institutionId: string, personId: string, now: Date): ReadQuery => ({
  name: 'home-own-applications',
  text: `select a.id, case a.status when 'draft' then 'finish-application' else 'answer-returned-application' end as kind,
      ${instantOf(sendBy)} as "dueAt", c.name as about, null::int as count
    from application a
    join call c on c.institution_id = a.institution_id and c.id = a.call_id
    join institution i on i.id = a.institution_id
    left join call_extension x on x.institution_id = a.institution_id and x.call_id = a.call_id and x.person_id = a.person_id
    where a.institution_id = $1 and a.person_id = $2 and a.status in ('draft', 'returned') and c.status in ('open', 'closed')
      and ${sendBy} > $3::timestamptz
    order by 3, a.id limit ${most}`,
  values: [institutionId, personId, now],
});

const appeals = (institutionId: string, personId: string): ReadQuery => ({
  name: 'home-appeals',
  text: `select a.id, 'answer-appeal' as kind, null::text as "dueAt", trim(p.given_name || ' ' || p.family_name) as about,
      null::int as count
    from application_appeal l
    join application a on a.institution_id = l.institution_id and a.id = l.application_id
    join person p on p.institution_id = a.institution_id and p.id = a.person_id
    where l.institution_id = $1 and l.answer is null and a.person_id <> $2
    order by l.asked_at, a.id limit ${most}`,
  values: [institutionId, personId],
});

export const applicationTasks: TasksOf = (actor, now) => [
  own(actor.institutionId, actor.personId, now),
  ...(actor.permissions.has('calls.manage') ? [appeals(actor.institutionId, actor.personId)] : []),
];
