import { z } from 'zod';
import { personCard } from '../people/people';
import { day, id, instant, pageOf, pageQuery, plannedDay, requiredText, text, version } from '../platform/fields';
import { applicationEventKinds, costCategories } from './applications';
import { amountPence, sumPence } from './money';

/* Awards and claims. All their figures of money come from the ledger; what is claimed and not paid yet comes from the claims. */

export const fundAwardStatuses = [
  'offered',
  'accepted',
  'changed',
  'attended',
  'closed',
  'lapsed',
  'refused',
  'cancelled',
] as const;
export type FundAwardStatus = (typeof fundAwardStatuses)[number];
export const abstractStatuses = ['none', 'waiting', 'accepted', 'declined'] as const;
export type AbstractStatus = (typeof abstractStatuses)[number];
export const cancelledBecauses = ['event-off', 'abstract-declined', 'left'] as const;
export type CancelledBecause = (typeof cancelledBecauses)[number];

export const claimKinds = ['claim', 'advance'] as const;
export type ClaimKind = (typeof claimKinds)[number];
export const claimStatuses = ['draft', 'submitted', 'approved', 'returned', 'paid', 'payment-rejected'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];
export const batchStatuses = ['open', 'paid'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/** A line while it is written: amounts are as they were typed, so that nothing typed is lost. */
export const claimLineDraft = z.strictObject({
  id,
  category: z.enum(costCategories).nullable(),
  what: text(120),
  amount: text(40),
  /** Its receipts. */
  fileIds: z.array(id).max(10),
  /** Why there is none. */
  noReceiptBecause: text(200),
});
export type ClaimLineDraft = z.infer<typeof claimLineDraft>;
/** The same as it is kept: with its amount read, or null where what was typed is none. */
export const claimLine = claimLineDraft.extend({ amountPence: amountPence.nullable() });
export type ClaimLine = z.infer<typeof claimLine>;

/**
 * The money of an award. `awarded = committed + spent + released`; what is `left` can still be claimed: what is committed and no
 * claim under way holds, with the part of the advances that no claim has settled. `owed` was paid in advance and never claimed,
 * once nothing more will be.
 */
export const awardFigures = z.object({
  askedPence: sumPence,
  awardedPence: sumPence,
  committedPence: sumPence,
  spentPence: sumPence,
  releasedPence: sumPence,
  /** Of what is spent: paid in advance, less what came back of it. */
  advancedPence: sumPence,
  /** Of the advances: settled by claims that were sent. */
  settledPence: sumPence,
  /** What claims that were sent add up to, advances apart. */
  claimedPence: sumPence,
  leftPence: sumPence,
  owedPence: sumPence,
});
export type AwardFigures = z.infer<typeof awardFigures>;

/** POST /api/funding/awards/:id/accept, refuse, attend and withdraw-change. */
export const onAward = z.strictObject({ version });
export type OnAward = z.infer<typeof onAward>;
/** POST /api/funding/awards/:id/abstract */
export const sayAbstract = z.strictObject({ version, abstract: z.enum(['accepted', 'declined']) });
export type SayAbstract = z.infer<typeof sayAbstract>;
/** POST /api/funding/awards/:id/change: the event or its dates moved; the manager is asked again. */
export const changeEvent = z
  .strictObject({
    version,
    eventName: requiredText(200),
    eventStartsOn: plannedDay,
    eventEndsOn: plannedDay,
    why: requiredText(500),
  })
  .refine(({ eventStartsOn, eventEndsOn }) => eventEndsOn >= eventStartsOn, {
    path: ['eventEndsOn'],
    error: 'ends-before-start',
  });
export type ChangeEvent = z.infer<typeof changeEvent>;
/** POST /api/funding/awards/:id/cancel: the event is off. */
export const cancelAward = z.strictObject({ version, nothingToClaim: z.boolean() });
export type CancelAward = z.infer<typeof cancelAward>;
/** POST /api/funding/awards/:id/advance */
export const askAdvance = z.strictObject({ version, amountPence });
export type AskAdvance = z.infer<typeof askAdvance>;
/** POST /api/funding/awards/:id/repayment: what came back of an advance. */
export const recordRepayment = z.strictObject({ version, amountPence });
export type RecordRepayment = z.infer<typeof recordRepayment>;

export const claimSummary = z.object({
  id,
  number: z.int(),
  kind: z.enum(claimKinds),
  last: z.boolean(),
  status: z.enum(claimStatuses),
  claimedPence: sumPence,
  settlesPence: sumPence,
  submittedAt: instant.nullable(),
  paidAt: instant.nullable(),
});
export type ClaimSummary = z.infer<typeof claimSummary>;

/** What happened, from the decision on: the newest first. */
export const awardHappening = z.object({
  id,
  kind: z.enum(applicationEventKinds),
  at: instant,
  /** Null: Waymark itself, or somebody whose personal data were erased. */
  by: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
});
export type AwardHappening = z.infer<typeof awardHappening>;

const awardEvent = z.object({ name: z.string(), startsOn: day, endsOn: day });

export const fundAwardView = z.object({
  id,
  applicationId: id,
  reference: z.string(),
  version: z.int(),
  status: z.enum(fundAwardStatuses),
  mine: z.boolean(),
  person: personCard,
  call: z.object({ id, name: z.string() }),
  event: awardEvent,
  /** Of an award that waits for the manager: what it would become. */
  change: awardEvent.extend({ why: z.string() }).nullable(),
  /** Less than was asked for. */
  part: z.boolean(),
  abstract: z.enum(abstractStatuses),
  cancelledBecause: z.enum(cancelledBecauses).nullable(),
  offeredAt: instant,
  /** The last day to answer, and to claim. */
  answerBy: day,
  claimBy: day,
  figures: awardFigures,
  report: z.object({ dueOn: day, done: z.boolean() }).nullable(),
  claims: z.array(claimSummary),
  happenings: z.array(awardHappening),
  /** The most that may still be asked for in advance; nothing where nothing may be. */
  advanceMostPence: sumPence,
  may: z.object({
    answer: z.boolean(),
    sayAbstract: z.boolean(),
    change: z.boolean(),
    withdrawChange: z.boolean(),
    cancel: z.boolean(),
    attend: z.boolean(),
    askAdvance: z.boolean(),
    claim: z.boolean(),
    recordRepayment: z.boolean(),
  }),
});
export type FundAwardView = z.infer<typeof fundAwardView>;

export const fundAwardRow = z.object({
  id,
  applicationId: id,
  reference: z.string(),
  person: personCard,
  status: z.enum(fundAwardStatuses),
  part: z.boolean(),
  event: awardEvent,
  answerBy: day,
  claimBy: day,
  awardedPence: sumPence,
  committedPence: sumPence,
  spentPence: sumPence,
  releasedPence: sumPence,
});
export type FundAwardRow = z.infer<typeof fundAwardRow>;

/** GET /api/funding/awards: one's own, newest first. */
export const myFundAwards = z.object({
  rows: z.array(fundAwardRow.omit({ person: true }).extend({ call: z.object({ id, name: z.string() }) })),
});
export type MyFundAwards = z.infer<typeof myFundAwards>;

const awardFilters = { status: z.enum(fundAwardStatuses).optional(), search: text(100).optional() };
export const awardSorts = ['name', '-awarded', '-committed', 'claim-by'] as const;
/** GET /api/funding/calls/:id/awards */
export const callAwardsQuery = z.strictObject({
  ...pageQuery,
  ...awardFilters,
  sort: z.enum(awardSorts).default('name'),
});
export type CallAwardsQuery = z.infer<typeof callAwardsQuery>;
export const callAwardsExportQuery = z.strictObject({
  ...awardFilters,
  sort: z.enum(awardSorts).default('name'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type CallAwardsExportQuery = z.infer<typeof callAwardsExportQuery>;
/** One page, with the call's name and the money of all that the filters leave. */
export const callAwardsPage = pageOf(fundAwardRow).extend({
  call: z.object({ id, name: z.string() }),
  figures: z.object({
    awardedPence: sumPence,
    committedPence: sumPence,
    spentPence: sumPence,
    releasedPence: sumPence,
  }),
  /** How many stand on the reserve list still. */
  reserve: z.int(),
});
export type CallAwardsPage = z.infer<typeof callAwardsPage>;
