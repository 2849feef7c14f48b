import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { dayIn, type Tx } from '@waymark/api-platform';
import type { ObligationSource, ObligationStatus, OverdueReport } from '@waymark/contracts';
import { changesDueDays, openObligation } from './obligation-status';
import { reportDueOn } from './report-due-on';

/** What somebody comes to owe a report on. */
export interface NewObligation {
  personId: string;
  sourceKind: ObligationSource;
  sourceId: string;
  /** As the person knows it: the name of the event, at most 200 characters. */
  subject: string;
  /** Its last day, `2026-05-01`, in the institution's time zone. */
  eventEndsOn: string;
}

export interface ObligationFact {
  personId: string;
  dueOn: string;
  status: ObligationStatus;
}

/**
 * The way into report-back for the other domains, in the caller's transaction: they say what is owed, and ask who is late.
 * Everything is safe to repeat.
 */
@Injectable()
export class ReportBackFacade {
  /** Somebody owes a report on an event. Said twice of one source, it stays as it is, but for a date that has moved. */
  async oblige(tx: Tx, owed: NewObligation): Promise<void> {
    const dueOn = reportDueOn(owed.eventEndsOn, await whereaboutsOf(tx));
    const [made] = await tx.query<{ id: string; fresh: boolean }>(
      `insert into obligation (institution_id, id, person_id, source_kind, source_id, subject, event_ends_on, due_on, status,
         created_at, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'due', $9, 1)
       on conflict (institution_id, source_kind, source_id, person_id) do update
         set subject = excluded.subject, event_ends_on = excluded.event_ends_on, due_on = excluded.due_on,
           version = obligation.version + 1
         where obligation.status = 'due' and (obligation.event_ends_on, obligation.subject)
           is distinct from (excluded.event_ends_on, excluded.subject)
       returning id, version = 1 as fresh`,
      [
        ...[tx.scope.institutionId, tx.newId(), owed.personId, owed.sourceKind, owed.sourceId, owed.subject],
        ...[owed.eventEndsOn, dueOn, tx.now],
      ],
    );
    if (!made) return;
    const subject = { kind: 'obligation', id: made.id };
    await tx.audit(made.fresh ? 'obligation.begin' : 'obligation.move', subject, { personId: owed.personId, dueOn });
  }

  /** The event is off: nobody owes a report on it any more. What was accepted stays. */
  async cancel(tx: Tx, sourceKind: ObligationSource, sourceId: string): Promise<void> {
    const gone = await tx.query<{ id: string }>(
      `update obligation set status = 'cancelled', version = version + 1
       where institution_id = $1 and source_kind = $2 and source_id = $3 and status = any ($4) returning id`,
      [tx.scope.institutionId, sourceKind, sourceId, openObligation],
    );
    await tx.auditEach(
      'obligation.cancel',
      gone.map(({ id }) => ({ subject: { kind: 'obligation', id } })),
    );
  }

  /**
   * Of these people, those who owe a report that is late, with each of them, the oldest first: not submitted by its date, or
   * asked for changes fourteen days ago and more. Judged by the institution's day. An accepted report blocks nothing.
   */
  async overdueOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, OverdueReport[]>> {
    const { timeZone } = await whereaboutsOf(tx);
    const rows = await tx.query<OverdueReport & { personId: string }>(
      `select o.person_id as "personId", o.id, o.subject, o.due_on::text as "dueOn",
         (case o.status when 'due' then o.due_on else (o.changes_asked_at at time zone $4)::date + $5::int end + 1)::text as since
       from obligation o
       where o.institution_id = $1 and o.person_id = any ($2) and (
         (o.status = 'due' and o.due_on < $3::date)
         or (o.status = 'changes-asked' and (o.changes_asked_at at time zone $4)::date + $5::int < $3::date))
       order by since, o.id`,
      [tx.scope.institutionId, personIds, dayIn(timeZone, tx.now), timeZone, changesDueDays],
    );
    const late = new Map<string, OverdueReport[]>();
    for (const { personId, ...report } of rows) {
      const own = late.get(personId);
      if (own) own.push(report);
      else late.set(personId, [report]);
    }
    return late;
  }

  /** How it stands with the reports on one source. */
  of(tx: Tx, sourceKind: ObligationSource, sourceId: string): Promise<ObligationFact[]> {
    return tx.query(
      `select person_id as "personId", due_on::text as "dueOn", status from obligation
       where institution_id = $1 and source_kind = $2 and source_id = $3 order by person_id`,
      [tx.scope.institutionId, sourceKind, sourceId],
    );
  }
}
