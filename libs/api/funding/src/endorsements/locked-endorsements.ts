import { Refused, type Tx } from '@waymark/api-platform';
import type {
  ApplicationStatus,
  CallStatus,
  EndorsementAnswer,
  EndorsementPurpose,
  EndorsementStatus,
  Refusal,
} from '@waymark/contracts';
import { sendBefore } from '../applications/send-before';
import { deadlineOf } from './deadline';

/** An endorsement with what an answer to it is judged by. */
export interface LockedEndorsement {
  id: string;
  version: number;
  status: EndorsementStatus;
  purpose: EndorsementPurpose;
  askedOf: string;
  answeredBy: string | null;
  applicationId: string;
  applicationStatus: ApplicationStatus;
  applicantId: string;
  reference: string;
  eventName: string;
  submissionNumber: number;
  callId: string;
  callName: string;
  callStatus: CallStatus;
  opensAt: Date;
  closesAt: Date;
  returnGraceDays: number;
  extendedUntil: Date | null;
  deadline: Date;
}

/**
 * These endorsements, those not there left out, held in the order of statuses.ts: their calls shared, so that none closes or is
 * cancelled meanwhile, then the applications, then themselves, each by id.
 */
export const lockEndorsements = async (tx: Tx, ids: readonly string[]): Promise<LockedEndorsement[]> => {
  const { institutionId } = tx.scope;
  const found = await tx.query<{ applicationId: string; callId: string }>(
    `select n.application_id as "applicationId", a.call_id as "callId"
     from endorsement n join application a on a.institution_id = n.institution_id and a.id = n.application_id
     where n.institution_id = $1 and n.id = any ($2::uuid[])`,
    [institutionId, ids],
  );
  await lockApplications(tx, found);
  await tx.query(
    `select id from endorsement where institution_id = $1 and id = any ($2::uuid[]) order by id for update`,
    [institutionId, ids],
  );
  return standingOf(tx, ids);
};

/** What answers to these endorsements are judged by, as it is now; by identifier, those not there left out. */
export const standingOf = (tx: Tx, ids: readonly string[]): Promise<LockedEndorsement[]> =>
  tx.query<LockedEndorsement>(
    `select n.id, n.version, n.status, n.purpose, n.asked_of as "askedOf", n.answered_by as "answeredBy",
       a.id as "applicationId", a.status as "applicationStatus", a.person_id as "applicantId", a.reference,
       s.event_name as "eventName", n.submission_number as "submissionNumber",
       c.id as "callId", c.name as "callName", c.status as "callStatus", c.opens_at as "opensAt", c.closes_at as "closesAt",
       c.return_grace_days as "returnGraceDays", x.until as "extendedUntil", ${deadlineOf('c', 's')} as deadline
     from endorsement n
     join application a on a.institution_id = n.institution_id and a.id = n.application_id
     join application_submission s on s.institution_id = n.institution_id and s.application_id = n.application_id
       and s.number = n.submission_number
     join call c on c.institution_id = n.institution_id and c.id = a.call_id
     left join call_extension x on x.institution_id = n.institution_id and x.call_id = c.id and x.person_id = a.person_id
     where n.institution_id = $1 and n.id = any ($2::uuid[]) order by n.id`,
    [tx.scope.institutionId, ids],
  );

/** The calls shared and the applications held: what comes before their endorsements. */
export const lockApplications = async (
  tx: Tx,
  found: readonly { applicationId: string; callId: string }[],
): Promise<void> => {
  const { institutionId } = tx.scope;
  await tx.query(`select id from call where institution_id = $1 and id = any ($2::uuid[]) order by id for share`, [
    institutionId,
    [...new Set(found.map(({ callId }) => callId))],
  ]);
  await tx.query(
    `select id from application where institution_id = $1 and id = any ($2::uuid[]) order by id for update`,
    [institutionId, [...new Set(found.map(({ applicationId }) => applicationId))]],
  );
};

const refusalOf: Readonly<Record<Exclude<EndorsementStatus, 'asked'>, Refusal>> = {
  endorsed: 'endorsement-answered',
  returned: 'endorsement-answered',
  declined: 'endorsement-answered',
  'passed-on': 'endorsement-passed-on',
  unendorsed: 'endorsement-over',
  withdrawn: 'endorsement-withdrawn',
};

/** Whether it is past answering: the deadline has come, whether or not the worker has been there; or the call went on. */
export const isOver = (
  { purpose, deadline, callStatus }: Pick<LockedEndorsement, 'purpose' | 'deadline' | 'callStatus'>,
  now: Date,
): boolean => purpose === 'application' && (now >= deadline || (callStatus !== 'open' && callStatus !== 'closed'));

/** Why it cannot be returned with a question: it could not be sent again, and would end unendorsed by no fault of its own. */
export const hindranceToReturn = (row: LockedEndorsement, timeZone: string, now: Date): Refused | null => {
  if (row.purpose !== 'application') return null;
  const until = sendBefore({ ...row, status: row.callStatus }, row.extendedUntil, 'returned', timeZone);
  return until !== null && now < until ? null : new Refused('return-too-late');
};

/** Why this one cannot be answered any more, by its name; null: it can. */
export const hindranceTo = (row: LockedEndorsement, now: Date): Refused | null => {
  if (row.status !== 'asked') {
    const answer = row.answeredBy === null ? undefined : (row.status as EndorsementAnswer);
    return new Refused(refusalOf[row.status], answer ? { facts: { answer } } : {});
  }
  return isOver(row, now) ? new Refused('endorsement-over') : null;
};
