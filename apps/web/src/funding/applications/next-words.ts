import type { ApplicationEventKind, ApplicationView, EndorserView, NextStep, TimelineLine } from '@waymark/contracts';
import type { TimelineEntry } from '@waymark/ui';
import type { Dates } from '../../shell/dates';

/** What is asked, or has been asked, of whom. */
export const endorserAs = ({ as, inPlaceOf }: EndorserView): string => {
  const place = inPlaceOf ?? '';
  switch (as) {
    case 'line-manager':
      return $localize`line manager`;
    case 'delegate':
      return place ? $localize`delegate of ${place}:name:` : $localize`delegate`;
    case 'next-manager':
      return $localize`manager’s manager`;
    case 'delegate-of-next-manager':
      return place ? $localize`delegate of ${place}:name:` : $localize`delegate of the manager’s manager`;
    case 'named':
      return $localize`named by the coordinator`;
  }
};

type When = Pick<Dates, 'moment' | 'day' | 'shortDayOf'>;

const by = (step: NextStep, dates: When): string => {
  if (step.at) return $localize`By ${dates.moment(step.at)}:moment:`;
  return step.on ? $localize`By ${dates.day(step.on)}:day:` : '';
};

const scoredBy = (count: number | null): string => {
  if (count === null) return $localize`The panel scores it`;
  return count === 1 ? $localize`1 person scores it` : $localize`${count}:count: people score it`;
};

const stepWords = (step: NextStep, mine: boolean, now: boolean, dates: When): { what: string; who: string } => {
  const date = by(step, dates);
  const who = step.who ?? '';
  switch (step.step) {
    case 'send':
      return { what: mine ? $localize`You send it` : $localize`They send it`, who: date };
    case 'send-again':
      return { what: mine ? $localize`You answer and send it again` : $localize`They send it again`, who: date };
    case 'endorse':
      return {
        what: who ? $localize`${who}:name: endorses it` : $localize`The line manager endorses it`,
        who: now
          ? $localize`${date}:date:; then it goes on to their delegate`
          : $localize`Within 7 days, then it goes to their delegate`,
      };
    case 'coordinator-decides':
      return { what: $localize`The coordinator decides whether it goes on`, who: $localize`Nobody answered in time` };
    case 'check-rules':
      return {
        what: $localize`The rules are checked once more`,
        who: step.at
          ? $localize`After the call has closed on ${dates.moment(step.at)}:moment:`
          : $localize`When scoring begins`,
      };
    case 'score':
      return { what: scoredBy(step.count), who: date };
    case 'decide':
      return { what: mine ? $localize`You hear, with the reason` : $localize`They hear, with the reason`, who: date };
    case 'reserve-stands':
      return {
        what: $localize`Money that comes free goes down the reserve list`,
        who: step.on ? $localize`Until ${dates.day(step.on)}:day:` : '',
      };
    case 'answer-award':
      return { what: mine ? $localize`You accept the award` : $localize`They accept the award`, who: date };
    case 'claim':
      return { what: mine ? $localize`You claim what you spent` : $localize`They claim what they spent`, who: date };
  }
};

const eventWords: Readonly<Record<ApplicationEventKind, string>> = {
  begun: $localize`Begun`,
  submitted: $localize`Sent`,
  'asked-to-endorse': $localize`Endorsement asked for`,
  'passed-on': $localize`Went on to somebody else, as nobody had answered`,
  endorsed: $localize`Endorsed`,
  returned: $localize`Came back with a question`,
  declined: $localize`Not endorsed`,
  unendorsed: $localize`Nobody had answered by the date`,
  'endorsement-set': $localize`The coordinator decided that it goes on`,
  eligible: $localize`Meets the rules`,
  ineligible: $localize`Does not meet the rules`,
  scored: $localize`Scored`,
  awarded: $localize`Awarded`,
  'part-awarded': $localize`Awarded in part`,
  reserve: $localize`On the reserve list`,
  unsuccessful: $localize`Not funded this time`,
  promoted: $localize`Promoted from the reserve list`,
  withdrawn: $localize`Withdrawn`,
  'call-cancelled': $localize`The call was cancelled`,
  'extension-granted': $localize`More time was given`,
  'appeal-asked': $localize`Feedback or a review asked for`,
  'appeal-answered': $localize`Answered`,
  'award-accepted': $localize`Award accepted`,
  'award-refused': $localize`Award not taken up`,
  'award-lapsed': $localize`Award lapsed unanswered`,
  'award-changed': $localize`The event changed`,
  'award-cancelled': $localize`The event is off`,
  'award-attended': $localize`Attended`,
  'award-closed': $localize`Award closed`,
  'abstract-accepted': $localize`Abstract accepted`,
  'abstract-declined': $localize`Abstract declined`,
  'claim-submitted': $localize`Claim sent`,
  'claim-returned': $localize`Claim came back`,
  'claim-approved': $localize`Claim approved`,
  'claim-paid': $localize`Claim paid`,
  'payment-rejected': $localize`The payment came back`,
  released: $localize`What was not needed went back to the fund`,
};

const bad = new Set<ApplicationEventKind>(['declined', 'ineligible', 'award-lapsed', 'payment-rejected']);

const happened = ({ kind, at, by: who, facts }: TimelineLine, dates: When): TimelineEntry => {
  const moment = dates.moment(at);
  const words = [facts['reason'], facts['question']].find((value) => typeof value === 'string' && value !== '');
  const whoAndWhen = who ? $localize`${who}:name:, ${moment}:moment:` : moment;
  return {
    what:
      kind === 'award-changed' && facts['answer'] === 'endorsed'
        ? $localize`The change was endorsed`
        : eventWords[kind],
    who: typeof words === 'string' ? `${whoAndWhen}: ${words}` : whoAndWhen,
    state: bad.has(kind) ? 'bad' : 'done',
  };
};

/** What happened, the oldest first; then what is now and what comes. */
export const timelineOf = (view: ApplicationView, dates: When): TimelineEntry[] => [
  ...[...view.timeline].sort((a, b) => a.at.localeCompare(b.at)).map((line) => happened(line, dates)),
  ...nextOf(view, dates),
];

/** What happens next, the first of it now. */
export const nextOf = ({ next, mine }: Pick<ApplicationView, 'next' | 'mine'>, dates: When): TimelineEntry[] =>
  next.map((step, index) => ({ ...stepWords(step, mine, index === 0, dates), state: index === 0 ? 'now' : 'next' }));
