import type { Tx } from '@waymark/api-platform';

/** The time zone of the transaction's institution, in which its days are judged. */
export const timeZoneOf = async (tx: Tx): Promise<string> => {
  const [institution] = await tx.query<{ time_zone: string }>(`select time_zone from institution where id = $1`, [
    tx.scope.institutionId,
  ]);
  return institution?.time_zone ?? 'UTC';
};
