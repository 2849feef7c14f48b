import { instantOf } from '@waymark/api-people';
import { type Actor, dayIn, type ReadQuery } from '@waymark/api-platform';
import type { TasksOf } from '../home/funding-home';
import { claimReminderDays } from './award-days';

const most = 50;
const own = `a.institution_id = $1 and a.person_id = $2`;
/** The end of a day of the institution. */
const endOf = (day: string): string => instantOf(`((${day} + 1)::timestamp at time zone i.time_zone)`);

const ownAwards = (actor: Actor, now: Date): ReadQuery => ({
  name: 'home-own-awards',
  text: `
    select * from (
      select a.id, 'answer-award' as kind, ${instantOf('a.answer_by')} as "dueAt", a.event_name as about, null::int as count
      from award a where ${own} and a.status = 'offered' and a.answer_by >= $3::timestamptz
      union all
      select a.id, 'say-abstract', ${endOf('a.event_starts_on')}, a.event_name, null
      from award a join institution i on i.id = a.institution_id
      where ${own} and a.status in ('accepted', 'changed') and a.abstract = 'waiting'
      union all
      select a.id, 'make-claim', ${endOf('a.claim_by')}, a.event_name, null
      from award a join institution i on i.id = a.institution_id
      where ${own} and a.claim_by >= $4::date and (a.status in ('attended', 'cancelled')
          or a.status = 'accepted' and a.abstract <> 'waiting' and a.claim_by - $5::int <= $4::date)
        and not exists (select from claim c where c.institution_id = a.institution_id and c.award_id = a.id
          and (c.last and c.status <> 'draft' or c.status in ('submitted', 'approved', 'returned', 'payment-rejected')))
      union all
      select c.id, 'mend-claim', null, a.event_name, null
      from award a join claim c on c.institution_id = a.institution_id and c.award_id = a.id
      where ${own} and (c.status = 'payment-rejected' or c.status = 'returned' and c.kind = 'claim')
    ) tasks order by "dueAt" nulls first, id limit ${most}`,
  values: [...[actor.institutionId, actor.personId, now, dayIn(actor.timeZone, now)], Math.max(...claimReminderDays)],
});

/** One line for all that waits: they are decided on in a list. Nobody is asked to decide on their own. */
const toDecide = (actor: Actor): ReadQuery => ({
  name: 'home-claims',
  text: `
    select $1::uuid as id, 'decide-claim' as kind, null::text as "dueAt", '' as about, count(*)::int as count
    from claim c join award a on a.institution_id = c.institution_id and a.id = c.award_id
    where c.institution_id = $1 and c.status = 'submitted' and a.person_id <> $2
      and c.submitted_by is distinct from $2::uuid having count(*) > 0
    union all
    select $1::uuid, 'pay-claims', null, '', count(*)::int from claim c
    where c.institution_id = $1 and c.status = 'approved' having count(*) > 0 and $2::uuid is not null`,
  values: [actor.institutionId, actor.personId],
});

export const awardTasks: TasksOf = (actor, now) => [
  ownAwards(actor, now),
  ...(actor.permissions.has('claims.decide') ? [toDecide(actor)] : []),
];
