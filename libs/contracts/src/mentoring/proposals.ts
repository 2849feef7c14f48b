import { z } from 'zod';
import { day, id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';
import { personCard } from '../people/people';
import { scorePart } from './rounds';

export const proposalStatuses = [
  'proposed',
  'more-asked',
  'accepted',
  'agreed',
  'declined',
  'expired',
  'withdrawn',
  'superseded',
] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

export const declineReasons = ['no-time', 'not-my-field', 'know-each-other', 'changed-role', 'other'] as const;
export type DeclineReason = (typeof declineReasons)[number];

export const acceptProposal = z.strictObject({ version, pause: z.boolean() });
export type AcceptProposal = z.infer<typeof acceptProposal>;
export const declineProposal = z.strictObject({
  version,
  reason: z.enum(declineReasons),
  /** For the coordinator alone; the mentee is told neither reason nor note. */
  note: text(500),
  pause: z.boolean(),
});
export type DeclineProposal = z.infer<typeof declineProposal>;
export const withdrawProposal = z.strictObject({ version });
export type WithdrawProposal = z.infer<typeof withdrawProposal>;

export const rhythms = ['weekly', 'fortnightly', 'monthly', 'as-needed'] as const;
export const meetingModes = ['in-person', 'online', 'either'] as const;

/** What mentor and mentee agree: one writes it, the other confirms, and the pair begins. */
export const agreement = z.strictObject({
  goals: requiredText(1000),
  rhythm: z.enum(rhythms),
  mode: z.enum(meetingModes),
  endsOn: day,
});
export type Agreement = z.infer<typeof agreement>;
export const writeAgreement = agreement.extend({ version });
export type WriteAgreement = z.infer<typeof writeAgreement>;
export const confirmAgreement = z.strictObject({ version });
export type ConfirmAgreement = z.infer<typeof confirmAgreement>;

/** A proposal as mentor or mentee sees it. The other's e-mail is shown once accepted. */
export const proposalView = z.object({
  id,
  side: z.enum(['mentor', 'mentee']),
  other: personCard.extend({ jobTitle: z.string().nullable(), email: z.string().nullable() }),
  round: z.string(),
  status: z.enum(proposalStatuses),
  /** Why these two: the parts of the score that gave points. */
  why: z.array(scorePart),
  answerBy: instant.nullable(),
  /** Mentor's side alone: places free now, and capacity. */
  places: z.object({ left: z.int(), of: z.int() }).nullable(),
  agreement: agreement.extend({ writtenBy: z.enum(['me', 'other']) }).nullable(),
  suggestedEnd: day,
  pair: z.object({ id, status: z.enum(['agreed', 'active', 'completed', 'ended']), endsOn: day }).nullable(),
  timeline: z.array(
    z.object({
      what: z.enum(proposalStatuses).or(z.enum(['agreement-written', 'pair-begun'])),
      at: instant,
      who: z.string().nullable(),
    }),
  ),
  may: z.object({
    accept: z.boolean(),
    decline: z.boolean(),
    withdraw: z.boolean(),
    writeAgreement: z.boolean(),
    confirmAgreement: z.boolean(),
  }),
  version: z.int(),
});
export type ProposalView = z.infer<typeof proposalView>;

/** A released round's proposals, for the coordinator. */
export const proposalRow = z.object({
  id,
  mentee: personCard,
  mentor: personCard,
  status: z.enum(proposalStatuses),
  proposedAt: instant,
  answerBy: instant.nullable(),
  answeredAt: instant.nullable(),
  declineReason: z.enum(declineReasons).nullable(),
  declineNote: z.string().nullable(),
});
export type ProposalRow = z.infer<typeof proposalRow>;
export const proposalsPage = pageOf(proposalRow);
export type ProposalsPage = z.infer<typeof proposalsPage>;
export const proposalsQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(proposalStatuses).optional(),
  search: text(100).optional(),
});
export type ProposalsQuery = z.infer<typeof proposalsQuery>;

/** My own proposals and pairs. */
export const myProposals = z.object({
  proposals: z.array(
    z.object({
      id,
      side: z.enum(['mentor', 'mentee']),
      other: personCard,
      round: z.string(),
      status: z.enum(proposalStatuses),
      answerBy: instant.nullable(),
      at: instant,
    }),
  ),
});
export type MyProposals = z.infer<typeof myProposals>;
