import { Injectable } from '@nestjs/common';
import { type ScheduledTask, type Tx } from '@waymark/api-platform';
import type { CallLetters } from '@waymark/contracts';
import { record } from '../applications/timeline';
import { deadlineOf, returnedDeadlineOf } from './deadline';
import { EndorsementPost } from './endorsement-post';
import * as letters from './letters';
import { lockApplications } from './locked-endorsements';

const batch = 200;

interface Due {
  applicationId: string;
  callId: string;
}

const due = `from application a
  join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id and s.number = a.submission_number
  join call c on c.institution_id = a.institution_id and c.id = a.call_id
  join institution i on i.id = a.institution_id
  left join call_extension x on x.institution_id = a.institution_id and x.call_id = c.id and x.person_id = a.person_id
  where a.institution_id = $1 and c.status in ('open', 'closed')
    and ((a.status = 'submitted' and ${deadlineOf('c', 's')} <= $2)
      or (a.status = 'returned' and ${returnedDeadlineOf('c', 's', 'i', 'x')} <= $2))`;

/**
 * The stated deadline has come without an answer: the application is `unendorsed`, and the coordinator decides. Silence never
 * endorses. One that came back with a question and was not sent again ends so too, when it cannot be sent any more.
 */
@Injectable()
export class EndUnanswered implements ScheduledTask {
  readonly name = 'end-unanswered-endorsements';
  readonly everySeconds = 60;

  constructor(private readonly postRoom: EndorsementPost) {}

  async run(tx: Tx): Promise<boolean> {
    const { institutionId } = tx.scope;
    const found = await tx.query<Due>(
      `select a.id as "applicationId", a.call_id as "callId" ${due} order by c.endorse_by, a.id limit $3`,
      [institutionId, tx.now, batch],
    );
    if (found.length === 0) return false;
    await lockApplications(tx, found);
    // Whoever answered at the last moment was here first.
    const ended = await tx.query<{
      id: string;
      personId: string;
      wasReturned: boolean;
      event: string;
      call: string;
      letters: Partial<CallLetters>;
    }>(
      `with late as (
         select a.id, a.person_id as "personId", a.status = 'returned' as "wasReturned", s.event_name as event, c.name as call, c.letters
         ${due} and a.id = any ($3::uuid[])
       ), moved as (
         update application set status = 'unendorsed', version = version + 1
         where institution_id = $1 and id in (select id from late)
       ), over as (
         update endorsement set status = 'unendorsed', version = version + 1
         where institution_id = $1 and application_id in (select id from late) and purpose = 'application' and status = 'asked'
       )
       select * from late`,
      [institutionId, tx.now, found.map(({ applicationId }) => applicationId)],
    );
    await record(
      tx,
      ended.map(({ id, wasReturned }) => ({ applicationId: id, kind: 'unendorsed' as const, facts: { wasReturned } })),
    );
    await tx.auditEach(
      'application.unendorse',
      ended.map(({ id, wasReturned }) => ({ subject: { kind: 'application', id }, details: { wasReturned } })),
    );
    await this.postRoom.post(
      tx,
      ended.map(({ id, personId, wasReturned, event, call, letters: own }) => ({
        personId,
        words: (given) =>
          (wasReturned ? letters.notSentAgain : letters.unendorsed)(
            given,
            event,
            call,
            own.unendorsed ?? '',
            this.postRoom.application(id),
          ),
      })),
    );
    return found.length === batch;
  }
}
