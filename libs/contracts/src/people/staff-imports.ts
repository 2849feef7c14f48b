import { z } from 'zod';
import { day, id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';
import { jobView } from '../platform/jobs';
import { refusals } from '../platform/refusals';

/**
 * What a file holds. `staff`: one row a person, with everything about them, managers, skills and an award too where it
 * has such columns. The others name a person (by staff number or e-mail) in each row and may name them more than once,
 * except `managers`.
 */
export const staffFileKinds = ['staff', 'managers', 'skills', 'awards'] as const;
export type StaffFileKind = (typeof staffFileKinds)[number];

/** At most so many bytes of a file and of its text unpacked; and rows. */
export const staffFileBytesMax = 64 * 1024 * 1024;
export const staffFileRowsMost = 100_000;

/**
 * POST /api/people/staff-imports?kind=&fileName=: the body is the file itself, as `application/octet-stream`, streamed.
 * CSV in any usual encoding and separator, or an XLSX workbook, whose first sheet with content is read.
 */
export const startStaffImport = z.strictObject({ kind: z.enum(staffFileKinds), fileName: requiredText(200) });
export type StartStaffImport = z.infer<typeof startStaffImport>;

/** GET /api/people/staff-imports/template: a file with headings that are recognised and one made-up row. */
export const staffTemplateQuery = z.strictObject({
  kind: z.enum(staffFileKinds),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});

export const staffFields = [
  'staff-number',
  'email',
  'given-name',
  'family-name',
  /** "Family, Given" or "Given Family". */
  'full-name',
  'job-title',
  /** A unit's name, or its path from the top with ` > ` or `/` between. */
  'unit',
  /** The same path spread over columns, from the top. */
  'unit-1',
  'unit-2',
  'unit-3',
  'grade',
  'manager-staff-number',
  'manager-email',
  'technician',
  'externally-funded',
  'contract-until',
  'left-on',
  /** Several in one cell, with `;` or `,` between; added to those held, none is taken away. */
  'skills',
  'award-body',
  'award',
  'award-number',
  'awarded-on',
  'award-valid-to',
] as const;
export type StaffField = (typeof staffFields)[number];

export const staffColumn = z.strictObject({
  column: z.int().min(0).max(199),
  /** null: not read. */
  field: z.enum(staffFields).nullable(),
});
export type StaffColumn = z.infer<typeof staffColumn>;

export const staffImportSettings = z.strictObject({
  /** How dates as 03/04/2026 are meant; ISO dates and named months are read either way. */
  dateOrder: z.enum(['day-first', 'month-first']),
  /** Somebody new where the file has no such column: never inferred from a job title. */
  newAreTechnicians: z.boolean(),
  /**
   * Whether the file lists everybody: then active people with a staff number who are missing in it are leavers. People
   * added by hand, without a staff number, and the externally funded are never taken for leavers.
   */
  missingAreLeavers: z.boolean(),
  /** The last day of those. */
  lastDayOfMissing: day.nullable(),
  /** Makes units and skills that are not known; else their rows are refused. */
  makeUnits: z.boolean(),
  makeSkills: z.boolean(),
});
export type StaffImportSettings = z.infer<typeof staffImportSettings>;

export const previewStaffImport = z.strictObject({
  version,
  mapping: z.array(staffColumn).min(1).max(200),
  settings: staffImportSettings,
  /** The institution's grades with those new in this file put in place, lowest first; null: not yet ordered. */
  gradeOrder: z.array(requiredText(60)).max(60).nullable(),
});
export type PreviewStaffImport = z.infer<typeof previewStaffImport>;

export const staffImportStatuses = [
  /** Being read; then `uploaded`, or `unreadable` with the job's failure. */
  'reading',
  'unreadable',
  'uploaded',
  'previewing',
  'previewed',
  'applying',
  'applied',
  'undoing',
  'undone',
  'discarded',
] as const;
export type StaffImportStatus = (typeof staffImportStatuses)[number];

export const staffRowOutcomes = ['new', 'changed', 'unchanged', 'leaver', 'refused'] as const;
export type StaffRowOutcome = (typeof staffRowOutcomes)[number];

/** Why a row is refused. `value` in a row's problem is the cell as it stands, cut to 80 characters. */
export const staffProblemCodes = [
  'name-missing',
  /** Neither staff number nor e-mail: nobody could be found again by the row. */
  'key-missing',
  'person-unknown',
  'email-malformed',
  /** Two rows with one address, or one staff number, that are not one person. */
  'email-repeated',
  'staff-number-repeated',
  /** The address, or the number, is another person's here; `value` names them. */
  'email-taken',
  /** All digits, and shorter than the others: a spreadsheet has eaten its zeros. */
  'staff-number-shortened',
  /** 1.2E+10: a spreadsheet has rounded it. */
  'staff-number-rounded',
  'manager-unknown',
  'manager-self',
  'manager-cycle',
  'manager-ambiguous',
  'manager-left',
  'unit-unknown',
  'grade-unknown',
  'skill-unknown',
  'date-malformed',
  /** A day that the calendar does not have, as 29 February in a common year. */
  'date-not-real',
  /** 03/04/26: only the century is guessed; refused where it could be either. */
  'date-ambiguous',
  'dates-reversed',
  'yes-or-no-expected',
  'award-incomplete',
  'text-too-long',
  'text-damaged',
  /** A cell that begins with =, +, - or @ where a name, address or title is expected. */
  'formula',
  'cells-missing',
  'cells-too-many',
  'totals-line',
  /** The headings once more, from files pasted together. */
  'headings-repeated',
  'person-left',
  /** The last administrator cannot be a leaver. */
  'last-administrator',
] as const;
export type StaffProblemCode = (typeof staffProblemCodes)[number];

/** What was read in its own way; the row is taken. */
export const staffNoteCodes = [
  /** Another contract of a person further up: kept with the first row, whose unit, title and manager count. `value` is that line. */
  'second-contract',
  'repeated-row',
  'zeros-restored',
  'unit-new',
  'grade-new',
  'skill-new',
  'returns',
  /**
   * Another address than ours, for somebody who holds a role or has signed in: theirs stays, for whoever sets an address
   * could sign in with it. An administrator who may grant roles can load it. `value` is the address of the file.
   */
  'email-kept',
  /** The manager's own row, who is new, is refused: this one comes without, until a corrected file sets them. `value` is their name. */
  'manager-later',
  /** After undoing: fields that somebody changed since, or that could not be put back, separated by blanks. */
  'left-alone',
  /** After undoing: has other records by now, so is kept, as a leaver. `value` is empty. */
  'deactivated',
] as const;

export const staffImportRow = z.object({
  /** Line in the file, counted from 1, headings included; null for leavers, who are not in it. */
  line: z.int().nullable(),
  outcome: z.enum(staffRowOutcomes),
  name: z.string(),
  email: z.string().nullable(),
  staffNumber: z.string().nullable(),
  /** The person it is, where known. */
  personId: id.nullable(),
  changes: z.array(
    z.object({
      field: z.enum(staffFields).or(z.literal('manager')),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  problems: z.array(z.object({ code: z.enum(staffProblemCodes), heading: z.string().nullable(), value: z.string() })),
  notes: z.array(z.object({ code: z.enum(staffNoteCodes), value: z.string() })),
});
export type StaffImportRow = z.infer<typeof staffImportRow>;
export const staffImportRowsPage = pageOf(staffImportRow);
export type StaffImportRowsPage = z.infer<typeof staffImportRowsPage>;
/** After applying, the rows say what was changed: the record of the import, kept as long as the institution sets. */
export const staffImportRowsQuery = z.strictObject({
  ...pageQuery,
  outcome: z.enum(staffRowOutcomes).optional(),
  /** Rows that change this field, or with this problem. */
  field: z.enum(staffFields).or(z.literal('manager')).optional(),
  problem: z.enum(staffProblemCodes).optional(),
  search: text(100).optional(),
});
export type StaffImportRowsQuery = z.infer<typeof staffImportRowsQuery>;

export const staffImportCounts = z.object({
  new: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  leaver: z.int(),
  refused: z.int(),
});

export const staffImportView = z.object({
  id,
  kind: z.enum(staffFileKinds),
  fileName: z.string(),
  status: z.enum(staffImportStatuses),
  bytes: z.int(),
  rows: z.int(),
  /** As shown to people: `UTF-8`, `Windows-1252`, `XLSX` …; null while it is read. */
  encoding: z.string().nullable(),
  separator: z.enum([',', ';', 'tab', '|']).nullable(),
  sheet: z.string().nullable(),
  columns: z.array(z.object({ column: z.int(), heading: z.string(), samples: z.array(z.string()) })),
  mapping: z.array(staffColumn),
  /** The mapping comes from an earlier file with these headings. */
  mappingRemembered: z.boolean(),
  settings: staffImportSettings,
  counts: staffImportCounts.nullable(),
  /** Problems by code, most frequent first. */
  problems: z.array(z.object({ code: z.enum(staffProblemCodes), rows: z.int() })),
  /** Changed fields, most frequent first. */
  changes: z.array(z.object({ field: z.enum(staffFields).or(z.literal('manager')), rows: z.int() })),
  newUnits: z.array(z.string()),
  newSkills: z.array(z.string()),
  grades: z.array(z.object({ name: z.string(), fresh: z.boolean() })),
  gradesToOrder: z.boolean(),
  /** Active people of the institution: leavers are told beside it. */
  people: z.int(),
  /** More than a fifth of all would leave: applying asks for the number of leavers. */
  confirmLeavers: z.boolean(),
  job: jobView.nullable(),
  /** Why the last job failed; null where none did. */
  failure: z.enum(refusals).nullable(),
  uploadedAt: instant,
  uploadedBy: z.string(),
  appliedAt: instant.nullable(),
  undoneAt: instant.nullable(),
  may: z.object({ preview: z.boolean(), apply: z.boolean(), undo: z.boolean(), discard: z.boolean() }),
  /** What undoing did, in people; null or absent where nothing was undone. `leftAlone`: changed since, in part or whole. */
  undo: z
    .object({ removed: z.int(), deactivated: z.int(), putBack: z.int(), leftAlone: z.int() })
    .nullable()
    .optional(),
  /** Why undo is not possible: not the last one applied, or too long ago. */
  undoRefused: z.enum(['not-applied', 'not-the-last', 'too-late']).nullable(),
  version: z.int(),
});
export type StaffImportView = z.infer<typeof staffImportView>;

/** `leavers` repeats the number of leavers where `confirmLeavers` asks for it; else null. */
export const applyStaffImport = z.strictObject({ version, leavers: z.int().min(0).nullable() });
export type ApplyStaffImport = z.infer<typeof applyStaffImport>;
export const onStaffImport = z.strictObject({ version });
export type OnStaffImport = z.infer<typeof onStaffImport>;

export const staffImportsPage = pageOf(
  z.object({
    id,
    kind: z.enum(staffFileKinds),
    fileName: z.string(),
    status: z.enum(staffImportStatuses),
    rows: z.int(),
    counts: staffImportCounts.nullable(),
    uploadedAt: instant,
    uploadedBy: z.string(),
    appliedAt: instant.nullable(),
    undoneAt: instant.nullable(),
  }),
);
export type StaffImportsPage = z.infer<typeof staffImportsPage>;
export const staffImportsQuery = z.strictObject({ ...pageQuery, status: z.enum(staffImportStatuses).optional() });
export type StaffImportsQuery = z.infer<typeof staffImportsQuery>;
