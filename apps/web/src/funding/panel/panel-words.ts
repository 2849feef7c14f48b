import type { Interest, ReassignReason, ReviewStatus } from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';

export const reviewStatusWords: Readonly<Record<ReviewStatus, StatusWords>> = {
  assigned: { text: $localize`To read`, tone: 'due', icon: 'document' },
  drafting: { text: $localize`Being scored`, tone: 'draft', icon: 'pencil' },
  submitted: { text: $localize`Submitted`, tone: 'ok', icon: 'tick' },
  locked: { text: $localize`Scored and closed`, tone: 'done', icon: 'lock' },
  recused: { text: $localize`Given back`, tone: 'bad', icon: 'leave' },
  reassigned: { text: $localize`With somebody else`, tone: 'done', icon: 'people' },
};

export const interestWords: Readonly<Record<Interest, string>> = {
  self: $localize`This is you`,
  manager: $localize`You are their manager, or above`,
  report: $localize`They are your manager, or above`,
  pair: $localize`You are, or were, mentor and mentee or buddies`,
  declared: $localize`You declared it`,
};

export const reassignWords: Readonly<Record<ReassignReason, StatusWords>> = {
  recused: { text: $localize`Given back`, tone: 'bad', icon: 'leave' },
  left: { text: $localize`Reader has left`, tone: 'bad', icon: 'leave' },
  interest: { text: $localize`Reader has an interest`, tone: 'bad', icon: 'forbid' },
  unread: { text: $localize`Unread for 14 days`, tone: 'due', icon: 'clock' },
};

/** Tenths of a percent as people read them: 745 is `74.5`. */
export const scoreOf = (tenths: number | null | undefined): string =>
  tenths === null || tenths === undefined ? '–' : (tenths / 10).toFixed(1);

/** The same with its sign, for a difference: `+2.0`, `−23.0`. */
export const offsetOf = (tenths: number): string =>
  tenths === 0 ? '0.0' : `${tenths > 0 ? '+' : '\u2212'}${(Math.abs(tenths) / 10).toFixed(1)}`;

/** How somebody scores beside the others, in a word; within five points is what readers differ by anyway. */
export const calibrationWords = (offset: number | null): string => {
  if (offset === null) return $localize`Shares no application with others`;
  if (offset >= 50) return $localize`Scores higher than the others`;
  if (offset <= -50) return $localize`Scores lower than the others`;
  return $localize`Scores as the others do`;
};
