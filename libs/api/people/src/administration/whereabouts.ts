import type { Tx, Whereabouts } from '@waymark/api-platform';

/** The nation, time zone and closure days of the transaction's institution: what working days are counted by. */
export const whereaboutsOf = async (tx: Tx): Promise<Whereabouts> => {
  const [row] = await tx.query<Whereabouts>(
    `select time_zone as "timeZone", nation,
       array(select to_char(c.day, 'YYYY-MM-DD') from closure_day c where c.institution_id = i.id) as "closureDays"
     from institution i where i.id = $1`,
    [tx.scope.institutionId],
  );
  if (!row) throw new Error('a transaction outside any institution');
  return row;
};
