import type { Tx } from '@waymark/api-platform';
import { isOpenProposal } from '../at-present';

/**
 * Requests, locked by the caller, for which nobody is asked any more: they have waited one round more and come to the
 * front of the next. Requests that still wait for an answer stay as they are. Answers those that came to the front.
 */
export const backToFront = async (tx: Tx, requestIds: readonly string[]): Promise<Set<string>> => {
  const rows = await tx.query<{ id: string }>(
    `with front as (
       update request r set rounds_waited = r.rounds_waited + 1, version = r.version + 1
       where r.institution_id = $1 and r.id = any ($2::uuid[]) and r.status = 'open' and not exists (
         select from proposal p where p.institution_id = $1 and p.request_id = r.id and ${isOpenProposal('p', '$3')})
       returning r.id
     ) select id from front`,
    [tx.scope.institutionId, requestIds, tx.now],
  );
  return new Set(rows.map((row) => row.id));
};
