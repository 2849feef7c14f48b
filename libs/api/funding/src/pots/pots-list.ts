import { Injectable } from '@nestjs/common';
import { patternOf } from '@waymark/api-people';
import { Reads, type Scope } from '@waymark/api-platform';
import type { PotFigures, PotRow, PotsPage, PotsQuery } from '@waymark/contracts';
import { pounds, type Table } from '../table';
import { financialYearWords } from './financial-year';
import { figuresOf } from './pot-view';

const matching = `p.institution_id = $1 and ($2::int is null or p.financial_year = $2) and ($3::text is null or p.status = $3)
  and ($4::text is null or p.name ilike $4 or c.code ilike $4)`;

const from = `pot p join cost_code c on c.institution_id = p.institution_id and c.id = p.cost_code_id
  join pot_figures f on f.institution_id = p.institution_id and f.pot_id = p.id`;

const orders: Readonly<Record<PotsQuery['sort'], string>> = {
  year: 'p.financial_year desc, lower(p.name), p.id',
  name: 'lower(p.name), p.financial_year desc, p.id',
  '-available': 'f.available_pence desc, p.id',
  '-spent': 'f.spent_pence desc, p.id',
};

/** More pots than an institution ever has; a file is not to grow without bound. */
const exportMost = 10_000;

type Filters = Omit<PotsQuery, 'page' | 'pageSize'>;

@Injectable()
export class PotsList {
  constructor(private readonly reads: Reads) {}

  async page(scope: Scope, { page, pageSize, ...filters }: PotsQuery): Promise<PotsPage> {
    return { ...(await this.read(scope, filters, pageSize, (page - 1) * pageSize)), page, pageSize };
  }

  /** The whole list by its filters, as a table to keep. */
  async table(scope: Scope, filters: Filters): Promise<Table> {
    const { rows } = await this.read(scope, filters, exportMost, 0);
    return {
      headings: ['Pot', 'Year', 'Cost code', 'Status', 'Put in', 'Funded', 'Available', 'Committed', 'Spent'],
      rows: rows.map(({ name, financialYear, costCode, status, figures }) => [
        ...[name, financialYearWords(financialYear), costCode, status, pounds(figures.putInPence)],
        ...[pounds(figures.fundedPence), pounds(figures.availablePence), pounds(figures.committedPence)],
        pounds(figures.spentPence),
      ]),
    };
  }

  private async read(
    scope: Scope,
    { year, status, search, sort }: Filters,
    limit: number,
    offset: number,
  ): Promise<Omit<PotsPage, 'page' | 'pageSize'>> {
    const wanted = [scope.institutionId, year ?? null, status ?? null, search ? patternOf(search) : null];
    const [[sums], rows, years] = await this.reads.all<
      [{ total: number; figures: PotFigures }, PotRow, { year: number }]
    >(scope, [
      {
        name: 'pots-sum',
        text: `select s.total, ${figuresOf('s')} as figures from (
            select count(*)::int as total, coalesce(sum(f.put_in_pence), 0)::bigint as put_in_pence,
              coalesce(sum(f.funded_pence), 0)::bigint as funded_pence, coalesce(sum(f.available_pence), 0)::bigint as available_pence,
              coalesce(sum(f.committed_pence), 0)::bigint as committed_pence, coalesce(sum(f.spent_pence), 0)::bigint as spent_pence
            from ${from} where ${matching}) s`,
        values: wanted,
      },
      {
        name: `pots-${sort}`,
        text: `select p.id, p.name, p.financial_year as "financialYear", c.code as "costCode", p.status, ${figuresOf('f')} as figures
          from ${from} where ${matching} order by ${orders[sort]} limit $5 offset $6`,
        values: [...wanted, limit, offset],
      },
      {
        name: 'pots-years',
        text: `select distinct financial_year as year from pot where institution_id = $1 order by 1 desc limit 100`,
        values: [scope.institutionId],
      },
    ]);
    if (!sums) throw new Error('a sum without a row');
    return { rows, total: sums.total, figures: sums.figures, years: years.map((row) => row.year) };
  }
}
