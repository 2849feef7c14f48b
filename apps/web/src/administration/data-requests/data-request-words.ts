import type { DataRequestRow, ErasureObstacle, ErasureReason, ErasureStatus } from '@waymark/contracts';
import { exportStatusWords } from '../../account/export-words';
import type { StatusWords } from '../../shell/status-words';

export const erasureStatusWords: Readonly<Record<ErasureStatus, StatusWords>> = {
  erasing: { text: $localize`Being erased`, tone: 'wait', icon: 'hourglass' },
  done: { text: $localize`Erased`, tone: 'done', icon: 'tick-circle' },
  failed: { text: $localize`Did not finish`, tone: 'bad', icon: 'octagon' },
  cancelled: { text: $localize`Stopped`, tone: 'draft', icon: 'stop' },
};

export const requestStatusWords: Readonly<Record<DataRequestRow['status'], StatusWords>> = {
  ...exportStatusWords,
  ...erasureStatusWords,
};

export const requestKindWords: Readonly<Record<DataRequestRow['kind'], string>> = {
  export: $localize`Copy of the data`,
  erasure: $localize`Erasure`,
};

export const erasureReasonWords: Readonly<Record<ErasureReason, string>> = {
  asked: $localize`The person asked for it`,
  'time-run-out': $localize`The time they are kept has run out`,
  'added-by-mistake': $localize`They were added by mistake`,
};

export const obstacleWords: Readonly<Record<ErasureObstacle, { title: string; help: string }>> = {
  'still-active': {
    title: $localize`They are still here`,
    help: $localize`Only people who have left are erased. Somebody added by mistake leaves first: set their last day on their page, then come back on the day after.`,
  },
  'last-administrator': {
    title: $localize`They are the last administrator`,
    help: $localize`Give another person the role of institution administrator first.`,
  },
  'already-erased': {
    title: $localize`They are erased`,
    help: $localize`What is left is a pseudonym, for the records of others and for the audit.`,
  },
};

export const doesWords = {
  delete: $localize`Deleted`,
  empty: $localize`Emptied`,
  keep: $localize`Stays without the name`,
} as const;
