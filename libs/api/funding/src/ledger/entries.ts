import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Reads, Refused, type Scope, type Tx } from '@waymark/api-platform';
import { type EntriesPage, type EntriesQuery, type EntryRow, permissionsOf } from '@waymark/contracts';
import { pounds, type Table } from '../table';
import { correctedByHand } from './corrected-by-hand';

/** More entries than one pot ever has; a file is not to grow without bound. */
const exportMost = 100_000;

/** Entries of one pot, $2. What was available after each is a running sum over the pot's own lines. */
const entries = `
  select e.id, e.kind, e.day::text as day, ${instantOf('e.at')} as at, e.reason, e.corrects,
    (select trim(m.given_name || ' ' || m.family_name) from person m
      where m.institution_id = e.institution_id and m.id = e.made_by and m.erased_at is null) as "madeBy",
    (select c.id from ledger_entry c where c.institution_id = e.institution_id and c.corrects = e.id) as "correctedBy",
    (select json_agg(json_build_object(
        'pot', json_build_object('id', p.id, 'name', p.name, 'financialYear', p.financial_year),
        'account', l.account, 'costCode', k.code, 'amountPence', l.amount_pence) order by l.number)
      from ledger_line l
      join pot p on p.institution_id = l.institution_id and p.id = l.pot_id
      join cost_code k on k.institution_id = l.institution_id and k.id = l.cost_code_id
      where l.institution_id = e.institution_id and l.entry_id = e.id) as lines,
    r.available_after::float8 as "availableAfterPence"
  from (
    select l.entry_id, sum(sum(l.amount_pence) filter (where l.account = 'available')) over (order by l.entry_id) as available_after
    from ledger_line l where l.institution_id = $1 and l.pot_id = $2 group by l.entry_id
  ) r
  join ledger_entry e on e.institution_id = $1 and e.id = r.entry_id`;

const wanted = `($3::text is null or e.kind = $3) and ($4::date is null or e.day >= $4) and ($5::date is null or e.day <= $5)`;

type Found = Omit<EntryRow, 'mayCorrect'>;
type Filters = Pick<EntriesQuery, 'kind' | 'from' | 'to'>;

const rowOf = (row: Found, actor: Actor): EntryRow => ({
  ...row,
  availableAfterPence: row.availableAfterPence ?? 0,
  mayCorrect:
    row.correctedBy === null && correctedByHand.includes(row.kind) && permissionsOf(actor.roles).has('pots.manage'),
});

/** One entry as the pot sees it. */
export const entryRowIn = async (tx: Tx, actor: Actor, entryId: string, potId: string): Promise<EntryRow> => {
  const [row] = await tx.query<Found>(`${entries} where e.id = $3`, [actor.institutionId, potId, entryId]);
  if (!row) throw new Refused('not-found');
  return rowOf(row, actor);
};

@Injectable()
export class Entries {
  constructor(private readonly reads: Reads) {}

  async page(actor: Actor, potId: string, { page, pageSize, ...filters }: EntriesQuery): Promise<EntriesPage> {
    const { rows, total } = await this.read(actor, potId, filters, pageSize, (page - 1) * pageSize);
    return { rows: rows.map((row) => rowOf(row, actor)), total, page, pageSize };
  }

  /** One line for each line of the entries, as books have them. */
  async table(scope: Scope, potId: string, filters: Filters): Promise<Table> {
    const { rows } = await this.read(scope, potId, filters, exportMost, 0);
    return {
      headings: ['Day', 'Kind', 'Reason', 'By', 'Pot', 'Account', 'Cost code', 'Pounds', 'Entry', 'Corrects'],
      rows: rows.flatMap((row) =>
        row.lines.map((line) => [
          ...[row.day, row.kind, row.reason, row.madeBy, line.pot.name, line.account, line.costCode],
          ...[pounds(line.amountPence), row.id, row.corrects],
        ]),
      ),
    };
  }

  private async read(
    scope: Scope,
    potId: string,
    { kind, from, to }: Filters,
    limit: number,
    offset: number,
  ): Promise<{ rows: Found[]; total: number }> {
    const values = [scope.institutionId, potId, kind ?? null, from ?? null, to ?? null];
    const [[known], [count], rows] = await this.reads.all<[{ id: string }, { total: number }, Found]>(scope, [
      {
        name: 'pot-known',
        text: 'select id from pot where institution_id = $1 and id = $2',
        values: values.slice(0, 2),
      },
      {
        name: 'entries-count',
        text: `select count(*)::int as total from ledger_entry e where e.institution_id = $1 and ${wanted} and exists (
          select from ledger_line l where l.institution_id = $1 and l.entry_id = e.id and l.pot_id = $2)`,
        values,
      },
      {
        name: 'entries',
        text: `${entries} where ${wanted} order by e.id desc limit $6 offset $7`,
        values: [...values, limit, offset],
      },
    ]);
    if (!known) throw new Refused('not-found');
    return { rows, total: count?.total ?? 0 };
  }
}
