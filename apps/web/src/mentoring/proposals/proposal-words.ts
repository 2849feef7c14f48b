import { Agreement, DeclineReason, ProposalStatus, ProposalView } from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';

export type ProposalSide = ProposalView['side'];
export type TimelineStep = ProposalView['timeline'][number];

export const proposalStatusWords: Readonly<Record<ProposalStatus, StatusWords>> = {
  proposed: { text: $localize`Waiting for the mentor`, tone: 'wait', icon: 'hourglass' },
  'more-asked': { text: $localize`More asked`, tone: 'wait', icon: 'hourglass' },
  accepted: { text: $localize`Accepted`, tone: 'ok', icon: 'tick' },
  agreed: { text: $localize`Pair begun`, tone: 'done', icon: 'tick-circle' },
  declined: { text: $localize`Declined`, tone: 'draft', icon: 'close' },
  expired: { text: $localize`Not answered in time`, tone: 'due', icon: 'clock' },
  withdrawn: { text: $localize`Withdrawn`, tone: 'draft', icon: 'close' },
  superseded: { text: $localize`Overtaken`, tone: 'draft', icon: 'close' },
};

/** The status as one of the two sees it: what is proposed is the mentor's turn. */
export const statusFor = (side: ProposalSide, status: ProposalStatus): StatusWords =>
  (side === 'mentor' && status === 'proposed') || (side === 'mentee' && status === 'more-asked')
    ? { text: $localize`Your turn`, tone: 'due', icon: 'clock' }
    : proposalStatusWords[status];

export const declineReasonWords: Readonly<Record<DeclineReason, string>> = {
  'no-time': $localize`No time at present`,
  'not-my-field': $localize`Not my field`,
  'know-each-other': $localize`We know each other too well`,
  'changed-role': $localize`My role has changed`,
  other: $localize`Another reason`,
};

export const rhythmWords: Readonly<Record<Agreement['rhythm'], string>> = {
  weekly: $localize`Every week`,
  fortnightly: $localize`Every two weeks`,
  monthly: $localize`Every month`,
  'as-needed': $localize`When needed`,
};

export const modeWords: Readonly<Record<Agreement['mode'], string>> = {
  'in-person': $localize`In person`,
  online: $localize`Online`,
  either: $localize`In person or online`,
};

/** Where a proposal stands as one of the two sees it: whose turn, in one line. */
export const standing = (side: ProposalSide, status: ProposalStatus, other: string): string => {
  const mentor = side === 'mentor';
  switch (status) {
    case 'proposed':
      return mentor
        ? $localize`${other}:name: would like you as a mentor`
        : $localize`${other}:name: has been asked to be your mentor`;
    case 'more-asked':
      return mentor ? $localize`You asked ${other}:name: for more` : $localize`${other}:name: asked you for more`;
    case 'accepted':
      return mentor ? $localize`You accepted ${other}:name:` : $localize`${other}:name: accepted to be your mentor`;
    case 'agreed':
      return mentor ? $localize`You mentor ${other}:name:` : $localize`${other}:name: is your mentor`;
    case 'declined':
      return mentor ? $localize`You declined` : $localize`${other}:name: cannot take this on`;
    case 'expired':
      return $localize`This was not answered in time`;
    case 'withdrawn':
      return mentor ? $localize`${other}:name: withdrew` : $localize`You withdrew`;
    case 'superseded':
      return mentor ? $localize`${other}:name: has found a mentor` : $localize`This proposal was overtaken`;
  }
};

/** What an ended proposal means for the person who reads it, and what comes next. Null while it lives. */
export const endingWords = (
  side: ProposalSide,
  status: ProposalStatus,
  other: string,
  next: string | null = null,
): { title: string; text: string } | null => {
  const mentor = side === 'mentor';
  const title = standing(side, status, other);
  if (!mentor && next !== null && (status === 'declined' || status === 'expired')) {
    return { title, text: $localize`It goes on: ${next}:mentor: has been asked now. You need not do anything.` };
  }
  switch (status) {
    case 'declined':
      return mentor
        ? {
            title,
            text: $localize`Only the coordinator sees your reason. Unless another mentor says yes, ${other}:name: is at the front of the next round.`,
          }
        : {
            title,
            text: $localize`Unless another mentor says yes, you are at the front of the next round.`,
          };
    case 'expired':
      return mentor
        ? {
            title,
            text: $localize`Unless another mentor says yes, ${other}:name: is at the front of the next round.`,
          }
        : {
            title,
            text: $localize`Unless another mentor says yes, you are at the front of the next round.`,
          };
    case 'withdrawn':
      return mentor
        ? { title, text: $localize`Your place is free again. You need not do anything.` }
        : { title, text: $localize`Your request stays open for the next round.` };
    case 'superseded':
      return mentor
        ? {
            title,
            text: $localize`Somebody else accepted first, or your places are full. Your places stay as they are; you need not do anything.`,
          }
        : {
            title,
            text: $localize`Another mentor accepted you first, or ${other}:name: has no place left. See your other proposals.`,
          };
    default:
      return null;
  }
};

/** Who did it, and who did it for them where somebody acted on their behalf. */
export const doneBy = ({ who, by }: Pick<TimelineStep, 'who' | 'by'>): string | null =>
  who && by ? $localize`${who}:name:, by ${by}:coordinator:` : who;

/** One line of the timeline: who did what. */
export const stepWords = (what: TimelineStep['what'], side: ProposalSide): string => {
  const mentor = side === 'mentor';
  switch (what) {
    case 'proposed':
      return $localize`Proposed by the round`;
    case 'more-asked':
      return $localize`More asked by the mentor`;
    case 'accepted':
      return $localize`Accepted`;
    case 'question-answered':
      return $localize`Question answered by the mentee`;
    case 'forwarded':
      return $localize`The next mentor was asked`;
    case 'agreement-written':
      return $localize`Agreement written`;
    case 'agreed':
      return $localize`Agreement confirmed`;
    case 'pair-begun':
      return $localize`The pair began`;
    case 'declined':
      return $localize`Declined`;
    case 'expired':
      return $localize`Not answered in time`;
    case 'withdrawn':
      return $localize`Withdrawn`;
    case 'superseded':
      return mentor ? $localize`Overtaken by another mentor` : $localize`Overtaken by another proposal`;
  }
};

/** What comes after what has happened, as grey steps at the end of the timeline. */
export const comingSteps = (view: Pick<ProposalView, 'status' | 'agreement' | 'side' | 'other'>): string[] => {
  const other = view.other.name;
  const answer = view.side === 'mentor' ? $localize`You answer` : $localize`${other}:name: answers`;
  switch (view.status) {
    case 'more-asked':
      return [
        view.side === 'mentor' ? $localize`${other}:name: answers your question` : $localize`You answer the question`,
        answer,
        $localize`You both agree how you work`,
        $localize`The pair begins`,
      ];
    case 'proposed':
      return [answer, $localize`You both agree how you work`, $localize`The pair begins`];
    case 'accepted':
      return view.agreement === null
        ? [$localize`One of you writes the agreement`, $localize`The other confirms it`, $localize`The pair begins`]
        : [
            view.agreement.writtenBy === 'me'
              ? $localize`${other}:name: confirms the agreement`
              : $localize`You confirm the agreement`,
            $localize`The pair begins`,
          ];
    default:
      return [];
  }
};
