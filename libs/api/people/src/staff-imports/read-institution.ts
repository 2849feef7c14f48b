import { dayIn, type Tx } from '@waymark/api-platform';
import { awardKey, type KnownInstitution, type KnownStaff } from './known-institution';

/*
 * One table a statement, put together here: right after a large file was applied the planner's statistics know nothing of
 * its people, and joins are planned as if there were ten.
 */
const peopleSql = `
  select id, given_name as "givenName", family_name as "familyName", email, staff_number as "staffNumber",
    job_title as "jobTitle", unit_id as "unitId", grade_id as "gradeId", line_manager_id as "lineManagerId", technician,
    externally_funded as "externallyFunded", contract_until::text as "contractUntil", left_on::text as "leftOn"
  from person where institution_id = $1 and erased_at is null order by id`;

const guardedSql = `
  select h.person_id as id from role_held h
  where h.institution_id = $1 and (h.held_until is null or h.held_until >= $2::date)
  union
  select ap.person_id from account_person ap
  where ap.institution_id = $1 and ap.account_id in (select a.id from account a where a.password_hash is not null)`;

/** The day where the institution is. */
export const todayOf = async (tx: Tx): Promise<string> => {
  const [row] = await tx.query<{ zone: string }>(`select time_zone as zone from institution where id = $1`, [
    tx.scope.institutionId,
  ]);
  return dayIn(row?.zone ?? 'UTC', tx.now);
};

/** Managers change one at a time, as in ChangePerson: or two changes could close a circle that neither sees. */
export const lockManagers = (tx: Tx): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(hashtext('line-managers ' || $1::text))`, [tx.scope.institutionId]);

export interface Wanted {
  /** Nobody changes these people until the transaction ends. */
  lock: boolean;
  /** What files without such columns need not know. */
  skills: boolean;
  awards: boolean;
}

/** All that rows of a file can be judged against. */
export const readInstitution = async (
  tx: Tx,
  { lock, skills: withSkills, awards: withAwards }: Wanted,
): Promise<KnownInstitution> => {
  const { institutionId, personId, byPersonId } = tx.scope;
  const of = [institutionId];
  const today = await todayOf(tx);
  const read = <Row>(sql: string, values: unknown[] = of) => tx.query<Row>(sql, values);
  const people = await read<KnownStaff>(lock ? `${peopleSql} for no key update` : peopleSql);
  const units = await read<KnownInstitution['units'][number]>(
    `select id, parent_id as "parentId", name from unit where institution_id = $1 order by id`,
  );
  const grades = await read<{ id: string; name: string }>(
    `select id, name from grade where institution_id = $1 order by position`,
  );
  const skills = !withSkills
    ? []
    : await read<{ id: string; name: string }>(`select id, name from skill where institution_id = $1`);
  const held = !withSkills
    ? []
    : await read<{ personId: string; skillId: string }>(
        `select person_id as "personId", skill_id as "skillId" from person_skill where institution_id = $1`,
      );
  const awards = !withAwards
    ? []
    : await read<{ personId: string; body: string; award: string; awardedOn: string }>(
        `select person_id as "personId", body, award, awarded_on::text as "awardedOn" from award_held where institution_id = $1`,
      );
  const administrators = await read<{ id: string; own: boolean }>(
    `select person_id as id from role_held where institution_id = $1 and role = 'institution-administrator'
       and held_from <= $2::date and (held_until is null or held_until >= $2::date)`,
    [institutionId, today],
  );
  const guarded = await read<{ id: string }>(guardedSql, [institutionId, today]);
  const active = new Set(people.filter(({ leftOn }) => leftOn === null || leftOn >= today).map(({ id }) => id));
  const administratorIds = new Set(administrators.map(({ id }) => id).filter((id) => active.has(id)));
  return {
    today,
    people,
    units,
    grades,
    skills,
    skillsHeld: setsOf(held, ({ personId: person, skillId }) => [person, skillId]),
    awardsHeld: setsOf(awards, ({ personId: person, ...award }) => [person, awardKey(award)]),
    administrators: administratorIds,
    guarded: new Set(guarded.map(({ id }) => id)),
    // Whoever acts for an administrator is none.
    mayTakeOver: personId !== null && !byPersonId && administratorIds.has(personId),
    actorId: byPersonId ? null : personId,
  };
};

const setsOf = <Row>(rows: readonly Row[], pairOf: (row: Row) => [string, string]): Map<string, Set<string>> => {
  const sets = new Map<string, Set<string>>();
  for (const row of rows) {
    const [key, value] = pairOf(row);
    const set = sets.get(key);
    if (set) set.add(value);
    else sets.set(key, new Set([value]));
  }
  return sets;
};
