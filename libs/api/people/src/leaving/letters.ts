/** What the letters about leaving and moving say. Plain text: what happened, what is wanted, where. */
export interface LetterWords {
  subject: string;
  body: string;
}

const letter = (greeting: string, subject: string, ...paragraphs: string[]): LetterWords => ({
  subject,
  body: `${[`Hello ${greeting},`, ...paragraphs].join('\n\n')}\n`,
});

export const passedToManager = (report: string, leaver: string, manager: string): LetterWords =>
  letter(
    report,
    `${manager} is now your line manager`,
    `${leaver} has left. In Waymark you now report to ${manager}, who also approves what ${leaver} would have approved.`,
    'If that is not right, tell your coordinator.',
  );

export const passedToYou = (manager: string, leaver: string, reports: readonly string[], link: string): LetterWords =>
  letter(
    manager,
    reports.length === 1 ? `${reports[0]} now reports to you` : `${reports.length} people now report to you`,
    `${leaver} has left, and you are next in the line. In Waymark you now approve for:`,
    reports.map((name) => `- ${name}`).join('\n'),
    `If somebody else takes this on, tell your coordinator.\n${link}`,
  );

export const transferAsked = (
  administrator: string,
  person: string,
  from: string,
  firstDay: string,
  link: string,
): LetterWords =>
  letter(
    administrator,
    `${person} would come to you from ${from}`,
    `${from} says that ${person} moves to you on ${firstDay}. Choose unit, grade and line manager and accept, or decline:`,
    link,
  );

export const transferDecided = (
  administrator: string,
  person: string,
  to: string,
  accepted: boolean,
  lastDay: string,
  link: string,
): LetterWords =>
  accepted
    ? letter(
        administrator,
        `${to} has accepted ${person}`,
        `${to} has accepted ${person}. Their last day with you is ${lastDay}; what follows happens by itself.`,
        link,
      )
    : letter(
        administrator,
        `${to} has declined ${person}`,
        `${to} has declined the transfer of ${person}, who stays with you as before.`,
        link,
      );

/** `why` begins with a capital letter and has no full stop. */
export const transferOver = (administrator: string, person: string, why: string, link: string): LetterWords =>
  letter(
    administrator,
    `The transfer of ${person} is called off`,
    `${why}, so the transfer of ${person} is called off. Nothing else has changed.`,
    link,
  );

export const welcome = (person: string, to: string, firstDay: string, link: string): LetterWords =>
  letter(
    person,
    `Your place in ${to} is ready`,
    `${to} has made a record for you in Waymark, from ${firstDay}. Your awards and skills are carried over. Until your last day you sign in where you are now; afterwards the same sign-in opens ${to}.`,
    link,
  );

export const welcomeAtNewAddress = (person: string, to: string, firstDay: string, link: string): LetterWords =>
  letter(
    person,
    `Your place in ${to} is ready`,
    `${to} has made a record for you in Waymark, from ${firstDay}. Your awards and skills are carried over. You sign in there with this address; the sign-in page sends you a link to choose a password.`,
    link,
  );
