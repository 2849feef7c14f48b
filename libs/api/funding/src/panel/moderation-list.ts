import { Injectable } from '@nestjs/common';
import { patternOf } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import {
  type CalibrationRow,
  type ModerationQuery,
  type ModerationRow,
  type ModerationView,
  poundsOf,
} from '@waymark/contracts';
import type { Table } from '../table';
import { judgedSql, type PanelAccess, runsPanel, seesPanel } from './panel-access';

/** Once scoring has closed. Before it nobody sees scores but their own. */
const openTo: ReadonlySet<string> = new Set(['moderation', 'decided', 'archived']);
const exportMost = 50_000;

export const seesScores = async (tx: Tx, actor: Actor, callId: string): Promise<PanelAccess> => {
  const access = await seesPanel(tx, actor, callId);
  if (!openTo.has(access.call.status)) throw new Refused('scores-not-open', { facts: { status: access.call.status } });
  return access;
};

const orders: Readonly<Record<ModerationQuery['sort'], string>> = {
  '-spread': 'spread desc, reference',
  '-mean': 'mean desc, reference',
  mean: 'mean, reference',
  reference: 'reference',
};

/**
 * Applications with the scores that count, $1 institution, $2 call, $3 the applicants kept from whoever looks. All of a list, its
 * figures and the panelists' comes from this, so that nothing of the others can be worked out by difference. A mean is cut, never
 * rounded up, as everywhere: see exact-scores.ts.
 */
const scored = `scored as (
  select r.id, r.panelist_id, r.application_id, r.score, a.reference, a.person_id
  from review r
  join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status in ${judgedSql}
    and a.person_id <> all ($3::uuid[])
  where r.institution_id = $1 and r.call_id = $2 and r.status in ('submitted', 'locked')
), rated as (
  select application_id, min(reference) as reference, floor(avg(score))::int as mean, (max(score) - min(score))::int as spread,
    sum(score) as total, count(*) as readers
  from scored group by application_id
)`;

type Filters = Omit<ModerationQuery, 'page' | 'pageSize'>;

const matching = `($4::text is null or t.reference ilike $4) and ($5::int is null or t.spread >= $5)
  and ($6::uuid is null or exists (select from scored x where x.application_id = t.application_id and x.panelist_id = $6))`;

@Injectable()
export class ModerationList {
  constructor(private readonly transactions: Transactions) {}

  page(actor: Actor, callId: string, { page, pageSize, ...filters }: ModerationQuery): Promise<ModerationView> {
    return this.transactions.run(actor, async (tx) => {
      const access = await seesScores(tx, actor, callId);
      const { call } = access;
      const mayAct = runsPanel(access) && call.status === 'moderation';
      const { rows, total } = await readRows(tx, access, filters, pageSize, (page - 1) * pageSize);
      const [totals] = await tx.query<ModerationView['totals']>(
        `with ${scored} select count(*)::int as applications, floor(avg(total::numeric / readers))::int as mean, max(spread) as widest from rated`,
        seenBy(tx, access),
      );
      return {
        call: {
          id: call.id,
          name: call.name,
          status: call.status,
          version: call.version,
          blind: call.blind,
          reviewersEach: call.reviewersEach,
          bar: call.bar,
        },
        rows,
        total,
        page,
        pageSize,
        totals: totals ?? { applications: 0, mean: null, widest: null },
        calibration: await calibration(tx, access),
        may: { note: mayAct, backToScoring: mayAct },
      };
    });
  }

  table(actor: Actor, callId: string, filters: Filters): Promise<Table> {
    return this.transactions.run(actor, async (tx) => {
      const access = await seesScores(tx, actor, callId);
      const { rows } = await readRows(tx, access, filters, exportMost, 0);
      const most = rows.reduce((count, { reviews }) => Math.max(count, reviews.length), 0);
      const readers = Array.from({ length: most }, (_, at) => [`Reader ${at + 1}`, `Score ${at + 1}`]).flat();
      return {
        headings: ['Reference', 'Applicant', 'Asked', 'Mean', 'Spread', ...readers],
        rows: rows.map((row) => [
          ...[row.reference, row.applicant ?? '', poundsOf(row.askedPence), row.mean / 10, row.spread / 10],
          ...row.reviews.flatMap((review) => [review.panelist, review.score / 10]),
        ]),
      };
    });
  }
}

const seenBy = (tx: Tx, { call, kept }: PanelAccess): unknown[] => [tx.scope.institutionId, call.id, [...kept]];

const readRows = async (
  tx: Tx,
  access: PanelAccess,
  { search, spreadAtLeast, panelistId, sort }: Filters,
  limit: number,
  offset: number,
): Promise<{ rows: ModerationRow[]; total: number }> => {
  const wanted = [...seenBy(tx, access), search ? patternOf(search) : null, spreadAtLeast ?? null, panelistId ?? null];
  const [count] = await tx.query<{ total: number }>(
    `with ${scored} select count(*)::int as total from rated t where ${matching}`,
    wanted,
  );
  const rows = await tx.query<ModerationRow>(
    `with ${scored}, chosen as (
       select t.* from rated t where ${matching} order by ${orders[sort]} limit $7 offset $8
     )
     select a.id as "applicationId", a.reference,
       case when $9 then null else trim(p.given_name || ' ' || p.family_name) end as applicant,
       s.asked_pence::float8 as "askedPence", c.mean, c.spread,
       exists (select from moderation_note m where m.institution_id = $1 and m.application_id = a.id and m.words <> '') as noted,
       (select json_agg(json_build_object('id', x.id, 'panelistId', x.panelist_id,
          'panelist', trim(q.given_name || ' ' || q.family_name), 'score', x.score) order by lower(q.family_name), q.id)
        from scored x join person q on q.institution_id = $1 and q.id = x.panelist_id
        where x.application_id = a.id) as reviews
     from chosen c
     join application a on a.institution_id = $1 and a.id = c.application_id
     join application_submission s on s.institution_id = $1 and s.application_id = a.id and s.number = a.submission_number
     join person p on p.institution_id = $1 and p.id = a.person_id
     order by ${orders[sort].replaceAll('reference', 'c.reference').replaceAll(/\b(spread|mean)\b/g, 'c.$1')}`,
    [...wanted, limit, offset, access.namesHidden],
  );
  return { rows, total: count?.total ?? 0 };
};

/** How each panelist scores beside the others, over applications that they share and the looker may see. */
const calibration = (tx: Tx, access: PanelAccess): Promise<CalibrationRow[]> =>
  tx.query<CalibrationRow>(
    `with ${scored}
     select x.panelist_id as "panelistId", min(trim(p.given_name || ' ' || p.family_name)) as name, count(*)::int as reviews,
       round(avg(x.score))::int as mean,
       round(avg(x.score - (t.total - x.score)::numeric / nullif(t.readers - 1, 0)))::int as offset,
       round(stddev_samp(x.score))::int as spread
     from scored x
     join rated t on t.application_id = x.application_id
     join person p on p.institution_id = $1 and p.id = x.panelist_id
     group by x.panelist_id order by abs(avg(x.score - (t.total - x.score)::numeric / nullif(t.readers - 1, 0))) desc nulls last,
       min(lower(p.family_name)), x.panelist_id`,
    seenBy(tx, access),
  );
