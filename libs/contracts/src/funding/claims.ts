import { z } from 'zod';
import { personCard } from '../people/people';
import { day, id, instant, pageOf, pageQuery, queryFlag, requiredText, text, version } from '../platform/fields';
import { fileTypes } from '../platform/files';
import {
  awardFigures,
  awardHappening,
  batchStatuses,
  claimKinds,
  claimLine,
  claimLineDraft,
  claimStatuses,
  fundAwardStatuses,
} from './awards';
import { sumPence } from './money';

/* Claims of money spent or to be paid in advance, and the batches in which they are paid. */

export const claimLinesMost = 60;

/** POST /api/funding/awards/:id/claims: begins one, or answers the one that was begun. */
export const beginClaim = z.strictObject({});
export type BeginClaim = z.infer<typeof beginClaim>;

const claimWriting = {
  version,
  lines: z.array(claimLineDraft).max(claimLinesMost),
  /** Nothing more will be claimed: what is left goes back. */
  last: z.boolean(),
};
const unlike = (lines: readonly { id: string }[]): boolean =>
  new Set(lines.map((line) => line.id)).size === lines.length;
/** PUT /api/funding/claims/:id/draft: saves by itself. */
export const saveClaim = z
  .strictObject(claimWriting)
  .refine(({ lines }) => unlike(lines), { path: ['lines'], error: 'id-repeated' });
export type SaveClaim = z.infer<typeof saveClaim>;
/** POST /api/funding/claims/:id/submit: the same, and sends it. An advance whose payment was rejected has an amount alone; one that was returned is asked for anew. */
export const submitClaim = saveClaim;
export type SubmitClaim = z.infer<typeof submitClaim>;
export const claimSaved = z.object({
  version: z.int(),
  claimedPence: sumPence,
  settlesPence: sumPence,
  savedAt: instant,
});
export type ClaimSaved = z.infer<typeof claimSaved>;

/** POST /api/funding/claims/:id/approve: under the pot's cost code where none is named. */
export const approveClaim = z.strictObject({ version, costCodeId: id.nullable() });
export type ApproveClaim = z.infer<typeof approveClaim>;
/** POST /api/funding/claims/approve: all of them, or none. */
export const approveClaims = z.strictObject({
  claims: z.array(z.strictObject({ id, version })).min(1).max(100),
});
export type ApproveClaims = z.infer<typeof approveClaims>;
export const claimsApproved = z.object({ approved: z.int(), pence: sumPence });
export type ClaimsApproved = z.infer<typeof claimsApproved>;
/** POST /api/funding/claims/:id/return and reject-payment: with a reason that the person reads. */
export const returnClaim = z.strictObject({ version, reason: requiredText(1000) });
export type ReturnClaim = z.infer<typeof returnClaim>;

/** A receipt. `alsoOn`: claims of anybody that have the very same file; shown to who decides. */
export const receiptView = z.object({
  id,
  name: z.string(),
  mediaType: z.enum(fileTypes),
  sizeBytes: z.int(),
  uploadedAt: instant,
  alsoOn: z.array(z.object({ claimId: id, reference: z.string(), number: z.int() })),
});
export type ReceiptView = z.infer<typeof receiptView>;

export const claimView = z.object({
  id,
  number: z.int(),
  version: z.int(),
  kind: z.enum(claimKinds),
  last: z.boolean(),
  status: z.enum(claimStatuses),
  mine: z.boolean(),
  person: personCard,
  award: z.object({
    id,
    reference: z.string(),
    status: z.enum(fundAwardStatuses),
    eventName: z.string(),
    eventStartsOn: day,
    eventEndsOn: day,
    claimBy: day,
    figures: awardFigures,
  }),
  call: z.object({ id, name: z.string() }),
  lines: z.array(claimLine),
  files: z.array(receiptView),
  claimedPence: sumPence,
  /** Of it an advance has paid so much already; the rest is to be paid. */
  settlesPence: sumPence,
  /** The most that this claim may come to: what is left of the award without it. */
  mostPence: sumPence,
  /** Of the advances, what no other claim has settled. */
  unsettledPence: sumPence,
  costCode: z.object({ id, code: z.string(), name: z.string() }).nullable(),
  submittedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
  batch: z.object({ id, number: z.int(), status: z.enum(batchStatuses) }).nullable(),
  paidAt: instant.nullable(),
  /** A last claim waits for this report. */
  heldFor: z.object({ subject: z.string(), dueOn: day }).nullable(),
  happenings: z.array(awardHappening),
  /** For who decides: the codes in use, the pot's own first. */
  costCodes: z.array(z.object({ id, code: z.string(), name: z.string() })),
  may: z.object({ edit: z.boolean(), decide: z.boolean(), return: z.boolean(), rejectPayment: z.boolean() }),
});
export type ClaimView = z.infer<typeof claimView>;

export const claimRow = z.object({
  id,
  number: z.int(),
  version: z.int(),
  kind: z.enum(claimKinds),
  last: z.boolean(),
  status: z.enum(claimStatuses),
  person: personCard,
  awardId: id,
  reference: z.string(),
  eventName: z.string(),
  call: z.object({ id, name: z.string() }),
  claimedPence: sumPence,
  toPayPence: sumPence,
  costCode: z.string().nullable(),
  batch: z.object({ id, number: z.int() }).nullable(),
  submittedAt: instant.nullable(),
  paidAt: instant.nullable(),
  held: z.boolean(),
  /** Whether the person asking may approve it. */
  mayApprove: z.boolean(),
});
export type ClaimRow = z.infer<typeof claimRow>;

const claimFilters = {
  status: z.enum(claimStatuses).exclude(['draft']).optional(),
  kind: z.enum(claimKinds).optional(),
  callId: id.optional(),
  held: queryFlag.optional(),
  search: text(100).optional(),
};
export const claimSorts = ['submitted', '-submitted', '-amount', 'name'] as const;
/** GET /api/funding/claims: those that were sent; those that wait longest first. */
export const claimsQuery = z.strictObject({
  ...pageQuery,
  ...claimFilters,
  sort: z.enum(claimSorts).default('submitted'),
});
export type ClaimsQuery = z.infer<typeof claimsQuery>;
export const claimsExportQuery = z.strictObject({
  ...claimFilters,
  sort: z.enum(claimSorts).default('submitted'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type ClaimsExportQuery = z.infer<typeof claimsExportQuery>;
export const claimsPage = pageOf(claimRow).extend({
  /** Of all that the filters leave. */
  toPayPence: sumPence,
  counts: z.record(z.enum(claimStatuses), z.int()),
  calls: z.array(z.object({ id, name: z.string() })),
});
export type ClaimsPage = z.infer<typeof claimsPage>;

export const batchRow = z.object({
  id,
  number: z.int(),
  version: z.int(),
  status: z.enum(batchStatuses),
  madeAt: instant,
  madeBy: z.string().nullable(),
  paidAt: instant.nullable(),
  claims: z.int(),
  pence: sumPence,
});
export type BatchRow = z.infer<typeof batchRow>;
/** GET /api/funding/batches: newest first. */
export const batchesQuery = z.strictObject({ ...pageQuery, status: z.enum(batchStatuses).optional() });
export type BatchesQuery = z.infer<typeof batchesQuery>;
/** What waits to be put into one: approved, in no batch. */
export const batchesPage = pageOf(batchRow).extend({ waiting: z.object({ claims: z.int(), pence: sumPence }) });
export type BatchesPage = z.infer<typeof batchesPage>;

/** More than one payment run has. */
export const batchClaimsMost = 500;
/** POST /api/funding/batches: of all that is approved and in none, the longest approved first. */
export const makeBatch = z.strictObject({});
export type MakeBatch = z.infer<typeof makeBatch>;
export const batchView = batchRow.extend({
  byCostCode: z.array(z.object({ code: z.string(), name: z.string(), claims: z.int(), pence: sumPence })),
  rows: z.array(claimRow),
  may: z.object({ pay: z.boolean(), remove: z.boolean() }),
});
export type BatchView = z.infer<typeof batchView>;
/** POST /api/funding/batches/:id/pay */
export const payBatch = z.strictObject({ version });
export type PayBatch = z.infer<typeof payBatch>;
/** POST /api/funding/batches/:id/remove: a claim goes back to those that wait. */
export const removeFromBatch = z.strictObject({ version, claimId: id });
export type RemoveFromBatch = z.infer<typeof removeFromBatch>;
export const batchExportQuery = z.strictObject({ format: z.enum(['csv', 'xlsx']).default('csv') });
export type BatchExportQuery = z.infer<typeof batchExportQuery>;

/** GET /api/funding/claims/:id/files/:fileId: a receipt, as an attachment. */
export const claimFileParams = z.strictObject({ id, fileId: id });
