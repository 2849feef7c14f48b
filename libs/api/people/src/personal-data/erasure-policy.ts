import { dayIn, Refused, type Tx } from '@waymark/api-platform';
import type { ErasureObstacle } from '@waymark/contracts';
import type { Person } from '../entities';

/** Why this person may not be erased, or null. Erased are people who have left; whoever was added by mistake leaves first. */
export const obstacleTo = async (tx: Tx, person: Person): Promise<ErasureObstacle | null> => {
  const { institutionId } = tx.scope;
  if (person.erasedAt) return 'already-erased';
  const [institution] = await tx.query<{ time_zone: string }>(`select time_zone from institution where id = $1`, [
    institutionId,
  ]);
  if (!institution) throw new Refused('not-found');
  const today = dayIn(institution.time_zone, tx.now);
  if (person.leftOn === null || person.leftOn >= today) return 'still-active';
  const [held] = await tx.query<{ last: boolean }>(
    `with administrators as (
       select h.person_id, p.left_on is null or p.left_on >= $3::date as here
       from role_held h join person p on p.institution_id = $1 and p.id = h.person_id
       where h.institution_id = $1 and h.role = 'institution-administrator'
         and h.held_from <= $3::date and (h.held_until is null or h.held_until >= $3::date))
     select bool_or(person_id = $2) and not coalesce(bool_or(here and person_id <> $2), false) as last from administrators`,
    [institutionId, person.id, today],
  );
  return held?.last ? 'last-administrator' : null;
};
