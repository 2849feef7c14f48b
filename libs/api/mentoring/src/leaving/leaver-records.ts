import { type Tx } from '@waymark/api-platform';
import { endedColumns, type EndedProposal } from '../proposals/end-proposals';
import type { EnrolmentStatus, PairStatus, RequestStatus } from '../entities';
import { inList } from '../at-present';
import { openProposal, unfinishedRound } from '../statuses';

export interface LockedRequest {
  id: string;
  personId: string;
  status: RequestStatus;
}
export interface LockedPair {
  id: string;
  proposalId: string;
  requestId: string;
  menteeId: string;
  mentorId: string;
  status: PairStatus;
}
export interface LeaverRecords {
  rounds: string[];
  enrolment: { id: string; status: EnrolmentStatus } | null;
  requests: LockedRequest[];
  proposals: (EndedProposal & { status: 'proposed' | 'more-asked' | 'accepted' })[];
  pairs: LockedPair[];
}

/**
 * Locks all that mentoring holds of somebody, in the order of statuses.ts: rounds, enrolments, requests, proposals, pairs, each by
 * id. Every question is asked anew under the locks before it: who released, accepted or agreed meanwhile held one of them, and
 * is seen.
 */
export const lockRecordsOf = async (tx: Tx, personId: string): Promise<LeaverRecords> => {
  const values = [tx.scope.institutionId, personId];
  const rounds = await tx.query<{ id: string }>(
    `select id from round where institution_id = $1 and status in (${inList(unfinishedRound)}) and id in (
       select rm.round_id from round_mentee rm join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
         where rm.institution_id = $1 and r.person_id = $2
       union all
       select rm.round_id from round_mentor rm join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
         where rm.institution_id = $1 and e.person_id = $2) order by id for update`,
    values,
  );
  const enrolments = await tx.query<{ id: string; personId: string; status: EnrolmentStatus }>(
    `select id, person_id as "personId", status from enrolment where institution_id = $1 and (person_id = $2 or id in (
       select enrolment_id from proposal where institution_id = $1 and mentee_id = $2)) order by id for update`,
    values,
  );
  const requests = await tx.query<LockedRequest>(
    `select id, person_id as "personId", status from request where institution_id = $1 and (person_id = $2 or id in (
       select request_id from proposal where institution_id = $1 and mentor_id = $2)) order by id for update`,
    values,
  );
  const proposals = await tx.query<LeaverRecords['proposals'][number]>(
    `select ${endedColumns}, status from proposal where institution_id = $1 and (mentor_id = $2 or mentee_id = $2)
       and status in (${inList(openProposal)}) order by id for update`,
    values,
  );
  const pairs = await tx.query<LockedPair>(
    `select id, proposal_id as "proposalId", request_id as "requestId", mentee_id as "menteeId", mentor_id as "mentorId", status
     from pair where institution_id = $1 and (mentor_id = $2 or mentee_id = $2) and status in ('agreed', 'active')
     order by id for update`,
    values,
  );
  const own = enrolments.find((enrolment) => enrolment.personId === personId);
  return { rounds: rounds.map(({ id }) => id), enrolment: own ?? null, requests, proposals, pairs };
};
