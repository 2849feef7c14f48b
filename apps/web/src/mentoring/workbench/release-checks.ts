import { RoundView, RunView } from '@waymark/contracts';
import type { IconName } from '@waymark/ui';
import { methodWords } from '../methods/method-words';
import { gradeRangeWords } from '../rules/grade-words';
import { rulesDifference } from '../rules/rules-words';
import { counted, listed } from '../../shell/words';

export interface ReleaseCheck {
  tone: 'ok' | 'due';
  icon: IconName;
  text: string;
}

const ok = (text: string): ReleaseCheck => ({ tone: 'ok', icon: 'tick', text });
const due = (text: string, icon: IconName = 'warning'): ReleaseCheck => ({ tone: 'due', icon, text });

/** What to look at before a run's proposals go out. `until` is the day, in words, on which answers are due at the earliest. */
export const releaseChecks = (round: RoundView, run: RunView, until: string): ReleaseCheck[] => {
  const { never } = run.rules;
  const kept = [
    $localize`a management chain`,
    $localize`an exclusion`,
    ...(never.sameUnit ? [$localize`one unit`] : []),
    ...(never.earlierPairs ? [$localize`an earlier pair`] : []),
  ];
  const changed = rulesDifference(round.rules, run.rules);
  const left = run.leftOut ?? 0;
  return [
    ok($localize`No pair is within ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(kept)}:rules:`),
    ...(never.gradeSteps ? [ok($localize`Every mentor is ${gradeRangeWords(never.gradeSteps)}:range:`)] : []),
    ...(never.sameUnit ? [] : [due($localize`These rules let people of one unit be paired`)]),
    ...(run.rules.method === round.rules.method
      ? []
      : [
          due(
            $localize`This run was made by “${methodWords[run.rules.method].name}:method:”, not by the round's own method, “${methodWords[round.rules.method].name}:own:”`,
          ),
        ]),
    ...(changed.length > 0 ? [due($localize`The rules were changed after this run: ${listed(changed)}:changes:`)] : []),
    ...(round.mentees !== run.mentees || round.mentors !== run.mentors
      ? [due($localize`People joined or left the round after this run: match again to count them`)]
      : []),
    ...(run.choices.pinned + run.choices.forbidden > 0
      ? [
          ok(
            $localize`${counted(run.choices.pinned - (run.pinsNotKept ?? 0), $localize`pinned pair`, $localize`pinned pairs`)}:pinned: and ${counted(run.choices.forbidden, $localize`forbidden pair`, $localize`forbidden pairs`)}:forbidden:, each with a reason`,
          ),
        ]
      : []),
    ...(run.pinsNotKept
      ? [
          due(
            $localize`${counted(run.pinsNotKept, $localize`pin`, $localize`pins`)}:pins: could not be kept: no place was left, or a rule keeps the two apart`,
          ),
        ]
      : []),
    ...(round.choices.pinned !== run.choices.pinned || round.choices.forbidden !== run.choices.forbidden
      ? [due($localize`Pairs were pinned or forbidden after this run: match again to count them`)]
      : []),
    ...(run.lowest === 0 ? [due($localize`At least one pair has nothing in common: look at those with 0 points`)] : []),
    left === 0
      ? ok($localize`Nobody is left out`)
      : due(
          left === 1
            ? $localize`1 person is left out and goes to the front of the next round`
            : $localize`${left}:count: people are left out and go to the front of the next round`,
        ),
    due(
      $localize`Mentors have 10 working days to answer; released today, that is ${until}:day:, later where bank holidays or closure days fall between`,
      'clock',
    ),
  ];
};

/** What releasing sends: "33 proposals go out by mail …". */
export const sendingWords = (run: RunView): string => {
  const proposals = counted(run.count ?? 0, $localize`proposal`, $localize`proposals`);
  const mentees = counted(run.menteesPaired ?? 0, $localize`mentee`, $localize`mentees`);
  return run.count === 1
    ? $localize`1 proposal goes out by mail: to the mentor, who is asked, and to the mentee, who is told.`
    : $localize`${proposals}:proposals: go out by mail: to each mentor, who is asked, and to ${mentees}:mentees:, who are told.`;
};

/** The day so many working days after another; Saturdays and Sundays do not count. Days as `2026-05-01`. */
export const workingDaysAfter = (day: string, count: number): string => {
  const date = new Date(`${day}T12:00:00Z`);
  for (let left = count; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) left -= 1;
  }
  return date.toISOString().slice(0, 10);
};
