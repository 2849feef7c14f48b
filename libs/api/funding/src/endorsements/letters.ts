import type { AskedAs } from '@waymark/contracts';
import { DateTime } from 'luxon';

/* Letters about endorsements. Plain text: what happened, what is wanted, by when, and the link straight to that screen. */

export interface Words {
  subject: string;
  body: string;
}

const letter = (greeting: string, subject: string, ...paragraphs: (string | null)[]): Words => ({
  subject,
  body: [`Hello ${greeting},`, ...paragraphs.filter((each) => each !== null)].join('\n\n') + '\n',
});

/** `Friday 29 May 2026 at 17:00`, by the institution's clock. */
const spoken = (at: Date, timeZone: string): string =>
  DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-GB').toFormat("cccc d LLLL yyyy 'at' HH:mm");
/** `3 June 2027`; `3–5 June 2027`; both ends where the month differs. */
export const spokenDays = (from: string, to: string): string => {
  const [first, last] = [from, to].map((day) => DateTime.fromISO(day, { zone: 'UTC' }).setLocale('en-GB'));
  if (!first || !last) return '';
  if (from === to) return first.toFormat('d LLLL yyyy');
  if (first.hasSame(last, 'month')) return `${first.day}–${last.toFormat('d LLLL yyyy')}`;
  return `${first.toFormat(first.hasSame(last, 'year') ? 'd LLLL' : 'd LLLL yyyy')} – ${last.toFormat('d LLLL yyyy')}`;
};
/** `£1,240.00`. */
export const pounds = (pence: number): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(pence / 100);

/** One application as a letter to an endorser tells it. */
export interface Asked {
  applicant: string;
  purpose: 'application' | 'changed-event';
  event: string;
  startsOn: string;
  endsOn: string;
  askedPence: number;
  call: string;
  by: Date;
  askedAs: AskedAs;
  inPlaceOf: string | null;
  secretLink: string;
}

const because = ({ askedAs, inPlaceOf, applicant }: Asked): string | null => {
  switch (askedAs) {
    case 'line-manager':
      return null;
    case 'delegate':
    case 'delegate-of-next-manager':
      return inPlaceOf ? `You are asked because you stand in for ${inPlaceOf}.` : null;
    case 'next-manager':
      return `You are asked because ${applicant}’s own line manager is away, has left or has not answered.`;
    case 'named':
      return 'You are asked because the coordinator of the fund named you.';
  }
};

const facts = (asked: Asked, timeZone: string): string =>
  [
    `Event: ${asked.event}`,
    `Away: ${spokenDays(asked.startsOn, asked.endsOn)}`,
    `${asked.purpose === 'application' ? 'Asked of the fund' : 'Awarded'}: ${pounds(asked.askedPence)}`,
    `Please answer by: ${spoken(asked.by, timeZone)}`,
  ].join('\n');

const howLink =
  'The link is for you alone and works once. Opening it changes nothing; the buttons on its page do. You can also answer after signing in.';

/** One letter to a person, with everything that is asked of them at once. */
export const asked = (given: string, all: readonly Asked[], page: string, timeZone: string, again: boolean): Words => {
  const [only] = all;
  if (only && all.length === 1) {
    const moved = only.purpose === 'changed-event';
    const subject = moved
      ? `${only.applicant}’s event has moved: can they still go?`
      : `Can ${only.applicant} go to ${only.event}?`;
    return letter(
      given,
      again ? `Reminder: ${subject}` : subject,
      again ? `${only.applicant} is still waiting for your answer.` : null,
      moved
        ? `${only.applicant} was awarded money from ${only.call}. The event or its dates have changed, and the award stands if you can still spare the time.`
        : `${only.applicant} has applied to ${only.call} and needs you to say whether the time can be spared and the event is worth it for the team.`,
      because(only),
      facts(only, timeZone),
      `See what is asked, and endorse, ask a question or decline:\n${only.secretLink}`,
      howLink,
      'No answer is not a yes: without one by then it goes to somebody else.',
    );
  }
  return letter(
    given,
    again
      ? `Reminder: ${all.length} applications wait for your answer`
      : `${all.length} applications wait for your answer`,
    `These people need you to say whether the time can be spared. You can answer several at once here:\n${page}`,
    ...all.map((each) =>
      [`${each.applicant}`, facts(each, timeZone), because(each), each.secretLink]
        .filter((line) => line !== null)
        .join('\n'),
    ),
    howLink,
    'No answer is not a yes: without one by then each goes to somebody else.',
  );
};

export interface About {
  endorser: string;
  event: string;
  call: string;
  link: string;
}

export const endorsed = (given: string, { endorser, event, call, link }: About): Words =>
  letter(
    given,
    `${endorser} has endorsed your application`,
    `Good news: ${endorser} has endorsed your application to ${call} for ${event}. You need not do anything now.`,
    `When the call has closed, the panel reads it with all the others, and you hear the outcome from us. You can see where it stands at any time:\n${link}`,
  );

export const returned = (
  given: string,
  { endorser, event, call, link }: About,
  question: string,
  until: Date | null,
  timeZone: string,
): Words =>
  letter(
    given,
    `${endorser} has a question about your application`,
    `${endorser} has read your application to ${call} for ${event} and asks something before answering:`,
    `“${question}”`,
    until
      ? `Put the answer into your application and send it again, until ${spoken(until, timeZone)} at the latest. Nothing you wrote is lost.`
      : 'Put the answer into your application and send it again. Nothing you wrote is lost.',
    link,
  );

export const declined = (given: string, { endorser, event, call, link }: About, reason: string): Words =>
  letter(
    given,
    `${endorser} could not endorse your application`,
    `${endorser} has decided not to endorse your application to ${call} for ${event}, so it does not go on to the panel. We know that this is not what you hoped for.`,
    `The reason given:\n“${reason}”`,
    'It says nothing about what you might ask for another time. If you would like to talk it over, begin with your manager; if you think that something went wrong in how this was decided, you can ask for a review of process on the page of your application:',
    link,
  );

export const unendorsed = (given: string, event: string, call: string, own: string, link: string): Words =>
  letter(
    given,
    'Nobody has answered on your application in time',
    `The day by which applications to ${call} had to be endorsed has passed, and nobody has answered on yours for ${event}. That is no fault of yours.`,
    'The coordinator of the fund now decides whether it goes on, and you hear from us as soon as that is done. You need not do anything.',
    own === '' ? null : own,
    link,
  );

/** It came back with a question and was not sent again. */
export const notSentAgain = (given: string, event: string, call: string, own: string, link: string): Words =>
  letter(
    given,
    'Your application was not sent again in time',
    `Your application to ${call} for ${event} came back with a question, and the day by which it could be sent again has passed.`,
    'The coordinator of the fund now decides whether it goes on as it was first sent, and you hear from us as soon as that is done. If something kept you from answering, tell them.',
    own === '' ? null : own,
    link,
  );

export const decided = (
  given: string,
  decision: 'endorsed' | 'declined',
  { event, call, link }: Omit<About, 'endorser'>,
  reason: string,
): Words =>
  decision === 'endorsed'
    ? letter(
        given,
        'Your application goes on',
        `Nobody had answered on your application to ${call} for ${event} in time. The coordinator of the fund has looked at it, and it goes on to the panel like every other.`,
        `The reason given:\n“${reason}”`,
        link,
      )
    : letter(
        given,
        'Your application does not go on',
        `Nobody had endorsed your application to ${call} for ${event} in time. The coordinator of the fund has looked at it and decided that it cannot go on. We are sorry.`,
        `The reason given:\n“${reason}”`,
        'If you think that something went wrong in how this was decided, you can ask for a review of process on the page of your application:',
        link,
      );
