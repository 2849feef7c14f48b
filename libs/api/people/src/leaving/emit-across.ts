import type { Tx } from '@waymark/api-platform';

/** An event about a transfer in the other of its two institutions: the outbox is of all. */
export const emitAcross = async (tx: Tx, institutionId: string, topic: string, transferId: string): Promise<void> => {
  await tx.query(
    `insert into outbox (id, institution_id, topic, payload, at) values ($1, $2, $3, jsonb_build_object('transferId', $4::text), $5)`,
    [tx.newId(), institutionId, topic, transferId, tx.now],
  );
};
