import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, patternOf } from '@waymark/api-people';
import { type Actor, Reads, Refused } from '@waymark/api-platform';
import type { FundAwardRow, CallAwardsPage, CallAwardsQuery, MyFundAwards } from '@waymark/contracts';
import { pounds, type Table } from '../table';

const exportMost = 100_000;

const columns = `a.id, a.application_id as "applicationId", p.reference, a.status, a.amount_pence < s.asked_pence as part,
  json_build_object('name', a.event_name, 'startsOn', a.event_starts_on, 'endsOn', a.event_ends_on) as event,
  (a.answer_by at time zone i.time_zone)::date::text as "answerBy", a.claim_by::text as "claimBy",
  coalesce(f.awarded_pence, 0)::float8 as "awardedPence", coalesce(f.committed_pence, 0)::float8 as "committedPence",
  coalesce(f.spent_pence, 0)::float8 as "spentPence", coalesce(f.released_pence, 0)::float8 as "releasedPence"`;

/** The figures of many awards at once: the view's rows of these awards, joined whole. */
const joins = `
  from award a
  join institution i on i.id = a.institution_id
  join application p on p.institution_id = a.institution_id and p.id = a.application_id
  join application_submission s
    on s.institution_id = p.institution_id and s.application_id = p.id and s.number = p.submission_number
  join person on person.institution_id = a.institution_id and person.id = a.person_id
  left join award_figures f on f.institution_id = a.institution_id and f.award_id = a.id`;

const wanted = `a.institution_id = $1 and a.call_id = $2 and ($3::text is null or a.status = $3) and ($4::text is null
  or p.reference ilike $4 or a.event_name ilike $4 or person.given_name || ' ' || person.family_name ilike $4)`;

const orders: Readonly<Record<CallAwardsQuery['sort'], string>> = {
  name: 'person.family_name, person.given_name, a.id',
  '-awarded': '"awardedPence" desc, a.id',
  '-committed': '"committedPence" desc, a.id',
  'claim-by': 'a.claim_by, a.id',
};

type Filters = Omit<CallAwardsQuery, 'page' | 'pageSize'>;

@Injectable()
export class AwardsList {
  constructor(private readonly reads: Reads) {}

  async mine(actor: Actor): Promise<MyFundAwards> {
    const rows = await this.reads.rows<MyFundAwards['rows'][number]>(actor, {
      name: 'awards-mine',
      text: `select ${columns}, (select json_build_object('id', k.id, 'name', k.name) from call k
          where k.institution_id = a.institution_id and k.id = a.call_id) as call
        ${joins} where a.institution_id = $1 and a.person_id = $2 order by a.offered_at desc, a.id desc limit 200`,
      values: [actor.institutionId, actor.personId],
    });
    return { rows };
  }

  async page(actor: Actor, callId: string, { page, pageSize, ...filters }: CallAwardsQuery): Promise<CallAwardsPage> {
    const values = valuesOf(actor, callId, filters);
    const [[call], [totals], [reserve], rows] = await this.reads.all<
      [{ id: string; name: string }, CallAwardsPage['figures'] & { total: number }, { count: number }, FundAwardRow]
    >(actor, [
      {
        name: 'call-awards-call',
        text: `select id, name from call where institution_id = $1 and id = $2 and status <> 'draft'`,
        values: values.slice(0, 2),
      },
      {
        name: 'call-awards-totals',
        text: `select count(*)::int as total, coalesce(sum(f.awarded_pence), 0)::float8 as "awardedPence",
            coalesce(sum(f.committed_pence), 0)::float8 as "committedPence", coalesce(sum(f.spent_pence), 0)::float8 as "spentPence",
            coalesce(sum(f.released_pence), 0)::float8 as "releasedPence" ${joins} where ${wanted}`,
        values,
      },
      {
        name: 'call-awards-reserve',
        text: `select count(*)::int as count from application where institution_id = $1 and call_id = $2 and status = 'reserve'`,
        values: values.slice(0, 2),
      },
      {
        name: `call-awards-${filters.sort}`,
        text: rowsText(filters.sort),
        values: [...values, pageSize, (page - 1) * pageSize],
      },
    ]);
    if (!call) throw new Refused('not-found');
    const { total = 0, ...figures } = totals ?? {
      awardedPence: 0,
      committedPence: 0,
      spentPence: 0,
      releasedPence: 0,
    };
    return { rows, total, page, pageSize, call, figures, reserve: reserve?.count ?? 0 };
  }

  async table(actor: Actor, callId: string, filters: Filters): Promise<Table> {
    const [[call], rows] = await this.reads.all<[{ id: string }, FundAwardRow]>(actor, [
      {
        name: 'call-awards-known',
        text: `select id from call where institution_id = $1 and id = $2`,
        values: [actor.institutionId, callId],
      },
      {
        name: `call-awards-${filters.sort}`,
        text: rowsText(filters.sort),
        values: [...valuesOf(actor, callId, filters), exportMost, 0],
      },
    ]);
    if (!call) throw new Refused('not-found');
    return {
      headings: [
        ...['Reference', 'Name', 'Unit', 'Event', 'From', 'To', 'Status', 'Part-award', 'Answer by', 'Claim by'],
        ...['Awarded (pounds)', 'Committed (pounds)', 'Paid (pounds)', 'Released (pounds)'],
      ],
      rows: rows.map((row) => [
        ...[row.reference, row.person.name, row.person.unit, row.event.name, row.event.startsOn, row.event.endsOn],
        ...[row.status, row.part ? 'yes' : 'no', row.answerBy, row.claimBy, pounds(row.awardedPence)],
        ...[pounds(row.committedPence), pounds(row.spentPence), pounds(row.releasedPence)],
      ]),
    };
  }
}

const rowsText = (sort: CallAwardsQuery['sort']): string =>
  `select ${columns}, ${cardOf('person')} as person ${joins} ${cardJoins('person')} where ${wanted}
   order by ${orders[sort]} limit $5 offset $6`;

const valuesOf = (actor: Actor, callId: string, { status, search }: Filters): unknown[] => [
  ...[actor.institutionId, callId, status ?? null, search ? patternOf(search) : null],
];
