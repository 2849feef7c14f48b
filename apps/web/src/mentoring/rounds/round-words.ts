import { RoundRow, RoundStatus, RoundView } from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';
import { counted, figure } from '../../shell/words';
import { running } from '../workbench/run-words';

export const roundStatusWords: Readonly<Record<RoundStatus, StatusWords>> = {
  draft: { text: $localize`Draft`, tone: 'draft', icon: 'pencil' },
  open: { text: $localize`Open`, tone: 'wait', icon: 'people' },
  matching: { text: $localize`Matching`, tone: 'wait', icon: 'hourglass' },
  review: { text: $localize`Review`, tone: 'wait', icon: 'hourglass' },
  released: { text: $localize`Released`, tone: 'ok', icon: 'send' },
  closed: { text: $localize`Closed`, tone: 'done', icon: 'tick-circle' },
  cancelled: { text: $localize`Cancelled`, tone: 'draft', icon: 'close' },
};

export type RoundTab = 'people' | 'rules' | 'workbench' | 'proposals';
export const roundTabs: readonly RoundTab[] = ['people', 'rules', 'workbench', 'proposals'];
export const roundTabWords: Readonly<Record<RoundTab, string>> = {
  people: $localize`People`,
  rules: $localize`Rules`,
  workbench: $localize`Workbench`,
  proposals: $localize`Proposals`,
};

/** The tab where the round's next step is. */
export const tabOf = (round: RoundView): RoundTab => {
  if (round.releasedAt !== null) return 'proposals';
  return round.runs.length > 0 ? 'workbench' : 'people';
};

/** What the round has sent so far, as the head of its page says it. */
export const sentWords = (round: RoundView): string => {
  if (round.status === 'cancelled') return $localize`Cancelled; nothing was sent to anyone`;
  return round.releasedAt === null ? $localize`Nothing has been sent to anyone yet` : '';
};

export const sizeWords = (round: Pick<RoundRow, 'mentees' | 'mentors' | 'places'>): string[] => [
  counted(round.mentees, $localize`mentee`, $localize`mentees`),
  $localize`${counted(round.mentors, $localize`mentor`, $localize`mentors`)}:mentors: with ${counted(round.places, $localize`place`, $localize`places`)}:places:`,
];

/** The one next step, by what the person may do now. */
export type RoundStep =
  | { kind: 'load'; text: string }
  | { kind: 'run'; text: string }
  | { kind: 'release'; text: string; runId: string }
  | { kind: 'wait'; text: string }
  | { kind: 'close'; text: string }
  | { kind: 'none' };

export const nextStep = (round: RoundView, shownRunId: string | null): RoundStep => {
  const under = round.runs.find(running);
  if (under) return { kind: 'wait', text: $localize`Run ${under.number}:run: is matching` };
  const run = round.runs.find((each) => each.id === shownRunId && each.status === 'done');
  if (round.may.release && run && (run.count ?? 0) > 0) {
    const proposals = counted(run.count ?? 0, $localize`proposal`, $localize`proposals`);
    return { kind: 'release', text: $localize`Release run ${run.number}:run:: ${proposals}:proposals:`, runId: run.id };
  }
  if (round.may.run && round.mentees > 0 && round.mentors > 0) {
    return { kind: 'run', text: matchWords(round) };
  }
  if (round.may.load) return { kind: 'load', text: $localize`Load people from a file` };
  if (round.may.close) return { kind: 'close', text: $localize`Close the round` };
  return { kind: 'none' };
};

export const matchWords = (round: RoundView): string =>
  round.mentees === 1 ? $localize`Match 1 person` : $localize`Match ${figure(round.mentees)}:count: people`;

/** What still keeps the round from being matched; empty: nothing. */
export const missingForRun = (round: RoundView): string[] => [
  ...(round.mentees === 0 ? [$localize`No mentee is in this round yet.`] : []),
  ...(round.mentors === 0 ? [$localize`No mentor is in this round yet.`] : []),
];

/** "12 open requests and 9 mentors could join"; null where nobody could. */
export const couldJoinWords = (could: RoundView['couldJoin']): string | null => {
  const requests = counted(could.mentees, $localize`open request`, $localize`open requests`);
  const mentors = counted(could.mentors, $localize`mentor`, $localize`mentors`);
  if (could.mentees > 0 && could.mentors > 0)
    return $localize`${requests}:requests: and ${mentors}:mentors: could join`;
  if (could.mentees > 0) return $localize`${requests}:requests: could join`;
  return could.mentors > 0 ? $localize`${mentors}:mentors: could join` : null;
};
