import { z } from 'zod';
import { id, instant, pageOf, pageQuery, requiredText, version } from '../platform/fields';
import { jobView } from '../platform/jobs';
import { attributeName } from './rules';

/** Mentors or mentees of a round, loaded from a CSV file: upload, map the columns, preview, apply. */
export const sides = ['mentors', 'mentees'] as const;
export type Side = (typeof sides)[number];

/** 4 MiB of file; a request body may be 6 MiB here and 1 MiB anywhere else. */
export const importFileBytesMax = 4 * 1024 * 1024;

export const startImport = z.strictObject({
  roundId: id,
  side: z.enum(sides),
  fileName: requiredText(200),
  /** The file's bytes in base64, exactly as they are: the server finds out encoding and separator. */
  content: z.base64().max(Math.ceil(importFileBytesMax / 3) * 4),
});
export type StartImport = z.infer<typeof startImport>;

export const importFields = [
  'leave-out',
  'given-name',
  'family-name',
  'full-name',
  'email',
  'job-title',
  'unit',
  'grade',
  'places',
  'attribute',
  'identity',
  'identity-wish',
] as const;
export type ImportField = (typeof importFields)[number];

/** What a column means. `attribute` carries its name; a cell may hold several values, separated by `,` or `;`. */
export const columnMapping = z.strictObject({
  column: z.int().min(0).max(199),
  field: z.enum(importFields),
  attribute: attributeName.nullable(),
});
export type ColumnMapping = z.infer<typeof columnMapping>;

export const previewImport = z.strictObject({
  version,
  mapping: z.array(columnMapping).min(1).max(200),
  /** Places of a mentor where the file says nothing. */
  placesDefault: z.int().min(0).max(10),
  /** The institution's grades with those new in this file put in place, lowest first; null: not yet ordered. */
  gradeOrder: z.array(requiredText(60)).max(60).nullable(),
});
export type PreviewImport = z.infer<typeof previewImport>;

export const importStatuses = ['uploaded', 'previewed', 'applying', 'applied', 'failed', 'discarded'] as const;

export const importView = z.object({
  id,
  roundId: id,
  roundName: z.string(),
  side: z.enum(sides),
  fileName: z.string(),
  status: z.enum(importStatuses),
  rows: z.int(),
  encoding: z.string(),
  separator: z.enum([',', ';', 'tab', '|']),
  /** `samples` is empty where the heading suggests that the column tells of identity: those values are never shown. */
  columns: z.array(
    z.object({ column: z.int(), heading: z.string(), samples: z.array(z.string()), private: z.boolean() }),
  ),
  mapping: z.array(columnMapping),
  placesDefault: z.int(),
  preview: z
    .object({
      new: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      refused: z.int(),
      newUnits: z.array(z.string()),
    })
    .nullable(),
  /** The order of grades as it would be after applying; `fresh` ones come from this file. */
  grades: z.array(z.object({ name: z.string(), fresh: z.boolean() })),
  /** True while fresh grades still have to be put in order by the coordinator. */
  gradesToOrder: z.boolean(),
  job: jobView.nullable(),
  uploadedAt: instant,
  version: z.int(),
});
export type ImportView = z.infer<typeof importView>;

export const importRowOutcomes = ['new', 'changed', 'unchanged', 'refused'] as const;
export const importProblemCodes = [
  'name-missing',
  'email-missing',
  'email-malformed',
  'email-repeated',
  'grade-unknown',
  'places-not-a-number',
  'text-too-long',
  'text-with-nul',
  'cells-missing',
  'cells-too-many',
  'person-left',
  'totals-line',
] as const;

/** One row of the file, without anything it says of identity. */
export const importRow = z.object({
  /** Line in the file, counted from 1, headings included. */
  line: z.int(),
  outcome: z.enum(importRowOutcomes),
  name: z.string(),
  email: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  problems: z.array(z.object({ code: z.enum(importProblemCodes), heading: z.string().nullable(), value: z.string() })),
});
export type ImportRow = z.infer<typeof importRow>;
export const importRowsPage = pageOf(importRow);
export type ImportRowsPage = z.infer<typeof importRowsPage>;
export const importRowsQuery = z.strictObject({ ...pageQuery, outcome: z.enum(importRowOutcomes).optional() });
export type ImportRowsQuery = z.infer<typeof importRowsQuery>;

export const applyImport = z.strictObject({ version });
export type ApplyImport = z.infer<typeof applyImport>;

export const importsPage = pageOf(
  z.object({
    id,
    side: z.enum(sides),
    fileName: z.string(),
    status: z.enum(importStatuses),
    rows: z.int(),
    uploadedAt: instant,
    uploadedBy: z.string(),
  }),
);
export type ImportsPage = z.infer<typeof importsPage>;
