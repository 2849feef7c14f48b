import { z } from 'zod';
import { day, id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';
import { refusals } from '../platform/refusals';
import { applicationDocument, applicationStatuses } from './applications';

/* Endorsement by the line manager, or whoever stands in. */

export const endorsementStatuses = [
  'asked',
  'endorsed',
  'returned',
  'declined',
  'passed-on',
  'unendorsed',
  'withdrawn',
] as const;
export type EndorsementStatus = (typeof endorsementStatuses)[number];
export const endorsementPurposes = ['application', 'changed-event'] as const;
export type EndorsementPurpose = (typeof endorsementPurposes)[number];
/** Why this person is asked: see ApproverReason; `named` by the coordinator. */
export const askedAs = ['line-manager', 'delegate', 'next-manager', 'delegate-of-next-manager', 'named'] as const;
export type AskedAs = (typeof askedAs)[number];
export const endorsementAnswers = ['endorsed', 'returned', 'declined'] as const;
export type EndorsementAnswer = (typeof endorsementAnswers)[number];

/** Without an answer it goes on to the next after so many days, and is reminded of so many days before. */
export const endorseWithinDays = 7;
export const remindBeforeDays = 2;

const reason = text(1000);
const withReason = <Input extends { answer: EndorsementAnswer; reason: string }>({
  answer,
  reason: why,
}: Input): boolean => answer === 'endorsed' || why !== '';
const missing = { path: ['reason'], error: 'reason-missing' };

/** POST /api/funding/endorsements/:id/answer: the question it is returned with, or why it is declined, is read by the applicant. */
export const answerEndorsement = z
  .strictObject({ version, answer: z.enum(endorsementAnswers), reason })
  .refine(withReason, missing);
export type AnswerEndorsement = z.infer<typeof answerEndorsement>;
/** POST /api/funding/endorsements/answers: several at once, each with its own result. A decline is for one alone. */
export const answerEndorsements = z
  .strictObject({
    endorsements: z.array(z.strictObject({ id, version })).min(1).max(100),
    answer: z.enum(['endorsed', 'returned']),
    reason,
  })
  .refine(withReason, missing);
export type AnswerEndorsements = z.infer<typeof answerEndorsements>;
/** What became of each, in the order given; null: done. */
export const answeredEndorsements = z.object({
  results: z.array(z.object({ id, refusal: z.enum(refusals).nullable() })),
});
export type AnsweredEndorsements = z.infer<typeof answeredEndorsements>;

const named = z.object({ id, name: z.string() });

export const endorsementRow = z.object({
  id,
  version: z.int(),
  purpose: z.enum(endorsementPurposes),
  status: z.enum(endorsementStatuses),
  applicationId: id,
  reference: z.string(),
  applicant: named,
  call: z.object({ id, name: z.string() }),
  /** As asked for: of a moved event, where and when it is now. */
  event: z.object({ name: z.string(), startsOn: day, endsOn: day }),
  askedPence: z.int(),
  leastPence: z.int(),
  askedOf: named,
  askedAs: z.enum(askedAs),
  inPlaceOf: z.string().nullable(),
  askedAt: instant,
  /** When it goes on to the next, or ends; null where nobody waits for an answer any more. */
  answerBy: instant.nullable(),
  answeredAt: instant.nullable(),
  answeredBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** Others of the same team who would be away on a day of it, and what the person was awarded before. */
  clashes: z.int(),
  fundedBefore: z.object({ count: z.int(), amountPence: z.int() }),
  mayAnswer: z.boolean(),
});
export type EndorsementRow = z.infer<typeof endorsementRow>;

const endorsementFilters = {
  show: z.enum(['waiting', 'answered']).default('waiting'),
  search: text(100).optional(),
};
export const endorsementSorts = ['answer-by', 'event', '-cost', 'name'] as const;
/** GET /api/funding/endorsements: of the person's own team, and what else they were asked. */
export const endorsementsQuery = z.strictObject({
  ...pageQuery,
  ...endorsementFilters,
  sort: z.enum(endorsementSorts).default('answer-by'),
});
export type EndorsementsQuery = z.infer<typeof endorsementsQuery>;
export const endorsementsExportQuery = z.strictObject({
  ...endorsementFilters,
  sort: z.enum(endorsementSorts).default('answer-by'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type EndorsementsExportQuery = z.infer<typeof endorsementsExportQuery>;
/** One page, with how many wait and how many were answered, whatever the filters. */
export const endorsementsPage = pageOf(endorsementRow).extend({ waiting: z.int(), answered: z.int() });
export type EndorsementsPage = z.infer<typeof endorsementsPage>;

/** Somebody of the team with something of their own on these days. */
const clash = z.object({
  name: z.string(),
  event: z.string(),
  startsOn: day,
  endsOn: day,
  /** Whether it is awarded, or only asked for. */
  awarded: z.boolean(),
});
const funded = z.object({ event: z.string(), call: z.string(), startsOn: day, amountPence: z.int() });

const documentSeen = applicationDocument.omit({ answers: true, leastPence: true });

/** GET /api/funding/endorsements/:id: what is asked, with what helps to answer it. */
export const endorsementView = endorsementRow.extend({
  document: documentSeen,
  /** Where the event or its dates moved: what was awarded. */
  before: z.object({ name: z.string(), startsOn: day, endsOn: day }).nullable(),
  clashesWith: z.array(clash),
  funded: z.array(funded),
  /** Who was asked before, and what became of it. */
  earlier: z.array(
    z.object({
      id,
      askedOf: z.string(),
      askedAs: z.enum(askedAs),
      askedAt: instant,
      status: z.enum(endorsementStatuses),
      answeredAt: instant.nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
export type EndorsementView = z.infer<typeof endorsementView>;

/* The link in mail. Opening it changes nothing, however often. */

/** As made: 32 random bytes in base64url. */
export const endorseLinkParams = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/**
 * How a link stands: `open`; `answered` through it; `answered-elsewhere`; `passed-on` to somebody else; `over`, the deadline of
 * the call; `withdrawn`; `left`, since whoever was asked is no longer here; `expired`.
 */
export const endorseLinkStates = [
  'open',
  'answered',
  'answered-elsewhere',
  'passed-on',
  'over',
  'withdrawn',
  'left',
  'expired',
] as const;
export type EndorseLinkState = (typeof endorseLinkStates)[number];

/** GET /api/endorse/:token. `asked` while it is open alone: a link that has ended shows what it was about and no more. */
export const endorseLinkView = z.object({
  state: z.enum(endorseLinkStates),
  institution: z.string(),
  /** The person asked. */
  givenName: z.string(),
  applicant: z.string(),
  event: z.string(),
  answer: z.enum(endorsementAnswers).nullable(),
  asked: z
    .object({
      purpose: z.enum(endorsementPurposes),
      call: z.string(),
      answerBy: instant,
      inPlaceOf: z.string().nullable(),
      askedAs: z.enum(askedAs),
      startsOn: day,
      endsOn: day,
      place: z.string(),
      as: documentSeen.shape.event.shape.as,
      askedPence: z.int(),
      leastPence: z.int(),
      upFrontPence: z.int(),
      costs: z.array(z.object({ category: z.string(), what: z.string(), amountPence: z.int() })),
      case: z.string(),
      before: z.object({ name: z.string(), startsOn: day, endsOn: day }).nullable(),
      clashesWith: z.array(clash),
      funded: z.array(funded),
    })
    .nullable(),
});
export type EndorseLinkView = z.infer<typeof endorseLinkView>;

/** POST /api/endorse/:token/answer. */
export const answerByLink = z.strictObject({ answer: z.enum(endorsementAnswers), reason }).refine(withReason, missing);
export type AnswerByLink = z.infer<typeof answerByLink>;

/* What the coordinator does. */

/** How an application stands with its endorsement: waiting for somebody, with nobody to ask, never answered, or answered. */
export const endorsingStates = ['waiting', 'nobody', 'unendorsed', 'answered'] as const;
export type EndorsingState = (typeof endorsingStates)[number];

export const callEndorsementRow = z.object({
  applicationId: id,
  applicationStatus: z.enum(applicationStatuses),
  /** Of the application: for what the coordinator decides. */
  version: z.int(),
  reference: z.string(),
  applicant: named,
  unit: z.string().nullable(),
  event: z.object({ name: z.string(), startsOn: day, endsOn: day }),
  askedPence: z.int(),
  purpose: z.enum(endorsementPurposes),
  state: z.enum(endorsingStates),
  /** The newest that was asked; null: nobody ever was. */
  endorsementId: id.nullable(),
  askedOf: named.nullable(),
  askedAs: z.enum(askedAs).nullable(),
  askedAt: instant.nullable(),
  remindedAt: instant.nullable(),
  answerBy: instant.nullable(),
  timesAsked: z.int(),
  submittedAt: instant,
  reason: z.string().nullable(),
  answeredBy: z.string().nullable(),
});
export type CallEndorsementRow = z.infer<typeof callEndorsementRow>;

const callEndorsementFilters = { state: z.enum(endorsingStates).optional(), search: text(100).optional() };
export const callEndorsementSorts = ['age', 'name', 'event'] as const;
export const callEndorsementsQuery = z.strictObject({
  ...pageQuery,
  ...callEndorsementFilters,
  sort: z.enum(callEndorsementSorts).default('age'),
});
export type CallEndorsementsQuery = z.infer<typeof callEndorsementsQuery>;
export const callEndorsementsExportQuery = z.strictObject({
  ...callEndorsementFilters,
  sort: z.enum(callEndorsementSorts).default('age'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type CallEndorsementsExportQuery = z.infer<typeof callEndorsementsExportQuery>;
export const callEndorsementsPage = pageOf(callEndorsementRow).extend({
  call: z.object({ id, name: z.string(), endorseBy: instant }),
  counts: z.object({ waiting: z.int(), nobody: z.int(), unendorsed: z.int(), answered: z.int() }),
  mayManage: z.boolean(),
});
export type CallEndorsementsPage = z.infer<typeof callEndorsementsPage>;

/** POST /api/funding/calls/:id/endorsements/name: whom to ask, where nobody is left or somebody else should be. */
export const nameEndorser = z.strictObject({
  applicationId: id,
  purpose: z.enum(endorsementPurposes),
  personId: id,
});
export type NameEndorser = z.infer<typeof nameEndorser>;
/** POST /api/funding/calls/:id/endorsements/decide: what nobody endorsed in time. The reason goes to the applicant. */
export const decideUnendorsed = z.strictObject({
  applicationId: id,
  version,
  decision: z.enum(['endorsed', 'declined']),
  reason: requiredText(1000),
});
export type DecideUnendorsed = z.infer<typeof decideUnendorsed>;
/** POST /api/funding/calls/:id/endorsements/remind: whoever waits longest first; nobody twice within a day. */
export const remindEndorsers = z.strictObject({ endorsementIds: z.array(id).min(1).max(100) });
export type RemindEndorsers = z.infer<typeof remindEndorsers>;
export const remindedEndorsers = z.object({ reminded: z.int(), lately: z.int() });
export type RemindedEndorsers = z.infer<typeof remindedEndorsers>;
/** After a deed: how the application stands now. */
export const callEndorsementChanged = z.object({ row: callEndorsementRow });
export type CallEndorsementChanged = z.infer<typeof callEndorsementChanged>;
