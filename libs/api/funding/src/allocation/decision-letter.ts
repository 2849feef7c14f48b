import type { Letter } from '@waymark/api-platform';
import { type AllocationOutcome, poundsOf, type ScenarioReason } from '@waymark/contracts';
import { enough, whatChanges, whatDecided } from './decision-words';
import { ordinal, spokenDay } from './spoken';

export interface DecisionFacts {
  to: string;
  givenName: string;
  callName: string;
  eventName: string;
  reference: string;
  outcome: AllocationOutcome;
  askedPence: number;
  leastPence: number;
  amountPence: number;
  reserveRank: number | null;
  /** Tenths of a percent. */
  score: number;
  reason: ScenarioReason;
  /** Days in the institution's time zone, `2026-06-12`. */
  answerBy: string;
  reserveUntil: string;
  claimBy: string;
  /** Whether they may go hangs on an abstract that is not accepted yet. */
  onAbstract: boolean;
  /** The coordinator's own paragraph, or empty. */
  paragraph: string;
  /** The application's page. */
  link: string;
  /** True where a place on the reserve list became an award. */
  promoted: boolean;
}

/**
 * The letter of a decision, in words a person would be glad to get, whatever it says: what was decided, why, what would have
 * changed it, what the coordinator adds, what happens next and where. Plain text; nobody else's name, score or award is in it.
 */
export const decisionLetter = (facts: DecisionFacts): Letter => {
  const { subject, decision, next, last } = partsOf(facts);
  const why = facts.promoted ? promotion(facts) : [...whatDecided(facts), ...whatChanges(facts)];
  const paragraphs = [`Hello ${facts.givenName},`, decision, why.join(' '), facts.paragraph.trim(), next, last];
  return {
    to: facts.to,
    subject,
    body: `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n\nYour reference is ${facts.reference}.\n`,
  };
};

interface Parts {
  subject: string;
  decision: string;
  next: string;
  last: string;
}

const partsOf = (facts: DecisionFacts): Parts => {
  const { outcome, callName, eventName, askedPence, amountPence, link } = facts;
  const { decidedBy } = facts.reason;
  const amount = poundsOf(amountPence);
  switch (outcome) {
    case 'awarded':
      return {
        subject: `${callName}: ${amount} for ${eventName}`,
        decision: `We are glad to award you ${amount} for ${eventName}: all that you asked for.`,
        next: offered(facts),
        last: `Say yes or no here:\n${link}`,
      };
    case 'part-awarded':
      return {
        subject: `${callName}: ${amount} for ${eventName}`,
        decision: `We are glad to award you ${amount} for ${eventName}, of the ${poundsOf(askedPence)} that you asked for.`,
        next: offered(facts),
        last: `Say yes or no here; a no is fine, and the money then helps somebody else:\n${link}`,
      };
    case 'reserve':
      return {
        subject: `${callName}: you are ${ordinal(facts.reserveRank ?? 1)} on the reserve list`,
        decision: `You are ${ordinal(facts.reserveRank ?? 1)} on the reserve list of ${callName}, for ${eventName}.${decidedBy === 'override' ? '' : ' The panel scored it high enough to be funded; the money for it is not there yet.'}`,
        next: `Money that comes free goes down the list in order until ${spokenDay(facts.reserveUntil)}. You need do nothing: we write to you the moment it is your turn, and also if the list ends before that.`,
        last: `Your application stands here. If you can no longer go, withdraw it there, so that the next person has your place:\n${link}`,
      };
    case 'unsuccessful':
      return {
        subject: `${callName}: the decision on ${eventName}`,
        decision: `Thank you for the work that you put into your application for ${eventName}. It is not funded by ${callName}.`,
        next: `If the panel wrote anything for you, it stands with your application. There you may also ask, once, for feedback or for a review of how it was decided. What you wrote stays readable, so that you can use it again.`,
        last: `Read it here:\n${link}`,
      };
  }
};

const offered = ({ answerBy, claimBy, onAbstract }: DecisionFacts): string =>
  `Please say by ${spokenDay(answerBy)} whether you take it up; after that it goes to the next person on the reserve list. ${onAbstract ? 'You need not wait for the answer on your abstract: say yes, and tell us when you hear. The money is kept for you until then, and is paid once it is accepted. ' : ''}Keep your receipts: claims are taken until ${spokenDay(claimBy)}. Afterwards you tell your colleagues what you learned, in a short report.`;

/** What it was decided by stands in the first letter; this one says why now. */
const promotion = ({ amountPence, askedPence, leastPence }: DecisionFacts): string[] => [
  'You were on the reserve list, money has come free, and it is your turn.',
  ...(amountPence < askedPence
    ? [`${poundsOf(amountPence)} was there, and ${enough({ amountPence, leastPence })}`]
    : []),
];
