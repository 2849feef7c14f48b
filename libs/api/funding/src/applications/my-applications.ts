import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Reads } from '@waymark/api-platform';
import {
  type ApplicationDraft,
  type ApplicationStatus,
  askedOf,
  type CallStatus,
  type MyApplicationRow,
  type MyApplications as Page,
  type MyApplicationsQuery,
} from '@waymark/contracts';
import { sendBefore } from './send-before';

interface Row {
  id: string;
  reference: string;
  status: ApplicationStatus;
  callId: string;
  callName: string;
  callStatus: CallStatus;
  opensAt: Date;
  closesAt: Date;
  decideBy: string;
  returnGraceDays: number;
  extendedUntil: Date | null;
  draft: Pick<ApplicationDraft, 'costs' | 'otherFunding'>;
  eventName: string;
  eventStartsOn: string | null;
  draftSavedAt: string;
  submittedAt: string | null;
  askedPence: number | null;
  leastPence: number | null;
  award: MyApplicationRow['award'];
  awardedPence: number | null;
  committedPence: number;
  spentPence: number;
  releasedPence: number;
}

/** One's own applications, newest first. */
@Injectable()
export class MyApplications {
  constructor(private readonly reads: Reads) {}

  async page(actor: Actor, { page, pageSize }: MyApplicationsQuery): Promise<Page> {
    const own = [actor.institutionId, actor.personId];
    const [[count], rows] = await this.reads.all<[{ total: number }, Row]>(actor, [
      {
        name: 'my-applications-count',
        text: `select count(*)::int as total from application where institution_id = $1 and person_id = $2`,
        values: own,
      },
      {
        name: 'my-applications',
        text: `select a.id, a.reference, a.status, c.id as "callId", c.name as "callName", c.status as "callStatus",
            c.opens_at as "opensAt", c.closes_at as "closesAt", c.decide_by::text as "decideBy",
            c.return_grace_days as "returnGraceDays", x.until as "extendedUntil",
            json_build_object('costs', a.draft->'costs', 'otherFunding', a.draft->'otherFunding') as draft,
            coalesce(s.event_name, a.draft->'event'->>'name') as "eventName", s.event_starts_on::text as "eventStartsOn",
            ${instantOf('a.draft_saved_at')} as "draftSavedAt", ${instantOf('s.submitted_at')} as "submittedAt",
            s.asked_pence::float8 as "askedPence", s.least_pence::float8 as "leastPence",
            case when w.id is null then null else json_build_object('id', w.id, 'status', w.status) end as award,
            w.amount_pence::float8 as "awardedPence", coalesce(f.committed_pence, 0)::float8 as "committedPence",
            coalesce(f.spent_pence, 0)::float8 as "spentPence", coalesce(f.released_pence, 0)::float8 as "releasedPence"
          from application a
          join call c on c.institution_id = a.institution_id and c.id = a.call_id
          left join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
            and s.number = a.submission_number
          left join call_extension x on x.institution_id = a.institution_id and x.call_id = a.call_id and x.person_id = a.person_id
          left join award w on w.institution_id = a.institution_id and w.application_id = a.id
          left join lateral (select * from award_figures g where g.institution_id = $1 and g.award_id = w.id) f on true
          where a.institution_id = $1 and a.person_id = $2
          order by a.created_at desc, a.id desc limit $3 offset $4`,
        values: [...own, pageSize, (page - 1) * pageSize],
      },
    ]);
    return { rows: rows.map((row) => rowOf(row, actor.timeZone)), page, pageSize, total: count?.total ?? 0 };
  }
}

const rowOf = (row: Row, timeZone: string): MyApplicationRow => {
  const call = {
    status: row.callStatus,
    opensAt: row.opensAt,
    closesAt: row.closesAt,
    returnGraceDays: row.returnGraceDays,
  };
  const written = row.askedPence === null ? askedOf(row.draft) : null;
  return {
    ...{ id: row.id, reference: row.reference, status: row.status },
    call: {
      ...{ id: row.callId, name: row.callName, status: row.callStatus, decideBy: row.decideBy },
      closesAt: row.closesAt.toISOString(),
    },
    ...{ eventName: row.eventName, eventStartsOn: row.eventStartsOn },
    sendBefore: sendBefore(call, row.extendedUntil, row.status, timeZone)?.toISOString() ?? null,
    ...{ draftSavedAt: row.draftSavedAt, submittedAt: row.submittedAt },
    money: {
      askedPence: row.askedPence ?? (written?.exact && written.askedPence > 0 ? written.askedPence : null),
      leastPence: row.leastPence,
      awardedPence: row.awardedPence,
      ...{ committedPence: row.committedPence, spentPence: row.spentPence, releasedPence: row.releasedPence },
    },
    award: row.award,
  };
};
