import { Refused, type Tx } from '@waymark/api-platform';
import type { CallTerms } from '@waymark/contracts';
import { Pot } from '../entities';

/** The pot, held, so that it is not closed at the same moment. Refused where it is not the institution's own, or closed. */
export const usablePot = async (tx: Tx, potId: string): Promise<void> => {
  const pot = await tx.lock(Pot, potId).catch((error: unknown) => {
    if (error instanceof Refused && error.refusal === 'not-found') return null;
    throw error;
  });
  if (!pot) throw new Refused('invalid-input', { fields: [{ path: 'potId', code: 'unknown-record' }] });
  if (pot.status === 'closed') throw new Refused('pot-closed');
};

/** Units and grades of an audience are the institution's own. */
export const knownAudience = async (tx: Tx, { audience }: CallTerms): Promise<void> => {
  const [counted] = await tx.query<{ units: number; grades: number }>(
    `select (select count(*)::int from unit where institution_id = $1 and id = any ($2::uuid[])) as units,
       (select count(*)::int from grade where institution_id = $1 and id = any ($3::uuid[])) as grades`,
    [tx.scope.institutionId, audience.unitIds, audience.gradeIds],
  );
  const missing = [
    ...(counted?.units === new Set(audience.unitIds).size ? [] : ['terms.audience.unitIds']),
    ...(counted?.grades === new Set(audience.gradeIds).size ? [] : ['terms.audience.gradeIds']),
  ];
  if (missing.length > 0) {
    throw new Refused('invalid-input', { fields: missing.map((path) => ({ path, code: 'unknown-record' })) });
  }
};
