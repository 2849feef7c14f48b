import type { ChainFault, HeadComparison, VerificationView } from '@waymark/contracts';
import type { StatusWords } from '../shell/status-words';
import { figure } from '../shell/words';

export const verificationWords: Readonly<Record<VerificationView['status'], StatusWords>> = {
  running: { text: $localize`Being verified`, tone: 'wait', icon: 'hourglass' },
  valid: { text: $localize`Whole`, tone: 'ok', icon: 'tick-circle' },
  faulty: { text: $localize`Not whole`, tone: 'bad', icon: 'octagon' },
  failed: { text: $localize`Could not be verified`, tone: 'due', icon: 'warning' },
  cancelled: { text: $localize`Stopped`, tone: 'draft', icon: 'close' },
};

/** What is wrong with the chain, and what it can mean. */
export const faultWords: Readonly<Record<ChainFault, string>> = {
  gap: $localize`A number is missing: a seal was taken out.`,
  'row-missing': $localize`The row that was sealed under this number is gone.`,
  'row-changed': $localize`The row under this number is not the one that was sealed: it was changed, or swapped with another.`,
  'seal-changed': $localize`The seal itself was changed.`,
  'head-differs': $localize`What the database calls its newest seal is not the end of the chain: rows were cut off.`,
  'kept-head-differs': $localize`A head that was kept outside the database is not in the chain: it was written anew, or rows were cut off.`,
  unsealed: $localize`A row has waited for its seal longer than a minute: the worker may be standing still, or the row was hidden from it.`,
};

/** Where the first fault lies. */
export const faultPlace = ({ number }: NonNullable<VerificationView['fault']>): string =>
  number === null ? $localize`Among the rows without a seal` : $localize`At number ${figure(number)}:number:`;

export const comparisonWords: Readonly<
  Record<HeadComparison['outcome'], { tone: 'ok' | 'bad'; title: string; text: string }>
> = {
  matches: {
    tone: 'ok',
    title: $localize`The chain holds this head`,
    text: $localize`Nothing up to that number was changed since you noted it, provided the chain is whole: verify it too.`,
  },
  differs: {
    tone: 'bad',
    title: $localize`The chain holds another hash under that number`,
    text: $localize`It was written anew after you noted the head, or the head is not of this institution. Keep your copy, and tell whoever runs this installation.`,
  },
  beyond: {
    tone: 'bad',
    title: $localize`The chain does not reach that number`,
    text: $localize`Rows were cut off after you noted the head, or the head is not of this institution. Keep your copy, and tell whoever runs this installation.`,
  },
};
