import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf } from '@waymark/api-people';
import {
  type Actor,
  Clock,
  dayIn,
  type ReadQuery,
  Reads,
  Refused,
  storedFile,
  type StoredFile,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import { type OwedReport, owedReports } from '@waymark/api-report-back';
import type { AwardHappening, ClaimView, ReceiptView } from '@waymark/contracts';
import { figureJoins, figuresJson, holding } from './award-figures';
import { happeningsText } from './award-view';

type Found = Omit<ClaimView, 'happenings' | 'may' | 'mine' | 'files' | 'costCodes' | 'heldFor'> & {
  personId: string;
  potCostCodeId: string;
  submittedById: string | null;
};

const claimText = `
  select c.id, c.number, c.version, c.kind, c.last, c.status, a.person_id as "personId", c.submitted_by as "submittedById", ${cardOf('person')} as person,
    json_build_object('id', a.id, 'reference', p.reference, 'status', a.status, 'eventName', a.event_name,
      'eventStartsOn', a.event_starts_on, 'eventEndsOn', a.event_ends_on, 'claimBy', a.claim_by, 'figures', ${figuresJson}) as award,
    json_build_object('id', k.id, 'name', k.name) as call, c.lines, c.claimed_pence::float8 as "claimedPence",
    case when c.status in ('draft', 'returned', 'payment-rejected') and c.kind = 'claim'
      then least(c.claimed_pence, m.unsettled) else c.settles_pence end::float8 as "settlesPence",
    (m.free + m.unsettled)::float8 as "mostPence", m.unsettled::float8 as "unsettledPence",
    (select json_build_object('id', d.id, 'code', d.code, 'name', d.name) from cost_code d
      where d.institution_id = $1 and d.id = c.cost_code_id) as "costCode",
    ${instantOf('c.submitted_at')} as "submittedAt", ${instantOf('c.decided_at')} as "decidedAt", ${instantOf('c.paid_at')} as "paidAt",
    (select trim(d.given_name || ' ' || d.family_name) from person d
      where d.institution_id = $1 and d.id = c.decided_by and d.erased_at is null) as "decidedBy", c.reason,
    (select json_build_object('id', b.id, 'number', b.number, 'status', b.status) from payment_batch b
      where b.institution_id = $1 and b.id = c.batch_id) as batch,
    (select t.cost_code_id from pot t where t.institution_id = $1 and t.id = a.pot_id) as "potCostCodeId"
  from claim c
  join award a on a.institution_id = c.institution_id and a.id = c.award_id
  join application p on p.institution_id = a.institution_id and p.id = a.application_id
  join call k on k.institution_id = a.institution_id and k.id = a.call_id
  join person on person.institution_id = a.institution_id and person.id = a.person_id
  ${cardJoins('person')}
  ${figureJoins('$4', '$3')}
  cross join lateral (
    select greatest(coalesce(f.committed_pence, 0)
        - coalesce(sum(o.claimed_pence - o.settles_pence) filter (where ${holding('o', 'a', '$4', '$3')}), 0), 0) as free,
      greatest(coalesce(f.advanced_pence, 0) - coalesce(sum(o.settles_pence) filter (where o.status <> 'draft'), 0), 0) as unsettled
    from claim o where o.institution_id = a.institution_id and o.award_id = a.id and o.id <> c.id
  ) m
  where c.institution_id = $1 and c.id = $2`;

/** Receipts of the claim $2. The very same file on another claim is what a finance officer looks out for. */
const filesText = `
  select s.id, s.name, s.media_type as "mediaType", s.size_bytes as "sizeBytes", ${instantOf('s.uploaded_at')} as "uploadedAt",
    coalesce((select json_agg(json_build_object('claimId', o.id, 'reference', p.reference, 'number', o.number) order by o.id)
      from stored_file t
      join claim_file x on x.institution_id = t.institution_id and x.file_id = t.id and x.claim_id <> $2
      join claim o on o.institution_id = x.institution_id and o.id = x.claim_id and o.status <> 'draft'
      join award a on a.institution_id = o.institution_id and a.id = o.award_id
      join application p on p.institution_id = a.institution_id and p.id = a.application_id
      where t.institution_id = $1 and t.sha256 = s.sha256), '[]') as "alsoOn"
  from claim_file f join stored_file s on s.institution_id = f.institution_id and s.id = f.file_id
  where f.institution_id = $1 and f.claim_id = $2 order by f.added_at, s.id`;

const codesText = `select id, code, name from cost_code where institution_id = $1 and active order by code limit 500`;

const queries = (actor: Actor, id: string, now: Date): ReadQuery[] => [
  { name: 'claim', text: claimText, values: [actor.institutionId, id, now, dayIn(actor.timeZone, now)] },
  { name: 'claim-files', text: filesText, values: [actor.institutionId, id] },
  {
    name: 'claim-happenings',
    text: happeningsText(
      `(select a.application_id from claim c join award a on a.institution_id = c.institution_id and a.id = c.award_id
        where c.institution_id = $1 and c.id = $2::uuid)`,
      `e.facts->>'claimId' = $2::uuid::text`,
    ),
    values: [actor.institutionId, id],
  },
  { name: 'claim-cost-codes', text: codesText, values: [actor.institutionId] },
];

/** Policy: one's own, also while it is being written; for who sees claims, all that were sent. */
export const mayReadClaim = (actor: Actor, claim: { personId: string; status: string }): boolean =>
  claim.personId === actor.personId || (actor.permissions.has('claims.see') && claim.status !== 'draft');

const viewOf = (
  actor: Actor,
  found: Found | undefined,
  files: ReceiptView[],
  happenings: AwardHappening[],
  codes: ClaimView['costCodes'],
  owed: OwedReport[],
): ClaimView => {
  if (!found || !mayReadClaim(actor, found)) throw new Refused('not-found');
  const { personId, potCostCodeId, submittedById, ...view } = found;
  const mine = personId === actor.personId;
  const decides =
    actor.permissions.has('claims.decide') &&
    !mine &&
    actor.personId !== submittedById &&
    actor.acting?.by.id !== personId;
  const { status, kind } = view;
  const [late] = owed;
  return {
    ...view,
    mine,
    files: mine ? files.map((file) => ({ ...file, alsoOn: [] })) : files,
    happenings,
    costCodes: decides
      ? codes.toSorted((one, other) => Number(other.id === potCostCodeId) - Number(one.id === potCostCodeId))
      : [],
    heldFor:
      late && view.last && (status === 'submitted' || status === 'approved')
        ? { subject: late.subject, dueOn: late.dueOn }
        : null,
    may: {
      edit:
        mine &&
        (status === 'draft' || status === 'returned' || status === 'payment-rejected') &&
        (kind === 'claim' || status === 'payment-rejected'),
      decide: decides && status === 'submitted',
      return: decides && (status === 'submitted' || status === 'approved'),
      rejectPayment: decides && (status === 'paid' || status === 'approved') && view.claimedPence > view.settlesPence,
    },
  };
};

/** Reports that are late today, not those that will be. */
const late = (rows: OwedReport[], today: string): OwedReport[] => rows.filter(({ lastDay }) => lastDay < today);

export const claimViewIn = async (tx: Tx, actor: Actor, id: string): Promise<ClaimView> => {
  const rows: unknown[][] = [];
  for (const { text, values } of queries(actor, id, tx.now)) rows.push(await tx.query(text, values));
  const [found, files, happenings, codes] = rows as [Found[], ReceiptView[], AwardHappening[], ClaimView['costCodes']];
  const today = dayIn(actor.timeZone, tx.now);
  const owed = owedReports(actor.institutionId, found[0] ? [found[0].personId] : [], today, actor.timeZone);
  return viewOf(
    actor,
    found[0],
    files,
    happenings,
    codes,
    late(await tx.query<OwedReport>(owed.text, owed.values), today),
  );
};

@Injectable()
export class ClaimViews {
  constructor(
    private readonly reads: Reads,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, id: string): Promise<ClaimView> {
    const now = this.clock.now();
    const [[found], files, happenings, codes] = await this.reads.all<
      [Found, ReceiptView, AwardHappening, ClaimView['costCodes'][number]]
    >(actor, queries(actor, id, now));
    const today = dayIn(actor.timeZone, now);
    const owed = found?.last
      ? await this.reads.rows<OwedReport>(
          actor,
          owedReports(actor.institutionId, [found.personId], today, actor.timeZone),
        )
      : [];
    return viewOf(actor, found, files, happenings, codes, late(owed, today));
  }

  /** A receipt, to whom the claim may be shown. */
  receipt(actor: Actor, id: string, fileId: string): Promise<StoredFile> {
    return this.transactions.run({ ...actor, command: undefined }, async (tx) => {
      const [claim] = await tx.query<{ personId: string; status: string }>(
        `select a.person_id as "personId", c.status from claim c
         join award a on a.institution_id = c.institution_id and a.id = c.award_id
         join claim_file f on f.institution_id = c.institution_id and f.claim_id = c.id and f.file_id = $3
         where c.institution_id = $1 and c.id = $2`,
        [actor.institutionId, id, fileId],
      );
      if (!claim || !mayReadClaim(actor, claim)) throw new Refused('not-found');
      return storedFile(tx, fileId);
    });
  }
}
