import type { ChipTone, IconName } from '@waymark/ui';

/** A status as its chip shows it: a word, an icon and a tint. */
export interface StatusWords {
  text: string;
  tone: ChipTone;
  icon: IconName;
}
