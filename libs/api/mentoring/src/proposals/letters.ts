import { spokenDay } from './working-days';

/** What a letter says, without whom it goes to. Plain text in the voice of the design kit: short, kind, with the day named. */
export interface Words {
  subject: string;
  body: string;
}

export interface Dates {
  now: Date;
  timeZone: string;
}

/** What comes after an answer that was no yes: others are asked already, the next round, or the mentor asked instead. */
export type Afterwards = 'others-asked' | 'front' | { mentor: string; answerBy: Date; link: string };

export interface ProposedTo {
  name: string;
  link: string;
}

const letter = (greeting: string, subject: string, ...paragraphs: string[]): Words => ({
  subject,
  body:
    [`Hello ${greeting},`, ...paragraphs, 'If this is your first time here, the sign-in page sends you a link.'].join(
      '\n\n',
    ) + '\n',
});

const listed = (people: readonly ProposedTo[]): string =>
  people.map(({ name, link }) => `- ${name}\n  ${link}`).join('\n');

/** One letter to a mentor, with everybody who would like them. */
export const toMentor = (
  mentor: string,
  mentees: readonly ProposedTo[],
  answerBy: Date,
  { now, timeZone }: Dates,
): Words => {
  const [only] = mentees;
  const by = spokenDay(answerBy, now, timeZone);
  return mentees.length === 1 && only
    ? letter(
        mentor,
        `${only.name} would like you as a mentor`,
        `${only.name} would like you as a mentor. Please say yes or no by ${by}; a no is fine, and ${only.name} does not learn why.`,
        `See why you two were put together, and answer:\n${only.link}`,
      )
    : letter(
        mentor,
        `${mentees.length} people would like you as a mentor`,
        `These ${mentees.length} people would like you as a mentor. Please answer each by ${by}; a no is fine, and nobody learns why.`,
        listed(mentees),
      );
};

/** One letter to a mentee, with everybody who has been asked. */
export const toMentee = (
  mentee: string,
  mentors: readonly ProposedTo[],
  answerBy: Date,
  { now, timeZone }: Dates,
): Words => {
  const by = spokenDay(answerBy, now, timeZone);
  const [only] = mentors;
  return mentors.length === 1 && only
    ? letter(
        mentee,
        `${only.name} has been asked to be your mentor`,
        `We found a mentor for you: ${only.name} has been asked and answers by ${by}. You need not do anything until then.`,
        `See why you two were put together:\n${only.link}`,
      )
    : letter(
        mentee,
        `${mentors.length} people have been asked to be your mentor`,
        `These ${mentors.length} people have been asked to be your mentor and answer by ${by}. The first to say yes is your mentor.`,
        listed(mentors),
      );
};

export const toLeftOut = (mentee: string, round: string): Words =>
  letter(
    mentee,
    'No mentor for you yet: you are at the front of the next round',
    `There was no free place with a mentor who fits you in ${round}. Your request stays open, and you are at the front of the next round.`,
    'You need not do anything.',
  );

export const accepted = (
  mentee: string,
  mentor: string,
  link: string,
  agreeBy: Date,
  { now, timeZone }: Dates,
): Words =>
  letter(
    mentee,
    `${mentor} is glad to be your mentor`,
    `${mentor} has said yes. Next, one of you writes down what you want to do and how often you meet, and the other confirms it. Please do so by ${spokenDay(agreeBy, now, timeZone)}.`,
    link,
  );

export const overtaken = (mentor: string, mentee: string, link: string): Words =>
  letter(
    mentor,
    `${mentee} has found a mentor`,
    `${mentee} has found a mentor, so you need not answer any more. Your places stay as they are. Thank you for being there.`,
    link,
  );

export const mentorFull = (mentee: string, mentor: string, then: Afterwards, link: string, dates: Dates): Words =>
  letter(
    mentee,
    `${mentor} has no place left`,
    `${mentor} has no free place any more.`,
    ...afterwards(then, link, dates),
  );

export const declined = (mentee: string, mentor: string, then: Afterwards, link: string, dates: Dates): Words =>
  letter(
    mentee,
    `${mentor} cannot take this on`,
    `${mentor} cannot be your mentor this time. That says nothing about you.`,
    ...afterwards(then, link, dates),
  );

export const unanswered = (mentee: string, mentor: string, then: Afterwards, link: string, dates: Dates): Words =>
  letter(mentee, `No answer from ${mentor}`, `${mentor} has not answered in time.`, ...afterwards(then, link, dates));

/** To either, where an accepted proposal was never agreed; `then` is for the mentee, and null for the mentor. */
export const notAgreed = (person: string, other: string, then: Afterwards | null, link: string, dates: Dates): Words =>
  letter(
    person,
    `You and ${other} have not agreed in time`,
    `You and ${other} have not written down and confirmed an agreement in time, so the place is free again.`,
    `If you would still like to work together, tell your coordinator.`,
    ...(then === null ? [link] : afterwards(then, link, dates)),
  );

/** Half the time has passed without an answer; once for each proposal. */
export const reminder = (
  mentor: string,
  mentees: readonly (ProposedTo & { answerBy: Date })[],
  { now, timeZone }: Dates,
): Words => {
  const by = (date: Date) => spokenDay(date, now, timeZone);
  const [only] = mentees;
  return mentees.length === 1 && only
    ? letter(
        mentor,
        `${only.name} waits for your answer`,
        `${only.name} would like you as a mentor and waits for your answer. Please say yes or no by ${by(only.answerBy)}; a no is fine, and ${only.name} does not learn why.`,
        only.link,
      )
    : letter(
        mentor,
        `${mentees.length} people wait for your answer`,
        `These ${mentees.length} people would like you as a mentor and wait for your answer. A no is fine, and nobody learns why.`,
        mentees.map(({ name, link, answerBy }) => `- ${name}, by ${by(answerBy)}\n  ${link}`).join('\n'),
      );
};

export const pausedForSilence = (mentor: string, link: string): Words =>
  letter(
    mentor,
    'We have paused you as a mentor',
    'Two proposals to you have lapsed without an answer, so nobody new is proposed to you for now. There may be good reasons, and nobody minds: the people who asked have gone on to others. Pairs you have go on as they are.',
    `When you have time again, one click makes you active:\n${link}`,
  );

export const moreAsked = (
  mentee: string,
  mentor: string,
  answerBy: Date,
  link: string,
  { now, timeZone }: Dates,
): Words =>
  letter(
    mentee,
    `${mentor} would like to know more before answering`,
    `${mentor} has asked you something. Please answer by ${spokenDay(answerBy, now, timeZone)}; until then the time to answer you stands still.`,
    link,
  );

export const questionAnswered = (
  mentor: string,
  mentee: string,
  answerBy: Date,
  link: string,
  { now, timeZone }: Dates,
): Words =>
  letter(
    mentor,
    `${mentee} has answered your question`,
    `${mentee} has answered your question. Please say yes or no by ${spokenDay(answerBy, now, timeZone)}; a no is fine.`,
    link,
  );

/** To either: five days have passed without an answer to the mentor's question. */
export const questionUnanswered = (
  toTheMentor: boolean,
  { mentee, mentor }: { mentee: string; mentor: string },
  answerBy: Date,
  link: string,
  { now, timeZone }: Dates,
): Words =>
  letter(
    toTheMentor ? mentor : mentee,
    toTheMentor ? `${mentee} has not answered your question` : `${mentor} answers without your reply`,
    toTheMentor
      ? `${mentee} has not answered your question within five days. Please say yes or no by ${spokenDay(answerBy, now, timeZone)}; a no is fine.`
      : `The question of ${mentor} was not answered within five days. ${mentor} now says yes or no by ${spokenDay(answerBy, now, timeZone)}.`,
    link,
  );

export const pairCompleted = (person: string, other: string, link: string): Words =>
  letter(
    person,
    `Your time with ${other} is complete`,
    `The end that you and ${other} agreed on has come, and your pair is complete. Thank you both.`,
    `What you agreed stays readable:\n${link}`,
  );

export const withdrawn = (mentor: string, mentee: string, link: string): Words =>
  letter(
    mentor,
    `${mentee} has withdrawn`,
    `${mentee} has withdrawn. Your place is free; you need not do anything.`,
    link,
  );

export const agreementWritten = (person: string, other: string, link: string): Words =>
  letter(
    person,
    `${other} has written your agreement`,
    `${other} has written down how you two could work together. Read it, and confirm it or change it; your pair begins when you confirm.`,
    link,
  );

export const pairBegun = (
  person: string,
  other: string,
  endsOn: string,
  link: string,
  { now, timeZone }: Dates,
): Words =>
  letter(
    person,
    `You and ${other} begin`,
    `Your agreement is confirmed: you and ${other} work together until ${spokenDay(endsOn, now, timeZone)}. Arrange your first meeting now, while it is fresh.`,
    link,
  );

/** The next sentence and the link that goes with it. */
const afterwards = (then: Afterwards, link: string, { now, timeZone }: Dates): string[] => {
  if (then === 'others-asked')
    return ['Others have been asked too, and you hear as soon as one of them answers.', link];
  if (then === 'front') return ['Your request stays open, and you are at the front of the next round.', link];
  const by = spokenDay(then.answerBy, now, timeZone);
  return [`It goes on: ${then.mentor} has been asked now, and answers by ${by}. You need not do anything.`, then.link];
};
