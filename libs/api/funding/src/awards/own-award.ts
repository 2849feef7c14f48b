import { type Actor, Refused, type Tx } from '@waymark/api-platform';
import { Award } from './entities';

/**
 * Policy: an award is its person's, to answer and to claim of. To everybody else who may not see claims it is not there; who
 * may see them does not act for the person. Locked with its application, which comes first, and refused on an older revision. Who it
 * is of never changes.
 */
export const lockOwn = async (tx: Tx, actor: Actor, id: string, version?: number): Promise<Award> => {
  const [award] = await tx.find(Award, { id });
  if (!award) throw new Refused('not-found');
  if (award.personId !== actor.personId) throw new Refused(mayRead(actor) ? 'not-allowed' : 'not-found');
  // As its key never changes, whoever writes a line of its timeline while holding the award need not wait for this: else the two
  // would wait for each other.
  await tx.query(`select from application where institution_id = $1 and id = $2 for no key update`, [
    actor.institutionId,
    award.applicationId,
  ]);
  return version === undefined ? tx.lock(Award, id) : tx.lockAt(Award, id, version);
};

/** Who keeps calls and who pays sees every award of the institution. */
export const mayRead = (actor: Actor): boolean =>
  actor.permissions.has('claims.see') || actor.permissions.has('calls.see');

/** Nobody decides on their own money, neither as themselves nor in another's place. */
export const refuseOwn = (actor: Actor, personId: string): void => {
  if (personId === actor.personId || personId === actor.byPersonId || personId === actor.acting?.by.id)
    throw new Refused('own-claim');
};
