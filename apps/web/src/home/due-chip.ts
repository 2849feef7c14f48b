import type { ChipTone } from '@waymark/ui';
import { daysBetween, type Dates } from '../shell/dates';

export interface DueShown {
  tone: ChipTone;
  words: string;
}

/** A deadline as a chip: it says the date, not "soon". Days as `2026-05-01`. */
export const dueChip = (today: string, dueDay: string, waiting: boolean, dates: Pick<Dates, 'shortDay'>): DueShown => {
  const days = daysBetween(today, dueDay);
  if (waiting && days < 0) return { tone: 'wait', words: $localize`Answer was due ${dates.shortDay(dueDay)}:day:` };
  if (waiting) return { tone: 'wait', words: $localize`Answer due ${dates.shortDay(dueDay)}:day:` };
  if (days < -1) return { tone: 'bad', words: $localize`${-days}:days: days late` };
  if (days === -1) return { tone: 'bad', words: $localize`1 day late` };
  if (days === 0) return { tone: 'due', words: $localize`Due today` };
  if (days === 1) return { tone: 'due', words: $localize`Due tomorrow` };
  return { tone: days <= 4 ? 'due' : 'wait', words: $localize`By ${dates.shortDay(dueDay)}:day:` };
};
