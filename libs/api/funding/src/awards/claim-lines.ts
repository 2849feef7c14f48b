import { type ClaimLine, type ClaimLineDraft, penceMost, readPounds } from '@waymark/contracts';

export interface ClaimFault {
  /** Which line; null: the claim as a whole. */
  lineId: string | null;
  fault: 'category' | 'what' | 'amount' | 'receipt';
}

/** Lines as they were typed, with what was read of their amounts. */
export const readLines = (typed: readonly ClaimLineDraft[]): ClaimLine[] =>
  typed.map((line) => {
    const read = readPounds(line.amount);
    return { ...line, amountPence: 'pence' in read ? read.pence : null };
  });

/** What they add up to, so far as they can be read. */
export const totalOf = (lines: readonly Pick<ClaimLine, 'amountPence'>[]): number =>
  Math.min(
    lines.reduce((sum, { amountPence }) => sum + (amountPence ?? 0), 0),
    penceMost,
  );

/** What is missing before it can be sent. Each line needs a receipt, or says why there is none. */
export const faultsOf = (lines: readonly ClaimLine[]): ClaimFault[] =>
  lines.flatMap(({ id, category, what, amountPence, fileIds, noReceiptBecause }): ClaimFault[] => [
    ...(category === null ? [{ lineId: id, fault: 'category' as const }] : []),
    ...(what === '' ? [{ lineId: id, fault: 'what' as const }] : []),
    ...(amountPence === null ? [{ lineId: id, fault: 'amount' as const }] : []),
    ...(fileIds.length === 0 && noReceiptBecause === '' ? [{ lineId: id, fault: 'receipt' as const }] : []),
  ]);
