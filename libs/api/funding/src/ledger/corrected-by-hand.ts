import type { EntryKind } from '@waymark/contracts';

/** Kinds that a finance officer posts by hand. The others follow from awards and claims, and are put right there. */
export const correctedByHand: readonly EntryKind[] = ['fund', 'transfer'];
