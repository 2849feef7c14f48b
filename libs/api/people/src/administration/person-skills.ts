import type { Tx } from '@waymark/api-platform';

/**
 * Gives a person exactly these skills; those that the institution does not have yet are made. Which names are one is for
 * the database to say: its folding and JavaScript's differ beyond English. True if anything changed.
 */
export const putSkills = async (tx: Tx, personId: string, names: readonly string[]): Promise<boolean> => {
  const { institutionId } = tx.scope;
  if (names.length > 0) {
    await tx.query(
      `insert into skill (institution_id, id, name)
       select $1, uuidv7(), wanted.name from (
         select distinct on (lower(name)) name from unnest($2::text[]) with ordinality as w(name, n) order by lower(name), n
       ) wanted
       where not exists (select from skill s where s.institution_id = $1 and lower(s.name) = lower(wanted.name))
       on conflict do nothing`,
      [institutionId, names],
    );
  }
  const wanted = `select s.id from skill s where s.institution_id = $1
    and lower(s.name) in (select lower(name) from unnest($3::text[]) as w(name))`;
  const gone = await tx.query(
    `delete from person_skill where institution_id = $1 and person_id = $2 and skill_id not in (${wanted}) returning skill_id`,
    [institutionId, personId, names],
  );
  const come = await tx.query(
    `insert into person_skill (institution_id, person_id, skill_id)
     select $1, $2, id from (${wanted}) w on conflict do nothing returning skill_id`,
    [institutionId, personId, names],
  );
  return gone.length + come.length > 0;
};
