import { type Actor, Refused, type Tx } from '@waymark/api-platform';
import { Award, Claim } from './entities';
import { lockOwn, refuseOwn } from './own-award';

export interface LockedClaim {
  award: Award;
  claim: Claim;
}

const known = async (tx: Tx, id: string): Promise<Claim> => {
  const [claim] = await tx.find(Claim, { id });
  if (!claim) throw new Refused('not-found');
  return claim;
};

/** One's own claim, with its award, which comes first. Refused on an older revision. */
export const lockOwnClaim = async (tx: Tx, actor: Actor, id: string, version: number): Promise<LockedClaim> => {
  const { awardId } = await known(tx, id);
  const award = await lockOwn(tx, actor, awardId);
  return { award, claim: await tx.lockAt(Claim, id, version) };
};

/** Whose hand sends a claim: its person's, or that of who acts for them. */
export const sender = ({ scope }: Tx): string | null => scope.byPersonId ?? scope.personId ?? null;

/** A claim to decide on: a draft is its person's alone, and nobody decides on their own, nor on what they sent for somebody. */
export const lockToDecide = async (tx: Tx, actor: Actor, id: string, version: number): Promise<LockedClaim> => {
  const { awardId } = await known(tx, id);
  const award = await tx.lock(Award, awardId);
  const claim = await tx.lock(Claim, id);
  if (claim.status === 'draft') throw new Refused('not-found');
  for (const personId of [award.personId, claim.submittedBy]) if (personId !== null) refuseOwn(actor, personId);
  if (claim.version !== version) throw new Refused('changed-meanwhile');
  return { award, claim };
};
