import type { AmountFault, EntryKind, LedgerAccount, PotStatus } from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';

/** A financial year by the calendar year in which it begins: 2026 is `2026/27`. */
export const yearWords = (year: number): string => `${year}/${String((year + 1) % 100).padStart(2, '0')}`;

export const potStatusWords: Readonly<Record<PotStatus, StatusWords>> = {
  open: { text: $localize`Open`, tone: 'ok', icon: 'tick-circle' },
  closed: { text: $localize`Closed`, tone: 'done', icon: 'lock' },
};

export const entryKindWords: Readonly<Record<EntryKind, string>> = {
  fund: $localize`Put in`,
  commit: $localize`Committed`,
  spend: $localize`Spent`,
  release: $localize`Released`,
  transfer: $localize`Transfer`,
  correct: $localize`Correction`,
};

export const accountWords: Readonly<Record<LedgerAccount, string>> = {
  source: $localize`from outside`,
  available: $localize`available`,
  committed: $localize`committed`,
  spent: $localize`spent`,
};

/** What to say at a field for an amount. */
export const amountFaultWords: Readonly<Record<AmountFault, string>> = {
  empty: $localize`Say how much, as “1,200.00”.`,
  'not-an-amount': $localize`Write an amount in pounds, as “1,200.00”.`,
  negative: $localize`The amount must be more than nothing.`,
  'fractions-of-a-penny': $localize`An amount has whole pence: two places after the point.`,
  'too-large': $localize`That is more than any fund holds. Look at the noughts.`,
  nothing: $localize`The amount must be more than nothing.`,
};
