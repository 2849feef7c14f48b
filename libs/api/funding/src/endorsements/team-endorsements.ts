import { Injectable } from '@nestjs/common';
import { patternOf } from '@waymark/api-people';
import { type Actor, Transactions, type Tx } from '@waymark/api-platform';
import type { EndorsementRow, EndorsementsPage, EndorsementsQuery } from '@waymark/contracts';
import { pounds, type Table } from '../table';
import {
  answerByOf,
  askedPence,
  clashCounts,
  eventName,
  fromEndorsement,
  listColumns,
  nameOf,
  startsOn,
} from './endorsement-sql';
import { isOver, standingOf } from './locked-endorsements';
import { answerableBy } from './who-may-answer';

/** More than one person is ever asked; a file is not to grow without bound. */
const exportMost = 10_000;

const orders: Readonly<Record<EndorsementsQuery['sort'], string>> = {
  'answer-by': `coalesce(${answerByOf}, 'infinity'), coalesce(n.answered_at, '-infinity') desc, n.id`,
  event: `${startsOn}, n.id`,
  '-cost': `${askedPence} desc, n.id`,
  name: `lower(${nameOf('p')}), n.id`,
};

type Filters = Omit<EndorsementsQuery, 'page' | 'pageSize'>;

/** What a person is asked to endorse, or may answer in somebody's place, and what they have answered. */
@Injectable()
export class TeamEndorsements {
  constructor(private readonly transactions: Transactions) {}

  page(actor: Actor, { page, pageSize, ...filters }: EndorsementsQuery): Promise<EndorsementsPage> {
    return this.transactions.run({ ...actor, command: undefined }, async (tx) => ({
      ...(await this.read(tx, actor, filters, pageSize, (page - 1) * pageSize)),
      page,
      pageSize,
    }));
  }

  table(actor: Actor, filters: Filters): Promise<Table> {
    return this.transactions.run({ ...actor, command: undefined }, async (tx) => {
      const { rows } = await this.read(tx, actor, filters, exportMost, 0);
      return {
        headings: [
          ...['Applicant', 'Call', 'For', 'Event', 'From', 'To', 'Asked', 'Least', 'Others away', 'Awards before'],
          ...['Awarded before', 'Asked at', 'Answer by', 'Status', 'Answered at', 'Answered by', 'Reason'],
        ],
        rows: rows.map((row) => [
          ...[row.applicant.name, row.call.name, row.purpose, row.event.name, row.event.startsOn, row.event.endsOn],
          ...[pounds(row.askedPence), pounds(row.leastPence), row.clashes, row.fundedBefore.count],
          ...[pounds(row.fundedBefore.amountPence), row.askedAt, row.answerBy, row.status, row.answeredAt],
          ...[row.answeredBy, row.reason],
        ]),
      };
    });
  }

  private async read(
    tx: Tx,
    actor: Actor,
    { show, search, sort }: Filters,
    limit: number,
    offset: number,
  ): Promise<Omit<EndorsementsPage, 'page' | 'pageSize'>> {
    const open = (await standingOf(tx, await answerableBy(tx, actor)))
      .filter((each) => !isOver(each, tx.now))
      .map(({ id }) => id);
    const mine = [actor.institutionId, open, actor.personId];
    const waiting = `n.institution_id = $1 and n.id = any ($2::uuid[])`;
    const answered = `n.institution_id = $1 and n.answered_by = $3 and not n.id = any ($2::uuid[])`;
    const [counts] = await tx.query<{ waiting: number; answered: number }>(
      `select cardinality($2::uuid[]) as waiting, (select count(*)::int from endorsement n where ${answered}) as answered`,
      mine,
    );
    const wanted = `${show === 'waiting' ? `${waiting} and $3::uuid is not null` : answered}
      and ($4::text is null or ${nameOf('p')} ilike $4 or ${eventName} ilike $4)`;
    const values = [...mine, search ? patternOf(search) : null];
    const [all] = await tx.query<{ total: number }>(
      `select count(*)::int as total from ${fromEndorsement} where ${wanted}`,
      values,
    );
    const rows = await tx.query<Omit<EndorsementRow, 'mayAnswer' | 'clashes'>>(
      `select ${listColumns} from ${fromEndorsement} where ${wanted} order by ${orders[sort]} limit $5 offset $6`,
      [...values, limit, offset],
    );
    const clashes = new Map(
      (
        await tx.query<{ id: string; clashes: number }>(clashCounts, [actor.institutionId, rows.map(({ id }) => id)])
      ).map((row) => [row.id, row.clashes]),
    );
    const answerable = new Set(open);
    return {
      rows: rows.map((row) => ({ ...row, clashes: clashes.get(row.id) ?? 0, mayAnswer: answerable.has(row.id) })),
      total: all?.total ?? 0,
      waiting: counts?.waiting ?? 0,
      answered: counts?.answered ?? 0,
    };
  }
}
