import { dayIn, type Tx } from '@waymark/api-platform';
import { lockAdministrators, refuseWithoutAdministrator } from '../directory/roles-held';
import { tellOfLeavers } from './tell-of-leavers';
import { timeZoneOf } from './time-zone';

/**
 * Sets the last day, and tells the other domains where it has passed. See PeopleFacade.leave. Refused with
 * `last-administrator` where nobody would be left to administer the institution.
 */
export const leave = async (tx: Tx, ids: readonly string[], lastDay: string): Promise<void> => {
  const { institutionId } = tx.scope;
  const today = dayIn(await timeZoneOf(tx), tx.now);
  const administer = await anyAdministers(tx, ids, today);
  if (administer) await lockAdministrators(tx);
  const changed = await tx.query<{ id: string }>(
    `update person set left_on = $3, version = version + 1
     where institution_id = $1 and id = any ($2::uuid[]) and left_on is distinct from $3::date returning id`,
    [institutionId, ids, lastDay],
  );
  if (administer) await refuseWithoutAdministrator(tx, today);
  if (changed.length > 0 && lastDay < today) {
    await tellOfLeavers(
      tx,
      today,
      changed.map(({ id }) => id),
    );
  }
};

/** Whether any of these people is an administrator, today or later. */
export const anyAdministers = async (tx: Tx, ids: readonly string[], today: string): Promise<boolean> => {
  const held = await tx.query(
    `select from role_held where institution_id = $1 and person_id = any ($2::uuid[]) and role = 'institution-administrator'
       and (held_until is null or held_until >= $3::date) limit 1`,
    [tx.scope.institutionId, ids, today],
  );
  return held.length > 0;
};
