/**
 * SQL of the places that the enrolment under this alias has given away: accepted, or in a pair that is not over. `counted` is
 * SQL of which proposals, as `taken`, count.
 */
export const placesTaken = (enrolment: string, counted = 'true'): string => `(
  select count(*)::int from proposal taken
  left join pair on pair.institution_id = taken.institution_id and pair.proposal_id = taken.id
  where taken.institution_id = ${enrolment}.institution_id and taken.enrolment_id = ${enrolment}.id and ${counted}
    and (taken.status = 'accepted' or (taken.status = 'agreed' and (pair.id is null or pair.status in ('agreed', 'active')))))`;

/** SQL of the places that the enrolment offers in a round under these aliases: free ones, as the round's rules allow. */
export const placesOffered = (enrolment: string, round: string): string => `greatest(0, least(
  ${enrolment}.capacity - ${placesTaken(enrolment)}, coalesce((${round}.rules->>'placesAtMost')::int, 10)))`;
