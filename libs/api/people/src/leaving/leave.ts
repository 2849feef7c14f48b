import { dayIn, type Tx } from '@waymark/api-platform';
import { PERSON_LEFT } from '@waymark/contracts';

/** Sets the last day, and tells the other domains where it has passed. See PeopleFacade.leave. */
export const leave = async (tx: Tx, ids: readonly string[], lastDay: string): Promise<void> => {
  const { institutionId } = tx.scope;
  const changed = await tx.query<{ id: string }>(
    `update person set left_on = $3, version = version + 1
     where institution_id = $1 and id = any ($2::uuid[]) and left_on is distinct from $3::date returning id`,
    [institutionId, ids, lastDay],
  );
  const [institution] = await tx.query<{ time_zone: string }>(`select time_zone from institution where id = $1`, [
    institutionId,
  ]);
  if (changed.length === 0 || lastDay >= dayIn(institution?.time_zone ?? 'UTC', tx.now)) return;
  const left = changed.map(({ id }) => id);
  await tx.query(`delete from session where institution_id = $1 and person_id = any ($2::uuid[])`, [
    institutionId,
    left,
  ]);
  await tx.query(
    `insert into outbox (id, institution_id, topic, payload, at)
     select uuidv7(), $1, $3, jsonb_build_object('personId', id, 'lastDay', $4::text), $5 from unnest($2::uuid[]) as l(id)`,
    [institutionId, left, PERSON_LEFT, lastDay, tx.now],
  );
};
