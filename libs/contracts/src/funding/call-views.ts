import { z } from 'zod';
import { personCard } from '../people/people';
import {
  day,
  id,
  instant,
  pageOf,
  pageQuery,
  plannedDay,
  plannedInstant,
  requiredText,
  text,
  version,
} from '../platform/fields';
import { applicationStatuses } from './applications';
import { callKinds, callLetters, type CallStatus, callStatuses, callTerms, letterKinds } from './calls';
import { amountPence } from './money';

/* Calls: what is done with them, and how they are seen. What they ask and decide by: calls.ts. */

/**
 * Where a call is at an instant, whatever the worker has got to: published but not open yet is `coming`, and past its closing
 * second it is closed. Within `[opensAt, closesAt)` it is open.
 */
export const callMoments = [...callStatuses, 'coming'] as const;
export type CallMoment = (typeof callMoments)[number];
export const callMomentAt = (
  call: { status: CallStatus; opensAt: string | Date; closesAt: string | Date },
  now: Date,
): CallMoment => {
  if (call.status !== 'open') return call.status;
  if (now < new Date(call.opensAt)) return 'coming';
  return now < new Date(call.closesAt) ? 'open' : 'closed';
};

const callName = requiredText(120);

/** POST /api/funding/calls: a draft with sound defaults for all the rest. A rolling call's name gets the month by itself. */
export const addCall = z.strictObject({
  name: callName,
  kind: z.enum(callKinds),
  potId: id,
  budgetPence: amountPence,
  opensAt: plannedInstant,
  closesAt: plannedInstant,
  /** For a rolling call: the last day of its last month. */
  rollsUntil: plannedDay.nullable(),
});
export type AddCall = z.infer<typeof addCall>;

const callInput = {
  name: callName,
  potId: id,
  budgetPence: amountPence,
  opensAt: plannedInstant,
  closesAt: plannedInstant,
  returnGraceDays: z.int().min(0).max(60),
  endorseBy: plannedInstant,
  decideBy: plannedDay,
  reserveUntil: plannedDay,
  claimBy: plannedDay,
  nextOpensOn: plannedDay.nullable(),
  nextClosesOn: plannedDay.nullable(),
  rollsUntil: plannedDay.nullable(),
  terms: callTerms,
  letters: callLetters,
};
/** PUT /api/funding/calls/:id. What may still change depends on how far the call is: see `callFixed`. */
export const changeCall = z.strictObject({ version, ...callInput });
export type ChangeCall = z.infer<typeof changeCall>;

/** What can no more be changed once a call is so far; everything else can, until it is archived or cancelled. */
export const callFields = [
  'name',
  'potId',
  'budgetPence',
  'opensAt',
  'closesAt',
  'returnGraceDays',
  'endorseBy',
  'decideBy',
  'reserveUntil',
  'claimBy',
  'nextOpensOn',
  'nextClosesOn',
  'rollsUntil',
  'terms',
  'letters',
] as const;
export type CallField = (typeof callFields)[number];
const afterTheClose: readonly CallField[] = ['opensAt', 'closesAt', 'returnGraceDays', 'terms'];
const afterTheEndorsements: readonly CallField[] = [...afterTheClose, 'endorseBy'];
export const callFixed: Readonly<Record<CallMoment, readonly CallField[]>> = {
  draft: [],
  coming: [],
  // It has opened: people have seen since when.
  open: ['opensAt'],
  closed: afterTheClose,
  scoring: afterTheEndorsements,
  moderation: afterTheEndorsements,
  // Awards stand on the pot, and letters have gone out.
  decided: [...afterTheEndorsements, 'potId', 'decideBy', 'reserveUntil', 'claimBy', 'letters', 'rollsUntil'],
  archived: callFields,
  cancelled: callFields,
};

/** POST /api/funding/calls/:id/copy: a draft of the next one, its dates a year on. */
export const copyCall = z.strictObject({ name: callName });
export type CopyCall = z.infer<typeof copyCall>;
/** POST …/publish, …/start-scoring, …/archive. */
export const onCall = z.strictObject({ version });
export type OnCall = z.infer<typeof onCall>;
/** POST …/reopen: open again with a later close. */
export const reopenCall = z.strictObject({ version, closesAt: plannedInstant, endorseBy: plannedInstant });
export type ReopenCall = z.infer<typeof reopenCall>;
/** POST …/cancel. Applicants read why. */
export const cancelCall = z.strictObject({ version, because: requiredText(1000) });
export type CancelCall = z.infer<typeof cancelCall>;

export const callRow = z.object({
  id,
  name: z.string(),
  kind: z.enum(callKinds),
  status: z.enum(callStatuses),
  moment: z.enum(callMoments),
  opensAt: instant,
  closesAt: instant,
  budgetPence: z.int(),
  pot: z.string(),
  potYear: z.int(),
  /** Drafts of applicants are not counted among the applications. */
  drafts: z.int(),
  applications: z.int(),
  askedPence: z.int(),
});
export type CallRow = z.infer<typeof callRow>;
const callFilters = {
  moment: z.enum(callMoments).optional(),
  kind: z.enum(callKinds).optional(),
  search: text(100).optional(),
};
export const callSorts = ['-opens', 'opens', 'name', 'closes', '-budget', '-applications'] as const;
export const callsQuery = z.strictObject({ ...pageQuery, ...callFilters, sort: z.enum(callSorts).default('-opens') });
export type CallsQuery = z.infer<typeof callsQuery>;
export const callsExportQuery = z.strictObject({
  ...callFilters,
  sort: z.enum(callSorts).default('-opens'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type CallsExportQuery = z.infer<typeof callsExportQuery>;
export const callsPage = pageOf(callRow);
export type CallsPage = z.infer<typeof callsPage>;

/** Applications of a call by status; a status that nobody has is left out. */
export const applicationCounts = z.array(z.object({ status: z.enum(applicationStatuses), count: z.int() }));
export type ApplicationCounts = z.infer<typeof applicationCounts>;

const namedRecord = z.object({ id, name: z.string() });

export const callView = z.object({
  id,
  version: z.int(),
  kind: z.enum(callKinds),
  status: z.enum(callStatuses),
  moment: z.enum(callMoments),
  ...callInput,
  opensAt: instant,
  closesAt: instant,
  endorseBy: instant,
  budgetPence: z.int(),
  termsNumber: z.int(),
  pot: z.object({
    id,
    name: z.string(),
    financialYear: z.int(),
    open: z.boolean(),
    availablePence: z.int(),
  }),
  audience: z.object({ units: z.array(namedRecord), grades: z.array(namedRecord) }),
  counts: applicationCounts,
  askedPence: z.int(),
  /** Of this call's awards: what is committed and spent. */
  committedPence: z.int(),
  panelists: z.int(),
  extensions: z.int(),
  copiedFrom: namedRecord.nullable(),
  /** Those of the same series, newest first. */
  series: z.array(z.object({ id, name: z.string(), opensAt: instant })),
  cancelledBecause: z.string().nullable(),
  createdAt: instant,
  /** Who did what: publication, changes, reopening, extensions, messages. */
  timeline: z.array(
    z.object({
      act: z.string(),
      at: instant,
      by: z.string().nullable(),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
    }),
  ),
  may: z.object({
    change: z.boolean(),
    publish: z.boolean(),
    copy: z.boolean(),
    reopen: z.boolean(),
    startScoring: z.boolean(),
    cancel: z.boolean(),
    archive: z.boolean(),
    extend: z.boolean(),
    write: z.boolean(),
  }),
  /** What stands in the way of the next step, by name; empty: nothing. */
  hindered: z.array(z.object({ by: z.string(), count: z.int() })),
});
export type CallView = z.infer<typeof callView>;

/** GET /api/funding/calls/:id/for-applicants: all that somebody who applies has to know. A draft: to who may see calls alone. */
export const callForApplicants = z.object({
  id,
  name: z.string(),
  kind: z.enum(callKinds),
  status: z.enum(callStatuses),
  moment: z.enum(callMoments),
  opensAt: instant,
  closesAt: instant,
  /** The asker's own close, where they were granted an extension; else null. */
  extendedUntil: instant.nullable(),
  returnGraceDays: z.int(),
  endorseBy: instant,
  decideBy: day,
  reserveUntil: day,
  claimBy: day,
  nextOpensOn: day.nullable(),
  nextClosesOn: day.nullable(),
  budgetPence: z.int(),
  termsNumber: z.int(),
  terms: callTerms,
  audience: z.object({ units: z.array(namedRecord), grades: z.array(namedRecord) }),
  /** Whether the asker is somebody whom the call is for. */
  inAudience: z.boolean(),
  /** The asker may begin an application now. */
  mayBegin: z.boolean(),
  /** The asker's own, newest first. */
  mine: z.array(z.object({ id, reference: z.string(), status: z.enum(applicationStatuses) })),
  cancelledBecause: z.string().nullable(),
});
export type CallForApplicants = z.infer<typeof callForApplicants>;

/** GET /api/funding/calls/open: what is open, what is coming, and next year's dates. For everybody. */
export const openCall = z.object({
  id,
  name: z.string(),
  kind: z.enum(callKinds),
  moment: z.enum(['open', 'coming', 'closed']),
  opensAt: instant,
  closesAt: instant,
  extendedUntil: instant.nullable(),
  decideBy: day,
  budgetPence: z.int(),
  capPence: z.int(),
  inAudience: z.boolean(),
  mine: z.array(z.object({ id, reference: z.string(), status: z.enum(applicationStatuses) })),
});
export type OpenCall = z.infer<typeof openCall>;
export const openCalls = z.object({
  calls: z.array(openCall),
  /** Next year's dates of calls that are over, and not published yet. */
  next: z.array(z.object({ callId: id, name: z.string(), opensOn: day, closesOn: day.nullable() })),
});
export type OpenCalls = z.infer<typeof openCalls>;

/** POST /api/funding/calls/:id/extensions: a named person may hand in later; said again it moves the date. */
export const grantExtension = z.strictObject({ personId: id, until: instant, reason: requiredText(500) });
export type GrantExtension = z.infer<typeof grantExtension>;
export const extensionParams = z.strictObject({ id, extensionId: id });
export const callExtensions = z.object({
  rows: z.array(
    z.object({
      id,
      person: personCard,
      until: instant,
      reason: z.string(),
      grantedBy: z.string(),
      grantedAt: instant,
      application: z.object({ id, status: z.enum(applicationStatuses) }).nullable(),
      over: z.boolean(),
    }),
  ),
  mayGrant: z.boolean(),
});
export type CallExtensions = z.infer<typeof callExtensions>;

/** Who of a call's applicants. Empty units: of all. */
export const messageFilter = z.strictObject({
  statuses: z.array(z.enum(applicationStatuses)).min(1).max(applicationStatuses.length),
  unitIds: z.array(id).max(50),
});
export type MessageFilter = z.infer<typeof messageFilter>;
/** What stands in braces is filled in for each: `{given name}`, `{name}`, `{reference}`, `{call}`, `{closes}`, `{link}`. */
export const messagePlaceholders = ['given name', 'name', 'reference', 'call', 'closes', 'link'] as const;
const knownPlaceholders = (value: string): boolean =>
  [...value.matchAll(/\{([^{}\n]{0,60})\}/g)].every(([, name]) =>
    (messagePlaceholders as readonly string[]).includes(name ?? ''),
  );
const placeholderFault = { error: 'unknown-placeholder' };
const callMessage = {
  subject: requiredText(150).refine(knownPlaceholders, placeholderFault),
  body: requiredText(10_000).refine(knownPlaceholders, placeholderFault),
  filter: messageFilter,
};
/** POST /api/funding/calls/:id/messages/preview: sends nothing. */
export const previewMessage = z.strictObject(callMessage);
export type PreviewMessage = z.infer<typeof previewMessage>;
export const messagePreview = z.object({
  recipients: z.int(),
  /** Chosen by the filter, and without an e-mail address: told by hand. */
  withoutAddress: z.int(),
  /** As the first of them would get it. */
  example: z.object({ to: z.string(), subject: z.string(), body: z.string() }).nullable(),
});
export type MessagePreview = z.infer<typeof messagePreview>;
/** POST /api/funding/calls/:id/messages. Refused where the list has changed since the preview counted it. */
export const sendMessage = z.strictObject({ ...callMessage, recipients: z.int().min(1) });
export type SendMessage = z.infer<typeof sendMessage>;
export const callMessages = z.object({
  rows: z.array(
    z.object({
      id,
      subject: z.string(),
      body: z.string(),
      filter: messageFilter,
      recipients: z.int(),
      sentBy: z.string(),
      sentAt: instant,
    }),
  ),
});
export type CallMessages = z.infer<typeof callMessages>;

/** POST /api/funding/calls/letter-preview: a whole letter as it would go out, for an invented applicant. */
export const previewLetter = z.strictObject({
  kind: z.enum(letterKinds),
  callName,
  paragraph: text(2000),
  reserveUntil: day,
  claimBy: day,
  decideBy: day,
});
export type PreviewLetter = z.infer<typeof previewLetter>;
export const letterPreview = z.object({ subject: z.string(), body: z.string() });
export type LetterPreview = z.infer<typeof letterPreview>;

const dayCounts = z.object({ day, received: z.int(), endorsed: z.int(), scored: z.int() });
/** GET /api/funding/calls/:id/dashboard. Counts of work: they are not suppressed. */
export const callDashboard = z.object({
  counts: applicationCounts,
  /** Handed in at least once, whatever became of them; and of those, how many were ever endorsed, and have all their reviews. */
  received: z.int(),
  endorsed: z.int(),
  scored: z.int(),
  days: z.array(dayCounts),
  /** The last 48 hours before the close (or before now, while it is open), hour by hour, the first hour first. */
  rush: z.array(z.object({ hour: instant, received: z.int() })),
  rushReceived: z.int(),
  reviews: z.object({ all: z.int(), submitted: z.int() }),
  money: z.object({
    askedPence: z.int(),
    eligiblePence: z.int(),
    budgetPence: z.int(),
    potAvailablePence: z.int(),
    committedPence: z.int(),
  }),
});
export type CallDashboard = z.infer<typeof callDashboard>;
