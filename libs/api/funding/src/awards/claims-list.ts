import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf, patternOf } from '@waymark/api-people';
import { type Actor, Clock, dayIn, Reads } from '@waymark/api-platform';
import { type OwedReport, owedReports } from '@waymark/api-report-back';
import { type ClaimRow, claimStatuses, type ClaimsPage, type ClaimsQuery } from '@waymark/contracts';
import { pounds, type Table } from '../table';

const exportMost = 100_000;

const held = `(c.last and c.status in ('submitted', 'approved') and a.person_id = any ($2::uuid[]))`;

const rowColumns = `
  select c.id, c.number, c.version, c.kind, c.last, c.status, ${cardOf('person')} as person, c.award_id as "awardId", p.reference,
    a.event_name as "eventName", json_build_object('id', k.id, 'name', k.name) as call, c.claimed_pence::float8 as "claimedPence",
    (c.claimed_pence - c.settles_pence)::float8 as "toPayPence",
    (select d.code from cost_code d where d.institution_id = c.institution_id and d.id = c.cost_code_id) as "costCode",
    (select json_build_object('id', b.id, 'number', b.number) from payment_batch b
      where b.institution_id = c.institution_id and b.id = c.batch_id) as batch,
    ${instantOf('c.submitted_at')} as "submittedAt", ${instantOf('c.paid_at')} as "paidAt", ${held} as held,
    c.status = 'submitted' and $4::boolean and a.person_id <> $3::uuid and c.submitted_by is distinct from $3::uuid
      and a.person_id is distinct from $5::uuid
      and not ${held} as "mayApprove"`;

export const claimJoins = `
  from claim c
  join award a on a.institution_id = c.institution_id and a.id = c.award_id
  join application p on p.institution_id = a.institution_id and p.id = a.application_id
  join call k on k.institution_id = a.institution_id and k.id = a.call_id
  join person on person.institution_id = a.institution_id and person.id = a.person_id`;

/**
 * SQL of claim rows as contracts have them. `$1` the institution, `$2` who owes a late report, `$3` who asks, `$4` whether they
 * decide on claims, `$5` who acts for them.
 */
export const claimRowsText = `${rowColumns} ${claimJoins} ${cardJoins('person')}`;

const wanted = `c.institution_id = $1 and c.status <> 'draft' and ($6::text is null or c.status = $6)
  and ($7::text is null or c.kind = $7) and ($8::uuid is null or a.call_id = $8) and ($9::boolean is null or ${held} = $9)
  and ($10::text is null or p.reference ilike $10 or a.event_name ilike $10
    or person.given_name || ' ' || person.family_name ilike $10)`;
/** Whether it bears on the filters but for the status, which the counts are by. */
const but = wanted.replace(`($6::text is null or c.status = $6)`, `($6::text is null or true)`);

const orders: Readonly<Record<ClaimsQuery['sort'], string>> = {
  submitted: 'c.submitted_at, c.id',
  '-submitted': 'c.submitted_at desc, c.id desc',
  '-amount': 'c.claimed_pence - c.settles_pence desc, c.id',
  name: 'person.family_name, person.given_name, c.id',
};

type Filters = Omit<ClaimsQuery, 'page' | 'pageSize'>;

@Injectable()
export class ClaimsList {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, { page, pageSize, ...filters }: ClaimsQuery): Promise<ClaimsPage> {
    const values = await this.values(actor, filters);
    const from = `${claimJoins} where`;
    const [[total], counts, calls, rows] = await this.reads.all<
      [
        { total: number; toPayPence: number },
        { status: ClaimRow['status']; count: number },
        { id: string; name: string },
        ClaimRow,
      ]
    >(actor, [
      {
        name: 'claims-total',
        text: `select count(*)::int as total, coalesce(sum(c.claimed_pence - c.settles_pence), 0)::float8 as "toPayPence"
          ${from} ${wanted} and ${bound}`,
        values,
      },
      {
        name: 'claims-counts',
        text: `select c.status, count(*)::int as count ${from} ${but} and ${bound} group by c.status`,
        values,
      },
      {
        name: 'claims-calls',
        text: `select k.id, k.name from call k where k.institution_id = $1 and exists (
          select from award a join claim c on c.institution_id = a.institution_id and c.award_id = a.id and c.status <> 'draft'
          where a.institution_id = $1 and a.call_id = k.id) order by k.opens_at desc, k.id limit 100`,
        values: [actor.institutionId],
      },
      {
        name: `claims-${filters.sort}`,
        text: `${claimRowsText} where ${wanted} order by ${orders[filters.sort]} limit $11 offset $12`,
        values: [...values, pageSize, (page - 1) * pageSize],
      },
    ]);
    const of = new Map(counts.map(({ status, count }) => [status, count]));
    return {
      rows,
      total: total?.total ?? 0,
      page,
      pageSize,
      toPayPence: total?.toPayPence ?? 0,
      counts: Object.fromEntries(claimStatuses.map((status) => [status, of.get(status) ?? 0])) as ClaimsPage['counts'],
      calls,
    };
  }

  async table(actor: Actor, filters: Filters): Promise<Table> {
    const rows = await this.reads.rows<ClaimRow>(actor, {
      name: `claims-${filters.sort}`,
      text: `${claimRowsText} where ${wanted} order by ${orders[filters.sort]} limit $11 offset $12`,
      values: [...(await this.values(actor, filters)), exportMost, 0],
    });
    return tableOf(rows);
  }

  private async values(actor: Actor, { status, kind, callId, held: isHeld, search }: Filters): Promise<unknown[]> {
    const late = await lateAmongLast(this.reads, actor, this.clock.now());
    return [
      ...[
        actor.institutionId,
        late,
        actor.personId,
        actor.permissions.has('claims.decide'),
        actor.acting?.by.id ?? null,
      ],
      ...[status ?? null, kind ?? null, callId ?? null, isHeld ?? null, search ? patternOf(search) : null],
    ];
  }
}

/** All values have a type also where only the rows use them. */
const bound = `($3::uuid is null or true) and ($4::boolean is null or true) and ($5::uuid is null or true)`;

/** Of those who have sent a last claim that is not paid, who owes a report that is late. */
export const lateAmongLast = async (reads: Reads, actor: Actor, now: Date): Promise<string[]> => {
  const people = await reads.rows<{ id: string }>(actor, {
    name: 'claims-last-people',
    text: `select distinct a.person_id as id from claim c
      join award a on a.institution_id = c.institution_id and a.id = c.award_id
      where c.institution_id = $1 and c.last and c.status in ('submitted', 'approved')`,
    values: [actor.institutionId],
  });
  if (people.length === 0) return [];
  const today = dayIn(actor.timeZone, now);
  const owed = await reads.rows<OwedReport>(
    actor,
    owedReports(
      actor.institutionId,
      people.map(({ id }) => id),
      today,
      actor.timeZone,
    ),
  );
  return [...new Set(owed.filter(({ lastDay }) => lastDay < today).map(({ personId }) => personId))];
};

export const tableOf = (rows: readonly ClaimRow[]): Table => ({
  headings: [
    ...['Reference', 'Claim', 'Kind', 'Last', 'Name', 'Unit', 'Event', 'Call', 'Status', 'Claimed (pounds)'],
    ...['To pay (pounds)', 'Cost code', 'Batch', 'Sent', 'Paid', 'Waits for a report'],
  ],
  rows: rows.map((row) => [
    ...[row.reference, row.number, row.kind, row.last ? 'yes' : 'no', row.person.name, row.person.unit, row.eventName],
    ...[row.call.name, row.status, pounds(row.claimedPence), pounds(row.toPayPence), row.costCode],
    ...[row.batch?.number ?? null, row.submittedAt, row.paidAt, row.held ? 'yes' : 'no'],
  ]),
});
