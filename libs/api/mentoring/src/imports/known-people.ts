import type { Tx } from '@waymark/api-platform';
import type { Side } from '@waymark/contracts';
import { isActive } from '../at-present';
import type { KnownPerson } from './compare-person';

type Part = NonNullable<KnownPerson['part']>;

/*
 * One table a statement, put together here: right after a file was loaded the planner's statistics know nothing of its
 * people, and a join of 20,000 with 20,000 was planned as if they were ten.
 */
const partSql: Readonly<Record<Side, string>> = {
  mentors: `select id, person_id as "personId", status, capacity, attributes from enrolment
    where institution_id = $1 and person_id = any ($2)`,
  // The longest open, else the newest that ended.
  mentees: `select id, person_id as "personId", status, null::integer as capacity, attributes from request
    where institution_id = $1 and person_id = any ($2)
    order by status = 'open' desc, case when status = 'open' then asked_at end, asked_at desc, id`,
};
const memberSql: Readonly<Record<Side, string>> = {
  mentors: `select enrolment_id as id from round_mentor where institution_id = $1 and round_id = $2`,
  mentees: `select request_id as id from round_mentee where institution_id = $1 and round_id = $2`,
};

/** The people behind these addresses, each with enrolment or request, by address. Reads nothing of identity. */
export const knownPeople = async (
  tx: Tx,
  side: Side,
  roundId: string,
  emails: readonly string[],
): Promise<Map<string, KnownPerson>> => {
  const { institutionId } = tx.scope;
  const people = await tx.query<Omit<KnownPerson, 'part' | 'unit' | 'grade'> & { unitId: string; gradeId: string }>(
    `select p.id, p.email, p.given_name as "givenName", p.family_name as "familyName", p.job_title as "jobTitle",
       p.unit_id as "unitId", p.grade_id as "gradeId", ${isActive('p', '$3')} as active
     from person p where p.institution_id = $1 and p.email = any ($2)`,
    [institutionId, emails, tx.now],
  );
  if (people.length === 0) return new Map();
  const named = (table: 'unit' | 'grade') =>
    tx.query<{ id: string; name: string }>(`select id, name from ${table} where institution_id = $1`, [institutionId]);
  const names = new Map([...(await named('unit')), ...(await named('grade'))].map(({ id, name }) => [id, name]));
  const inRound = new Set(
    (await tx.query<{ id: string }>(memberSql[side], [institutionId, roundId])).map(({ id }) => id),
  );
  const partOf = new Map<string, Part>();
  const found = await tx.query<Part & { personId: string }>(partSql[side], [institutionId, people.map(({ id }) => id)]);
  for (const { personId, ...part } of found) {
    const earlier = partOf.get(personId);
    // Of several open ones, the one in this round.
    const better = earlier?.status === 'open' && part.status === 'open' && !earlier.inRound && inRound.has(part.id);
    if (!earlier || better) partOf.set(personId, { ...part, inRound: inRound.has(part.id) });
  }
  return new Map(
    people.map(({ unitId, gradeId, ...person }) => {
      return [
        person.email,
        {
          ...person,
          unit: names.get(unitId) ?? null,
          grade: names.get(gradeId) ?? null,
          part: partOf.get(person.id) ?? null,
        },
      ];
    }),
  );
};

/** Nobody else changes these enrolments or requests until the transaction ends. */
export const lockParts = async (tx: Tx, side: Side, emails: readonly string[]): Promise<void> => {
  const table = side === 'mentors' ? 'enrolment' : 'request';
  await tx.query(
    `select id from ${table} where institution_id = $1
       and person_id = any (array(select p.id from person p where p.institution_id = $1 and p.email = any ($2)))
     order by id for no key update`,
    [tx.scope.institutionId, emails],
  );
};
