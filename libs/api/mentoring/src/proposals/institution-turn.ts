import type { Tx } from '@waymark/api-platform';

/**
 * Whoever proposes takes the institution's turn first, before any row is locked: how many answers a mentee waits for, and
 * how many people a mentor is asked for, is counted over all rounds together, so two that propose at once go one after
 * the other. Answers take no turn.
 */
export const takeTurn = async (tx: Tx): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('round-release:' || $1, 0))`, [tx.scope.institutionId]);
};
