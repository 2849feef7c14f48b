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
/** The mentor's question before an answer: the mentee has five days, and the clock stands still. Once a proposal. */
export const askMore = z.strictObject({ version, question: requiredText(500) });
export type AskMore = z.infer<typeof askMore>;
export const answerQuestion = z.strictObject({ version, answer: requiredText(1000) });
export type AnswerQuestion = z.infer<typeof answerQuestion>;
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
  /** What the mentor asked, and what the mentee answered; null where nothing was asked. */
  question: z.object({ text: z.string(), answer: z.string().nullable() }).nullable(),
  /** Mentee's side alone: the proposal that came instead of this one, and the one this came instead of. */
  forwarded: z.object({ fromId: id.nullable(), toId: id.nullable(), to: z.string().nullable() }).nullable(),
  agreement: agreement.extend({ writtenBy: z.enum(['me', 'other']) }).nullable(),
  suggestedEnd: day,
  pair: z.object({ id, status: z.enum(['agreed', 'active', 'completed', 'ended']), endsOn: day }).nullable(),
  timeline: z.array(
    z.object({
      what: z.enum(proposalStatuses).or(z.enum(['agreement-written', 'pair-begun', 'question-answered', 'forwarded'])),
      at: instant,
      who: z.string().nullable(),
      /** Who did it on their behalf, where somebody did. */
      by: z.string().nullable().optional(),
    }),
  ),
  may: z.object({
    accept: z.boolean(),
    decline: z.boolean(),
    askMore: z.boolean(),
    answerQuestion: z.boolean(),
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
  /** The mentor who was asked before, where this proposal was passed on. */
  forwardedFrom: z.string().nullable(),
  /** The mentor who was asked next. */
  forwardedTo: z.string().nullable(),
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
export const proposalsExportQuery = z.strictObject({
  status: z.enum(proposalStatuses).optional(),
  search: text(100).optional(),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type ProposalsExportQuery = z.infer<typeof proposalsExportQuery>;

/** My own proposals and pairs. */
export const myProposals = z.object({
  proposals: z.array(
    z.object({
      id,
      side: z.enum(['mentor', 'mentee']),
      other: personCard,
      round: z.string(),
      status: z.enum(proposalStatuses),
      /** A pair was agreed and is over: ended, completed, or the other has left. */
      over: z.boolean(),
      answerBy: instant.nullable(),
      at: instant,
    }),
  ),
});
export type MyProposals = z.infer<typeof myProposals>;

/** My mentoring, as a mentor: null where I am none. */
export const myMentoring = z.object({
  mentor: z
    .object({
      status: z.enum(['draft', 'active', 'paused', 'retired']),
      /** Paused because two proposals lapsed without an answer. */
      pausedForSilence: z.boolean(),
      capacity: z.int(),
      /** Places given away: accepted, or in a pair that lasts. */
      taken: z.int(),
      /** Proposals that wait for my answer. */
      waiting: z.int(),
      version: z.int(),
    })
    .nullable(),
});
export type MyMentoring = z.infer<typeof myMentoring>;
export const changeCapacity = z.strictObject({ version, capacity: z.int().min(0).max(10) });
export type ChangeCapacity = z.infer<typeof changeCapacity>;
export const onMyMentoring = z.strictObject({ version });
export type OnMyMentoring = z.infer<typeof onMyMentoring>;
