import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf, patternOf } from '@waymark/api-people';
import { type Actor, type ReadQuery, Reads, Refused } from '@waymark/api-platform';
import type { ApplicationRow, ApplicationsPage, ApplicationsQuery } from '@waymark/contracts';
import { pounds, type Table } from '../table';
import { readsBlind } from './reads-blind';

const from = `application a
  join person p on p.institution_id = a.institution_id and p.id = a.person_id ${cardJoins('p')}
  left join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
    and s.number = a.submission_number
  left join application_appeal l on l.institution_id = a.institution_id and l.application_id = a.id and l.answer is null`;

/** Of the draft nothing is shown, and so nothing is searched: it is the applicant's until it is sent. */
const matching = `a.institution_id = $1 and a.call_id = $2 and ($3::text is null or a.status = $3)
  and ($4::text is null or (not $7::boolean and trim(p.given_name || ' ' || p.family_name) ilike $4) or a.reference ilike $4
    or s.event_name ilike $4)
  and ($5::uuid is null or p.unit_id in (
    with recursive under as (
      select u.id from unit u where u.institution_id = $1 and u.id = $5
      union select u.id from under x join unit u on u.institution_id = $1 and u.parent_id = x.id
    ) select id from under))
  and (not $6::boolean or l.application_id is not null)`;

const byReference = `length(a.reference), a.reference`;
const byName = `lower(p.family_name), lower(p.given_name), a.id`;
const orders: Readonly<Record<ApplicationsQuery['sort'], string>> = {
  name: byName,
  reference: byReference,
  '-submitted': `s.submitted_at desc nulls last, a.id`,
  '-asked': `s.asked_pence desc nulls last, ${byReference}`,
  event: `s.event_starts_on nulls last, lower(s.event_name), a.id`,
};

/** More applications than a call ever has; a file is not to grow without bound. */
const exportMost = 20_000;

type Filters = Omit<ApplicationsQuery, 'page' | 'pageSize'>;

/**
 * A call's applications for whoever may see calls. Nothing of scores stands here, nor anything worked out from them. Who reads the
 * call blind sees no names, nor what tells them: no search or order by name, no unit.
 */
@Injectable()
export class ApplicationsList {
  constructor(private readonly reads: Reads) {}

  async page(
    actor: Actor,
    callId: string,
    { page, pageSize, ...filters }: ApplicationsQuery,
  ): Promise<ApplicationsPage> {
    return { ...(await this.read(actor, callId, filters, pageSize, (page - 1) * pageSize)), page, pageSize };
  }

  /** The whole list by its filters, as a table to keep. */
  async table(actor: Actor, callId: string, filters: Filters): Promise<Table> {
    const { rows } = await this.read(actor, callId, filters, exportMost, 0);
    return {
      headings: [
        ...['Reference', 'Name', 'Unit', 'Grade', 'Status', 'Event', 'Starts', 'Ends', 'Asked', 'Least', 'Awarded'],
        ...['Submitted', 'Rules not met', 'Asks for'],
      ],
      rows: rows.map((row) => [
        row.reference,
        ...[row.applicant?.name ?? null, row.applicant?.unit ?? null, row.applicant?.grade ?? null],
        ...[row.status, row.eventName],
        ...[row.eventStartsOn, row.eventEndsOn],
        ...[row.askedPence, row.leastPence, row.awardedPence].map((pence) => (pence === null ? null : pounds(pence))),
        ...[row.submittedAt, row.failedRules.join(', '), row.appealWaits],
      ]),
    };
  }

  private async read(
    actor: Actor,
    callId: string,
    { status, unitId, search, appeals, sort: asked }: Filters,
    limit: number,
    offset: number,
  ): Promise<Omit<ApplicationsPage, 'page' | 'pageSize'>> {
    const call = [actor.institutionId, callId];
    const [known] = await this.reads.rows<{ blind: boolean }>(actor, {
      name: 'applications-call',
      text: `select ${readsBlind('c', '$3')} as blind from call c where c.institution_id = $1 and c.id = $2`,
      values: [...call, actor.personId],
    });
    if (!known) throw new Refused('not-found');
    const { blind } = known;
    const sort = blind && asked === 'name' ? 'reference' : asked;
    const wanted = [
      ...[...call, status ?? null, search ? patternOf(search) : null, blind ? null : (unitId ?? null)],
      ...[appeals === 'waiting', blind],
    ];
    const queries: ReadQuery[] = [
      {
        name: 'applications-sum',
        text: `select count(*)::int as total, coalesce(sum(s.asked_pence), 0)::float8 as "askedPence" from ${from} where ${matching}`,
        values: wanted,
      },
      {
        name: 'applications-counts',
        text: `select status, count(*)::int as count from application where institution_id = $1 and call_id = $2
          group by status order by status`,
        values: call,
      },
      {
        name: `applications-${sort}`,
        text: `select a.id, a.reference, case when not $7::boolean then ${cardOf('p')} end as applicant, a.status, s.event_name as "eventName",
            s.event_starts_on::text as "eventStartsOn", s.event_ends_on::text as "eventEndsOn", s.asked_pence::float8 as "askedPence",
            s.least_pence::float8 as "leastPence", w.amount_pence::float8 as "awardedPence",
            ${instantOf('s.submitted_at')} as "submittedAt", ${instantOf('a.draft_saved_at')} as "draftSavedAt",
            coalesce(a.failed_rules, array[]::text[]) as "failedRules", l.kind as "appealWaits"
          from ${from}
          left join award w on w.institution_id = a.institution_id and w.application_id = a.id
          where ${matching} order by ${orders[sort]} limit $8 offset $9`,
        values: [...wanted, limit, offset],
      },
    ];
    const [[sums], counts, rows] = await this.reads.all<
      [{ total: number; askedPence: number }, ApplicationsPage['counts'][number], ApplicationRow]
    >(actor, queries);
    if (!sums) throw new Error('a sum without a row');
    return { rows, counts, ...sums };
  }
}
