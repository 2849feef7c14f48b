import { Injectable } from '@nestjs/common';
import { instantOf, patternOf } from '@waymark/api-people';
import { Clock, Reads, type Scope } from '@waymark/api-platform';
import type { CallRow, CallsPage, CallsQuery } from '@waymark/contracts';
import { financialYearWords } from '../pots/financial-year';
import { pounds, type Table } from '../table';
import { momentOf } from './call-at';
import { asking } from './call-view';

const matching = `c.institution_id = $1 and ($2::text is null or ${momentOf('c', '$5')} = $2) and ($3::text is null or c.kind = $3)
  and ($4::text is null or c.name ilike $4)`;

/** What is counted of a call's applications, for the rows of one page alone. */
const counted = (call: string): string => `lateral (
  select count(*) filter (where a.status = 'draft')::int as drafts,
    count(*) filter (where a.status ${asking})::int as applications,
    coalesce(sum(s.asked_pence) filter (where a.status ${asking}), 0)::float8 as asked
  from application a
  left join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
    and s.number = a.submission_number
  where a.institution_id = ${call}.institution_id and a.call_id = ${call}.id) n`;

const orders: Readonly<Record<CallsQuery['sort'], string>> = {
  '-opens': 'opens_at desc, id desc',
  opens: 'opens_at, id',
  name: 'lower(name), id',
  closes: 'closes_at, id',
  '-budget': 'budget_pence desc, id',
  '-applications': 'size desc, id',
};

/** The order by size alone has to count them all before it pages. */
const size = `(select count(*) from application a where a.institution_id = c.institution_id and a.call_id = c.id
  and a.status ${asking})`;

/** More calls than an institution ever has; a file is not to grow without bound. */
const exportMost = 10_000;

type Filters = Omit<CallsQuery, 'page' | 'pageSize'>;

@Injectable()
export class CallsList {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(scope: Scope, { page, pageSize, ...filters }: CallsQuery): Promise<CallsPage> {
    return { ...(await this.read(scope, filters, pageSize, (page - 1) * pageSize)), page, pageSize };
  }

  /** The whole list by its filters, as a table to keep. */
  async table(scope: Scope, filters: Filters): Promise<Table> {
    const { rows } = await this.read(scope, filters, exportMost, 0);
    return {
      headings: [
        ...['Call', 'Kind', 'Status', 'Opens at', 'Closes at', 'Pot', 'Pot year'],
        ...['Budget', 'Applications', 'Drafts', 'Asked'],
      ],
      rows: rows.map((row) => [
        ...[row.name, row.kind, row.moment, row.opensAt, row.closesAt, row.pot, financialYearWords(row.potYear)],
        ...[pounds(row.budgetPence), row.applications, row.drafts, pounds(row.askedPence)],
      ]),
    };
  }

  private async read(
    scope: Scope,
    { moment, kind, search, sort }: Filters,
    limit: number,
    offset: number,
  ): Promise<Omit<CallsPage, 'page' | 'pageSize'>> {
    const now = this.clock.now();
    const wanted = [scope.institutionId, moment ?? null, kind ?? null, search ? patternOf(search) : null, now];
    const bySize = sort === '-applications';
    const [[count], rows] = await this.reads.all<[{ total: number }, CallRow]>(scope, [
      { name: 'calls-count', text: `select count(*)::int as total from call c where ${matching}`, values: wanted },
      {
        name: `calls-${sort}`,
        text: `select c.id, c.name, c.kind, c.status, ${momentOf('c', '$5')} as moment, ${instantOf('c.opens_at')} as "opensAt",
            ${instantOf('c.closes_at')} as "closesAt", c.budget_pence::float8 as "budgetPence", p.name as pot,
            p.financial_year as "potYear", n.drafts, n.applications, n.asked as "askedPence"
          from (select c.*${bySize ? `, ${size} as size` : ''} from call c where ${matching}
            order by ${orders[sort]} limit $6 offset $7) c
          join pot p on p.institution_id = c.institution_id and p.id = c.pot_id
          cross join ${counted('c')}
          order by ${orders[sort].replace(/\b(opens_at|id|name|closes_at|budget_pence|size)\b/g, 'c.$1')}`,
        values: [...wanted, limit, offset],
      },
    ]);
    return { rows, total: count?.total ?? 0 };
  }
}
