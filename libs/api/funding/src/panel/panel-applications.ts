import { Injectable } from '@nestjs/common';
import { patternOf } from '@waymark/api-people';
import { type Actor, Transactions, type Tx } from '@waymark/api-platform';
import type { PanelApplicationRow, PanelApplicationsPage, PanelApplicationsQuery } from '@waymark/contracts';
import type { Table } from '../table';
import { judgedSql, type PanelAccess, seesPanel } from './panel-access';

type Filters = Omit<PanelApplicationsQuery, 'page' | 'pageSize'>;
const exportMost = 50_000;

/** Progress by application: who reads it and how far they are, never a score. */
@Injectable()
export class PanelApplications {
  constructor(private readonly transactions: Transactions) {}

  page(
    actor: Actor,
    callId: string,
    { page, pageSize, ...filters }: PanelApplicationsQuery,
  ): Promise<PanelApplicationsPage> {
    return this.transactions.run(actor, async (tx) => {
      const access = await seesPanel(tx, actor, callId);
      return { ...(await read(tx, access, filters, pageSize, (page - 1) * pageSize)), page, pageSize };
    });
  }

  table(actor: Actor, callId: string, filters: Filters): Promise<Table> {
    return this.transactions.run(actor, async (tx) => {
      const access = await seesPanel(tx, actor, callId);
      const { rows } = await read(tx, access, filters, exportMost, 0);
      return {
        headings: ['Reference', 'Applicant', 'Readers needed', 'Submitted', 'Readers'],
        rows: rows.map(({ reference, applicant, wanted, submitted, reviews }) => [
          ...[reference, applicant ?? '', wanted, submitted],
          reviews.map(({ panelist, status }) => `${panelist} (${status})`).join('; '),
        ]),
      };
    });
  }
}

const read = async (
  tx: Tx,
  { call, kept, namesHidden }: PanelAccess,
  { search, state, panelistId }: Filters,
  limit: number,
  offset: number,
): Promise<{ rows: PanelApplicationRow[]; total: number }> => {
  const from = `(
      select a.id, a.reference, a.person_id, (t.terms->>'reviewersEach')::int as wanted,
        coalesce(r.reading, 0)::int as reading, coalesce(r.submitted, 0)::int as submitted
      from application a
      join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
        and s.number = a.submission_number
      join call_terms t on t.institution_id = a.institution_id and t.call_id = a.call_id and t.number = s.terms_number
      left join (
        select application_id, count(*) filter (where status <> 'recused') as reading,
          count(*) filter (where status in ('submitted', 'locked')) as submitted
        from review where institution_id = $1 and call_id = $2 and status <> 'reassigned' group by application_id
      ) r on r.application_id = a.id
      where a.institution_id = $1 and a.call_id = $2 and a.status in ${judgedSql} and a.person_id <> all ($3::uuid[])
    ) t
    where ($4::text is null or t.reference ilike $4)
      and ($5::text is null or $5 = case when t.reading < t.wanted then 'short' when t.submitted < t.wanted then 'waiting'
        else 'complete' end)
      and ($6::uuid is null or exists (select from review x where x.institution_id = $1 and x.application_id = t.id
        and x.panelist_id = $6 and x.status <> 'reassigned'))`;
  const wanted = [
    ...[tx.scope.institutionId, call.id, [...kept]],
    ...[search ? patternOf(search) : null, state ?? null, panelistId ?? null],
  ];
  const [count] = await tx.query<{ total: number }>(`select count(*)::int as total from ${from}`, wanted);
  const rows = await tx.query<PanelApplicationRow>(
    `select t.id as "applicationId", t.reference,
       case when $9 then null else trim(p.given_name || ' ' || p.family_name) end as applicant, t.wanted, t.submitted,
       coalesce((select json_agg(json_build_object('id', r.id, 'version', r.version, 'panelistId', r.panelist_id,
           'panelist', trim(q.given_name || ' ' || q.family_name), 'status', r.status, 'read', r.opened_at is not null)
           order by lower(q.family_name), q.id)
         from review r join person q on q.institution_id = r.institution_id and q.id = r.panelist_id
         where r.institution_id = $1 and r.application_id = t.id and r.status <> 'reassigned'), '[]') as reviews
     from (select * from ${from} order by t.reference, t.id limit $7 offset $8) t
     join person p on p.institution_id = $1 and p.id = t.person_id
     order by t.reference, t.id`,
    [...wanted, limit, offset, namesHidden],
  );
  return { rows, total: count?.total ?? 0 };
};
