import { z } from 'zod';
import { id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';
import { applicationDocument } from './applications';
import { callCriterion, callQuestion, callStatuses, criterionScoreMost } from './calls';
import { sumPence } from './money';

/* The panel: declarations of interest, reviews, moderation. Scores are in tenths of a percent, 0 to 1000: 745 is 74.5. */

export const reviewStatuses = ['assigned', 'drafting', 'submitted', 'locked', 'recused', 'reassigned'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];
/** By criterion, 0 to 5. */
export type ReviewScores = Record<string, number>;
export const reviewScores = z.record(id, z.int().min(0).max(criterionScoreMost));
export const reviewScore = z.int().min(0).max(1000);

/**
 * The weighted score in tenths of a percent, exact, since weights are of 100 and scores of 5; null while a criterion has none.
 */
export const weightedScore = (
  criteria: readonly { id: string; weight: number }[],
  scores: Readonly<ReviewScores>,
): number | null => {
  let tenths = 0;
  for (const { id: criterion, weight } of criteria) {
    const given = scores[criterion];
    if (given === undefined) return null;
    tenths += (weight * given * 1000) / (100 * criterionScoreMost);
  }
  return tenths;
};

/** Days after which an unread review is chased, and after which the chair is told to give it to somebody else. */
export const reviewChasedAfterDays = 7;
export const reviewReassignedAfterDays = 14;

const tableFormat = z.enum(['csv', 'xlsx']).default('csv');
const panelCall = z.object({
  id,
  name: z.string(),
  status: z.enum(callStatuses),
  version,
  blind: z.boolean(),
  reviewersEach: z.int(),
});

/** Why somebody may not read somebody's application, as their own list of applicants says it. */
export const interests = ['self', 'manager', 'report', 'pair', 'declared'] as const;
export type Interest = (typeof interests)[number];

// The panel, for coordinator and chair.

export const panelistRow = z.object({
  id,
  name: z.string(),
  unit: z.string().nullable(),
  chair: z.boolean(),
  /** Null: as many as an even load asks. */
  mostReviews: z.int().nullable(),
  left: z.boolean(),
  /** Applicants whom they have an interest in. */
  interests: z.int(),
  assigned: z.int(),
  drafting: z.int(),
  submitted: z.int(),
  /** Of those assigned: never opened. */
  unread: z.int(),
});
export type PanelistRow = z.infer<typeof panelistRow>;

export const reassignReasons = ['recused', 'left', 'interest', 'unread'] as const;
export type ReassignReason = (typeof reassignReasons)[number];
export const reviewToReassign = z.object({
  reviewId: id,
  version,
  reference: z.string(),
  panelist: z.string(),
  why: z.enum(reassignReasons),
  /** What they said, where they gave it back; null where they said it of somebody whose name is not shown. */
  because: z.string().nullable(),
  assignedAt: instant,
});
export type ReviewToReassign = z.infer<typeof reviewToReassign>;

export const declarationRow = z.object({
  id,
  panelist: z.string(),
  /** Both null in a blind call for whoever sits on its panel: beside what was given back they would say whose it is. */
  applicant: z.string().nullable(),
  because: z.string().nullable(),
  declaredAt: instant,
  withdrawnAt: instant.nullable(),
});
export type DeclarationRow = z.infer<typeof declarationRow>;

/**
 * GET /api/funding/calls/:id/panel: for coordinators, readers of calls and chairs. Nobody finds an application in it that they
 * have an interest in: neither in a list nor in a count.
 */
export const panelView = z.object({
  call: panelCall,
  panelists: z.array(panelistRow),
  applications: z.object({ total: z.int(), complete: z.int(), short: z.int() }),
  /** Reviews that somebody else has to write; at most 200. */
  toReassign: z.array(reviewToReassign),
  /** At most 500, the newest first. */
  declarations: z.array(declarationRow),
  may: z.object({
    change: z.boolean(),
    assign: z.boolean(),
    reassign: z.boolean(),
    startModeration: z.boolean(),
    seeModeration: z.boolean(),
  }),
});
export type PanelView = z.infer<typeof panelView>;

const mostReviews = z.int().min(0).max(10_000).nullable();
export const addPanelist = z.strictObject({ personId: id, chair: z.boolean(), mostReviews });
export type AddPanelist = z.infer<typeof addPanelist>;
export const changePanelist = z.strictObject({ chair: z.boolean(), mostReviews });
export type ChangePanelist = z.infer<typeof changePanelist>;
export const panelistParams = z.strictObject({ id, personId: id });

export const panelApplicationStates = ['short', 'waiting', 'complete'] as const;
const panelApplicationFilters = {
  /** By reference. */
  search: text(40).optional(),
  /** Too few readers; readers who have not submitted; all submitted. */
  state: z.enum(panelApplicationStates).optional(),
  panelistId: id.optional(),
};
export const panelApplicationsQuery = z.strictObject({ ...pageQuery, ...panelApplicationFilters });
export type PanelApplicationsQuery = z.infer<typeof panelApplicationsQuery>;
export const panelApplicationsExportQuery = z.strictObject({ ...panelApplicationFilters, format: tableFormat });
export type PanelApplicationsExportQuery = z.infer<typeof panelApplicationsExportQuery>;
export const panelApplicationRow = z.object({
  applicationId: id,
  reference: z.string(),
  /** Null in a blind call for whoever sits on its panel. */
  applicant: z.string().nullable(),
  wanted: z.int(),
  submitted: z.int(),
  reviews: z.array(
    z.object({ id, version, panelistId: id, panelist: z.string(), status: z.enum(reviewStatuses), read: z.boolean() }),
  ),
});
export type PanelApplicationRow = z.infer<typeof panelApplicationRow>;
export const panelApplicationsPage = pageOf(panelApplicationRow);
export type PanelApplicationsPage = z.infer<typeof panelApplicationsPage>;

/** GET /api/funding/calls/:id/panel/assignment: what assigning now would do. Nothing is written. */
export const assignmentPreview = z.object({
  /** Of the whole plan: what is confirmed is what was seen. */
  hash: z.string(),
  /** Reviews that are begun and stay; reviews to be written anew; unread ones that go to somebody else. */
  kept: z.int(),
  added: z.int(),
  movedOn: z.int(),
  panelists: z.array(z.object({ id, name: z.string(), kept: z.int(), added: z.int() })),
  /** Of those added: reader and applicant share a skill; they are of different units. */
  sharingSkill: z.int(),
  otherUnit: z.int(),
  shortReviews: z.int(),
  /** Applications that get fewer readers than they need, and why; at most 200. */
  short: z.array(
    z.object({
      applicationId: id,
      reference: z.string(),
      applicant: z.string().nullable(),
      missing: z.int(),
      /** `interests`: too few panelists are without an interest; `full`: those who could read it have all they take. */
      because: z.enum(['interests', 'full']),
      /** Panelists who could read it but for their places. */
      couldRead: z.int(),
      inConflict: z.int(),
    }),
  ),
});
export type AssignmentPreview = z.infer<typeof assignmentPreview>;
export const assignReviews = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
export type AssignReviews = z.infer<typeof assignReviews>;

/** GET /api/funding/reviews/:id/replacements: who could write a review instead, the best first. */
export const replacements = z.object({
  reviewId: id,
  version,
  reference: z.string(),
  panelist: z.string(),
  rows: z.array(
    z.object({
      id,
      name: z.string(),
      unit: z.string().nullable(),
      /** Reviews they have now that the looker may know of, and how many they take. */
      load: z.int(),
      mostReviews: z.int().nullable(),
      sharedSkills: z.array(z.string()),
      /** Null where the applicant's unit is not shown. */
      otherUnit: z.boolean().nullable(),
    }),
  ),
});
export type Replacements = z.infer<typeof replacements>;
export const reassignReview = z.strictObject({ version, panelistId: id });
export type ReassignReview = z.infer<typeof reassignReview>;

// Reading, for panelists.

const readingFilters = { status: z.enum(['assigned', 'drafting', 'submitted', 'locked']).optional() };
export const readingQuery = z.strictObject({ ...pageQuery, ...readingFilters });
export type ReadingQuery = z.infer<typeof readingQuery>;
export const readingExportQuery = z.strictObject({ ...readingFilters, format: tableFormat });
export type ReadingExportQuery = z.infer<typeof readingExportQuery>;
export const readingRow = z.object({
  reviewId: id,
  reference: z.string(),
  /** Null in a blind call. */
  applicant: z.string().nullable(),
  event: z.string(),
  askedPence: sumPence,
  status: z.enum(reviewStatuses),
  /** One's own. */
  score: reviewScore.nullable(),
  read: z.boolean(),
  assignedAt: instant,
});
export type ReadingRow = z.infer<typeof readingRow>;
/** One's own applications to read: `GET /api/funding/reading/:id`. */
export const readingView = pageOf(readingRow).extend({
  call: panelCall.omit({ reviewersEach: true, version: true }),
  chair: z.boolean(),
  counts: z.object({ assigned: z.int(), drafting: z.int(), submitted: z.int(), locked: z.int() }),
  /** The first that is not submitted. */
  nextReviewId: id.nullable(),
  declared: z.int(),
  /** How many files the reading pack is in: at most `packMost` applications each. */
  packs: z.int(),
});
export type ReadingView = z.infer<typeof readingView>;
export const packMost = 50;
export const packQuery = z.strictObject({ part: z.coerce.number().int().min(1).max(1000).default(1) });
export type PackQuery = z.infer<typeof packQuery>;

export const applicantsQuery = z.strictObject({ ...pageQuery, search: text(100).optional() });
export type ApplicantsQuery = z.infer<typeof applicantsQuery>;
/** Everybody who applied, by name and never with an application: what interests are declared against. */
export const applicantRow = z.object({
  id,
  name: z.string(),
  unit: z.string().nullable(),
  interest: z.enum(interests).nullable(),
  declarationId: id.nullable(),
  because: z.string().nullable(),
});
export type ApplicantRow = z.infer<typeof applicantRow>;
export const applicantsPage = pageOf(applicantRow).extend({
  call: z.object({ id, name: z.string(), status: z.enum(callStatuses), blind: z.boolean() }),
  mayDeclare: z.boolean(),
});
export type ApplicantsPage = z.infer<typeof applicantsPage>;
export const declareInterest = z.strictObject({ applicantId: id, because: requiredText(500) });
export type DeclareInterest = z.infer<typeof declareInterest>;
/** `recused`: reviews of theirs that the declaration gave back. */
export const interestDeclared = z.object({ id, recused: z.int() });
export type InterestDeclared = z.infer<typeof interestDeclared>;

const comment = text(5000);
/** As it was submitted; `from` is null where the name of a funder could name the applicant. */
const readDocument = applicationDocument.extend({
  otherFunding: z.array(z.object({ id, from: z.string().nullable(), amountPence: sumPence, confirmed: z.boolean() })),
});
/** What a panelist reads: no name, unit, attachment or funder in a blind call. */
export const readApplication = z.object({
  reference: z.string(),
  blind: z.boolean(),
  applicant: z.object({ name: z.string(), unit: z.string().nullable(), grade: z.string().nullable() }).nullable(),
  document: readDocument,
  questions: z.array(callQuestion),
  criteria: z.array(callCriterion),
  askedPence: sumPence,
  leastPence: sumPence,
  /** By which its files are had; null where it is read blind. */
  applicationId: id.nullable(),
  files: z.array(z.object({ id, name: z.string(), sizeBytes: z.int() })),
  /** Attachments that could name the applicant. */
  filesWithheld: z.int(),
});
export type ReadApplication = z.infer<typeof readApplication>;
export const reviewView = z.object({
  id,
  version,
  status: z.enum(reviewStatuses),
  call: z.object({ id, name: z.string(), status: z.enum(callStatuses) }),
  application: readApplication,
  scores: reviewScores,
  score: reviewScore.nullable(),
  commentToApplicant: z.string(),
  privateComment: z.string(),
  /** Where it stands in one's list. */
  position: z.int(),
  of: z.int(),
  previousId: id.nullable(),
  nextId: id.nullable(),
  may: z.object({ score: z.boolean(), reopen: z.boolean(), recuse: z.boolean() }),
});
export type ReviewView = z.infer<typeof reviewView>;
/** Saves a draft; scores of some criteria may be missing. */
export const saveReview = z.strictObject({
  version,
  scores: reviewScores,
  commentToApplicant: comment,
  privateComment: comment,
});
export type SaveReview = z.infer<typeof saveReview>;
/** After a save, and after the other acts on one's review. */
export const reviewSaved = z.object({ id, version, status: z.enum(reviewStatuses), score: reviewScore.nullable() });
export type ReviewSaved = z.infer<typeof reviewSaved>;
export const reopenReview = z.strictObject({ version });
export type ReopenReview = z.infer<typeof reopenReview>;
export const recuseReview = z.strictObject({ version, because: requiredText(500) });
export type RecuseReview = z.infer<typeof recuseReview>;

// Moderation, for the chair and coordinators, once scoring has closed.

export const moderationSorts = ['-spread', '-mean', 'mean', 'reference'] as const;
const moderationFilters = {
  search: text(40).optional(),
  /** Highest less lowest score, in tenths. */
  spreadAtLeast: z.coerce.number().int().min(0).max(1000).optional(),
  panelistId: id.optional(),
  sort: z.enum(moderationSorts).default('-spread'),
};
export const moderationQuery = z.strictObject({ ...pageQuery, ...moderationFilters });
export type ModerationQuery = z.infer<typeof moderationQuery>;
export const moderationExportQuery = z.strictObject({ ...moderationFilters, format: tableFormat });
export type ModerationExportQuery = z.infer<typeof moderationExportQuery>;
export const moderationRow = z.object({
  applicationId: id,
  reference: z.string(),
  applicant: z.string().nullable(),
  askedPence: sumPence,
  mean: reviewScore,
  spread: reviewScore,
  reviews: z.array(z.object({ id, panelistId: id, panelist: z.string(), score: reviewScore })),
  noted: z.boolean(),
});
export type ModerationRow = z.infer<typeof moderationRow>;
export const calibrationRow = z.object({
  panelistId: id,
  name: z.string(),
  reviews: z.int(),
  mean: reviewScore,
  /** Mean of their score less the mean of the others' on the same application, in tenths; null with nothing shared. */
  offset: z.int().nullable(),
  /** Standard deviation of their scores, in tenths; null with a single one. */
  spread: z.int().nullable(),
});
export type CalibrationRow = z.infer<typeof calibrationRow>;
/** GET /api/funding/calls/:id/moderation: whatever the looker has an interest in is in none of its rows and none of its figures. */
export const moderationView = pageOf(moderationRow).extend({
  call: panelCall.extend({ bar: reviewScore }),
  totals: z.object({ applications: z.int(), mean: reviewScore.nullable(), widest: reviewScore.nullable() }),
  calibration: z.array(calibrationRow),
  may: z.object({ note: z.boolean(), backToScoring: z.boolean() }),
});
export type ModerationView = z.infer<typeof moderationView>;

export const moderationParams = z.strictObject({ id, applicationId: id });
export const moderatedReview = z.object({
  id,
  version,
  panelistId: id,
  panelist: z.string(),
  status: z.enum(reviewStatuses),
  scores: reviewScores,
  score: reviewScore.nullable(),
  commentToApplicant: z.string(),
  privateComment: z.string(),
  /** They came to have an interest after they had scored. */
  interest: z.boolean(),
});
export type ModeratedReview = z.infer<typeof moderatedReview>;
export const moderatedApplication = z.object({
  call: panelCall,
  applicationId: id,
  application: readApplication,
  mean: reviewScore.nullable(),
  spread: reviewScore.nullable(),
  reviews: z.array(moderatedReview),
  note: z.object({ words: z.string(), version: z.int().min(0), by: z.string().nullable(), at: instant.nullable() }),
  /** Who could read it instead of one of its readers, the best first. */
  substitutes: z.array(z.object({ id, name: z.string(), load: z.int() })),
  may: z.object({ note: z.boolean(), backToScoring: z.boolean() }),
});
export type ModeratedApplication = z.infer<typeof moderatedApplication>;
/** `version` 0: there was no note yet. */
export const writeModerationNote = z.strictObject({ version: z.int().min(0), words: text(5000) });
export type WriteModerationNote = z.infer<typeof writeModerationNote>;
export const startModeration = z.strictObject({ version });
export type StartModeration = z.infer<typeof startModeration>;
export const moderationStarted = z.object({ callId: id, applications: z.int(), reviews: z.int() });
export type ModerationStarted = z.infer<typeof moderationStarted>;
/** Each chosen review goes back to its reader, or to a substitute. Why is said in the mail to them. */
export const backToScoring = z.strictObject({
  version,
  because: requiredText(500),
  reviews: z
    .array(z.strictObject({ id, substituteId: id.nullable() }))
    .min(1)
    .max(200),
});
export type BackToScoring = z.infer<typeof backToScoring>;
