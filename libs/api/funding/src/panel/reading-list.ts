import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import { packMost, poundsOf, type ReadingQuery, type ReadingRow, type ReadingView } from '@waymark/contracts';
import type { Table } from '../table';
import { judgedSql, panelAccess, type PanelAccess } from './panel-access';

/**
 * One's own reviews of a call, $1 institution, $2 call, $3 the panelist, $4 applicants whom they have an interest in. Blind:
 * nothing of who applied leaves the database.
 */
export const ownReviews = `review r
  join call c on c.institution_id = r.institution_id and c.id = r.call_id and c.status in ('scoring', 'moderation')
  join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status in ${judgedSql}
    and a.person_id <> all ($4::uuid[])
  join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
    and s.number = a.submission_number
  join call_terms t on t.institution_id = a.institution_id and t.call_id = a.call_id and t.number = s.terms_number
  join call_terms n on n.institution_id = a.institution_id and n.call_id = a.call_id and n.number = c.terms_number
  join person p on p.institution_id = a.institution_id and p.id = a.person_id
  where r.institution_id = $1 and r.call_id = $2 and r.panelist_id = $3
    and r.status in ('assigned', 'drafting', 'submitted', 'locked')`;

/** Blind where the terms it was submitted under say so, or the call's terms of today. */
export const blindSql = `((t.terms->>'blind')::boolean or (n.terms->>'blind')::boolean)`;

@Injectable()
export class ReadingList {
  constructor(private readonly transactions: Transactions) {}

  page(actor: Actor, callId: string, { page, pageSize, status }: ReadingQuery): Promise<ReadingView> {
    return this.transactions.run(actor, async (tx) => {
      const access = await sittingOn(tx, actor, callId);
      const { call } = access;
      const own = [actor.institutionId, callId, actor.personId, [...access.kept]];
      const [counts] = await tx.query<ReadingView['counts'] & { nextReviewId: string | null }>(
        `select count(*) filter (where r.status = 'assigned')::int as assigned,
           count(*) filter (where r.status = 'drafting')::int as drafting,
           count(*) filter (where r.status = 'submitted')::int as submitted,
           count(*) filter (where r.status = 'locked')::int as locked,
           (array_agg(r.id order by a.reference, r.id) filter (where r.status in ('assigned', 'drafting')))[1] as "nextReviewId"
         from ${ownReviews}`,
        own,
      );
      const [declared] = await tx.query<{ count: number }>(
        `select count(*)::int as count from declaration_of_interest
         where institution_id = $1 and call_id = $2 and panelist_id = $3 and withdrawn_at is null`,
        own.slice(0, 3),
      );
      if (!counts) throw new Error('a count without a row');
      const { nextReviewId, ...each } = counts;
      const all = each.assigned + each.drafting + each.submitted + each.locked;
      return {
        call: { id: call.id, name: call.name, status: call.status, blind: call.blind },
        chair: access.chair,
        counts: each,
        nextReviewId: call.status === 'scoring' ? nextReviewId : null,
        declared: declared?.count ?? 0,
        packs: Math.ceil(all / packMost),
        rows: await rowsOf(tx, own, status ?? null, pageSize, (page - 1) * pageSize),
        page,
        pageSize,
        total: status ? each[status] : all,
      };
    });
  }

  table(actor: Actor, callId: string, status: ReadingQuery['status']): Promise<Table> {
    return this.transactions.run(actor, async (tx) => {
      const access = await sittingOn(tx, actor, callId);
      const own = [actor.institutionId, callId, actor.personId, [...access.kept]];
      const rows = await rowsOf(tx, own, status ?? null, 10_000, 0);
      return {
        headings: ['Reference', 'Applicant', 'Event', 'Asked', 'Status', 'Your score'],
        rows: rows.map((row) => [
          ...[row.reference, row.applicant ?? '', row.event, poundsOf(row.askedPence), row.status],
          row.score === null ? null : row.score / 10,
        ]),
      };
    });
  }
}

const sittingOn = async (tx: Tx, actor: Actor, callId: string): Promise<PanelAccess> => {
  const access = await panelAccess(tx, actor, callId);
  if (!access.sits) throw new Refused('not-found');
  return access;
};

const rowsOf = (tx: Tx, own: unknown[], status: string | null, limit: number, offset: number): Promise<ReadingRow[]> =>
  tx.query<ReadingRow>(
    `select r.id as "reviewId", a.reference,
       case when ${blindSql} then null else trim(p.given_name || ' ' || p.family_name) end as applicant,
       s.event_name as event, s.asked_pence::float8 as "askedPence", r.status, r.score, r.opened_at is not null as read,
       ${instantOf('r.assigned_at')} as "assignedAt"
     from ${ownReviews} and ($5::text is null or r.status = $5)
     order by a.reference, r.id limit $6 offset $7`,
    [...own, status, limit, offset],
  );
