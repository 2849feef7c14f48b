import type { Words } from '../proposals/letters';

const letter = (greeting: string, subject: string, ...paragraphs: string[]): Words => ({
  subject,
  body: `${[`Hello ${greeting},`, ...paragraphs].join('\n\n')}\n`,
});

export const mentorLeft = (mentee: string, mentor: string, link: string): Words =>
  letter(
    mentee,
    `${mentor} cannot be your mentor`,
    `${mentor} no longer works with us and cannot be your mentor. That says nothing about you.`,
    'Your request stays open. If nobody else is being asked, you are at the front of the next round.',
    link,
  );

export const menteeLeft = (mentor: string, mentee: string, link: string): Words =>
  letter(
    mentor,
    `You need not answer ${mentee} any more`,
    `${mentee} no longer works with us, so you need not answer any more. Your place is free. Thank you for being there.`,
    link,
  );

export const pairEndedMentorLeft = (mentee: string, mentor: string, link: string): Words =>
  letter(
    mentee,
    `You and ${mentor} end here`,
    `${mentor} no longer works with us, so your time together ends here. We are sorry it ends early.`,
    'Your request is open again, and you are at the front of the next round. You need not do anything.',
    link,
  );

export const pairEndedMenteeLeft = (mentor: string, mentee: string, link: string): Words =>
  letter(
    mentor,
    `You and ${mentee} end here`,
    `${mentee} no longer works with us, so your time together ends here, and your place is free. Thank you for what you have given.`,
    link,
  );

export const goOn = (
  person: string,
  other: string,
  mover: 'me' | 'other',
  institution: string,
  lastDay: string,
  link: string,
): Words =>
  letter(
    person,
    `Would you like to go on with ${other}?`,
    mover === 'me'
      ? `You move to ${institution}. You and ${other} can go on across the two institutions if you both wish to.`
      : `${other} moves to ${institution}. You two can go on across the two institutions if you both wish to.`,
    `Please say yes or no by ${lastDay}. Without a yes from both, your time together ends that day; a no is fine, and ${other} is not told who said it.`,
    link,
  );

/** To the one who stays, or to the one who moved. */
export const sharedPairEnded = (person: string, other: string, link: string): Words =>
  letter(
    person,
    `You and ${other} end here`,
    `Your time together with ${other} has come to its end. Thank you both.`,
    link,
  );
