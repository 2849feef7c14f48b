import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Reads, Refused } from '@waymark/api-platform';
import type { ImportRow, ImportRowsPage, ImportRowsQuery, ImportsPage, ImportView } from '@waymark/contracts';
import { type ImportRecord, importSql, importViewOf } from './import-view';

interface Found {
  total: number;
}

/** Files of a round, one of them, and its rows; never with anything they say of identity. */
@Injectable()
export class ReadImports {
  constructor(private readonly reads: Reads) {}

  async one(actor: Actor, id: string): Promise<ImportView> {
    const [record] = await this.reads.rows<ImportRecord>(actor, {
      name: 'import',
      text: importSql,
      values: [actor.institutionId, id],
    });
    return importViewOf(record);
  }

  /** In the order of the file; none until it was previewed, nor after it was loaded or discarded. */
  async rows(actor: Actor, id: string, { page, pageSize, outcome }: ImportRowsQuery): Promise<ImportRowsPage> {
    const of = [actor.institutionId, id, outcome ?? null];
    const [rows, [found]] = await this.reads.all<[ImportRow, Found]>(actor, [
      {
        name: 'import-rows',
        text: `
          select line, outcome, reading->>'name' as name, reading->>'email' as email, reading->'changes' as changes,
            reading->'problems' as problems
          from round_import_row
          where institution_id = $1 and import_id = $2 and outcome is not null and ($3::text is null or outcome = $3)
          order by line limit $4 offset $5`,
        values: [...of, pageSize, (page - 1) * pageSize],
      },
      {
        name: 'import-rows-count',
        text: `
          select (
            select count(*)::int from round_import_row r
            where r.institution_id = $1 and r.import_id = $2 and r.outcome is not null and ($3::text is null or r.outcome = $3)
          ) as total
          from round_import where institution_id = $1 and id = $2`,
        values: of,
      },
    ]);
    if (!found) throw new Refused('not-found');
    return { rows, page, pageSize, total: found.total };
  }

  /** The newest first. */
  async ofRound(
    actor: Actor,
    roundId: string,
    { page, pageSize }: { page: number; pageSize: number },
  ): Promise<ImportsPage> {
    const of = [actor.institutionId, roundId];
    const [rows, [found]] = await this.reads.all<[ImportsPage['rows'][number], Found]>(actor, [
      {
        name: 'imports-of-round',
        text: `
          select i.id, i.side, i.file_name as "fileName", i.status, i.row_count as rows,
            ${instantOf('i.uploaded_at')} as "uploadedAt", trim(p.given_name || ' ' || p.family_name) as "uploadedBy"
          from round_import i
          join person p on p.institution_id = i.institution_id and p.id = i.uploaded_by
          where i.institution_id = $1 and i.round_id = $2
          order by i.uploaded_at desc, i.id desc limit $3 offset $4`,
        values: [...of, pageSize, (page - 1) * pageSize],
      },
      {
        name: 'imports-of-round-count',
        text: `
          select (select count(*)::int from round_import i where i.institution_id = $1 and i.round_id = $2) as total
          from round where institution_id = $1 and id = $2`,
        values: of,
      },
    ]);
    if (!found) throw new Refused('not-found');
    return { rows, page, pageSize, total: found.total };
  }
}
