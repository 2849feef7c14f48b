import {
  type AppealKind,
  type ApplicationView,
  endorseWithinDays,
  poundsOf,
  type RuleResult,
} from '@waymark/contracts';
import { DateTime } from 'luxon';
import { later } from '../calls/call-rules';
import { spokenInstant } from '../calls/letters';

/* Letters to applicants. Plain text, in the voice of the design kit: what happened, why, what would help, and the way there. */

interface Words {
  subject: string;
  body: string;
}

export interface About {
  person: string;
  call: string;
  reference: string;
}

const letter = (greeting: string, subject: string, ...paragraphs: string[]): Words => ({
  subject,
  body: [`Hello ${greeting},`, ...paragraphs.filter((paragraph) => paragraph.trim() !== '')].join('\n\n') + '\n',
});

/** `Friday 29 May 2026`. */
export const spokenDay = (day: string): string =>
  DateTime.fromISO(day, { zone: 'UTC' }).setLocale('en-GB').toFormat('cccc d LLLL yyyy');

/** It is in: what was asked, whose turn it is, and when they hear. */
export const receipt = (person: string, view: ApplicationView, link: string, timeZone: string): Words => {
  const [submission] = view.submissions;
  if (!submission) throw new Error('a receipt for nothing that was sent');
  const { call, endorser } = view;
  const again = submission.number > 1;
  const [sentAt, endorseBy] = [new Date(submission.submittedAt), new Date(call.endorseBy)];
  // What comes in after the stated deadline has a full turn of its own: see deadlineOf.
  const answerBy = sentAt < endorseBy ? endorseBy : later(sentAt, timeZone, { days: endorseWithinDays });
  const asked = endorser
    ? `Next, ${endorser.name} is asked to endorse it. Without an answer by ${spokenInstant(answerBy, timeZone)} the coordinator decides; you need not chase anybody.`
    : 'Next, somebody is asked to endorse it. The coordinator finds out who that is; you need not do anything.';
  return letter(
    person,
    `${again ? 'Your changed application' : 'Your application'} to ${call.name} is in`,
    `Thank you: your application ${view.reference} to ${call.name} is in. You ask for ${poundsOf(submission.askedPence)} for ${submission.document.event.name}.`,
    asked,
    `Then ${view.terms.reviewersEach} people read and score it, and you hear by ${spokenDay(call.decideBy)}, with the reason, whatever is decided.`,
    `What you sent stays readable as it is, and you can withdraw it:\n${link}`,
  );
};

const day = (value: RuleResult['facts'][string] | undefined): string =>
  typeof value === 'string' ? spokenDay(value) : '';
const pence = (value: RuleResult['facts'][string] | undefined): string =>
  typeof value === 'number' ? poundsOf(value) : '';
const counted = (count: unknown, one: string, many: string): string => `${String(count)} ${count === 1 ? one : many}`;

/** Why a rule is not met, in words and figures. */
export const failureWords = ({ rule, facts }: RuleResult): string => {
  switch (rule) {
    case 'in-audience':
      return 'The call is for people of another unit, grade or role than yours is now.';
    case 'one-application':
      return 'The call takes one application from each person, and another one of yours counts.';
    case 'not-retrospective':
      return `The event starts on ${day(facts['startsOn'])}. It has to start at least ${counted(facts['days'], 'day', 'days')} after the close on ${day(facts['closesOn'])}.`;
    case 'within-cap':
      return `It asks for ${pence(facts['askedPence'])}; the most that one application may ask for is ${pence(facts['capPence'])}.`;
    case 'contract-outlasts-event':
      return `Your contract ends on ${day(facts['contractUntil'])}, before the event does on ${day(facts['eventEndsOn'])}.`;
    case 'no-overdue-report':
      return `Your report on ${String(facts['subject'])} was due on ${day(facts['dueOn'])} and has not been given.`;
    case 'not-funded-lately':
      return `You were awarded money in ${String(facts['callName'])}; the call asks for none in the last ${counted(facts['calls'], 'call', 'calls')}.`;
  }
};

/** When scoring begins, the rules were judged once more and one or more were not met. */
export const ineligible = (
  { person, call, reference }: About,
  failed: readonly RuleResult[],
  paragraph: string,
  link: string,
): Words =>
  letter(
    person,
    `Your application to ${call} cannot go on`,
    `Thank you for applying to ${call}. Before the panel reads, every application is checked against the rules of the call once more, and yours, ${reference}, does not meet ${failed.length === 1 ? 'one of them' : `${failed.length} of them`}:`,
    failed.map((result) => `- ${failureWords(result)}`).join('\n'),
    paragraph,
    `It says nothing about what you proposed. If something here is not right, tell us: on the application's page you can ask for feedback or for a review of process.\n${link}`,
  );

/** A coordinator decided so, with a reason. */
export const madeIneligible = (
  { person, call, reference }: About,
  reason: string,
  paragraph: string,
  link: string,
): Words =>
  letter(
    person,
    `Your application to ${call} cannot go on`,
    `The coordinator has decided that your application ${reference} to ${call} cannot go on. In their words:`,
    reason,
    paragraph,
    `On the application's page you can ask for feedback or for a review of process.\n${link}`,
  );

export const madeEligible = ({ person, call, reference }: About, reason: string, link: string): Words =>
  letter(
    person,
    `Your application to ${call} goes on`,
    `Good news: your application ${reference} to ${call} goes on to the panel after all. The coordinator has decided so, with this reason:`,
    reason,
    `You need not do anything.\n${link}`,
  );

export const callCancelled = (
  { person, call, reference }: About,
  because: string,
  paragraph: string,
  sent: boolean,
  link: string,
): Words =>
  letter(
    person,
    `${call} has been cancelled`,
    sent
      ? `${call} has been cancelled, and your application ${reference} ends with it. Nothing that you wrote is the cause. The reason:`
      : `${call} has been cancelled, and the application that you began ends with it. The reason:`,
    because,
    paragraph,
    `What you wrote stays readable, so that you can use it again:\n${link}`,
  );

const appealWords: Readonly<Record<AppealKind, string>> = {
  feedback: 'feedback',
  'review-of-process': 'a review of process',
};

export const appealAnswered = (person: string, call: string, kind: AppealKind, link: string): Words =>
  letter(
    person,
    `You asked for ${appealWords[kind]}: here is the answer`,
    `You asked for ${appealWords[kind]} on your application to ${call}, and a coordinator has answered.`,
    `Read the answer:\n${link}`,
  );
