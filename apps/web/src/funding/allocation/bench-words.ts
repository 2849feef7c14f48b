import type { CallStatus } from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';

export const benchStatusWords: Readonly<Record<CallStatus, StatusWords>> = {
  draft: { text: $localize`Draft`, tone: 'draft', icon: 'pencil' },
  open: { text: $localize`Open`, tone: 'ok', icon: 'play' },
  closed: { text: $localize`Closed`, tone: 'wait', icon: 'lock' },
  scoring: { text: $localize`Scoring`, tone: 'wait', icon: 'hourglass' },
  moderation: { text: $localize`Moderation`, tone: 'wait', icon: 'hourglass' },
  decided: { text: $localize`Decided`, tone: 'done', icon: 'tick-circle' },
  archived: { text: $localize`Archived`, tone: 'done', icon: 'lock' },
  cancelled: { text: $localize`Cancelled`, tone: 'bad', icon: 'close' },
};

export interface MissingStep {
  readonly heading: string;
  readonly text: string;
  readonly action: string;
  readonly link: readonly string[];
}

/** Nothing is scored: which step is missing, and where it is taken. */
export const missingStep = ({ id, status }: { id: string; status: CallStatus }): MissingStep => {
  const call = { action: $localize`See the call`, link: ['/funding/calls', id] };
  switch (status) {
    case 'draft':
    case 'open':
      return {
        heading: $localize`Not closed yet`,
        text: $localize`Money is allocated once the call is closed and every application has its scores. Here you will see who gets what, by which method and why.`,
        ...call,
      };
    case 'closed':
      return {
        heading: $localize`Scoring has not begun`,
        text: $localize`The call is closed. Give the panel its applications; when all are scored and locked, they are allocated here.`,
        action: $localize`Go to the panel`,
        link: ['/funding/calls', id, 'panel'],
      };
    case 'scoring':
      return {
        heading: $localize`The panel is still scoring`,
        text: $localize`When the reviews are in, the chair locks them in moderation. Then who gets what is worked out here.`,
        action: $localize`Go to moderation`,
        link: ['/funding/calls', id, 'moderation'],
      };
    case 'moderation':
      return {
        heading: $localize`Nothing has been scored`,
        text: $localize`No application of this call has locked scores, so there is nothing to allocate.`,
        action: $localize`Go to moderation`,
        link: ['/funding/calls', id, 'moderation'],
      };
    case 'cancelled':
      return {
        heading: $localize`This call was cancelled`,
        text: $localize`Every application was closed with a letter, and no money was allocated.`,
        ...call,
      };
    case 'decided':
    case 'archived':
      return {
        heading: $localize`Nothing was allocated`,
        text: $localize`This call was decided without a scored application.`,
        ...call,
      };
  }
};
