import { poundsOf } from '@waymark/contracts';
import { dayWords } from './award-days';
import type { Words } from './award-post';

/* What people are told by mail of their awards and claims: what happened, what is wanted, by when. */

export const answerReminder = (event: string, pence: number, answerBy: string): Words => ({
  subject: `Please say whether you take the award for ${event}`,
  body: [
    `${poundsOf(pence)} is held for you to go to ${event}. Please accept or refuse it by ${dayWords(answerBy)}.`,
    'If we hear nothing by the end of that day, the offer lapses and the money goes to the next on the reserve list.',
  ],
});

export const lapsed = (event: string, answerBy: string): Words => ({
  subject: `The award for ${event} has lapsed`,
  body: [
    `The award for ${event} was to be answered by ${dayWords(answerBy)}. We heard nothing, so the offer has lapsed and its money goes to the reserve list.`,
    'If something kept you from answering, please speak to whoever coordinates the call.',
  ],
});

export const claimReminder = (event: string, leftPence: number, claimBy: string, abstractWaits: boolean): Words => ({
  subject: `${poundsOf(leftPence)} for ${event} can be claimed until ${dayWords(claimBy)}`,
  body: [
    `Of your award for ${event}, ${poundsOf(leftPence)} is not claimed yet. Claim it by ${dayWords(claimBy)}: a photograph of each receipt is enough.`,
    ...(abstractWaits ? ['Before that, say on the page of the award whether your abstract was accepted.'] : []),
    'What nobody has claimed after that day goes back to the fund. If you have nothing more to claim, say so now and somebody else can have it.',
  ],
});

export const claimByPassed = (event: string, releasedPence: number, claimBy: string): Words => ({
  subject: `What was not claimed for ${event} has gone back to the fund`,
  body: [
    `The award for ${event} could be claimed until ${dayWords(claimBy)}. ${poundsOf(releasedPence)} of it was not claimed, and has gone back to the fund.`,
    'A claim that you sent in time is dealt with as usual.',
  ],
});

export const changeAnswered = (event: string, endorsed: boolean, reason: string | null): Words =>
  endorsed
    ? {
        subject: `Your change to ${event} is endorsed`,
        body: [`Your manager endorses the change. The award stands, for ${event} on its new dates.`],
      }
    : {
        subject: `Your change to ${event} was not endorsed`,
        body: [
          ...(reason === null ? [] : ['Your manager has not endorsed the change, and says:', reason]),
          'The award stands as it was before. You can ask for another change, or say that you cannot go.',
        ],
      };

export const returned = (event: string, what: string, reason: string): Words => ({
  subject: `Your ${what} for ${event} needs something from you`,
  body: [
    `A finance officer looked at your ${what} for ${event} and sent it back, with this to mend:`,
    reason,
    'Nothing that you wrote is lost: open it, put it right and send it again.',
  ],
});

export const approved = (
  event: string,
  what: string,
  { claimedPence, toPayPence, owedPence }: { claimedPence: number; toPayPence: number; owedPence: number },
): Words => ({
  subject: `Your ${what} for ${event} is approved`,
  body: [
    claimedPence === 0
      ? `Your ${what} for ${event} is approved. You claimed nothing more, so what was left of the award goes back to the fund.`
      : toPayPence === 0
        ? `Your ${what} for ${event} is approved. The advance has paid all of it already, so no more money will come.`
        : `Your ${what} for ${event} is approved: ${poundsOf(toPayPence)} will be paid with the next payment run.`,
    ...(owedPence === 0
      ? []
      : [
          `${poundsOf(owedPence)} of what was paid to you in advance is more than you claimed. Please pay it back, and ask finance how.`,
        ]),
  ],
});

export const paid = (event: string, what: string, pence: number): Words => ({
  subject: `${poundsOf(pence)} for ${event} has been paid`,
  body: [`Your ${what} for ${event} has been paid: ${poundsOf(pence)} is on its way to your account.`],
});

export const paymentRejected = (event: string, pence: number, reason: string): Words => ({
  subject: `A payment for ${event} did not go through`,
  body: [
    `${poundsOf(pence)} for ${event} could not be paid. This is what finance noted:`,
    reason,
    'The money is still held for you. Put right what is needed, then send the claim again.',
  ],
});

export const reserveOver = (event: string, call: string, until: string): Words => ({
  subject: `The reserve list of ${call} has ended`,
  body: [
    `You were on the reserve list of ${call} for ${event}. The list stood until ${dayWords(until)}, and no money came free that could have gone to you. We are sorry: your application was good enough to be funded, and the budget was not.`,
    'On its page you can read what decided it and what would have changed it. You may ask there, once, for feedback or for a review of the process, and you may apply again in the next call.',
  ],
});
