import type { Tx } from '@waymark/api-platform';
import { PERSON_LEFT } from '@waymark/contracts';

const most = 500;

/**
 * Ends the sessions of those whose last day has passed and whom nobody was told of, and tells every domain (`person.left`),
 * once for each leaving: of these people, or of anybody, at most 500 at once. Answers how many.
 */
export const tellOfLeavers = async (tx: Tx, today: string, ids: readonly string[] | null = null): Promise<number> => {
  const left = await tx.query<{ id: string }>(
    `with owed as (
       select id from person where institution_id = $1 and left_on < $2::date and left_told is distinct from left_on
         and ($3::uuid[] is null or id = any ($3::uuid[])) order by id limit $4 for update
     )
     update person p set left_told = p.left_on from owed where p.institution_id = $1 and p.id = owed.id returning p.id`,
    [tx.scope.institutionId, today, ids, ids ? null : most],
  );
  const told = left.map(({ id }) => id);
  if (told.length === 0) return 0;
  await tx.query(`delete from session where institution_id = $1 and person_id = any ($2::uuid[])`, [
    tx.scope.institutionId,
    told,
  ]);
  await tx.query(
    `insert into outbox (id, institution_id, topic, payload, at)
     select uuidv7(), $1, $3, jsonb_build_object('personId', p.id, 'lastDay', p.left_on), $4
     from person p where p.institution_id = $1 and p.id = any ($2::uuid[])`,
    [tx.scope.institutionId, told, PERSON_LEFT, tx.now],
  );
  return told.length;
};

export const toldMostAtOnce = most;
