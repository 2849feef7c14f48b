import { openProposal } from './statuses';

/* What is so at an instant, as SQL; `now` is the parameter that binds it. */

/** The person under this alias has not left, on that day in the institution's time zone. */
export const isActive = (person: string, now: string): string => `(${person}.left_on is null or ${person}.left_on >= (
  select (${now}::timestamptz at time zone zone.time_zone)::date from institution zone where zone.id = ${person}.institution_id))`;

/**
 * Of a round that is not over, people who have left are no part any more, from the first moment; what became of a round that
 * is over stays as it was. `round` is the SQL of its identifier.
 */
export const takesPart = (people: readonly string[], round: string, now: string): string => `(
  (${people.map((person) => isActive(person, now)).join(' and ')}) or exists (
    select from round past where past.institution_id = $1 and past.id = ${round} and past.status in ('released', 'closed', 'cancelled')))`;

/** The round of the run that is $2. */
export const roundOfRun = `(select round_id from run where institution_id = $1 and id = $2)`;

/** A proposal's status: one that nobody answered, or agreed, in time counts as expired at once. */
export const proposalStatusAt = (proposal: string, now: string): string =>
  `case when ${proposal}.status in ('proposed', 'accepted') and ${proposal}.answer_by < ${now}::timestamptz then 'expired' else ${proposal}.status end`;

/** Somebody still waits for this proposal: it is open, and not overdue. */
export const isOpenProposal = (proposal: string, now: string): string =>
  `(${proposal}.status in (${inList(openProposal)}) and not (${proposal}.status = 'proposed' and ${proposal}.answer_by < ${now}::timestamptz))`;

/** Statuses of a table as SQL has them in a list. */
export const inList = (statuses: readonly string[]): string => statuses.map((status) => `'${status}'`).join(', ');
