import { instantOf } from '@waymark/api-people';
import type { TasksOf } from '../home/funding-home';

/** Neither applied to the call `c` nor, on its panel, has declared an interest: who could not look is not asked to act. */
const uninterested = `not exists (select from application a where a.institution_id = $1 and a.call_id = c.id and a.person_id = $2
    and a.status not in ('draft', 'withdrawn', 'call-cancelled'))
  and not exists (select from declaration_of_interest d where d.institution_id = $1 and d.call_id = c.id and d.panelist_id = $2
    and d.withdrawn_at is null)`;

const due = instantOf(`((c.decide_by + 1)::timestamp at time zone i.time_zone - interval '1 second')`);

/**
 * To allocate: moderated calls with scores, while nothing of them is on its way. To approve: what somebody else proposed. To
 * publish: what is approved. Each by whoever may, until somebody has.
 */
export const allocationTasks: TasksOf = (actor) => [
  ...(actor.permissions.has('allocation.propose')
    ? [
        {
          name: 'home-allocate-calls',
          text: `select 'allocate-call' as kind, c.id, ${due} as "dueAt", c.name as about, null::int as count
            from call c join institution i on i.id = c.institution_id
            where c.institution_id = $1 and c.status = 'moderation'
              and exists (select from application a where a.institution_id = $1 and a.call_id = c.id and a.status = 'scored')
              and not exists (select from scenario s where s.institution_id = $1 and s.call_id = c.id
                and s.status in ('proposed', 'approved', 'published'))
              and ${uninterested} order by c.decide_by, c.id`,
          values: [actor.institutionId, actor.personId],
        },
        {
          name: 'home-publish-scenarios',
          text: `select 'publish-scenario' as kind, c.id, ${due} as "dueAt", c.name as about, null::int as count
            from scenario s join call c on c.institution_id = s.institution_id and c.id = s.call_id
            join institution i on i.id = c.institution_id
            where s.institution_id = $1 and s.status = 'approved' and c.status = 'moderation' and ${uninterested}
            order by c.decide_by, c.id`,
          values: [actor.institutionId, actor.personId],
        },
      ]
    : []),
  ...(actor.permissions.has('allocation.approve')
    ? [
        {
          name: 'home-approve-scenarios',
          text: `select 'approve-scenario' as kind, c.id, ${due} as "dueAt", c.name as about, null::int as count
            from scenario s join call c on c.institution_id = s.institution_id and c.id = s.call_id
            join institution i on i.id = c.institution_id
            where s.institution_id = $1 and s.status = 'proposed' and s.proposed_by <> $2 and c.status = 'moderation'
              and ${uninterested} order by c.decide_by, c.id`,
          values: [actor.institutionId, actor.personId],
        },
      ]
    : []),
];
