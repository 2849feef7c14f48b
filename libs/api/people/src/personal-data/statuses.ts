import type { CorrectionStatus, ErasureStatus, ExportStatus } from '@waymark/contracts';
import type { StatusTable } from '@waymark/api-platform';

/** One that is ready is replaced by the next, or its files end with their time. */
export const exportStatusTable: StatusTable<ExportStatus> = {
  collecting: ['ready', 'failed', 'cancelled'],
  ready: ['replaced', 'expired'],
  replaced: [],
  expired: [],
  failed: [],
  cancelled: [],
};

export const correctionStatusTable: StatusTable<CorrectionStatus> = {
  open: ['done', 'declined', 'withdrawn'],
  done: [],
  declined: [],
  withdrawn: [],
};

/** One that failed, or was stopped before it began to write, has changed nothing and can be asked for again. */
export const erasureStatusTable: StatusTable<ErasureStatus> = {
  erasing: ['done', 'failed', 'cancelled'],
  done: [],
  failed: [],
  cancelled: [],
};
