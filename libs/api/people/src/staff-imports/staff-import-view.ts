import { jobViewSql, Refused, type Tx } from '@waymark/api-platform';
import { cut, type StaffImportView } from '@waymark/contracts';
import { instantOf } from '../person-card';
import { orderGrades } from '../order-grades';
import type { StaffImport, Summary } from './entities';

const samplesMost = 3;
const sampleLongest = 60;
/** What an import changed is kept so long for undoing. */
export const undoWithinDays = 30;

/** Everything that the view of one import needs, as one row: `$1` the institution, `$2` the import. */
export const staffImportSql = `
  select i.id, i.kind, i.file_name as "fileName", i.status, i.bytes, i.row_count as rows, i.encoding, i.separator, i.sheet,
    i.headings, i.mapping, i.mapping_remembered as "mappingRemembered", i.settings, i.grade_order as "gradeOrder",
    i.summary, i.undo, ${jobViewSql} as job, ${instantOf('i.uploaded_at')} as "uploadedAt",
    trim(p.given_name || ' ' || p.family_name) as "uploadedBy", ${instantOf('i.applied_at')} as "appliedAt",
    ${instantOf('i.undone_at')} as "undoneAt", i.version,
    array(select g.name from grade g where g.institution_id = $1 order by g.position) as "knownGrades",
    array(
      select l.cells::jsonb from staff_import_line l
      where l.institution_id = $1 and l.import_id = $2 order by l.line limit 20
    ) as "firstRows",
    (
      select count(*)::int from person c where c.institution_id = $1 and c.erased_at is null and (c.left_on is null
        or c.left_on >= (select (now() at time zone n.time_zone)::date from institution n where n.id = $1))
    ) as people,
    i.id = (
      select l.id from staff_import l where l.institution_id = $1 and l.status in ('applied', 'undoing')
      order by l.applied_at desc, l.id desc limit 1
    ) as last,
    i.applied_at < now() - interval '${undoWithinDays} days' as late
  from staff_import i
  join person p on p.institution_id = i.institution_id and p.id = i.uploaded_by
  left join job j on j.institution_id = i.institution_id and j.id = i.job_id
  where i.institution_id = $1 and i.id = $2`;

export interface StaffImportRecord
  extends
    Pick<
      StaffImportView,
      'id' | 'kind' | 'fileName' | 'status' | 'bytes' | 'rows' | 'encoding' | 'separator' | 'sheet'
    >,
    Pick<
      StaffImportView,
      'mapping' | 'mappingRemembered' | 'settings' | 'job' | 'uploadedAt' | 'uploadedBy' | 'people'
    >,
    Pick<StaffImportView, 'appliedAt' | 'undoneAt' | 'version'>,
    Pick<StaffImport, 'headings' | 'gradeOrder' | 'summary' | 'undo'> {
  knownGrades: string[];
  firstRows: string[][];
  last: boolean | null;
  late: boolean | null;
}

export const staffImportViewOf = (record: StaffImportRecord | undefined): StaffImportView => {
  if (!record) throw new Refused('not-found');
  const { headings, gradeOrder, summary, undo, knownGrades, firstRows, last, late, ...rest } = record;
  const { status } = rest;
  const open = status === 'uploaded' || status === 'previewed' || status === 'previewing' || status === 'applying';
  const seen = status === 'uploaded' || status === 'previewing' ? null : summary;
  const grades = gradesOf(knownGrades, open && seen ? seen.freshGrades : [], gradeOrder);
  const undoRefused = status !== 'applied' ? 'not-applied' : !last ? 'not-the-last' : late ? 'too-late' : null;
  return {
    ...rest,
    columns: headings.map((heading, column) => ({ column, heading, samples: samplesOf(firstRows, column) })),
    counts: seen?.counts ?? null,
    problems: seen?.problems ?? [],
    changes: seen?.changes ?? [],
    newUnits: seen?.newUnits ?? [],
    newSkills: seen?.newSkills ?? [],
    ...grades,
    confirmLeavers: seen !== null && mustConfirm(seen.counts, rest.people),
    failure: rest.job?.status === 'failed' ? (rest.job.failure ?? 'unexpected') : null,
    may: {
      preview: status === 'uploaded' || status === 'previewed',
      apply: status === 'previewed' && seen !== null && !grades.gradesToOrder && hasSomethingToApply(seen),
      undo: undoRefused === null,
      discard: status === 'unreadable' || status === 'uploaded' || status === 'previewed',
    },
    undoRefused,
    undo,
  };
};

/** The view within a command's own transaction. */
export const staffImportViewIn = async (tx: Tx, id: string): Promise<StaffImportView> => {
  const [record] = await tx.query<StaffImportRecord>(staffImportSql, [tx.scope.institutionId, id]);
  return staffImportViewOf(record);
};

/** More than a fifth of all would leave: a file that lists some alone was taken for one that lists everybody. */
export const mustConfirm = ({ leaver }: Summary['counts'], people: number): boolean => leaver * 5 > people;

export const hasSomethingToApply = ({ counts }: Summary): boolean => counts.new + counts.changed + counts.leaver > 0;

const samplesOf = (rows: readonly string[][], column: number): string[] =>
  [...new Set(rows.flatMap((cells) => cells[column] || []))]
    .slice(0, samplesMost)
    .map((value) => cut(value, sampleLongest));

/** The order may have changed since the preview; then those from the file are to be put in place again. */
const gradesOf = (
  known: string[],
  seenFresh: string[],
  wanted: string[] | null,
): Pick<StaffImportView, 'grades' | 'gradesToOrder'> => {
  const knownKeys = new Set(known.map((name) => name.toLowerCase()));
  const fresh = seenFresh.filter((name) => !knownKeys.has(name.toLowerCase()));
  const { grades, toOrder } = orderOrUnordered(known, fresh, wanted);
  return { grades: grades.map((name) => ({ name, fresh: fresh.includes(name) })), gradesToOrder: toOrder };
};

const orderOrUnordered = (known: string[], fresh: string[], wanted: string[] | null) => {
  try {
    return orderGrades(known, fresh, wanted);
  } catch (error) {
    if (error instanceof Refused) return orderGrades(known, fresh, null);
    throw error;
  }
};
