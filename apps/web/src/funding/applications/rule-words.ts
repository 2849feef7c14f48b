import { type EligibilityRule, poundsOf, type RuleResult } from '@waymark/contracts';
import type { IconName } from '@waymark/ui';

/** A rule's name and what it comes to here; days as `day` writes them. */
export interface RuleWords {
  rule: EligibilityRule;
  icon: IconName;
  tone: 'ok' | 'due' | 'bad' | 'unknown';
  name: string;
  text: string;
  /** The verdict in a word, for those who cannot see the icon. */
  verdict: string;
}

type Facts = RuleResult['facts'];
type Day = (day: string) => string;
type Words = { name: string; text: string };

const text = (facts: Facts, name: string): string => {
  const value = facts[name];
  return typeof value === 'string' ? value : '';
};
const whole = (facts: Facts, name: string): number => {
  const value = facts[name];
  return typeof value === 'number' ? value : 0;
};

const days = (count: number): string => (count === 1 ? $localize`1 day` : $localize`${count}:count: days`);

const ruleText: Readonly<Record<EligibilityRule, (facts: Facts, verdict: RuleResult['verdict'], day: Day) => Words>> = {
  'in-audience': (facts, verdict) => {
    const name = $localize`Whom the call is for`;
    if (verdict === 'passes') return { name, text: $localize`It is for you.` };
    if (facts['technician'] === false)
      return {
        name,
        text: $localize`It is for technicians, and you are not recorded as one. Ask your coordinator if that is wrong.`,
      };
    if (facts['unit'] === false)
      return { name, text: $localize`It is for certain departments, and yours is not among them.` };
    return { name, text: $localize`It is for certain grades, and yours is not among them.` };
  },
  'one-application': (_, verdict) => ({
    name: $localize`One application a person`,
    text:
      verdict === 'fails'
        ? $localize`You have sent another to this call. Withdraw that one to send this.`
        : $localize`This is your only one.`,
  }),
  'not-retrospective': (facts, verdict, day) => {
    const name = $localize`Not retrospective`;
    const [least, after] = [whole(facts, 'days'), whole(facts, 'daysAfter')];
    if (verdict === 'unknown')
      return {
        name,
        text:
          least === 0
            ? $localize`The event must not begin before the call closes. Give its first day.`
            : $localize`The event must begin at least ${days(least)}:days: after the call closes. Give its first day.`,
      };
    if (verdict === 'passes')
      return {
        name,
        text:
          after === 0
            ? $localize`The event begins on the day the call closes.`
            : $localize`The event begins ${days(after)}:days: after the call closes.`,
      };
    const closes = text(facts, 'closesOn') ? day(text(facts, 'closesOn')) : '';
    return {
      name,
      text:
        least === 0
          ? $localize`The event begins before the call closes on ${closes}:day:. The fund pays for what is still to come.`
          : $localize`The event must begin at least ${days(least)}:days: after ${closes}:day:, when the call closes.`,
    };
  },
  'within-cap': (facts, verdict) => {
    const name = $localize`Within the cap`;
    const cap = poundsOf(whole(facts, 'capPence'));
    if (verdict === 'unknown') return { name, text: $localize`At most ${cap}:cap:. Add your costs.` };
    const asked = poundsOf(whole(facts, 'askedPence'));
    if (verdict === 'passes') return { name, text: $localize`${asked}:asked: of at most ${cap}:cap:.` };
    return {
      name,
      text: $localize`You ask for ${asked}:asked:, and the most is ${cap}:cap:. Other funding that is confirmed brings it down.`,
    };
  },
  'contract-outlasts-event': (facts, verdict, day) => {
    const name = $localize`Contract outlasts the event`;
    const until = text(facts, 'contractUntil');
    if (!until) return { name, text: $localize`Yours has no end date.` };
    if (verdict === 'unknown')
      return { name, text: $localize`Yours ends on ${day(until)}:day:. Give the event’s last day.` };
    if (verdict === 'passes') return { name, text: $localize`Yours ends on ${day(until)}:day:, after the event.` };
    return {
      name,
      text: $localize`Yours ends on ${day(until)}:day:, before the event is over. Ask your coordinator if it has been prolonged.`,
    };
  },
  'no-overdue-report': (facts, verdict, day) => {
    const subject = text(facts, 'subject');
    if (verdict === 'passes') return { name: $localize`No overdue report-back`, text: $localize`You owe none.` };
    if (verdict === 'warns')
      return {
        name: $localize`No overdue report-back: passes until midnight`,
        text: $localize`Your report on ${subject}:subject: is due today. From tomorrow this rule stops you sending.`,
      };
    const due = text(facts, 'dueOn');
    return {
      name: $localize`No overdue report-back`,
      text: due
        ? $localize`Your report on ${subject}:subject: was due on ${day(due)}:day:. Your draft is kept, and this lifts once the report has been given.`
        : $localize`A report of yours is overdue. Your draft is kept, and this lifts once it has been given.`,
    };
  },
  'not-funded-lately': (facts, verdict) => {
    const calls = whole(facts, 'calls');
    const name =
      calls === 1 ? $localize`Not funded in the last call` : $localize`Not funded in the last ${calls}:count: calls`;
    if (verdict === 'fails') {
      const call = text(facts, 'callName');
      return {
        name,
        text: $localize`You were funded in ${call}:call:. The money goes round; you can apply again later.`,
      };
    }
    return {
      name,
      text: facts['ever'] === true ? $localize`You were funded longer ago than that.` : $localize`You never were.`,
    };
  },
};

const verdicts: Readonly<Record<RuleResult['verdict'], Pick<RuleWords, 'icon' | 'tone' | 'verdict'>>> = {
  passes: { icon: 'tick', tone: 'ok', verdict: $localize`Met:` },
  warns: { icon: 'clock', tone: 'due', verdict: $localize`Met for now:` },
  fails: { icon: 'forbid', tone: 'bad', verdict: $localize`Not met:` },
  unknown: { icon: 'hourglass', tone: 'unknown', verdict: $localize`Not known yet:` },
};

export const ruleWords = (result: RuleResult, day: Day): RuleWords => ({
  rule: result.rule,
  ...verdicts[result.verdict],
  ...ruleText[result.rule](result.facts, result.verdict, day),
});

/** A rule by its name alone, for lists. */
export const ruleNames: Readonly<Record<EligibilityRule, string>> = {
  'in-audience': $localize`Whom the call is for`,
  'one-application': $localize`One application a person`,
  'not-retrospective': $localize`Not retrospective`,
  'within-cap': $localize`Within the cap`,
  'contract-outlasts-event': $localize`Contract outlasts the event`,
  'no-overdue-report': $localize`No overdue report-back`,
  'not-funded-lately': $localize`Not funded lately`,
};
