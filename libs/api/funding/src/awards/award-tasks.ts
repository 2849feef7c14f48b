import { Injectable } from '@nestjs/common';
import { whereaboutsOf } from '@waymark/api-people';
import { dayIn, type ScheduledTask, type Tx } from '@waymark/api-platform';
import { record } from '../applications/timeline';
import { awardTable } from '../statuses';
import { answerReminderDays } from './award-days';
import { tell } from './award-post';
import * as letters from './letters';
import { releaseMoney } from './release-money';

/** Awards of one transaction. */
const batch = 400;

interface Due {
  id: string;
  applicationId: string;
  personId: string;
  eventName: string;
  amountPence: number;
  answerBy: string;
}

const dueColumns = `a.id, a.application_id as "applicationId", a.person_id as "personId", a.event_name as "eventName",
  a.amount_pence::float8 as "amountPence", (a.answer_by at time zone $3)::date::text as "answerBy"`;

/** Reminds of offers that are not answered yet, once, some days before they lapse. */
@Injectable()
export class RemindOfOffers implements ScheduledTask {
  readonly name = 'remind-of-offers';
  readonly everySeconds = 600;

  async run(tx: Tx): Promise<boolean> {
    const { timeZone } = await whereaboutsOf(tx);
    const due = await tx.query<Due>(
      `update award a set answer_reminded_at = $2
       where a.institution_id = $1 and a.id in (
         select id from award where institution_id = $1 and status = 'offered' and answer_reminded_at is null
           and answer_by >= $2::timestamptz and answer_by < $2::timestamptz + interval '1 day' * $4
         order by id limit ${batch} for update)
       returning ${dueColumns}`,
      [tx.scope.institutionId, tx.now, timeZone, answerReminderDays],
    );
    await tell(
      tx,
      due.map(({ id, personId, eventName, amountPence, answerBy }) => ({
        personId,
        words: letters.answerReminder(eventName, amountPence, answerBy),
        path: `/funding/awards/${id}`,
      })),
    );
    return due.length === batch;
  }
}

/** Offers that nobody answered in fourteen days lapse: their money goes to the reserve list, and the person is told. */
@Injectable()
export class LapseOffers implements ScheduledTask {
  readonly name = 'lapse-offers';
  readonly everySeconds = 60;

  async run(tx: Tx): Promise<boolean> {
    const { timeZone } = await whereaboutsOf(tx);
    const due = await tx.query<Due>(
      `update award a set status = 'lapsed', version = a.version + 1
       where a.institution_id = $1 and a.id in (
         select id from award where institution_id = $1 and status = 'offered' and answer_by < $2
         order by id limit ${batch} for update)
       returning ${dueColumns}`,
      [tx.scope.institutionId, tx.now, timeZone],
    );
    if (due.length === 0) return false;
    await releaseMoney(
      tx,
      due.map(({ id }) => id),
      'lapsed',
    );
    await record(
      tx,
      due.map(({ applicationId }) => ({ applicationId, kind: 'award-lapsed' as const })),
    );
    await tx.auditEach(
      'fund-award.lapse',
      due.map(({ id }) => ({ subject: { kind: 'fund-award', id } })),
    );
    await tell(
      tx,
      due.map(({ id, personId, eventName, answerBy }) => ({
        personId,
        words: letters.lapsed(eventName, answerBy),
        path: `/funding/awards/${id}`,
      })),
    );
    return due.length === batch;
  }
}

/** The day after the event whoever accepted is taken to have been there, unless the abstract is still waited for. */
@Injectable()
export class AttendAfterEvents implements ScheduledTask {
  readonly name = 'attend-after-events';
  readonly everySeconds = 600;

  async run(tx: Tx): Promise<boolean> {
    const { timeZone } = await whereaboutsOf(tx);
    const gone = await tx.query<{ id: string; applicationId: string }>(
      `update award a set status = 'attended', version = a.version + 1
       where a.institution_id = $1 and a.id in (
         select id from award where institution_id = $1 and status = any ($3::text[]) and event_ends_on < $2
           and abstract in ('none', 'accepted')
         order by id limit ${batch} for update)
       returning a.id, a.application_id as "applicationId"`,
      [tx.scope.institutionId, dayIn(timeZone, tx.now), fromTo('attended')],
    );
    await record(
      tx,
      gone.map(({ applicationId }) => ({ applicationId, kind: 'award-attended' as const, facts: { by: 'date' } })),
    );
    await tx.auditEach(
      'fund-award.attend',
      gone.map(({ id }) => ({ subject: { kind: 'fund-award', id }, details: { by: 'date' } })),
    );
    return gone.length === batch;
  }
}

/** The statuses from which one may be reached. */
const fromTo = (to: 'attended'): string[] =>
  Object.entries(awardTable).flatMap(([from, all]) => (all.includes(to) ? [from] : []));

/** A reserve list ends at its date: who stands on it still is told that no money came free. */
@Injectable()
export class EndReserve implements ScheduledTask {
  readonly name = 'end-reserve';
  readonly everySeconds = 600;

  async run(tx: Tx): Promise<boolean> {
    const { timeZone } = await whereaboutsOf(tx);
    const [call] = await tx.query<{ id: string; name: string; reserveUntil: string }>(
      `select c.id, c.name, c.reserve_until::text as "reserveUntil" from call c
       where c.institution_id = $1 and c.status in ('decided', 'archived') and c.reserve_until < $2 and exists (
         select from application a where a.institution_id = $1 and a.call_id = c.id and a.status = 'reserve')
       order by c.id limit 1 for no key update`,
      [tx.scope.institutionId, dayIn(timeZone, tx.now)],
    );
    if (!call) return false;
    const ended = await tx.query<{ id: string; personId: string; eventName: string }>(
      `update application a set status = 'unsuccessful', reserve_rank = null, version = a.version + 1
       from application_submission s
       where a.institution_id = $1 and s.institution_id = $1 and s.application_id = a.id and s.number = a.submission_number
         and a.id in (select id from application where institution_id = $1 and call_id = $2 and status = 'reserve'
           order by id limit ${batch} for update)
       returning a.id, a.person_id as "personId", s.event_name as "eventName"`,
      [tx.scope.institutionId, call.id],
    );
    await record(
      tx,
      ended.map(({ id }) => ({
        applicationId: id,
        kind: 'unsuccessful' as const,
        facts: { because: 'reserve-ended', reserveUntil: call.reserveUntil },
      })),
    );
    await tx.auditEach(
      'application.reserve-ended',
      ended.map(({ id }) => ({ subject: { kind: 'application', id } })),
    );
    await tell(
      tx,
      ended.map(({ id, personId, eventName }) => ({
        personId,
        words: letters.reserveOver(eventName, call.name, call.reserveUntil),
        path: `/funding/applications/${id}`,
      })),
    );
    return true;
  }
}
