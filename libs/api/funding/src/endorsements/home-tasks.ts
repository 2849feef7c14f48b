import { instantOf } from '@waymark/api-people';
import type { TasksOf } from '../home/funding-home';
import { deadlineOf } from './deadline';
import { answerByOf, fromEndorsement, nameOf } from './endorsement-sql';

/** What waits for whoever is asked, and for the coordinator of a call: nobody to ask, and what nobody answered in time. */
export const endorsementTasks: TasksOf = (actor, now) => [
  {
    name: 'home-endorse',
    text: `select case when n.purpose = 'application' then 'endorse-application' else 'endorse-changed-event' end as kind, n.id,
        ${instantOf(`(${answerByOf})`)} as "dueAt", ${nameOf('p')} as about, null::int as count
      from ${fromEndorsement}
      where n.institution_id = $1 and n.asked_of = $2 and n.status = 'asked'
        and (n.purpose = 'changed-event' or (c.status in ('open', 'closed') and ${deadlineOf('c', 's')} > $3))
      order by n.passes_on_at, n.id limit 50`,
    values: [actor.institutionId, actor.personId, now],
  },
  ...(actor.permissions.has('calls.manage')
    ? [
        {
          name: 'home-name-endorser',
          text: `select 'name-endorser' as kind, c.id, ${instantOf('c.endorse_by')} as "dueAt", c.name as about, count(*)::int as count
            from (
              select a.institution_id, a.call_id, a.id, 'application' as purpose from application a
              where a.institution_id = $1 and a.status = 'submitted'
              union all
              select w.institution_id, w.call_id, w.application_id, 'changed-event' from award w
              where w.institution_id = $1 and w.status = 'changed'
            ) t
            join call c on c.institution_id = t.institution_id and c.id = t.call_id
              and (t.purpose = 'changed-event' or c.status in ('open', 'closed'))
            where not exists (select from endorsement n where n.institution_id = t.institution_id and n.application_id = t.id
              and n.purpose = t.purpose and n.status = 'asked')
            group by c.id, c.name, c.endorse_by order by c.endorse_by, c.id limit 20`,
          values: [actor.institutionId],
        },
        {
          name: 'home-decide-unendorsed',
          text: `select 'decide-unendorsed' as kind, c.id, null as "dueAt", c.name as about, count(*)::int as count
            from call c join application a on a.institution_id = c.institution_id and a.call_id = c.id and a.status = 'unendorsed'
            where c.institution_id = $1 and c.status in ('open', 'closed') group by c.id, c.name, c.endorse_by
            order by c.endorse_by, c.id limit 20`,
          values: [actor.institutionId],
        },
      ]
    : []),
];
