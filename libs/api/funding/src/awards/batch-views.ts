import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Clock, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import {
  batchClaimsMost,
  type BatchesPage,
  type BatchesQuery,
  type BatchRow,
  type BatchView,
  type ClaimRow,
} from '@waymark/contracts';
import { pounds, type Table } from '../table';
import { claimRowsText, lateAmongLast } from './claims-list';

/** What is in a batch: while it is open its claims; once it is paid what was paid, whatever became of it. */
const contents = `
  left join lateral (
    select count(*)::int as claims, coalesce(sum(x.pence), 0)::float8 as pence from (
      select c.claimed_pence - c.settles_pence as pence from claim c
      where b.status = 'open' and c.institution_id = b.institution_id and c.batch_id = b.id and c.status = 'approved'
      union all
      select y.amount_pence from payment y where b.status = 'paid' and y.institution_id = b.institution_id and y.batch_id = b.id
    ) x
  ) n on true`;

const batchText = `
  select b.id, b.number, b.version, b.status, ${instantOf('b.made_at')} as "madeAt", ${instantOf('b.paid_at')} as "paidAt",
    (select trim(m.given_name || ' ' || m.family_name) from person m
      where m.institution_id = b.institution_id and m.id = b.made_by and m.erased_at is null) as "madeBy", n.claims, n.pence
  from payment_batch b ${contents} where b.institution_id = $1`;

const codesText = `
  select k.code, k.name, count(*)::int as claims, sum(x.pence)::float8 as pence from (
    select c.cost_code_id, c.claimed_pence - c.settles_pence as pence from claim c
    join payment_batch b on b.institution_id = c.institution_id and b.id = c.batch_id and b.status = 'open'
    where c.institution_id = $1 and c.batch_id = $2 and c.status = 'approved'
    union all
    select y.cost_code_id, y.amount_pence from payment y where y.institution_id = $1 and y.batch_id = $2
  ) x join cost_code k on k.institution_id = $1 and k.id = x.cost_code_id
  group by k.code, k.name order by k.code`;

const rowsText = `${claimRowsText}
  where c.institution_id = $1 and (c.batch_id = $6 or exists (
    select from payment y where y.institution_id = $1 and y.batch_id = $6 and y.claim_id = c.id))
  order by "costCode" nulls last, person.family_name, person.given_name, c.id limit ${batchClaimsMost}`;

const queries = (actor: Actor, id: string, late: readonly string[]): [ReadQuery, ReadQuery, ReadQuery] => [
  { name: 'batch', text: `${batchText} and b.id = $2`, values: [actor.institutionId, id] },
  { name: 'batch-codes', text: codesText, values: [actor.institutionId, id] },
  {
    name: 'batch-rows',
    text: rowsText,
    values: [
      ...[actor.institutionId, late, actor.personId, actor.permissions.has('claims.decide')],
      ...[actor.acting?.by.id ?? null, id],
    ],
  },
];

const viewOf = (
  actor: Actor,
  batch: BatchRow | undefined,
  byCostCode: BatchView['byCostCode'],
  rows: ClaimRow[],
): BatchView => {
  if (!batch) throw new Refused('not-found');
  const decides = actor.permissions.has('claims.decide') && batch.status === 'open';
  return { ...batch, byCostCode, rows, may: { pay: decides && rows.length > 0, remove: decides } };
};

export const batchViewIn = async (tx: Tx, actor: Actor, id: string): Promise<BatchView> => {
  const [batch, codes, rows] = queries(actor, id, []);
  const [found] = await tx.query<BatchRow>(batch.text, batch.values);
  const byCostCode = await tx.query<BatchView['byCostCode'][number]>(codes.text, codes.values);
  return viewOf(actor, found, byCostCode, await tx.query<ClaimRow>(rows.text, rows.values));
};

@Injectable()
export class BatchViews {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, { page, pageSize, status }: BatchesQuery): Promise<BatchesPage> {
    const wanted = `($2::text is null or b.status = $2)`;
    const values = [actor.institutionId, status ?? null];
    const [[count], [waiting], rows] = await this.reads.all<
      [{ total: number }, { claims: number; pence: number }, BatchRow]
    >(actor, [
      {
        name: 'batches-count',
        text: `select count(*)::int as total from payment_batch b where b.institution_id = $1 and ${wanted}`,
        values,
      },
      {
        name: 'batches-waiting',
        text: `select count(*)::int as claims, coalesce(sum(claimed_pence - settles_pence), 0)::float8 as pence from claim
          where institution_id = $1 and status = 'approved' and batch_id is null`,
        values: [actor.institutionId],
      },
      {
        name: 'batches',
        text: `${batchText} and ${wanted} order by b.number desc limit $3 offset $4`,
        values: [...values, pageSize, (page - 1) * pageSize],
      },
    ]);
    return { rows, total: count?.total ?? 0, page, pageSize, waiting: waiting ?? { claims: 0, pence: 0 } };
  }

  async see(actor: Actor, id: string): Promise<BatchView> {
    const late = await lateAmongLast(this.reads, actor, this.clock.now());
    const [[batch], codes, rows] = await this.reads.all<[BatchRow, BatchView['byCostCode'][number], ClaimRow]>(
      actor,
      queries(actor, id, late),
    );
    return viewOf(actor, batch, codes, rows);
  }

  /** For the finance system: a line a payment, by cost code. The staff number is what it knows people by. */
  async table(actor: Actor, id: string): Promise<{ number: number; table: Table }> {
    const [[batch], rows] = await this.reads.all<
      [
        { number: number },
        {
          code: string;
          staffNumber: string | null;
          name: string;
          reference: string;
          number: number;
          kind: string;
          pence: number;
        },
      ]
    >(actor, [
      {
        name: 'batch-number',
        text: `select number from payment_batch where institution_id = $1 and id = $2`,
        values: [actor.institutionId, id],
      },
      {
        name: 'batch-export',
        text: `select k.code, person.staff_number as "staffNumber", trim(person.given_name || ' ' || person.family_name) as name,
            p.reference, c.number, c.kind, x.pence::float8 as pence
          from (
            select c.id, c.cost_code_id, c.claimed_pence - c.settles_pence as pence from claim c
            join payment_batch b on b.institution_id = c.institution_id and b.id = c.batch_id and b.status = 'open'
            where c.institution_id = $1 and c.batch_id = $2 and c.status = 'approved'
            union all
            select y.claim_id, y.cost_code_id, y.amount_pence from payment y where y.institution_id = $1 and y.batch_id = $2
          ) x
          join claim c on c.institution_id = $1 and c.id = x.id
          join cost_code k on k.institution_id = $1 and k.id = x.cost_code_id
          join award a on a.institution_id = $1 and a.id = c.award_id
          join application p on p.institution_id = $1 and p.id = a.application_id
          join person on person.institution_id = $1 and person.id = a.person_id
          order by k.code, person.family_name, person.given_name, c.id`,
        values: [actor.institutionId, id],
      },
    ]);
    if (!batch) throw new Refused('not-found');
    return {
      number: batch.number,
      table: {
        headings: ['Cost code', 'Staff number', 'Name', 'Reference', 'Kind', 'Pounds'],
        rows: rows.map((row) => [
          row.code,
          row.staffNumber,
          row.name,
          `${row.reference}/${row.number}`,
          row.kind,
          pounds(row.pence),
        ]),
      },
    };
  }
}
