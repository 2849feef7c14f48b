import { Refused, type Tx } from '@waymark/api-platform';
import { Grade, Unit } from '../entities';

/**
 * Refuses a unit, grade or line manager that this institution does not have, naming the field. Nobody who has left becomes
 * somebody's manager; whoever is it already may stand until another is chosen.
 */
export const refuseUnknown = async (
  tx: Tx,
  input: { unitId: string | null; gradeId: string | null; lineManagerId: string | null },
  managerNow: string | null = null,
): Promise<void> => {
  const { institutionId } = tx.scope;
  const known = {
    unitId: input.unitId === null || (await tx.manager.existsBy(Unit, { institutionId, id: input.unitId })),
    gradeId: input.gradeId === null || (await tx.manager.existsBy(Grade, { institutionId, id: input.gradeId })),
    lineManagerId:
      input.lineManagerId === null ||
      input.lineManagerId === managerNow ||
      (await isHere(tx, institutionId, input.lineManagerId)),
  };
  const fields = Object.entries(known).flatMap(([field, there]) => (there ? [] : [field]));
  if (fields.length > 0) {
    throw new Refused('invalid-input', { fields: fields.map((path) => ({ path, code: 'unknown-record' })) });
  }
};

const isHere = async (tx: Tx, institutionId: string, personId: string): Promise<boolean> => {
  const rows = await tx.query(
    `select from person p join institution i on i.id = p.institution_id where p.institution_id = $1 and p.id = $2
       and (p.left_on is null or p.left_on >= ($3::timestamptz at time zone i.time_zone)::date)`,
    [institutionId, personId, tx.now],
  );
  return rows.length > 0;
};
