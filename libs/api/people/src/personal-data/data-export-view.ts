import { jobViewSql, type ReadQuery, type Tx } from '@waymark/api-platform';
import type { DataExportView, OwnExportView } from '@waymark/contracts';
import { instantOf } from '../person-card';

/** The newest export of a person, as `view`; no row where there was never one. */
export const newestExportQuery = (institutionId: string, personId: string): ReadQuery => ({
  name: 'newest-data-export',
  text: `select json_build_object(
      'id', e.id, 'status', e.status, 'askedAt', ${instantOf('e.asked_at')}, 'readyAt', ${instantOf('e.ready_at')},
      'keptUntil', ${instantOf('e.kept_until')}, 'fetchedAt', ${instantOf('e.fetched_at')},
      'files', coalesce((select json_agg(json_build_object('format', f.format, 'bytes', octet_length(f.content)) order by f.format desc)
        from data_export_file f where f.institution_id = e.institution_id and f.export_id = e.id), '[]'::json),
      'job', ${jobViewSql}) as view
    from data_export e left join job j on j.institution_id = e.institution_id and j.id = e.job_id
    where e.institution_id = $1 and e.person_id = $2 order by e.asked_at desc, e.id desc limit 1`,
  values: [institutionId, personId],
});

export const newestExportIn = async (tx: Tx, personId: string): Promise<OwnExportView> => {
  const { text, values } = newestExportQuery(tx.scope.institutionId, personId);
  const [row] = await tx.query<{ view: DataExportView }>(text, values);
  return { export: row?.view ?? null };
};
