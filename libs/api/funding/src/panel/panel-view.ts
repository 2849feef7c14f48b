import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Transactions, type Tx } from '@waymark/api-platform';
import {
  type DeclarationRow,
  type PanelistRow,
  type PanelView,
  reviewReassignedAfterDays,
  type ReviewToReassign,
} from '@waymark/contracts';
import { conflictsOf } from './conflicts';
import { judgedSql, type PanelAccess, runsPanel, seesPanel } from './panel-access';

const toReassignMost = 200;
const declarationsMost = 500;

/** $1 institution, $2 call, $3 applicants kept from the looker. */
const seenReviews = `review r
  join application a on a.institution_id = r.institution_id and a.id = r.application_id and a.status in ${judgedSql}
    and a.person_id <> all ($3::uuid[])`;

@Injectable()
export class PanelViews {
  constructor(private readonly transactions: Transactions) {}

  see(actor: Actor, callId: string): Promise<PanelView> {
    return this.transactions.run(actor, (tx) => panelViewIn(tx, actor, callId));
  }
}

export const panelViewIn = async (tx: Tx, actor: Actor, callId: string): Promise<PanelView> => {
  const access = await seesPanel(tx, actor, callId);
  const { call } = access;
  const kept = [...access.kept];
  const applications = await countApplications(tx, callId, kept);
  const scoring = call.status === 'scoring';
  const mayRun = runsPanel(access);
  return {
    call: {
      id: call.id,
      name: call.name,
      status: call.status,
      version: call.version,
      blind: call.blind,
      reviewersEach: call.reviewersEach,
    },
    panelists: await panelists(tx, callId, kept),
    applications,
    toReassign: scoring ? await toReassign(tx, callId, access) : [],
    declarations: mayRun ? await declarations(tx, callId, access) : [],
    may: {
      change: access.manages && settable.has(call.status),
      assign: mayRun && scoring,
      reassign: mayRun && scoring,
      startModeration: mayRun && scoring && applications.total > 0 && applications.complete === applications.total,
      seeModeration: !scoring && !settable.has(call.status) && call.status !== 'cancelled',
    },
  };
};

/** While a panel can still be made up. */
export const settable: ReadonlySet<string> = new Set(['draft', 'open', 'closed', 'scoring']);

/** Complete: as many submitted reviews as its terms ask. Short: fewer readers than that. */
const countApplications = async (tx: Tx, callId: string, kept: string[]): Promise<PanelView['applications']> => {
  const [counts] = await tx.query<PanelView['applications']>(
    `select count(*)::int as total,
       count(*) filter (where coalesce(r.submitted, 0) >= (t.terms->>'reviewersEach')::int)::int as complete,
       count(*) filter (where coalesce(r.reading, 0) < (t.terms->>'reviewersEach')::int)::int as short
     from application a
     join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
       and s.number = a.submission_number
     join call_terms t on t.institution_id = a.institution_id and t.call_id = a.call_id and t.number = s.terms_number
     left join (
       select application_id, count(*) as reading, count(*) filter (where status in ('submitted', 'locked')) as submitted
       from review where institution_id = $1 and call_id = $2 and status in ('assigned', 'drafting', 'submitted', 'locked')
       group by application_id
     ) r on r.application_id = a.id
     where a.institution_id = $1 and a.call_id = $2 and a.status in ${judgedSql} and a.person_id <> all ($3::uuid[])`,
    [tx.scope.institutionId, callId, kept],
  );
  return counts ?? { total: 0, complete: 0, short: 0 };
};

const panelists = async (tx: Tx, callId: string, kept: string[]): Promise<PanelistRow[]> => {
  const rows = await tx.query<Omit<PanelistRow, 'interests'>>(
    `select p.id, trim(p.given_name || ' ' || p.family_name) as name, u.name as unit, m.chair,
       m.most_reviews as "mostReviews",
       coalesce(p.left_on < ($4::timestamptz at time zone i.time_zone)::date, false) as left,
       coalesce(c.assigned, 0)::int as assigned, coalesce(c.drafting, 0)::int as drafting,
       coalesce(c.submitted, 0)::int as submitted, coalesce(c.unread, 0)::int as unread
     from call_panelist m
     join institution i on i.id = m.institution_id
     join person p on p.institution_id = m.institution_id and p.id = m.person_id
     left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
     left join (
       select r.panelist_id, count(*) filter (where r.status = 'assigned') as assigned,
         count(*) filter (where r.status = 'drafting') as drafting,
         count(*) filter (where r.status in ('submitted', 'locked')) as submitted,
         count(*) filter (where r.status = 'assigned' and r.opened_at is null) as unread
       from ${seenReviews} where r.institution_id = $1 and r.call_id = $2 group by r.panelist_id
     ) c on c.panelist_id = p.id
     where m.institution_id = $1 and m.call_id = $2
     order by m.chair desc, lower(p.family_name), lower(p.given_name), p.id`,
    [tx.scope.institutionId, callId, kept, tx.now],
  );
  const hidden = new Set(kept);
  const interests = new Map<string, Set<string>>();
  for (const { panelistId, applicantId } of await conflictsOf(tx, callId)) {
    if (hidden.has(applicantId)) continue;
    interests.set(panelistId, (interests.get(panelistId) ?? new Set()).add(applicantId));
  }
  return rows.map((row) => ({ ...row, interests: interests.get(row.id)?.size ?? 0 }));
};

/** Given back; of somebody who left or came to have an interest; unread for a fortnight. The most pressing first. */
const toReassign = async (tx: Tx, callId: string, access: PanelAccess): Promise<ReviewToReassign[]> => {
  const apart = (await conflictsOf(tx, callId)).map(({ panelistId, applicantId }) => ({ panelistId, applicantId }));
  return tx.query<ReviewToReassign>(
    `select * from (
       select r.id as "reviewId", r.version, a.reference, trim(p.given_name || ' ' || p.family_name) as panelist,
         case when r.status = 'recused' then 'recused'
           when p.left_on < ($4::timestamptz at time zone i.time_zone)::date then 'left'
           when k."panelistId" is not null then 'interest'
           when r.opened_at is null and r.status = 'assigned'
             and r.assigned_at <= $4::timestamptz - interval '${reviewReassignedAfterDays} days' then 'unread' end as why,
         case when r.status = 'recused' and not ($6::boolean and exists (select from declaration_of_interest d
             where d.institution_id = $1 and d.call_id = $2 and d.panelist_id = r.panelist_id and d.applicant_id = a.person_id))
           then r.recused_because end as because, ${instantOf('r.assigned_at')} as "assignedAt"
       from ${seenReviews}
       join institution i on i.id = r.institution_id
       join person p on p.institution_id = r.institution_id and p.id = r.panelist_id
       left join (select distinct * from jsonb_to_recordset($5::jsonb) as k("panelistId" uuid, "applicantId" uuid)) k
         on k."panelistId" = r.panelist_id and k."applicantId" = a.person_id
       where r.institution_id = $1 and r.call_id = $2 and r.status in ('assigned', 'drafting', 'recused')
     ) t where t.why is not null
     order by array_position(array['recused', 'left', 'interest', 'unread'], t.why), t."assignedAt", t."reviewId"
     limit ${toReassignMost}`,
    [tx.scope.institutionId, callId, [...access.kept], tx.now, JSON.stringify(apart), access.namesHidden],
  );
};

/** Told in confidence, so not to whom it was said of; in a blind call that they know somebody, and not whom. */
const declarations = (tx: Tx, callId: string, { kept, namesHidden }: PanelAccess): Promise<DeclarationRow[]> =>
  tx.query<DeclarationRow>(
    `select d.id, trim(p.given_name || ' ' || p.family_name) as panelist,
       case when $4::boolean then null else trim(q.given_name || ' ' || q.family_name) end as applicant,
       case when $4::boolean then null else d.because end as because, ${instantOf('d.declared_at')} as "declaredAt", ${instantOf('d.withdrawn_at')} as "withdrawnAt"
     from declaration_of_interest d
     join person p on p.institution_id = d.institution_id and p.id = d.panelist_id
     join person q on q.institution_id = d.institution_id and q.id = d.applicant_id
     where d.institution_id = $1 and d.call_id = $2 and d.applicant_id <> all ($3::uuid[])
     order by d.declared_at desc, d.id desc limit ${declarationsMost}`,
    [tx.scope.institutionId, callId, [...kept], namesHidden],
  );
