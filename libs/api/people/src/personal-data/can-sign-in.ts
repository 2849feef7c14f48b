import type { Tx } from '@waymark/api-platform';
import type { Person } from '../entities';

/** Whether somebody can come in by themself on this day: is here, and has an account that ever had a password. */
export const canSignIn = async (tx: Tx, person: Person, today: string): Promise<boolean> => {
  if (person.erasedAt || (person.leftOn !== null && person.leftOn < today)) return false;
  const rows = await tx.query(
    `select from account_person ap join account a on a.id = ap.account_id
     where ap.institution_id = $1 and ap.person_id = $2 and a.password_hash is not null`,
    [tx.scope.institutionId, person.id],
  );
  return rows.length > 0;
};
