import type { Tx } from '@waymark/api-platform';
import type { Whereabouts } from './working-days';

/** The nation and time zone of the transaction's institution. */
export const whereaboutsOf = async (tx: Tx): Promise<Whereabouts> => {
  const [row] = await tx.query<Whereabouts>(`select time_zone as "timeZone", nation from institution where id = $1`, [
    tx.scope.institutionId,
  ]);
  if (!row) throw new Error('a transaction outside any institution');
  return row;
};
