import { Injectable } from '@nestjs/common';
import { instantOf, patternOf } from '@waymark/api-people';
import { type Actor, Clock, Reads, Refused, type Tx } from '@waymark/api-platform';
import {
  type CallEndorsementRow,
  type CallEndorsementsPage,
  type CallEndorsementsQuery,
  type EndorsementPurpose,
  permissionsOf,
} from '@waymark/contracts';
import { readsBlind } from '../applications/reads-blind';
import { pounds, type Table } from '../table';
import { deadlineOf } from './deadline';
import { nameOf } from './endorsement-sql';

/** More than any call receives; a file is not to grow without bound. */
const exportMost = 100_000;

/**
 * Applications of a call, $2, as they stand with their endorsement: those handed in, and once more those whose event has moved
 * since. `n` is the newest endorsement of each, where there is one.
 */
const rows = `select r.*, case
      when r.purpose = 'application' and r."applicationStatus" = 'unendorsed' then 'unendorsed'
      when r."waiting" and r."endorsementStatus" = 'asked' then 'waiting'
      when r."waiting" then 'nobody' else 'answered' end as state
    from (
      select a.id as "applicationId", a.status as "applicationStatus", a.version, a.reference,
        json_build_object('id', p.id, 'name', ${nameOf('p')}) as applicant, ${nameOf('p')} as "sortName", u.name as unit,
        json_build_object('name', coalesce(w.change->>'eventName', s.event_name),
          'startsOn', coalesce(w.change->>'eventStartsOn', s.event_starts_on::text),
          'endsOn', coalesce(w.change->>'eventEndsOn', s.event_ends_on::text)) as event,
        s.event_starts_on, s.event_name, s.asked_pence::float8 as "askedPence", v.purpose,
        case when v.purpose = 'application' then a.status = 'submitted' else w.id is not null end as "waiting",
        n.status as "endorsementStatus", n.id as "endorsementId",
        (select json_build_object('id', q.id, 'name', ${nameOf('q')}) from person q
          where q.institution_id = n.institution_id and q.id = n.asked_of) as "askedOf",
        n.asked_as as "askedAs", ${instantOf('n.asked_at')} as "askedAt", ${instantOf('n.reminded_at')} as "remindedAt",
        case when n.status = 'asked' then ${instantOf(`(case when v.purpose = 'application' then least(n.passes_on_at, ${deadlineOf('c', 's')}) else n.passes_on_at end)`)} end as "answerBy",
        (select count(*)::int from endorsement m where m.institution_id = a.institution_id and m.application_id = a.id
          and m.purpose = v.purpose) as "timesAsked",
        s.submitted_at, ${instantOf('s.submitted_at')} as "submittedAt",
        coalesce(n.reason, case when v.purpose = 'application' then a.decided_reason end) as reason,
        (select ${nameOf('b')} from person b where b.institution_id = n.institution_id and b.id = n.answered_by) as "answeredBy"
      from application a
      join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id and s.number = a.submission_number
      join call c on c.institution_id = a.institution_id and c.id = a.call_id
      join person p on p.institution_id = a.institution_id and p.id = a.person_id
      left join unit u on u.institution_id = p.institution_id and u.id = p.unit_id
      cross join (values ('application'), ('changed-event')) as v(purpose)
      left join award w on v.purpose = 'changed-event' and w.institution_id = a.institution_id and w.application_id = a.id
        and w.status = 'changed'
      left join lateral (select * from endorsement e where e.institution_id = a.institution_id and e.application_id = a.id
        and e.purpose = v.purpose order by (e.status = 'asked') desc, e.asked_at desc, e.id desc limit 1) n on true
      where a.institution_id = $1 and a.call_id = $2 and a.status not in ('draft', 'withdrawn', 'call-cancelled')
        and (v.purpose = 'application' or w.id is not null)
    ) r`;

const fields = [
  ...[
    'applicationId',
    'applicationStatus',
    'version',
    'reference',
    'applicant',
    'unit',
    'event',
    'askedPence',
    'purpose',
  ],
  ...['state', 'endorsementId', 'askedOf', 'askedAs', 'askedAt', 'remindedAt', 'answerBy', 'timesAsked', 'submittedAt'],
  ...['reason', 'answeredBy'],
]
  .map((field) => `t."${field}"`)
  .join(', ');

const wanted = `($3::text is null or t.state = $3) and ($4::text is null or t."sortName" ilike $4 or t.event_name ilike $4 or t.reference ilike $4)`;

const orders: Readonly<Record<CallEndorsementsQuery['sort'], string>> = {
  age: 't.submitted_at, t."applicationId", t.purpose',
  name: 'lower(t."sortName"), t."applicationId", t.purpose',
  event: 't.event_starts_on, t."applicationId", t.purpose',
};

/** One application of a call as it stands now. */
export const callEndorsementIn = async (
  tx: Tx,
  callId: string,
  applicationId: string,
  purpose: EndorsementPurpose,
): Promise<CallEndorsementRow> => {
  const [row] = await tx.query<CallEndorsementRow>(
    `select ${fields} from (${rows}) t where t."applicationId" = $3 and t.purpose = $4`,
    [tx.scope.institutionId, callId, applicationId, purpose],
  );
  if (!row) throw new Refused('not-found');
  return row;
};

type Filters = Omit<CallEndorsementsQuery, 'page' | 'pageSize'>;

@Injectable()
export class CallEndorsements {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(
    actor: Actor,
    callId: string,
    { page, pageSize, ...filters }: CallEndorsementsQuery,
  ): Promise<CallEndorsementsPage> {
    const found = await this.read(actor, callId, filters, pageSize, (page - 1) * pageSize);
    return { ...found, page, pageSize, mayManage: permissionsOf(actor.roles).has('calls.manage') };
  }

  async table(actor: Actor, callId: string, filters: Filters): Promise<Table> {
    const now = this.clock.now();
    const { rows: all } = await this.read(actor, callId, filters, exportMost, 0);
    return {
      headings: [
        ...['Reference', 'Applicant', 'Unit', 'Event', 'From', 'To', 'Asked', 'For', 'State', 'Asked of', 'Asked as'],
        ...['Sent on', 'Days waiting', 'Answer by', 'Times asked', 'Reminded at', 'Answered by', 'Reason'],
      ],
      rows: all.map((row) => [
        ...[row.reference, row.applicant.name, row.unit, row.event.name, row.event.startsOn, row.event.endsOn],
        ...[pounds(row.askedPence), row.purpose, row.state, row.askedOf?.name ?? null, row.askedAs, row.submittedAt],
        row.state === 'answered' ? null : Math.floor((now.getTime() - Date.parse(row.submittedAt)) / 86_400_000),
        ...[row.answerBy, row.timesAsked, row.remindedAt, row.answeredBy, row.reason],
      ]),
    };
  }

  private async read(
    actor: Actor,
    callId: string,
    { state, search, sort }: Filters,
    limit: number,
    offset: number,
  ): Promise<Omit<CallEndorsementsPage, 'page' | 'pageSize' | 'mayManage'>> {
    const of = [actor.institutionId, callId];
    const values = [...of, state ?? null, search ? patternOf(search) : null];
    const [[call], [counts], found] = await this.reads.all<
      [CallEndorsementsPage['call'], CallEndorsementsPage['counts'] & { total: number }, CallEndorsementRow]
    >(actor, [
      {
        name: 'call-endorsements-call',
        // Who reads the call blind is not to learn here whose the references are: a coordinator not once it is being read.
        text: `select c.id, c.name, ${instantOf('c.endorse_by')} as "endorseBy" from call c where c.institution_id = $1 and c.id = $2
          and not ((c.status in ('scoring', 'moderation') or not $4::boolean) and ${readsBlind('c', '$3')})`,
        values: [...of, actor.personId, actor.permissions.has('calls.manage')],
      },
      {
        name: 'call-endorsements-counts',
        text: `select count(*) filter (where t.state = 'waiting')::int as waiting, count(*) filter (where t.state = 'nobody')::int as nobody,
            count(*) filter (where t.state = 'unendorsed')::int as unendorsed, count(*) filter (where t.state = 'answered')::int as answered,
            count(*) filter (where ${wanted})::int as total from (${rows}) t`,
        values,
      },
      {
        name: `call-endorsements-${sort}`,
        text: `select ${fields} from (${rows}) t where ${wanted} order by ${orders[sort]} limit $5 offset $6`,
        values: [...values, limit, offset],
      },
    ]);
    if (!call || !counts) throw new Refused('not-found');
    const { total, ...each } = counts;
    return { call, counts: each, total, rows: found };
  }
}
