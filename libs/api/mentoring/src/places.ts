/** SQL of the places that the enrolment under this alias has given away: accepted, or in a pair that is not over. */
export const placesTaken = (enrolment: string): string => `(
  select count(*)::int from proposal taken
  left join pair on pair.institution_id = taken.institution_id and pair.proposal_id = taken.id
  where taken.institution_id = ${enrolment}.institution_id and taken.enrolment_id = ${enrolment}.id
    and (taken.status = 'accepted' or (taken.status = 'agreed' and (pair.id is null or pair.status in ('agreed', 'active')))))`;

/** SQL of the places that the enrolment offers in a round under these aliases: free ones, as the round's rules allow. */
export const placesOffered = (enrolment: string, round: string): string => `greatest(0, least(
  ${enrolment}.capacity - ${placesTaken(enrolment)}, coalesce((${round}.rules->>'placesAtMost')::int, 10)))`;

/** SQL: the person under this alias has not left, on the day given by the institution's time zone and $now. */
export const isActive = (person: string, now: string): string => `(${person}.left_on is null or ${person}.left_on >= (
  select (${now}::timestamptz at time zone zone.time_zone)::date from institution zone where zone.id = ${person}.institution_id))`;

/** SQL of a proposal's status at this moment: one that nobody answered in time counts as expired at once. */
export const proposalStatusAt = (proposal: string, now: string): string =>
  `case when ${proposal}.status = 'proposed' and ${proposal}.answer_by < ${now}::timestamptz then 'expired' else ${proposal}.status end`;
