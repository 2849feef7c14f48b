import { DateTime } from 'luxon';

/* Letters about calls. Plain text, in the voice of the design kit: short, kind, with the day and the time named. */

interface Words {
  subject: string;
  body: string;
}

/** `Friday 29 May 2026 at 17:00`, by the institution's clock; seconds only where there are some. */
export const spokenInstant = (at: Date, timeZone: string): string => {
  const local = DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-GB');
  return local.toFormat(local.second === 0 ? "cccc d LLLL yyyy 'at' HH:mm" : "cccc d LLLL yyyy 'at' HH:mm:ss");
};

const letter = (greeting: string, subject: string, ...paragraphs: string[]): Words => ({
  subject,
  body: [`Hello ${greeting},`, ...paragraphs].join('\n\n') + '\n',
});

/** `until`: the close, or the end of the person's own extension where that is later. */
export const closeMoved = (
  person: string,
  call: { name: string; closesAt: Date },
  until: Date,
  link: string,
  timeZone: string,
): Words =>
  letter(
    person,
    `${call.name} now closes on ${spokenInstant(call.closesAt, timeZone)}`,
    `The close of ${call.name} has moved. You have a draft in it, and it can be handed in until ${spokenInstant(until, timeZone)}.`,
    `Your draft is kept as it is:\n${link}`,
  );

export const extensionGranted = (person: string, call: string, until: Date, link: string, timeZone: string): Words =>
  letter(
    person,
    `You may hand in to ${call} until ${spokenInstant(until, timeZone)}`,
    `You have been granted more time for ${call}: your application can be handed in until ${spokenInstant(until, timeZone)}. It is read like every other.`,
    `Begin it, or go on with your draft:\n${link}`,
  );

export const extensionTakenBack = (
  person: string,
  call: string,
  closesAt: Date,
  over: boolean,
  link: string,
  timeZone: string,
): Words =>
  letter(
    person,
    `The extra time for ${call} was taken back`,
    over
      ? `The extra time that you were granted for ${call} was taken back, and the call has closed. What you wrote is kept.`
      : `The extra time that you were granted for ${call} was taken back. Your application can be handed in until ${spokenInstant(closesAt, timeZone)}.`,
    `If you think that this is a mistake, please speak to your coordinator.\n${link}`,
  );
