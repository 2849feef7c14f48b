import { instantOf, orderGrades } from '@waymark/api-people';
import { jobViewSql, Refused, type Tx } from '@waymark/api-platform';
import { type ColumnMapping, cut, type ImportView } from '@waymark/contracts';
import type { RoundImport } from '../entities';
import { isPrivate } from './column-guess';

const samplesMost = 3;
const sampleLongest = 60;

/** Everything that the view of one import needs, as one row: `$1` the institution, `$2` the import. */
export const importSql = `
  select i.id, i.round_id as "roundId", round.name as "roundName", i.side, i.file_name as "fileName", i.status,
    i.row_count as rows, i.encoding, i.separator, i.headings, i.mapping, i.places_default as "placesDefault",
    i.grade_order as "gradeOrder", i.preview, ${jobViewSql} as job, ${instantOf('i.uploaded_at')} as "uploadedAt", i.version,
    array(select g.name from grade g where g.institution_id = i.institution_id order by g.position) as "knownGrades",
    array(
      select to_json(r.cells) from round_import_row r
      where r.institution_id = i.institution_id and r.import_id = i.id order by r.line limit 20
    ) as "firstRows"
  from round_import i
  join round on round.institution_id = i.institution_id and round.id = i.round_id
  left join job j on j.institution_id = i.institution_id and j.id = i.job_id
  where i.institution_id = $1 and i.id = $2`;

export interface ImportRecord
  extends
    Pick<ImportView, 'id' | 'roundId' | 'roundName' | 'side' | 'fileName' | 'status' | 'rows' | 'encoding'>,
    Pick<ImportView, 'separator' | 'mapping' | 'placesDefault' | 'job' | 'uploadedAt' | 'version'>,
    Pick<RoundImport, 'headings' | 'gradeOrder' | 'preview'> {
  knownGrades: string[];
  firstRows: string[][];
}

export const importViewOf = (record: ImportRecord | undefined): ImportView => {
  if (!record) throw new Refused('not-found');
  const { headings, gradeOrder, preview, knownGrades, firstRows, ...rest } = record;
  const toLoad = rest.status !== 'applied' && rest.status !== 'discarded';
  return {
    ...rest,
    columns: headings.map((heading, column) => columnOf(heading, column, rest.mapping, firstRows)),
    preview: preview && { ...countsOf(preview), newUnits: preview.newUnits },
    ...gradesOf(knownGrades, toLoad && preview ? preview.freshGrades : [], gradeOrder),
  };
};

/** The view within a command's own transaction. */
export const importViewIn = async (tx: Tx, importId: string): Promise<ImportView> => {
  const [record] = await tx.query<ImportRecord>(importSql, [tx.scope.institutionId, importId]);
  return importViewOf(record);
};

/** No samples where heading or meaning tell of identity. */
const columnOf = (
  heading: string,
  column: number,
  mapping: readonly ColumnMapping[],
  rows: string[][],
): ImportView['columns'][number] => {
  const field = mapping.find((each) => each.column === column)?.field;
  const secret = isPrivate(heading) || field === 'identity' || field === 'identity-wish';
  const values = secret ? [] : rows.flatMap((cells) => cells[column] || []);
  const samples = [...new Set(values)].slice(0, samplesMost).map((value) => cut(value, sampleLongest));
  return { column, heading, samples, private: secret };
};

const countsOf = ({ new: fresh, changed, unchanged, refused }: NonNullable<RoundImport['preview']>) => ({
  new: fresh,
  changed,
  unchanged,
  refused,
});

/** The order may have changed since the preview; then those from the file are to be put in place again. */
const gradesOf = (
  known: string[],
  seenFresh: string[],
  wanted: string[] | null,
): Pick<ImportView, 'grades' | 'gradesToOrder'> => {
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
