import { Injectable } from '@nestjs/common';
import { type Actor, type ReadQuery, Reads, Refused } from '@waymark/api-platform';
import {
  staffFileRowsMost,
  type StaffImportRow,
  type StaffImportRowsPage,
  type StaffImportRowsQuery,
  type StaffImportsPage,
  type StaffImportsQuery,
  type StaffImportView,
} from '@waymark/contracts';
import { instantOf, patternOf } from '../person-card';
import { type StaffImportRecord, staffImportSql, staffImportViewOf } from './staff-import-view';

type Filters = Pick<StaffImportRowsQuery, 'outcome' | 'field' | 'problem' | 'search'>;

const rowColumns = `line, outcome, name, email, staff_number as "staffNumber", person_id as "personId",
  detail->'changes' as changes, detail->'problems' as problems, detail->'notes' as notes`;

/** `$1` the institution, `$2` the import; one shape for every filter, each left out where it is null. */
const rowsWhere = `institution_id = $1 and import_id = $2 and ($3::text is null or outcome = $3)
  and ($4::text is null or $4 = any (fields)) and ($5::text is null or $5 = any (problems))
  and ($6::text is null or name ilike $6 or email ilike $6 or staff_number ilike $6)`;

const rowsValues = (actor: Actor, id: string, { outcome, field, problem, search }: Filters): unknown[] => [
  actor.institutionId,
  id,
  outcome ?? null,
  field ?? null,
  problem ?? null,
  search ? patternOf(search) : null,
];

/** The staff files of an institution, one of them, and its rows. */
@Injectable()
export class ReadStaffImports {
  constructor(private readonly reads: Reads) {}

  async one(actor: Actor, id: string): Promise<StaffImportView> {
    const [record] = await this.reads.rows<StaffImportRecord>(actor, {
      name: 'staff-import',
      text: staffImportSql,
      values: [actor.institutionId, id],
    });
    return staffImportViewOf(record);
  }

  /** In the order of the file, leavers that are not in it last; none until it was previewed. */
  async rows(
    actor: Actor,
    id: string,
    { page, pageSize, ...filters }: StaffImportRowsQuery,
  ): Promise<StaffImportRowsPage> {
    const of = rowsValues(actor, id, filters);
    const [rows, [found]] = await this.reads.all<[StaffImportRow, { total: number }]>(actor, [
      {
        name: 'staff-import-rows',
        text: `select ${rowColumns} from staff_import_row where ${rowsWhere} order by n limit $7 offset $8`,
        values: [...of, pageSize, (page - 1) * pageSize],
      },
      {
        name: 'staff-import-rows-count',
        text: `select (select count(*)::int from staff_import_row where ${rowsWhere}) as total
          from staff_import where institution_id = $1 and id = $2`,
        values: of,
      },
    ]);
    if (!found) throw new Refused('not-found');
    return { rows, page, pageSize, total: found.total };
  }

  /** Every row that the filters name, for an export. */
  async allRows(actor: Actor, id: string, filters: Filters): Promise<{ fileName: string; rows: StaffImportRow[] }> {
    const [rows, [found]] = await this.reads.all<[StaffImportRow, { fileName: string }]>(actor, [
      {
        name: 'staff-import-rows-export',
        text: `select ${rowColumns} from staff_import_row where ${rowsWhere} order by n limit ${2 * staffFileRowsMost}`,
        values: rowsValues(actor, id, filters),
      },
      {
        name: 'staff-import-name',
        text: `select file_name as "fileName" from staff_import where institution_id = $1 and id = $2`,
        values: [actor.institutionId, id],
      },
    ]);
    if (!found) throw new Refused('not-found');
    return { fileName: found.fileName, rows };
  }

  /** The newest first. */
  async list(actor: Actor, { page, pageSize, status }: StaffImportsQuery): Promise<StaffImportsPage> {
    const of = [actor.institutionId, status ?? null];
    const queries: ReadQuery[] = [
      {
        name: 'staff-imports',
        text: `
          select i.id, i.kind, i.file_name as "fileName", i.status, i.row_count as rows,
            case when i.status in ('uploaded', 'previewing') then null else i.summary->'counts' end as counts,
            ${instantOf('i.uploaded_at')} as "uploadedAt", trim(p.given_name || ' ' || p.family_name) as "uploadedBy",
            ${instantOf('i.applied_at')} as "appliedAt", ${instantOf('i.undone_at')} as "undoneAt"
          from staff_import i join person p on p.institution_id = i.institution_id and p.id = i.uploaded_by
          where i.institution_id = $1 and ($2::text is null or i.status = $2)
          order by i.uploaded_at desc, i.id limit $3 offset $4`,
        values: [...of, pageSize, (page - 1) * pageSize],
      },
      {
        name: 'staff-imports-count',
        text: `select count(*)::int as total from staff_import where institution_id = $1 and ($2::text is null or status = $2)`,
        values: of,
      },
    ];
    const [rows, [found]] = await this.reads.all<[StaffImportsPage['rows'][number], { total: number }]>(actor, queries);
    return { rows, page, pageSize, total: found?.total ?? 0 };
  }
}
