import type {
  ApplicationStatus,
  CallField,
  CallKind,
  CallMoment,
  CallRule,
  CallView,
  LetterKind,
} from '@waymark/contracts';
import { actInWords } from '../../audit/act-words';
import type { StatusWords } from '../../shell/status-words';
import { figure } from '../../shell/words';

export const callMomentWords: Readonly<Record<CallMoment, StatusWords>> = {
  draft: { text: $localize`Draft`, tone: 'draft', icon: 'pencil' },
  coming: { text: $localize`Published, not open yet`, tone: 'wait', icon: 'calendar' },
  open: { text: $localize`Open`, tone: 'ok', icon: 'play' },
  closed: { text: $localize`Closed`, tone: 'due', icon: 'lock' },
  scoring: { text: $localize`Scoring`, tone: 'wait', icon: 'people' },
  moderation: { text: $localize`Moderation`, tone: 'wait', icon: 'people' },
  decided: { text: $localize`Decided`, tone: 'ok', icon: 'tick-circle' },
  archived: { text: $localize`Archived`, tone: 'done', icon: 'tick-circle' },
  cancelled: { text: $localize`Cancelled`, tone: 'bad', icon: 'octagon' },
};

export const callKindWords: Readonly<Record<CallKind, string>> = {
  yearly: $localize`Yearly`,
  rolling: $localize`Rolling, month by month`,
};

/** The stages of a call in their order; `coming` is a part of being open. */
export const callStages = ['draft', 'open', 'closed', 'scoring', 'moderation', 'decided', 'archived'] as const;
export const stageWords: Readonly<Record<(typeof callStages)[number], string>> = {
  draft: $localize`Draft`,
  open: $localize`Open`,
  closed: $localize`Closed`,
  scoring: $localize`Scoring`,
  moderation: $localize`Moderation`,
  decided: $localize`Decided`,
  archived: $localize`Archived`,
};

export const callFieldWords: Readonly<Record<CallField, string>> = {
  name: $localize`name`,
  potId: $localize`pot`,
  budgetPence: $localize`budget`,
  opensAt: $localize`opening`,
  closesAt: $localize`close`,
  returnGraceDays: $localize`days of grace`,
  endorseBy: $localize`endorsement deadline`,
  decideBy: $localize`day of decision`,
  reserveUntil: $localize`end of the reserve list`,
  claimBy: $localize`claim-by date`,
  nextOpensOn: $localize`next opening`,
  nextClosesOn: $localize`next close`,
  rollsUntil: $localize`last day of rolling`,
  terms: $localize`terms`,
  letters: $localize`letters`,
};

export const letterKindWords: Readonly<Record<LetterKind, string>> = {
  awarded: $localize`Awarded`,
  'part-awarded': $localize`Part-awarded`,
  reserve: $localize`On the reserve list`,
  unsuccessful: $localize`Unsuccessful`,
  ineligible: $localize`Ineligible`,
  unendorsed: $localize`Not endorsed`,
  'call-cancelled': $localize`Call cancelled`,
};

type RuleName = CallRule['rule'];
export const callRuleWords: Readonly<Record<RuleName, { name: string; text: string }>> = {
  'one-application': {
    name: $localize`One application a person`,
    text: $localize`A second one is refused while the first stands.`,
  },
  'not-retrospective': {
    name: $localize`Not retrospective`,
    text: $localize`The event begins after the call has closed.`,
  },
  'contract-outlasts-event': {
    name: $localize`Contract outlasts the event`,
    text: $localize`Judged by the contract’s end in people; without an end it passes.`,
  },
  'no-overdue-report': {
    name: $localize`No overdue report-back`,
    text: $localize`A report that is late blocks; an accepted one lifts it.`,
  },
  'not-funded-lately': {
    name: $localize`Not funded lately`,
    text: $localize`Not awarded in the last calls of this kind.`,
  },
};

/** What stands in the way of the next step, in a sentence; `count` counts it. */
export const hindranceWords = (by: string, count: number): string => {
  switch (by) {
    case 'pot-closed':
      return $localize`The pot is closed: choose one that is open.`;
    case 'call-window-over':
      return $localize`Its close has passed already: move the window.`;
    case 'extensions-running':
      return count === 1
        ? $localize`1 person still has more time to hand in.`
        : $localize`${figure(count)}:count: people still have more time to hand in.`;
    case 'endorsements-pending':
      return count === 1
        ? $localize`1 application waits for its endorsement.`
        : $localize`${figure(count)}:count: applications wait for their endorsement.`;
    case 'unendorsed-undecided':
      return count === 1
        ? $localize`1 application was never endorsed: decide whether it goes on.`
        : $localize`${figure(count)}:count: applications were never endorsed: decide whether they go on.`;
    case 'call-empty':
      return $localize`No application is endorsed, so there is nothing to score.`;
    case 'awards-open':
      return count === 1
        ? $localize`1 award or place in reserve is still open.`
        : $localize`${figure(count)}:count: awards or places in reserve are still open.`;
    default:
      return by;
  }
};

/** Given up, or never handed in: neither counts among the applications, in the list of calls as here. */
const over: readonly ApplicationStatus[] = ['withdrawn', 'declined', 'call-cancelled'];
/** Applications that ask for money: handed in, and not given up. */
export const askingOf = (counts: CallView['counts']): number =>
  counts
    .filter(({ status }) => status !== 'draft' && !over.includes(status))
    .reduce((sum, { count }) => sum + count, 0);
/** What became of the others, in words; empty where there are none. */
export const othersWords = (counts: CallView['counts']): string =>
  [
    [countOf(counts, 'draft'), (count: string) => $localize`${count}:count: in draft`] as const,
    [countOf(counts, 'declined'), (count: string) => $localize`${count}:count: declined`] as const,
    [countOf(counts, 'withdrawn'), (count: string) => $localize`${count}:count: withdrawn`] as const,
    [countOf(counts, 'call-cancelled'), (count: string) => $localize`${count}:count: closed with the call`] as const,
  ]
    .flatMap(([count, words]) => (count > 0 ? [words(figure(count))] : []))
    .join(', ');
/** What a call that is cancelled closes: whatever is not over already. */
export const closingWith = (counts: CallView['counts']): number =>
  countOf(counts, 'draft', 'submitted', 'returned', 'endorsed', 'unendorsed', 'eligible', 'scored');
export const countOf = (counts: CallView['counts'], ...statuses: ApplicationStatus[]): number =>
  counts.filter(({ status }) => statuses.includes(status)).reduce((sum, { count }) => sum + count, 0);

/** What somebody did to the call, in words. */
export const callActWords = (act: string, facts: Readonly<Record<string, unknown>>): string => {
  switch (act) {
    case 'call.add':
      return $localize`Drafted`;
    case 'call.copy':
      return $localize`Copied from an earlier call`;
    case 'call.publish':
      return $localize`Published`;
    case 'call.change':
      return $localize`Changed: ${fieldsInWords(facts['fields'])}:fields:`;
    case 'call.close':
      return $localize`Closed`;
    case 'call.reopen':
      return $localize`Opened again`;
    case 'call.start-scoring':
      return $localize`Scoring began`;
    case 'call.start-moderation':
      return $localize`Moderation began`;
    case 'call.back-to-scoring':
      return $localize`Back to scoring`;
    case 'call.cancel':
      return $localize`Cancelled`;
    case 'call.archive':
      return $localize`Archived`;
    case 'call.extend':
      return $localize`More time granted to somebody`;
    case 'call.extend-not':
      return $localize`An extension taken back`;
    case 'call.write':
      return $localize`Letter sent to ${figure(Number(facts['recipients'] ?? 0))}:count: applicants`;
    case 'call.roll-on':
      return $localize`Opened by itself, after the month before`;
    case 'call.roll-out':
      return $localize`No next month was opened`;
    case 'scenario.propose':
      return $localize`Allocation proposed`;
    case 'scenario.approve':
      return $localize`Allocation approved`;
    case 'scenario.publish':
      return $localize`Decisions published`;
    default:
      return actInWords(act);
  }
};

/** Who only looked is no event of the call; who has an interest stands with the panel. */
const asides = ['audit.read', 'interest.declare', 'interest.withdraw'];

/** What happened to a call, the newest first: the same deed of the same person, one after another, is one line. */
export const happenedIn = (
  timeline: CallView['timeline'],
): readonly { words: string; act: string; by: string | null; at: string }[] => {
  const lines: { words: string; act: string; by: string | null; at: string; times: number }[] = [];
  for (const { act, at, by, facts } of timeline) {
    if (asides.includes(act)) continue;
    const last = lines.at(-1);
    const words = callActWords(act, facts);
    if (last?.act === act && last.by === by && last.words === words) last.times += 1;
    else lines.push({ words, act, by, at, times: 1 });
  }
  return lines.map(({ words, times, ...line }) => ({
    ...line,
    words: times === 1 ? words : $localize`${words}:what:, ${figure(times)}:count: times`,
  }));
};

const fieldsInWords = (fields: unknown): string =>
  typeof fields === 'string' && fields !== ''
    ? fields
        .split(' ')
        .map((field) => (callFieldWords as Readonly<Record<string, string>>)[field] ?? field)
        .join(', ')
    : $localize`nothing`;
