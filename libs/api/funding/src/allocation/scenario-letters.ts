import { poundsOf, type ScenarioTotals } from '@waymark/contracts';

/* Letters between those who propose and those who approve. Plain text; what is asked, by whom, and the way there. */

interface Words {
  subject: string;
  body: string;
}

const letter = (name: string, subject: string, ...paragraphs: string[]): Words => ({
  subject,
  body: [`Hello ${name},`, ...paragraphs].join('\n\n') + '\n',
});

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

const sums = ({ awardedPence, people: count, reserve }: ScenarioTotals): string =>
  `${poundsOf(awardedPence)} for ${people(count)}, with ${reserve} on the reserve list`;

export const proposedToApprover = (
  name: string,
  { proposer, callName, totals, link }: { proposer: string; callName: string; totals: ScenarioTotals; link: string },
): Words =>
  letter(
    name,
    `${callName}: please approve who is funded`,
    `${proposer} proposes how to allocate ${callName}: ${sums(totals)}. Money takes two people, so it waits for you, or for another programme lead.`,
    `See what decided each application, then approve it or return it with a reason:\n${link}`,
  );

export const remindApprover = (
  name: string,
  { callName, proposer, proposedOn, link }: { callName: string; proposer: string; proposedOn: string; link: string },
): Words =>
  letter(
    name,
    `${callName} still waits for your approval`,
    `${proposer} proposed an allocation of ${callName} on ${proposedOn}. Everybody who applied hears once it is approved and published.`,
    `See it, then approve it or return it with a reason:\n${link}`,
  );

export const approvedToProposer = (
  name: string,
  { approver, callName, link }: { approver: string; callName: string; link: string },
): Words =>
  letter(
    name,
    `${callName}: your proposal is approved`,
    `${approver} has approved the allocation of ${callName}. Nobody has been told yet: publishing sends every letter and commits the money, in one step.`,
    `Publish it here:\n${link}`,
  );

export const rejectedToProposer = (
  name: string,
  { approver, callName, reason, link }: { approver: string; callName: string; reason: string; link: string },
): Words =>
  letter(
    name,
    `${callName}: your proposal came back`,
    `${approver} returned the allocation of ${callName} and says: “${reason}”`,
    `Nothing was published. The scenario is kept beside the others, and you can make and propose another:\n${link}`,
  );
