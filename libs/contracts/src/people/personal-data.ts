import { z } from 'zod';
import { day, id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';
import { jobView } from '../platform/jobs';
import { newPassword } from '../session/session';
import { personCard } from './people';

/** What somebody may ask to have put right. HR's list or somebody else keeps it, so another person changes it. */
export const correctionFields = [
  'given-name',
  'family-name',
  'email',
  'staff-number',
  'job-title',
  'unit',
  'grade',
  'line-manager',
  'technician',
  'contract-until',
  'award',
  'something-else',
] as const;
export type CorrectionField = (typeof correctionFields)[number];
export const correctionStatuses = ['open', 'done', 'declined', 'withdrawn'] as const;
export type CorrectionStatus = (typeof correctionStatuses)[number];

export const correctionView = z.object({
  id,
  person: personCard,
  field: z.enum(correctionFields),
  shouldBe: z.string(),
  why: z.string(),
  status: z.enum(correctionStatuses),
  askedAt: instant,
  answeredAt: instant.nullable(),
  /** Words of whoever answered. */
  answer: z.string().nullable(),
  version: z.int(),
});
export type CorrectionView = z.infer<typeof correctionView>;

/** POST /api/account/corrections. At most 20 are open at once. */
export const askCorrection = z.strictObject({
  field: z.enum(correctionFields),
  shouldBe: requiredText(300),
  why: text(1000),
});
export type AskCorrection = z.infer<typeof askCorrection>;

/** POST /api/account/corrections/:id/withdraw */
export const withdrawCorrection = z.strictObject({ version });
export type WithdrawCorrection = z.infer<typeof withdrawCorrection>;

/** POST /api/corrections/:id/answer. `done` says that the record was changed; a no has a reason. */
export const answerCorrection = z
  .strictObject({ version, outcome: z.enum(['done', 'declined']), answer: text(1000) })
  .refine(({ outcome, answer }) => outcome === 'done' || answer.length > 0, {
    error: 'reason-missing',
    path: ['answer'],
  });
export type AnswerCorrection = z.infer<typeof answerCorrection>;

/** GET /api/corrections: open ones first asked first. */
export const correctionsQuery = z.strictObject({ ...pageQuery, status: z.enum(correctionStatuses).default('open') });
export type CorrectionsQuery = z.infer<typeof correctionsQuery>;
export const correctionsPage = pageOf(correctionView);
export type CorrectionsPage = z.infer<typeof correctionsPage>;

export const sessionOpen = z.object({ id, openedAt: instant, endsAt: instant, thisOne: z.boolean() });

/** GET /api/account: what of one's own record one sees, and where one is signed in. */
export const accountView = z.object({
  /** Their own record as the institution has it. */
  person: z.object({
    id,
    givenName: z.string(),
    familyName: z.string(),
    email: z.string().nullable(),
    staffNumber: z.string().nullable(),
    jobTitle: z.string().nullable(),
    unit: z.string().nullable(),
    grade: z.string().nullable(),
    lineManager: z.string().nullable(),
    technician: z.boolean(),
    contractUntil: day.nullable(),
    skills: z.array(z.string()),
  }),
  signInEmail: z.string(),
  hasPassword: z.boolean(),
  sessions: z.array(sessionOpen),
  /** Newest first; at most 50. */
  corrections: z.array(correctionView),
});
export type AccountView = z.infer<typeof accountView>;

/** POST /api/account/password: ends every other session of the account. */
export const changePassword = z.strictObject({
  current: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\u0000]*$/, 'nul'),
  password: newPassword,
});
export type ChangePassword = z.infer<typeof changePassword>;

export const exportFormats = ['json', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const exportStatuses = ['collecting', 'ready', 'replaced', 'expired', 'failed', 'cancelled'] as const;
export type ExportStatus = (typeof exportStatuses)[number];

/** An export of one person's data: a workbook with a sheet for each kind, and the same for machines as JSON. */
export const dataExportView = z.object({
  id,
  status: z.enum(exportStatuses),
  askedAt: instant,
  readyAt: instant.nullable(),
  /** The files are deleted then. */
  keptUntil: instant.nullable(),
  fetchedAt: instant.nullable(),
  files: z.array(z.object({ format: z.enum(exportFormats), bytes: z.int() })),
  job: jobView.nullable(),
});
export type DataExportView = z.infer<typeof dataExportView>;

/** GET and POST /api/account/exports: the newest export of one's own, null where none was ever asked for. */
export const ownExportView = z.object({ export: dataExportView.nullable() });
export type OwnExportView = z.infer<typeof ownExportView>;
export const exportFileParams = z.strictObject({ id, format: z.enum(exportFormats) });

/** GET /api/account/kept: every kind of record about a person, what it is for, until when it is kept, what erasure does. */
export const keptView = z.object({
  kinds: z.array(
    z.object({
      title: z.string(),
      for: z.string(),
      until: z.string(),
      leftOut: z.string().nullable(),
      erasure: z.array(z.object({ as: z.string(), does: z.enum(['delete', 'empty', 'keep']), why: z.string() })),
    }),
  ),
});
export type KeptView = z.infer<typeof keptView>;

export const erasureReasons = ['asked', 'time-run-out', 'added-by-mistake'] as const;
export type ErasureReason = (typeof erasureReasons)[number];
export const erasureStatuses = ['erasing', 'done', 'failed', 'cancelled'] as const;
export type ErasureStatus = (typeof erasureStatuses)[number];

/** Why somebody may not be erased, or not exported by the administrator; the names are refusals. */
export const erasureObstacles = ['still-active', 'last-administrator', 'already-erased'] as const;
export type ErasureObstacle = (typeof erasureObstacles)[number];

/** GET /api/data-requests/people/:id: what an erasure would do, kind by kind, before anything is done. */
export const erasurePreview = z.object({
  person: z.object({ id, name: z.string(), leftOn: day.nullable(), hasAccount: z.boolean(), version: z.int() }),
  obstacle: z.enum(erasureObstacles).nullable(),
  kinds: z.array(
    z.object({
      title: z.string(),
      as: z.string(),
      does: z.enum(['delete', 'empty', 'keep']),
      rows: z.int(),
      why: z.string(),
    }),
  ),
  /** The newest of each, null where there is none. */
  erasure: z
    .object({
      id,
      status: z.enum(erasureStatuses),
      reason: z.enum(erasureReasons),
      askedAt: instant,
      erasedAt: instant.nullable(),
      job: jobView.nullable(),
    })
    .nullable(),
  export: dataExportView.nullable(),
  /** Somebody who can sign in asks for their data themself. */
  mayExport: z.boolean(),
});
export type ErasurePreview = z.infer<typeof erasurePreview>;

/** POST /api/data-requests/people/:id/erasure. `name` is typed by hand, as the page shows it. */
export const erasePerson = z.strictObject({ version, name: requiredText(200), reason: z.enum(erasureReasons) });
export type ErasePerson = z.infer<typeof erasePerson>;

/** GET /api/data-requests: exports and erasures of the institution, newest first. */
export const dataRequestRow = z.object({
  id,
  kind: z.enum(['export', 'erasure']),
  personId: id,
  /** As it is now: "Erased person" after an erasure. */
  name: z.string(),
  /** Asked by the person, or by an administrator for them. */
  by: z.enum(['person', 'administrator']),
  status: z.enum(['collecting', 'ready', 'replaced', 'expired', 'failed', 'cancelled', 'erasing', 'done']),
  reason: z.enum(erasureReasons).nullable(),
  askedAt: instant,
  endedAt: instant.nullable(),
});
export type DataRequestRow = z.infer<typeof dataRequestRow>;
export const dataRequestsPage = pageOf(dataRequestRow);
export type DataRequestsPage = z.infer<typeof dataRequestsPage>;
const dataRequestsFilter = { kind: z.enum(['export', 'erasure']).optional(), search: text(100).optional() };
export const dataRequestsQuery = z.strictObject({ ...pageQuery, ...dataRequestsFilter });
export type DataRequestsQuery = z.infer<typeof dataRequestsQuery>;
/** GET /api/data-requests/list: the same as a file, at most 50,000 rows. */
export const dataRequestsFileQuery = z.strictObject({
  ...dataRequestsFilter,
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type DataRequestsFileQuery = z.infer<typeof dataRequestsFileQuery>;

/** GET /api/data-requests/suggested: leavers whose time has run out and who are not erased, longest gone first. */
export const suggestedPage = pageOf(
  z.object({ id, name: z.string(), unit: z.string().nullable(), leftOn: day }),
).extend({
  /** How many days after their last day leavers are kept. */
  days: z.int(),
});
export type SuggestedPage = z.infer<typeof suggestedPage>;
export const suggestedQuery = z.strictObject({ ...pageQuery, search: text(100).optional() });
export type SuggestedQuery = z.infer<typeof suggestedQuery>;
