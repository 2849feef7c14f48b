import type { SharedPairView } from '@waymark/contracts';
import type { ChipTone } from '@waymark/ui';

export const sharedPairStatus: Readonly<Record<SharedPairView['status'], { tone: ChipTone; text: string }>> = {
  active: { tone: 'ok', text: $localize`At work` },
  completed: { tone: 'done', text: $localize`Completed` },
  ended: { tone: 'draft', text: $localize`Ended` },
};
