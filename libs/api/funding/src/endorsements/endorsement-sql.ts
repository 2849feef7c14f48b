import { instantOf } from '@waymark/api-people';
import { deadlineOf } from './deadline';

/*
 * SQL over `endorsement n`, its application `a`, submission `s`, call `c` and award `w` (which may be missing), and the
 * applicant `p`. Days of a moved event are those asked for.
 */

export const fromEndorsement = `endorsement n
  join application a on a.institution_id = n.institution_id and a.id = n.application_id
  join application_submission s on s.institution_id = n.institution_id and s.application_id = n.application_id
    and s.number = n.submission_number
  join call c on c.institution_id = n.institution_id and c.id = a.call_id
  join person p on p.institution_id = n.institution_id and p.id = a.person_id
  left join award w on w.institution_id = n.institution_id and w.application_id = a.id and n.purpose = 'changed-event'`;

export const eventName = `coalesce(w.change->>'eventName', w.event_name, s.event_name)`;
export const startsOn = `coalesce((w.change->>'eventStartsOn')::date, w.event_starts_on, s.event_starts_on)`;
export const endsOn = `coalesce((w.change->>'eventEndsOn')::date, w.event_ends_on, s.event_ends_on)`;
/** What is asked of the fund, or was awarded where the event has moved. */
export const askedPence = `coalesce(w.amount_pence, s.asked_pence)`;

export const nameOf = (person: string): string => `trim(${person}.given_name || ' ' || ${person}.family_name)`;

/** By when an answer is waited for. */
export const answerByOf = `case when n.status <> 'asked' then null
  when n.purpose = 'application' then least(n.passes_on_at, ${deadlineOf('c', 's')}) else n.passes_on_at end`;

/**
 * Others of the applicant's team, those with the same line manager, with an event of their own on a day of this one: what was
 * handed in and is not over, or is awarded.
 */
const eventsOf = `
  join application ca on ca.institution_id = t.institution_id and ca.person_id = t.id
    and ca.status in ('submitted', 'returned', 'endorsed', 'unendorsed', 'eligible', 'scored', 'awarded', 'part-awarded', 'reserve')
  join application_submission cs on cs.institution_id = ca.institution_id and cs.application_id = ca.id and cs.number = ca.submission_number
  left join award cw on cw.institution_id = ca.institution_id and cw.application_id = ca.id`;
const counts = `(cw.id is null or cw.status in ('offered', 'accepted', 'changed', 'attended'))`;
const awayFrom = `coalesce(cw.event_starts_on, cs.event_starts_on)`;
const awayTo = `coalesce(cw.event_ends_on, cs.event_ends_on)`;
const clashing = `from person t ${eventsOf}
  where t.institution_id = n.institution_id and t.line_manager_id = p.line_manager_id and t.id <> p.id and ${counts}
    and ${awayFrom} <= ${endsOn} and ${awayTo} >= ${startsOn}`;

const clashCount = `(select count(distinct t.id)::int ${clashing})`;
export const clashesWith = `coalesce((select json_agg(json_build_object('name', ${nameOf('t')},
    'event', coalesce(cw.event_name, cs.event_name), 'startsOn', coalesce(cw.event_starts_on, cs.event_starts_on)::text,
    'endsOn', coalesce(cw.event_ends_on, cs.event_ends_on)::text, 'awarded', cw.id is not null)
    order by coalesce(cw.event_starts_on, cs.event_starts_on), t.family_name, t.id) ${clashing}), '[]')`;

/** What the applicant was awarded before, this application apart. */
const fundedFrom = `from award f join call fc on fc.institution_id = f.institution_id and fc.id = f.call_id
  where f.institution_id = n.institution_id and f.person_id = a.person_id and f.application_id <> a.id
    and f.status in ('accepted', 'changed', 'attended', 'closed')`;
export const fundedBefore = `(select json_build_object('count', count(*)::int, 'amountPence', coalesce(sum(f.amount_pence), 0)::float8) ${fundedFrom})`;
export const fundedList = `coalesce((select json_agg(json_build_object('event', f.event_name, 'call', fc.name,
    'startsOn', f.event_starts_on::text, 'amountPence', f.amount_pence) order by f.event_starts_on desc, f.id) ${fundedFrom}), '[]')`;

/** The columns of an endorsementRow but `mayAnswer`, which is no column, and `clashes`, which a list counts for all its rows at once. */
export const listColumns = `n.id, n.version, n.purpose, n.status, a.id as "applicationId", a.reference,
  json_build_object('id', p.id, 'name', ${nameOf('p')}) as applicant,
  json_build_object('id', c.id, 'name', c.name) as call,
  json_build_object('name', ${eventName}, 'startsOn', ${startsOn}::text, 'endsOn', ${endsOn}::text) as event,
  ${askedPence}::float8 as "askedPence", least(s.least_pence, ${askedPence})::float8 as "leastPence",
  (select json_build_object('id', q.id, 'name', ${nameOf('q')}) from person q
    where q.institution_id = n.institution_id and q.id = n.asked_of) as "askedOf",
  n.asked_as as "askedAs",
  (select ${nameOf('i')} from person i where i.institution_id = n.institution_id and i.id = n.in_place_of) as "inPlaceOf",
  ${instantOf('n.asked_at')} as "askedAt", ${instantOf(`(${answerByOf})`)} as "answerBy", ${instantOf('n.answered_at')} as "answeredAt",
  (select ${nameOf('b')} from person b where b.institution_id = n.institution_id and b.id = n.answered_by) as "answeredBy",
  n.reason, ${fundedBefore} as "fundedBefore"`;
export const rowColumns = `${listColumns}, ${clashCount} as clashes`;

/**
 * `clashCount` of the endorsements $2, by `id`; those with none are not in it. What the teams have on is read once: a
 * manager of hundreds would read it again for each.
 */
export const clashCounts = `
  with asked as materialized (
    select n.id, p.id as person, p.line_manager_id as manager, ${startsOn} as starts, ${endsOn} as ends
    from ${fromEndorsement} where n.institution_id = $1 and n.id = any ($2::uuid[])
  ), away as materialized (
    select t.id as person, t.line_manager_id as manager, ${awayFrom} as starts, ${awayTo} as ends
    from person t ${eventsOf}
    where t.institution_id = $1 and t.line_manager_id in (select manager from asked) and ${counts}
  )
  select k.id, count(distinct w.person)::int as clashes from asked k
  join away w on w.manager = k.manager and w.person <> k.person and w.starts <= k.ends and w.ends >= k.starts
  group by k.id`;
