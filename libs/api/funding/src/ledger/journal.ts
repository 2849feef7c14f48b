import { Injectable } from '@nestjs/common';
import { Reads, type Scope } from '@waymark/api-platform';
import type { JournalQuery } from '@waymark/contracts';
import { journalText, type JournalEntry } from './journal-text';

/** More entries than an institution posts in a century; a file is not to grow without bound. */
const most = 1_000_000;

/**
 * The ledger as a plain-text accounting journal, for an outside tool to add up: the whole of it, or entries that touch the
 * pots of one financial year.
 */
@Injectable()
export class Journal {
  constructor(private readonly reads: Reads) {}

  async text(scope: Scope, { year }: JournalQuery): Promise<string> {
    const [[institution], rows] = await this.reads.all<[{ name: string }, JournalEntry]>(scope, [
      { name: 'journal-of', text: 'select name from institution where id = $1', values: [scope.institutionId] },
      {
        name: 'journal',
        text: `select e.id, e.day::text as day, e.kind, e.reason, e.corrects, (
            select json_agg(json_build_object('potId', p.id, 'pot', p.name, 'financialYear', p.financial_year, 'account', l.account,
              'costCode', k.code, 'amountPence', l.amount_pence) order by l.number)
            from ledger_line l
            join pot p on p.institution_id = l.institution_id and p.id = l.pot_id
            join cost_code k on k.institution_id = l.institution_id and k.id = l.cost_code_id
            where l.institution_id = e.institution_id and l.entry_id = e.id) as lines
          from ledger_entry e where e.institution_id = $1 and ($2::int is null or exists (
            select from ledger_line l join pot p on p.institution_id = l.institution_id and p.id = l.pot_id
            where l.institution_id = $1 and l.entry_id = e.id and p.financial_year = $2))
          order by e.day, e.id limit ${most}`,
        values: [scope.institutionId, year ?? null],
      },
    ]);
    return journalText(institution?.name ?? '', rows);
  }
}
