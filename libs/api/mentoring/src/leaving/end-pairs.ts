import { PeopleFacade } from '@waymark/api-people';
import { move, type Tx } from '@waymark/api-platform';
import type { Pair } from '../entities';
import { backToFront } from '../proposals/back-to-front';
import { pairTable, requestTable } from '../statuses';
import type { LockedPair } from './leaver-records';

/**
 * Ends pairs that the caller has locked with their requests: the place is free with it, and that the two are paired ends as a
 * fact. Mentees who stay have their request open again, at the front of the next round: `reopen` says whose.
 */
export const endPairs = async (
  tx: Tx,
  people: PeopleFacade,
  pairs: readonly LockedPair[],
  reason: NonNullable<Pair['endReason']>,
  reopen: (pair: LockedPair) => boolean,
): Promise<void> => {
  for (const pair of pairs) {
    await tx.query(
      `update pair set status = $3, ended_at = $4, end_reason = $5, version = version + 1 where institution_id = $1 and id = $2`,
      [tx.scope.institutionId, pair.id, move(pairTable, pair.status, 'ended'), tx.now, reason],
    );
    await people.endRelationships(tx, pair.id);
    await tx.audit('pair.end', { kind: 'pair', id: pair.id });
  }
  const open = pairs.filter(reopen).map(({ requestId }) => requestId);
  await reopenRequests(tx, open);
  await backToFront(tx, open);
};

/** Requests, locked by the caller, whose pair or acceptance came to nothing, are open again. */
export const reopenRequests = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  move(requestTable, 'matched', 'open');
  await tx.query(
    `update request set status = 'open', version = version + 1
     where institution_id = $1 and id = any ($2::uuid[]) and status = 'matched'`,
    [tx.scope.institutionId, ids],
  );
};
