import { postEach, type Tx } from '@waymark/api-platform';
import type { ApplicationStatus } from '@waymark/contracts';
import { Call } from '../calls/entities';
import { withdrawEndorsements } from '../endorsements/ask-to-endorse';
import { applicationTable } from '../statuses';
import { callCancelled } from './letters';
import { record } from './timeline';

/** What a cancelled call closes; what is over keeps how it ended. */
const closing = (Object.keys(applicationTable) as ApplicationStatus[]).filter((status) =>
  applicationTable[status].includes('call-cancelled'),
);

/**
 * The call is cancelled: every application that is not over closes as `call-cancelled`, drafts too, each with a letter that gives
 * the reason and the call's own paragraph. Endorsements asked for are withdrawn. The caller holds the call.
 */
export const endWithCall = async (tx: Tx, callId: string, because: string): Promise<void> => {
  const { institutionId } = tx.scope;
  const [call] = await tx.find(Call, { id: callId });
  if (!call) throw new Error('a call that is held is there');
  // One after the other by their id, as everybody does who holds several.
  await tx.query(
    `select id from application where institution_id = $1 and call_id = $2 and status = any ($3::text[]) order by id for update`,
    [institutionId, callId, closing],
  );
  const ended = await tx.query<{ id: string; reference: string; from: string; person: string; email: string | null }>(
    `update application a set status = 'call-cancelled', version = a.version + 1
     from person p, institution i
     where a.institution_id = $1 and a.call_id = $2 and a.status = any ($3::text[])
       and p.institution_id = a.institution_id and p.id = a.person_id and i.id = a.institution_id
     returning a.id, a.reference, old.status as "from", p.given_name as person,
       case when p.left_on is null or p.left_on >= ($4::timestamptz at time zone i.time_zone)::date then p.email end as email`,
    [institutionId, callId, closing, tx.now],
  );
  if (ended.length === 0) return;
  await withdrawEndorsements(
    tx,
    ended.map(({ id }) => id),
  );
  await record(
    tx,
    ended.map(({ id, from }) => ({ applicationId: id, kind: 'call-cancelled' as const, facts: { from } })),
  );
  await tx.auditEach(
    'application.call-cancelled',
    ended.map(({ id, from }) => ({ subject: { kind: 'application', id }, details: { from } })),
  );
  await postEach(
    tx,
    ended.flatMap(({ id, reference, from, person, email }) =>
      email === null
        ? []
        : [
            {
              to: email,
              ...callCancelled(
                { person, call: call.name, reference },
                because,
                call.letters['call-cancelled'],
                from !== 'draft',
                tx.link(`/funding/applications/${id}`),
              ),
            },
          ],
    ),
  );
};
