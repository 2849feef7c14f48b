import { cardJoins } from '@waymark/api-people';
import type { Tx } from '@waymark/api-platform';
import type { Side } from '@waymark/contracts';
import { isActive } from '../at-present';
import type { KnownPerson } from './compare-person';

const parts: Readonly<Record<Side, string>> = {
  mentors: `
    select e.id, e.status, e.capacity, e.attributes, rm.enrolment_id is not null as "inRound"
    from enrolment e
    left join round_mentor rm
      on rm.institution_id = e.institution_id and rm.round_id = $3 and rm.enrolment_id = e.id
    where e.institution_id = p.institution_id and e.person_id = p.id`,
  // The one in this round if there is one, else the longest open, else the newest that ended.
  mentees: `
    select r.id, r.status, null::integer as capacity, r.attributes, rm.request_id is not null as "inRound"
    from request r
    left join round_mentee rm
      on rm.institution_id = r.institution_id and rm.round_id = $3 and rm.request_id = r.id
    where r.institution_id = p.institution_id and r.person_id = p.id
    order by r.status = 'open' desc, rm.request_id is not null desc,
      case when r.status = 'open' then r.asked_at end, r.asked_at desc, r.id
    limit 1`,
};

/** The people behind these addresses, each with enrolment or request, by address. Reads nothing of identity. */
export const knownPeople = async (
  tx: Tx,
  side: Side,
  roundId: string,
  emails: readonly string[],
): Promise<Map<string, KnownPerson>> => {
  const rows = await tx.query<KnownPerson>(
    `select p.id, p.email, p.given_name as "givenName", p.family_name as "familyName", p.job_title as "jobTitle",
       p_unit.name as unit, p_grade.name as grade,
       ${isActive('p', '$4')} as active,
       case when part.id is not null then to_jsonb(part) end as part
     from person p
     ${cardJoins('p')}
     left join lateral (${parts[side]}) part on true
     where p.institution_id = $1 and p.email = any ($2)`,
    [tx.scope.institutionId, emails, roundId, tx.now],
  );
  return new Map(rows.map((row) => [row.email, row]));
};

/** Nobody else changes these enrolments or requests until the transaction ends. */
export const lockParts = async (tx: Tx, side: Side, emails: readonly string[]): Promise<void> => {
  const table = side === 'mentors' ? 'enrolment' : 'request';
  await tx.query(
    `select part.id from ${table} part
     join person p on p.institution_id = part.institution_id and p.id = part.person_id
     where part.institution_id = $1 and p.email = any ($2)
     order by part.id for no key update of part`,
    [tx.scope.institutionId, emails],
  );
};

/** Of these names of units, in lower case, those that the institution has. */
export const knownUnits = async (tx: Tx, names: readonly string[]): Promise<Set<string>> => {
  const rows = await tx.query<{ name: string }>(
    `select distinct lower(name) as name from unit where institution_id = $1 and lower(name) = any ($2)`,
    [tx.scope.institutionId, names],
  );
  return new Set(rows.map(({ name }) => name));
};
