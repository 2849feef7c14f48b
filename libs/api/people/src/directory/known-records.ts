import { Refused, type Tx } from '@waymark/api-platform';
import { Grade, Person, Unit } from '../entities';

/** Refuses a unit, grade or line manager that this institution does not have, naming the field. */
export const refuseUnknown = async (
  tx: Tx,
  input: { unitId: string | null; gradeId: string | null; lineManagerId: string | null },
): Promise<void> => {
  const { institutionId } = tx.scope;
  const known = {
    unitId: input.unitId === null || (await tx.manager.existsBy(Unit, { institutionId, id: input.unitId })),
    gradeId: input.gradeId === null || (await tx.manager.existsBy(Grade, { institutionId, id: input.gradeId })),
    lineManagerId:
      input.lineManagerId === null || (await tx.manager.existsBy(Person, { institutionId, id: input.lineManagerId })),
  };
  const fields = Object.entries(known).flatMap(([field, there]) => (there ? [] : [field]));
  if (fields.length > 0) {
    throw new Refused('invalid-input', { fields: fields.map((path) => ({ path, code: 'unknown-record' })) });
  }
};
