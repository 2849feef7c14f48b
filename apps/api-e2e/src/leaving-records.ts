import type { LeavingView } from '@waymark/contracts';
import { randomUUIDv7 } from 'node:crypto';
import type { Harness, SignedIn } from './harness';
import type { Mentee, Mentor, Records } from './rounds-records';

/** A pair at work, with all that stands behind it: proposal, request, place, and the fact that the two are paired. */
export const pairUp = async (
  harness: Harness,
  records: Records,
  roundId: string,
  mentee: Mentee,
  mentor: Mentor,
): Promise<{ pairId: string; proposalId: string }> => {
  const proposalId = await records.proposal(roundId, mentee, mentor);
  const pairId = randomUUIDv7();
  const ours = [records.institutionId];
  await harness.sql(`update request set status = 'matched' where institution_id = $1 and id = $2`, [
    ...ours,
    mentee.requestId,
  ]);
  await harness.sql(
    `update proposal set status = 'accepted', answered_at = now() where institution_id = $1 and id = $2`,
    [...ours, proposalId],
  );
  await harness.sql(`update proposal set status = 'agreed', answer_by = null where institution_id = $1 and id = $2`, [
    ...ours,
    proposalId,
  ]);
  await harness.sql(
    `insert into pair (institution_id, id, proposal_id, request_id, enrolment_id, mentee_id, mentor_id, status, goals, rhythm,
       mode, agreed_at, ends_on, version)
     values ($1, $2, $3, $4, $5, $6, $7, 'active', 'Learn to weld', 'monthly', 'either', now(), current_date + 180, 1)`,
    [...[...ours, pairId, proposalId, mentee.requestId, mentor.enrolmentId], ...[mentee.personId, mentor.personId]],
  );
  await harness.sql(
    `insert into relationship (institution_id, id, kind, subject_id, object_id, since, source_id)
     values ($1, $2, 'paired-with', $3, $4, now(), $5)`,
    [...ours, randomUUIDv7(), mentor.personId, mentee.personId, pairId],
  );
  return { pairId, proposalId };
};

export const leavingOf = async (harness: Harness, personId: string, as: SignedIn): Promise<LeavingView> =>
  (await harness.get(`people/${personId}/leaving`, as)).body as LeavingView;

/** Marks somebody as leaving on a day, on the newest revision of their record. */
export const leaveOn = async (harness: Harness, personId: string, lastDay: string, as: SignedIn) => {
  const { version } = await leavingOf(harness, personId, as);
  return harness.post(`people/${personId}/leaving`, as, { lastDay, version });
};

export const takeBack = async (harness: Harness, personId: string, as: SignedIn) => {
  const { version } = await leavingOf(harness, personId, as);
  return harness.post(`people/${personId}/leaving/undo`, as, { version });
};

/** Waits until everything that was put into the post of events is handled. */
export const settled = (harness: Harness): Promise<unknown> =>
  harness.until(
    async () =>
      (
        await harness.sql<{ left: number }>(
          `select (select count(*) from outbox)::int
             + (select count(*) from queue.job where state in ('created', 'active', 'retry'))::int as left`,
        )
      )[0]?.left,
    (left) => left === 0,
  );

export const mailTo = (harness: Harness, personId: string): Promise<{ subject: string; body: string }[]> =>
  harness.sql(
    `select m.subject, m.body from mail_message m join person p on p.institution_id = m.institution_id and p.email = m.recipient
     where p.id = $1 order by m.id`,
    [personId],
  );
