import type { ExportStatus } from '@waymark/contracts';
import type { StatusWords } from '../shell/status-words';

export const exportStatusWords: Readonly<Record<ExportStatus, StatusWords>> = {
  collecting: { text: $localize`Being collected`, tone: 'wait', icon: 'hourglass' },
  ready: { text: $localize`Ready`, tone: 'done', icon: 'tick-circle' },
  replaced: { text: $localize`Replaced by a newer one`, tone: 'draft', icon: 'document' },
  expired: { text: $localize`Files deleted, time has run out`, tone: 'draft', icon: 'clock' },
  failed: { text: $localize`Did not finish`, tone: 'bad', icon: 'octagon' },
  cancelled: { text: $localize`Stopped`, tone: 'draft', icon: 'stop' },
};

/** A size as people say it: in kilobytes, at least one. */
export const sizeWords = (bytes: number): string =>
  bytes < 1_000_000
    ? $localize`${Math.max(1, Math.round(bytes / 1000))}:kilobytes: kB`
    : $localize`${(bytes / 1_000_000).toFixed(1)}:megabytes: MB`;
