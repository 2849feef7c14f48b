import type {
  AskedAs,
  EndorseLinkState,
  EndorsementAnswer,
  EndorsementStatus,
  EndorsingState,
} from '@waymark/contracts';
import { figure } from '../../shell/words';
import type { StatusWords } from '../../shell/status-words';

export const endorsementStatusWords: Readonly<Record<EndorsementStatus, StatusWords>> = {
  asked: { text: $localize`Waiting`, tone: 'wait', icon: 'hourglass' },
  endorsed: { text: $localize`Endorsed`, tone: 'ok', icon: 'tick' },
  returned: { text: $localize`Returned`, tone: 'due', icon: 'pencil' },
  declined: { text: $localize`Declined`, tone: 'bad', icon: 'octagon' },
  'passed-on': { text: $localize`Passed on`, tone: 'draft', icon: 'send' },
  unendorsed: { text: $localize`No answer`, tone: 'due', icon: 'clock' },
  withdrawn: { text: $localize`Withdrawn`, tone: 'done', icon: 'leave' },
};

export const endorsingStateWords: Readonly<Record<EndorsingState, StatusWords>> = {
  waiting: { text: $localize`Waiting`, tone: 'wait', icon: 'hourglass' },
  nobody: { text: $localize`Nobody to ask`, tone: 'due', icon: 'person' },
  unendorsed: { text: $localize`Never endorsed`, tone: 'due', icon: 'clock' },
  answered: { text: $localize`Answered`, tone: 'done', icon: 'tick-circle' },
};

/** Why this person is asked. */
export const askedAsWords = (as: AskedAs, inPlaceOf: string | null): string => {
  switch (as) {
    case 'line-manager':
      return $localize`line manager`;
    case 'delegate':
    case 'delegate-of-next-manager':
      return inPlaceOf ? $localize`stands in for ${inPlaceOf}:manager:` : $localize`stands in`;
    case 'next-manager':
      return $localize`next manager`;
    case 'named':
      return $localize`named by the coordinator`;
  }
};

export const answerDone = (answer: EndorsementAnswer, applicant: string): string => {
  switch (answer) {
    case 'endorsed':
      return $localize`You have endorsed it. ${applicant}:applicant: has been told, and it goes on to the panel when the call closes.`;
    case 'returned':
      return $localize`Your question is on its way. When ${applicant}:applicant: sends the application again, you are asked once more.`;
    case 'declined':
      return $localize`You have declined it. ${applicant}:applicant: has been told, with your reason.`;
  }
};

/** A link that cannot be used any more: what happened, and what to do if anything. */
export const linkEnded: Readonly<
  Record<Exclude<EndorseLinkState, 'open' | 'answered'>, (applicant: string) => { heading: string; text: string }>
> = {
  'answered-elsewhere': (applicant) => ({
    heading: $localize`This has been answered already`,
    text: $localize`${applicant}:applicant:’s application was answered in another way: after signing in, or by somebody else who may. You need not do anything.`,
  }),
  'passed-on': (applicant) => ({
    heading: $localize`This has gone on to somebody else`,
    text: $localize`The time to answer had passed, so ${applicant}:applicant:’s application was put to the next person. If you still decide for them, sign in: it is among your endorsements.`,
  }),
  over: (applicant) => ({
    heading: $localize`The time to answer is over`,
    text: $localize`The deadline of the call has passed, and the coordinator of the fund now decides about ${applicant}:applicant:’s application. Tell the coordinator if there is something they should know.`,
  }),
  withdrawn: (applicant) => ({
    heading: $localize`This need not be answered any more`,
    text: $localize`${applicant}:applicant:’s application was withdrawn, or its call was cancelled.`,
  }),
  left: () => ({
    heading: $localize`This link has ended`,
    text: $localize`It was for somebody who is no longer here. What waited for them has gone on to somebody else.`,
  }),
  expired: (applicant) => ({
    heading: $localize`This link has run out`,
    text: $localize`Links in mail work for a limited time. ${applicant}:applicant:’s application still waits: sign in to answer it, or wait for the next mail.`,
  }),
};

export const awayWords = (count: number): string => {
  if (count === 0) return $localize`Nobody else in the team would be away`;
  return count === 1
    ? $localize`1 other in the team would be away`
    : $localize`${figure(count)}:count: others in the team would be away`;
};
