import type { TransferStatus } from '@waymark/contracts';
import type { ChipTone } from '@waymark/ui';

export const transferStatusWords: Readonly<Record<TransferStatus, { tone: ChipTone; text: string }>> = {
  asked: { tone: 'wait', text: $localize`Waits for an answer` },
  accepted: { tone: 'done', text: $localize`Accepted` },
  declined: { tone: 'bad', text: $localize`Declined` },
  cancelled: { tone: 'draft', text: $localize`Called off` },
};
