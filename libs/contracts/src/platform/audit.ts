import { z } from 'zod';
import { day, id, instant, queryFlag } from './fields';
import { jobView } from './jobs';

/* The audit: searching it, and the hash chain that shows whether it is whole. */

/** What an act is called: `proposal.decline`. */
export const auditName = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/);

/** Where a page of the audit begins or ends: an instant to the microsecond and the entry at it. */
export const auditCursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .refine((cursor) => cursor >= '0001' && instant.safeParse(cursor.slice(0, 27)).success, { error: 'no-such-moment' });

const auditFilters = {
  /** Who did it, or for whom it was done on behalf. */
  who: id.optional(),
  act: auditName.optional(),
  kind: auditName.optional(),
  /** The record it was about: a person, a round, a proposal. */
  record: id.optional(),
  /** Calendar days of the institution's time zone, both included. */
  from: day.optional(),
  to: day.optional(),
  /** As people quote it: `WM-7F3K-20B9`. */
  correlation: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^WM-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .optional(),
  /** True: what somebody did on another's behalf, alone. */
  onBehalf: queryFlag.optional(),
};

/** GET /api/audit/entries: newest first, from before `earlier` or from after `later` on. */
export const auditQuery = z.strictObject({
  ...auditFilters,
  earlier: auditCursor.optional(),
  later: auditCursor.optional(),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** GET /api/audit/entries/export: the newest `auditExportMost` of what the filters leave. */
export const auditExportQuery = z.strictObject({ ...auditFilters, format: z.enum(['csv', 'xlsx']).default('csv') });
export type AuditExportQuery = z.infer<typeof auditExportQuery>;
export const auditExportMost = 10_000;

/** Somebody the audit speaks of; the name is null where their personal data were erased. */
export const auditPerson = z.object({ id, name: z.string().nullable() });
export type AuditPerson = z.infer<typeof auditPerson>;

export const auditEntryView = z.object({
  id,
  at: instant,
  /** Null: Waymark itself, by the clock or before anybody had signed in. */
  actor: auditPerson.nullable(),
  onBehalfOf: auditPerson.nullable(),
  act: z.string(),
  subject: z.object({ kind: z.string(), id, person: auditPerson.nullable() }),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
  correlationId: z.string().nullable(),
  /** Its number in the chain; null: not sealed yet. */
  seal: z.int().nullable(),
});
export type AuditEntryView = z.infer<typeof auditEntryView>;

export const auditPage = z.object({
  rows: z.array(auditEntryView),
  /** Where the page before or after this one begins; null: there is none. */
  earlier: z.string().nullable(),
  later: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPage>;

/** The first thing that is wrong with a chain. */
export const chainFaults = [
  'gap',
  'row-missing',
  'row-changed',
  'seal-changed',
  'head-differs',
  'kept-head-differs',
  'unsealed',
] as const;
export type ChainFault = (typeof chainFaults)[number];

/** SHA-256 as 64 hexadecimal digits in lower case. */
export const sealHash = z.string().regex(/^[0-9a-f]{64}$/);

/** GET /api/audit/chain/head: to be noted or kept elsewhere, and compared with the chain later. */
export const auditHead = z.object({ institutionId: id, number: z.int(), hash: sealHash, at: instant });
export type AuditHead = z.infer<typeof auditHead>;

/** GET /api/audit/chain/comparison: a head that somebody holds against the chain as it is. */
export const compareHead = z.strictObject({
  number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  hash: sealHash,
});
export const headComparison = z.object({
  /** `beyond`: the chain has no such number, so rows were cut off, or the head is of another institution. */
  outcome: z.enum(['matches', 'differs', 'beyond']),
});
export type HeadComparison = z.infer<typeof headComparison>;

export const verificationStatuses = ['running', 'valid', 'faulty', 'failed', 'cancelled'] as const;
export const verificationView = z.object({
  id,
  askedBy: auditPerson,
  askedAt: instant,
  finishedAt: instant.nullable(),
  status: z.enum(verificationStatuses),
  /** Rows and kept heads that were found right, until the end or the first fault. */
  entries: z.int().nullable(),
  heads: z.int().nullable(),
  fault: z.object({ kind: z.enum(chainFaults), number: z.int().nullable(), entryId: id.nullable() }).nullable(),
});
export type VerificationView = z.infer<typeof verificationView>;

/** GET /api/audit/chain, and what POST /api/audit/verifications answers with. */
export const chainView = z.object({
  /** The newest seal; null: nothing is sealed yet. */
  head: auditHead.nullable(),
  /** Rows that wait for their seal, counted up to `chainWaitingMost`. */
  waiting: z.int(),
  /** The newest head that was written outside the database. */
  kept: z.object({ number: z.int(), at: instant }).nullable(),
  /** The newest ten, newest first. */
  verifications: z.array(verificationView),
  /** Of the verification that is running. */
  job: jobView.nullable(),
});
export type ChainView = z.infer<typeof chainView>;
export const chainWaitingMost = 10_000;

/** POST /api/audit/verifications: nothing is said but that it is wanted. */
export const askVerification = z.strictObject({});
