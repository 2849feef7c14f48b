import {
  type AwardHappening,
  type BatchStatus,
  type ClaimKind,
  type ClaimStatus,
  type FundAwardStatus,
  poundsOf,
} from '@waymark/contracts';
import type { TimelineEntry } from '@waymark/ui';
import type { Dates } from '../../shell/dates';
import type { StatusWords } from '../../shell/status-words';

export const awardStatusWords: Readonly<Record<FundAwardStatus, StatusWords>> = {
  offered: { text: $localize`Offered`, tone: 'due', icon: 'clock' },
  accepted: { text: $localize`Accepted`, tone: 'ok', icon: 'tick' },
  changed: { text: $localize`Waits for the manager`, tone: 'wait', icon: 'hourglass' },
  attended: { text: $localize`Attended`, tone: 'ok', icon: 'tick' },
  closed: { text: $localize`Closed`, tone: 'done', icon: 'tick-circle' },
  lapsed: { text: $localize`Lapsed`, tone: 'done', icon: 'forbid' },
  refused: { text: $localize`Not taken up`, tone: 'done', icon: 'forbid' },
  cancelled: { text: $localize`Cancelled`, tone: 'wait', icon: 'forbid' },
};

export const claimStatusWords: Readonly<Record<ClaimStatus, StatusWords>> = {
  draft: { text: $localize`Being written`, tone: 'draft', icon: 'pencil' },
  submitted: { text: $localize`Sent`, tone: 'wait', icon: 'hourglass' },
  approved: { text: $localize`Approved`, tone: 'ok', icon: 'tick' },
  returned: { text: $localize`Sent back`, tone: 'due', icon: 'warning' },
  paid: { text: $localize`Paid`, tone: 'done', icon: 'tick-circle' },
  'payment-rejected': { text: $localize`Payment rejected`, tone: 'bad', icon: 'octagon' },
};

export const batchStatusWords: Readonly<Record<BatchStatus, StatusWords>> = {
  open: { text: $localize`Open`, tone: 'wait', icon: 'hourglass' },
  paid: { text: $localize`Paid`, tone: 'done', icon: 'tick-circle' },
};

/** "Claim 2", "Advance", "Claim 3, the last". */
export const claimName = ({ kind, number, last }: { kind: ClaimKind; number: number; last: boolean }): string => {
  if (kind === 'advance') return $localize`Advance`;
  return last ? $localize`Claim ${number}:number:, the last` : $localize`Claim ${number}:number:`;
};

const money = (facts: AwardHappening['facts'], name: string): string => poundsOf(Number(facts[name] ?? 0));

const releasedWords = (facts: AwardHappening['facts']): string => {
  const sum = money(facts, 'amountPence');
  return facts['because'] === 'repaid'
    ? $localize`${sum}:sum: of the advance came back`
    : $localize`${sum}:sum: went back to the fund`;
};

const changedWords = (facts: AwardHappening['facts']): string => {
  switch (facts['answer']) {
    case 'endorsed':
      return $localize`The manager endorsed the change`;
    case 'declined':
    case 'returned':
      return $localize`The manager did not endorse the change`;
    case 'withdrawn':
      return $localize`The change was taken back`;
    default:
      return $localize`A change of the event was asked for`;
  }
};

const happenedWords = ({ kind, facts }: AwardHappening): string => {
  const advance = facts['kind'] === 'advance';
  switch (kind) {
    case 'awarded':
    case 'part-awarded':
      return $localize`Awarded`;
    case 'promoted':
      return $localize`Awarded ${money(facts, 'amountPence')}:sum: from the reserve list`;
    case 'award-accepted':
      return $localize`Accepted`;
    case 'award-refused':
      return $localize`Not taken up`;
    case 'award-lapsed':
      return $localize`Lapsed, as nobody had answered`;
    case 'award-changed':
      return changedWords(facts);
    case 'award-cancelled':
      return $localize`Cancelled`;
    case 'award-attended':
      return facts['by'] === 'date' ? $localize`Taken as attended, the event being over` : $localize`Attended`;
    case 'award-closed':
      return $localize`Closed`;
    case 'abstract-accepted':
      return $localize`The abstract was accepted`;
    case 'abstract-declined':
      return $localize`The abstract was declined`;
    case 'claim-submitted':
      return advance
        ? $localize`Advance of ${money(facts, 'amountPence')}:sum: asked for`
        : $localize`Claim of ${money(facts, 'amountPence')}:sum: sent`;
    case 'claim-returned':
      return advance ? $localize`Advance not given as asked` : $localize`Claim sent back`;
    case 'claim-approved':
      return advance ? $localize`Advance approved` : $localize`Claim approved`;
    case 'claim-paid':
      return facts['paidPence'] === 0
        ? $localize`Settled: the advance had paid it`
        : $localize`${money(facts, 'paidPence')}:sum: paid`;
    case 'payment-rejected':
      return $localize`The payment of ${money(facts, 'amountPence')}:sum: came back`;
    case 'released':
      return releasedWords(facts);
    case 'withdrawn':
      return $localize`The application was withdrawn`;
    default:
      return '';
  }
};

const bad: readonly AwardHappening['kind'][] = ['award-lapsed', 'payment-rejected', 'claim-returned'];

/** What happened, the oldest first. */
export const happenedEntries = (happenings: readonly AwardHappening[], dates: Pick<Dates, 'moment'>): TimelineEntry[] =>
  happenings.toReversed().map((each) => ({
    what: happenedWords(each),
    who: each.by ? $localize`${each.by}:name:, ${dates.moment(each.at)}:moment:` : dates.moment(each.at),
    state: bad.includes(each.kind) ? 'bad' : 'done',
  }));
