import { type ApplicationView, poundsOf } from '@waymark/contracts';
import type { IconName, MessageTone } from '@waymark/ui';
import type { Dates } from '../../shell/dates';
import { listed } from '../../shell/words';
import { ruleNames, ruleWords } from './rule-words';

/** What became of an application, before anything else on its page: what was decided, why where that is short, and what to do. */
export interface Outcome {
  tone: MessageTone;
  icon: IconName;
  heading: string;
  lines: readonly string[];
}

type When = Pick<Dates, 'day' | 'dayOf'>;
type Of = Pick<
  ApplicationView,
  | 'status'
  | 'mine'
  | 'call'
  | 'money'
  | 'award'
  | 'reserveRank'
  | 'decision'
  | 'decidedReason'
  | 'rules'
  | 'failedRules'
  | 'endorser'
  | 'may'
>;

/** Null while nothing is decided; what comes next then stands in the timeline. */
export const outcomeOf = (view: Of, dates: When): Outcome | null => {
  const { status, mine, call, decidedReason, endorser } = view;
  const byHand = decidedReason === null ? [] : [decidedReason];
  const reserveUntil = dates.day(call.reserveUntil);
  switch (status) {
    case 'awarded':
    case 'part-awarded':
      return { tone: 'ok', icon: 'award', heading: awardedHeading(view), lines: awardLines(view, dates) };
    case 'reserve':
      return {
        tone: 'wait',
        icon: 'hourglass',
        heading:
          view.reserveRank === null
            ? $localize`On the reserve list`
            : $localize`Number ${view.reserveRank}:rank: on the reserve list`,
        lines: [
          $localize`Money that comes free goes down the list until ${reserveUntil}:day:.`,
          ...(mine
            ? [
                $localize`You need do nothing: you hear the moment it is your turn, and also if the list ends before that.`,
              ]
            : []),
        ],
      };
    case 'unsuccessful':
      return {
        tone: 'wait',
        icon: 'tick-circle',
        heading: $localize`Not funded this time`,
        lines: [
          ...(view.decision ? [$localize`What decided it, and what would have changed it, stands below.`] : []),
          ...(view.may.appeal.length > 0
            ? [$localize`Below you may also ask, once, for feedback or for a review of how it was decided.`]
            : []),
        ],
      };
    case 'ineligible':
      return {
        tone: 'due',
        icon: 'forbid',
        heading: $localize`It cannot be funded by this call`,
        lines: [
          // What a coordinator once let through can still fail a rule later: then the rule is why, not their words.
          ...(view.failedRules.length > 0 ? failedLines(view, dates) : byHand),
          ...(mine ? [$localize`If that is not right, tell the coordinator of the fund.`] : []),
        ],
      };
    case 'declined':
      return {
        tone: 'due',
        icon: 'octagon',
        heading: endorser ? $localize`${endorser.name}:name: did not endorse it` : $localize`It was not endorsed`,
        lines: [
          ...(endorser?.reason ? [endorser.reason] : []),
          $localize`It takes no further part in this call. What was sent stays readable here.`,
        ],
      };
    case 'unendorsed':
      return {
        tone: 'wait',
        icon: 'clock',
        heading: $localize`Nobody answered in time`,
        lines: [
          mine
            ? $localize`The coordinator decides whether it goes on. You need do nothing.`
            : $localize`A coordinator decides whether it goes on.`,
        ],
      };
    case 'withdrawn':
      return {
        tone: 'wait',
        icon: 'leave',
        heading: $localize`It was withdrawn`,
        lines: [$localize`It takes no further part in this call. What was sent stays readable here.`],
      };
    case 'call-cancelled':
      return {
        tone: 'due',
        icon: 'stop',
        heading: $localize`The call was cancelled`,
        lines: [
          ...(call.cancelledBecause ? [call.cancelledBecause] : []),
          $localize`What was sent stays readable here.`,
        ],
      };
    default:
      return byHand.length > 0
        ? {
            tone: 'wait',
            icon: 'tick-circle',
            heading: $localize`The coordinator decided that it goes on`,
            lines: byHand,
          }
        : null;
  }
};

const awardedHeading = ({ status, money }: Of): string => {
  const awarded = poundsOf(money.awardedPence ?? 0);
  return status === 'awarded'
    ? $localize`${awarded}:awarded: awarded, all that was asked for`
    : $localize`${awarded}:awarded: awarded, of the ${poundsOf(money.askedPence ?? 0)}:asked: asked for`;
};

/** Where the award stands: what its person does next, and when money comes. */
const awardLines = ({ award, mine, money }: Of, dates: When): string[] => {
  if (!award) return [];
  const claimBy = dates.day(award.claimBy);
  switch (award.status) {
    case 'offered': {
      const answerBy = dates.dayOf(award.answerBy);
      return [
        mine
          ? $localize`Say by ${answerBy}:day: whether you take it; after that it goes to the next on the reserve list.`
          : $localize`To be answered by ${answerBy}:day:.`,
      ];
    }
    case 'accepted':
    case 'attended':
      if (money.committedPence === 0) return [$localize`All of it is settled.`];
      return [
        mine
          ? $localize`You claim what you spent by ${claimBy}:day:. An approved claim is paid with the next payment run.`
          : $localize`Claims are taken until ${claimBy}:day:.`,
      ];
    case 'changed':
      return [
        $localize`The event has moved, and the manager is asked again. Until they answer, nothing can be claimed.`,
      ];
    case 'cancelled':
      return [$localize`The award is cancelled. What cannot be got back can be claimed until ${claimBy}:day:.`];
    case 'closed':
      return [$localize`The award is closed.`];
    case 'lapsed':
      return [$localize`The offer lapsed unanswered, and its money went back to the fund.`];
    case 'refused':
      return [$localize`It was not taken up, and its money went back to the fund.`];
  }
};

/** The applicant reads why each was not met; others, for whom those sentences are not written, which. */
const failedLines = ({ mine, rules, failedRules }: Of, dates: When): string[] => {
  const failing = rules.filter(({ rule, verdict }) => verdict === 'fails' && failedRules.includes(rule));
  if (mine && failing.length > 0)
    return failing.map((rule) => {
      const { name, text } = ruleWords(rule, (day) => dates.day(day));
      return `${name}: ${text}`;
    });
  return [$localize`Not met: ${listed(failedRules.map((rule) => `“${ruleNames[rule]}”`))}:rules:.`];
};
