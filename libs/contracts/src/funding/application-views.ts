import { z } from 'zod';
import { personCard } from '../people/people';
import { day, id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';
import { fileView } from '../platform/files';
import { draftFault } from './application-writing';
import {
  appealKinds,
  applicationDocument,
  applicationDraft,
  applicationEventKinds,
  applicationStatuses,
  ruleResult,
} from './applications';
import { fundAwardStatuses } from './awards';
import { callKinds, callStatuses, callTerms, eligibilityRules } from './calls';
import { endorsementStatuses } from './endorsements';
import { sumPence } from './money';

/* Applications: what is asked of the server about them, and what it answers. */

/** At most so many files go with an application. */
export const applicationFilesMost = 10;

/** PUT /api/funding/applications/:id/draft: refused with `changed-meanwhile` where another tab has saved since. */
export const saveDraft = z.strictObject({ draftVersion: version, draft: applicationDraft });
export type SaveDraft = z.infer<typeof saveDraft>;
/** The rules and what is missing, as of what was saved. The same draft saved again on the same version counts once. */
export const draftSaved = z.object({
  draftVersion: z.int(),
  savedAt: instant,
  rules: z.array(ruleResult),
  missing: z.array(draftFault),
});
export type DraftSaved = z.infer<typeof draftSaved>;

/** POST /api/funding/applications/:id/submit: what was saved as that version is frozen. */
export const submitApplication = z.strictObject({ draftVersion: version });
export type SubmitApplication = z.infer<typeof submitApplication>;
/** POST /api/funding/applications/:id/withdraw. The reason is for the coordinator, and may be left out. */
export const withdrawApplication = z.strictObject({ version, reason: text(500).default('') });
export type WithdrawApplication = z.infer<typeof withdrawApplication>;
/** POST /api/funding/applications/:id/appeal: once, after a decision. */
export const appealApplication = z.strictObject({ kind: z.enum(appealKinds), text: requiredText(2000) });
export type AppealApplication = z.infer<typeof appealApplication>;
/** POST /api/funding/applications/:id/appeal/answer: by a coordinator. `version` is the appeal's. */
export const answerAppeal = z.strictObject({ version, answer: requiredText(5000) });
export type AnswerAppeal = z.infer<typeof answerAppeal>;
/** POST /api/funding/applications/:id/eligibility: the coordinator decides otherwise than the rules, with a reason. */
export const decideEligibility = z.strictObject({ version, eligible: z.boolean(), reason: requiredText(1000) });
export type DecideEligibility = z.infer<typeof decideEligibility>;
/** POST /api/funding/applications/:id/files: a file of one's own that was handed in for purpose `application`. */
export const attachFile = z.strictObject({ fileId: id });
export type AttachFile = z.infer<typeof attachFile>;
export const applicationFileParams = z.strictObject({ id, fileId: id });
export const applicationFiles = z.object({ files: z.array(fileView) });
export type ApplicationFiles = z.infer<typeof applicationFiles>;

/** What an applicant is told of a call. */
export const applicationCall = z.object({
  id,
  name: z.string(),
  kind: z.enum(callKinds),
  status: z.enum(callStatuses),
  opensAt: instant,
  closesAt: instant,
  returnGraceDays: z.int(),
  endorseBy: instant,
  decideBy: day,
  reserveUntil: day,
  claimBy: day,
  nextOpensOn: day.nullable(),
  nextClosesOn: day.nullable(),
  cancelledBecause: z.string().nullable(),
});
export type ApplicationCall = z.infer<typeof applicationCall>;

/** As it was sent, with the terms it was sent under. */
export const submissionView = z.object({
  number: z.int(),
  document: applicationDocument,
  termsNumber: z.int(),
  terms: callTerms,
  askedPence: z.int(),
  leastPence: z.int(),
  /** The rules as they were judged when it was sent. */
  judged: z.array(ruleResult),
  /** The files that went with it. */
  files: z.array(fileView),
  submittedAt: instant,
  submittedBy: z.string().nullable(),
});
export type SubmissionView = z.infer<typeof submissionView>;

export const timelineLine = z.object({
  id,
  kind: z.enum(applicationEventKinds),
  at: instant,
  /** Null: Waymark itself, or somebody whose personal data were erased. */
  by: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
});
export type TimelineLine = z.infer<typeof timelineLine>;

export const nextSteps = [
  /** The applicant sends it, for the first time or again. */
  'send',
  'send-again',
  'endorse',
  /** Nobody answered, and the coordinator decides whether it goes on. */
  'coordinator-decides',
  /** The rules are judged once more when scoring begins. */
  'check-rules',
  'score',
  'decide',
  /** Money may come free for the reserve list until then. */
  'reserve-stands',
  'answer-award',
  'claim',
] as const;
/** What happens next, in order; the first one is now. `who` and `as` name whose turn it is where that is known. */
export const nextStep = z.object({
  step: z.enum(nextSteps),
  who: z.string().nullable(),
  /** To the second; or the day, where only a day is promised. */
  at: instant.nullable(),
  on: day.nullable(),
  /** How many read it; null elsewhere. */
  count: z.int().nullable(),
});
export type NextStep = z.infer<typeof nextStep>;

/** Why this person is asked: `named` by the coordinator. */
export const endorserReasons = [
  'line-manager',
  'delegate',
  'next-manager',
  'delegate-of-next-manager',
  'named',
] as const;
export type EndorserReason = (typeof endorserReasons)[number];

/** The newest endorsement, or, before it is sent, who would be asked today (`status` null). */
export const endorserView = z.object({
  status: z.enum(endorsementStatuses).nullable(),
  name: z.string(),
  as: z.enum(endorserReasons),
  inPlaceOf: z.string().nullable(),
  askedAt: instant.nullable(),
  passesOnAt: instant.nullable(),
  answeredAt: instant.nullable(),
  /** The question it was returned with, or why it was declined. */
  reason: z.string().nullable(),
});
export type EndorserView = z.infer<typeof endorserView>;

/** From the submission and, where there is an award, the ledger. Of a draft: what it asks for so far. */
export const applicationMoney = z.object({
  askedPence: z.int().nullable(),
  leastPence: z.int().nullable(),
  awardedPence: sumPence.nullable(),
  committedPence: sumPence,
  spentPence: sumPence,
  releasedPence: sumPence,
});
export type ApplicationMoney = z.infer<typeof applicationMoney>;

export const appealView = z.object({
  kind: z.enum(appealKinds),
  asked: z.string(),
  askedAt: instant,
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
  answeredBy: z.string().nullable(),
  version: z.int(),
});
export type AppealView = z.infer<typeof appealView>;

/** What was published: for the applicant and the coordinators, never for somebody with an interest. */
export const applicationDecision = z.object({
  outcome: z.enum(['awarded', 'part-awarded', 'reserve', 'unsuccessful']),
  /** Tenths of a percent. */
  score: z.int(),
  /** What decided it, and what would have changed it, in the sentences of the letter. */
  because: z.array(z.string()),
  /** What the readers wrote for the applicant, without their names. */
  comments: z.array(z.string()),
});
export type ApplicationDecision = z.infer<typeof applicationDecision>;

/** GET /api/funding/applications/:id: for the applicant, and for whoever may see calls. */
export const applicationView = z.object({
  id,
  reference: z.string(),
  status: z.enum(applicationStatuses),
  version: z.int(),
  call: applicationCall,
  applicant: personCard,
  /** Whether the reader is the applicant. */
  mine: z.boolean(),
  /** The call's newest terms, by which a draft is judged. */
  termsNumber: z.int(),
  terms: callTerms,
  /** When the terms last changed since the application was begun; null: they have not. */
  termsChangedAt: instant.nullable(),
  /** For the applicant alone, and while it can be written: status `draft` or `returned`. */
  draft: applicationDraft.nullable(),
  draftVersion: z.int(),
  draftSavedAt: instant,
  files: z.array(fileView),
  /** Newest first. */
  submissions: z.array(submissionView),
  /** Live while it can be written, by the newest terms; else as they were judged for the newest submission. */
  rules: z.array(ruleResult),
  missing: z.array(draftFault),
  /** The instant before which it may be sent; null where it cannot any more. */
  sendBefore: instant.nullable(),
  extension: z.object({ until: instant, reason: z.string() }).nullable(),
  endorser: endorserView.nullable(),
  next: z.array(nextStep),
  timeline: z.array(timelineLine),
  /** Rules that made it ineligible. */
  failedRules: z.array(z.enum(eligibilityRules)),
  /** What the coordinator decided, in their words. */
  decidedReason: z.string().nullable(),
  reserveRank: z.int().nullable(),
  /** Null before publication. */
  decision: applicationDecision.nullable(),
  money: applicationMoney,
  award: z.object({ id, status: z.enum(fundAwardStatuses), answerBy: instant, claimBy: day }).nullable(),
  appeal: appealView.nullable(),
  may: z.object({
    save: z.boolean(),
    submit: z.boolean(),
    withdraw: z.boolean(),
    /** The kinds that may be asked for; empty: none. */
    appeal: z.array(z.enum(appealKinds)),
    answerAppeal: z.boolean(),
    decideEligibility: z.boolean(),
  }),
});
export type ApplicationView = z.infer<typeof applicationView>;

/** One of one's own. */
export const myApplicationRow = z.object({
  id,
  reference: z.string(),
  status: z.enum(applicationStatuses),
  call: z.object({ id, name: z.string(), status: z.enum(callStatuses), closesAt: instant, decideBy: day }),
  /** Of the newest submission, else of the draft; empty: not said yet. */
  eventName: z.string(),
  eventStartsOn: day.nullable(),
  sendBefore: instant.nullable(),
  draftSavedAt: instant,
  submittedAt: instant.nullable(),
  money: applicationMoney,
  award: z.object({ id, status: z.enum(fundAwardStatuses) }).nullable(),
});
export type MyApplicationRow = z.infer<typeof myApplicationRow>;
/** GET /api/funding/applications: one's own, newest first. */
export const myApplicationsQuery = z.strictObject(pageQuery);
export type MyApplicationsQuery = z.infer<typeof myApplicationsQuery>;
export const myApplications = pageOf(myApplicationRow);
export type MyApplications = z.infer<typeof myApplications>;

/** GET /api/funding/calls/:id/applications: for whoever may see calls. Of scores it says nothing. */
export const applicationRow = z.object({
  id,
  reference: z.string(),
  /** Null to whoever sits on a panel that reads the call blind, until it is decided. */
  applicant: personCard.nullable(),
  status: z.enum(applicationStatuses),
  /** Of the newest submission; null, as all of it, while it is a first draft. */
  eventName: z.string().nullable(),
  eventStartsOn: day.nullable(),
  eventEndsOn: day.nullable(),
  askedPence: z.int().nullable(),
  leastPence: z.int().nullable(),
  awardedPence: sumPence.nullable(),
  submittedAt: instant.nullable(),
  draftSavedAt: instant,
  failedRules: z.array(z.enum(eligibilityRules)),
  /** Asked for and not answered yet. */
  appealWaits: z.enum(appealKinds).nullable(),
});
export type ApplicationRow = z.infer<typeof applicationRow>;

const applicationFilters = {
  status: z.enum(applicationStatuses).optional(),
  /** A unit and all below it. */
  unitId: id.optional(),
  /** Name, reference or event. */
  search: text(100).optional(),
  appeals: z.enum(['waiting']).optional(),
};
export const applicationSorts = ['name', 'reference', '-submitted', '-asked', 'event'] as const;
export const applicationsQuery = z.strictObject({
  ...pageQuery,
  ...applicationFilters,
  sort: z.enum(applicationSorts).default('name'),
});
export type ApplicationsQuery = z.infer<typeof applicationsQuery>;
export const applicationsExportQuery = z.strictObject({
  ...applicationFilters,
  sort: z.enum(applicationSorts).default('name'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type ApplicationsExportQuery = z.infer<typeof applicationsExportQuery>;
export const applicationsPage = pageOf(applicationRow).extend({
  /** What all that the filters leave ask for together. */
  askedPence: sumPence,
  /** Of the whole call, by status; those of which there are none are left out. */
  counts: z.array(z.object({ status: z.enum(applicationStatuses), count: z.int() })),
});
export type ApplicationsPage = z.infer<typeof applicationsPage>;
