import { DateTime } from 'luxon';

/** What a letter says, without whom it goes to. */
export interface Words {
  subject: string;
  body: string;
}

const letter = (givenName: string, subject: string, ...paragraphs: string[]): Words => ({
  subject,
  body: `${[`Hello ${givenName},`, ...paragraphs].join('\n\n')}\n`,
});

const applications = (count: number): string => (count === 1 ? '1 application' : `${count} applications`);

/** `2026-05-01` as `1 May 2026`. */
export const spoken = (day: string): string => DateTime.fromISO(day).setLocale('en-GB').toFormat('d MMMM yyyy');

export const assigned = (
  givenName: string,
  call: { name: string; decideBy: string; blind: boolean },
  count: number,
  link: string,
): Words =>
  letter(
    givenName,
    `${applications(count)} to ${call.name} to read and score`,
    `You are on the panel of ${call.name}, and ${applications(count)} came to you. Decisions go out by ${spoken(call.decideBy)}.`,
    call.blind
      ? 'This call is read blind: you see what people ask for and why, not who they are. If you know somebody who applied better than a colleague usually would, declare it first; it takes a moment.'
      : 'If you know one of the applicants better than a colleague usually would, declare it first; it takes a moment.',
    `Your list, with drafts that save themselves and a reading pack to print:\n${link}`,
  );

export const chased = (givenName: string, callName: string, count: number, link: string): Words =>
  letter(
    givenName,
    `${applications(count)} to ${callName} not opened yet`,
    `${applications(count)} to ${callName} came to you a week ago and nobody has opened ${count === 1 ? 'it' : 'them'} yet. After another week the chair gives ${count === 1 ? 'it' : 'them'} to somebody else.`,
    'If you cannot read them, say so on the page; nobody minds, and somebody else can begin.',
    `Your list:\n${link}`,
  );

export const givenToYou = (givenName: string, callName: string, reference: string, link: string): Words =>
  letter(
    givenName,
    `One more application to ${callName} to read: ${reference}`,
    `Somebody else could not read ${reference}, and it came to you.`,
    `Read and score it:\n${link}`,
  );

export const takenFromYou = (givenName: string, callName: string, reference: string): Words =>
  letter(
    givenName,
    `${reference} was given to somebody else`,
    `You need not read ${reference} of ${callName} any more. There is nothing to do.`,
  );

export const recused = (givenName: string, callName: string, reference: string, link: string): Words =>
  letter(
    givenName,
    `A review of ${callName} needs somebody else: ${reference}`,
    `A reader gave ${reference} back. Waymark suggests who could read it instead.`,
    `See and reassign:\n${link}`,
  );

/** Its scores are locked, and go on counting until the chair has done something. */
export const interestSince = (givenName: string, callName: string, reference: string, link: string): Words =>
  letter(
    givenName,
    `Somebody who scored ${reference} has declared an interest`,
    `A reader of ${callName} has scored ${reference} and says now that they have an interest in whoever applied. They see nothing of it any more, but their score counts until the review goes to somebody else.`,
    `See the application and send the review back:\n${link}`,
  );

export const lookAgain = (
  givenName: string,
  callName: string,
  reference: string,
  because: string,
  link: string,
): Words =>
  letter(
    givenName,
    `Please look again at ${reference}`,
    `The chair of ${callName} asks you to look again at your review of ${reference}:`,
    `“${because}”`,
    `What you wrote is all there. Change what you think right, or nothing, and submit it again:\n${link}`,
  );
