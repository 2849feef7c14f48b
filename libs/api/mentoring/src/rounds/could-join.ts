/*
 * Who may join a round $2 of institution $1 at instant $3: open requests nobody is being asked for, and active mentors, of
 * people who have not left, in no other round that is still to be released.
 */
import { inList, isActive, isOpenProposal } from '../at-present';
import { unfinishedRound } from '../statuses';

const unfinished = `(${inList(unfinishedRound)})`;

export const requestsThatCouldJoin = `
  select r.id from request r
  join person p on p.institution_id = r.institution_id and p.id = r.person_id
  where r.institution_id = $1 and r.status = 'open' and ${isActive('p', '$3')}
    and not exists (
      select from round_mentee rm join round o on o.institution_id = rm.institution_id and o.id = rm.round_id
      where rm.institution_id = $1 and rm.request_id = r.id and (o.id = $2 or o.status in ${unfinished}))
    and not exists (
      select from proposal q
      where q.institution_id = $1 and q.request_id = r.id and ${isOpenProposal('q', '$3')})`;

export const mentorsThatCouldJoin = `
  select e.id from enrolment e
  join person p on p.institution_id = e.institution_id and p.id = e.person_id
  where e.institution_id = $1 and e.status = 'active' and ${isActive('p', '$3')}
    and not exists (
      select from round_mentor rm join round o on o.institution_id = rm.institution_id and o.id = rm.round_id
      where rm.institution_id = $1 and rm.enrolment_id = e.id and (o.id = $2 or o.status in ${unfinished}))`;
