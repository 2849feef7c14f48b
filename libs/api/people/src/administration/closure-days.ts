import { Injectable } from '@nestjs/common';
import {
  type Actor,
  bankHolidays,
  type Nation,
  type ReadQuery,
  Reads,
  Refused,
  Transactions,
  type Tx,
} from '@waymark/api-platform';
import {
  type AddClosureDays as AddClosureDaysInput,
  closureDaysMost,
  type ClosureDaysView,
  type RemoveClosureDays as RemoveClosureDaysInput,
} from '@waymark/contracts';
import { DateTime } from 'luxon';

interface ClosureRow {
  nation: Nation;
  closures: ClosureDaysView['closures'];
}

/** Adjoining days of one name are one line: a day less its place among the days of its name is the same for them all. */
const closureQuery = (institutionId: string, year: number): ReadQuery => ({
  name: 'closure-days',
  text: `select i.nation, coalesce((
      select json_agg(json_build_object('name', s.name, 'from', s.first_day, 'until', s.last_day, 'days', s.days)
        order by s.first_day, s.name)
      from (
        select name, min(day)::text as first_day, max(day)::text as last_day, count(*)::int as days
        from (select c.name, c.day, c.day - row_number() over (partition by c.name order by c.day)::int as stretch
          from closure_day c where c.institution_id = i.id
            and c.day between make_date($2, 1, 1) and make_date($2, 12, 31)) placed
        group by name, stretch) s), '[]'::json) as closures
    from institution i where i.id = $1`,
  values: [institutionId, year],
});

const known = Object.values(bankHolidays).flatMap((days) => [...days].map((day) => Number(day.slice(0, 4))));
const bankHolidaysKnown = { from: Math.min(...known), until: Math.max(...known) };

const viewOf = (row: ClosureRow | undefined, year: number): ClosureDaysView => {
  if (!row) throw new Refused('not-found');
  return {
    year,
    closures: row.closures,
    bankHolidays: [...bankHolidays[row.nation]].filter((day) => day.startsWith(`${year}-`)).sort(),
    bankHolidaysKnown,
  };
};

const closureViewIn = async (tx: Tx, year: number): Promise<ClosureDaysView> => {
  const { text, values } = closureQuery(tx.scope.institutionId, year);
  const [row] = await tx.query<ClosureRow>(text, values);
  return viewOf(row, year);
};

@Injectable()
export class ClosureDays {
  constructor(private readonly reads: Reads) {}

  async ofYear(actor: Actor, year: number): Promise<ClosureDaysView> {
    const [row] = await this.reads.rows<ClosureRow>(actor, closureQuery(actor.institutionId, year));
    return viewOf(row, year);
  }
}

const daysBetween = (from: string, until: string): number =>
  DateTime.fromISO(until, { zone: 'UTC' }).diff(DateTime.fromISO(from, { zone: 'UTC' }), 'days').days + 1;

@Injectable()
export class AddClosureDays {
  constructor(private readonly transactions: Transactions) {}

  /** Working days are counted without them from now on; deadlines that were set before stay. Answers the year of `from`. */
  run(actor: Actor, { name, from, until }: AddClosureDaysInput): Promise<ClosureDaysView> {
    const days = daysBetween(from, until);
    if (days < 1) throw new Refused('invalid-input', { fields: [{ path: 'until', code: 'before-the-first' }] });
    if (days > closureDaysMost) throw new Refused('invalid-input', { fields: [{ path: 'until', code: 'too-many' }] });
    return this.transactions.run(actor, async (tx) => {
      const [taken] = await tx.query<{ name: string; day: string }>(
        `select name, day::text from closure_day where institution_id = $1 and day between $2::date and $3::date
         order by day limit 1`,
        [actor.institutionId, from, until],
      );
      if (taken) throw new Refused('closure-days-overlap', { facts: { name: taken.name, day: taken.day } });
      await tx.query(
        `insert into closure_day (institution_id, day, name)
         select $1, d::date, $4 from generate_series($2::date, $3::date, interval '1 day') as d`,
        [actor.institutionId, from, until, name],
      );
      await tx.audit('closure-days.add', { kind: 'institution', id: actor.institutionId }, { from, until });
      return closureViewIn(tx, Number(from.slice(0, 4)));
    });
  }
}

@Injectable()
export class RemoveClosureDays {
  constructor(private readonly transactions: Transactions) {}

  run(actor: Actor, { from, until }: RemoveClosureDaysInput): Promise<ClosureDaysView> {
    return this.transactions.run(actor, async (tx) => {
      const gone = await tx.query(
        `delete from closure_day where institution_id = $1 and day between $2::date and $3::date returning day`,
        [actor.institutionId, from, until],
      );
      if (gone.length === 0) throw new Refused('changed-meanwhile');
      await tx.audit('closure-days.remove', { kind: 'institution', id: actor.institutionId }, { from, until });
      return closureViewIn(tx, Number(from.slice(0, 4)));
    });
  }
}
