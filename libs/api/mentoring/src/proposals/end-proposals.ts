import type { Tx } from '@waymark/api-platform';
import type { ProposalStatus } from '@waymark/contracts';

/** A proposal that is ended together with others. */
export interface EndedProposal {
  id: string;
  requestId: string;
  enrolmentId: string;
  menteeId: string;
  mentorId: string;
}

export const endedColumns = `id, request_id as "requestId", enrolment_id as "enrolmentId", mentee_id as "menteeId", mentor_id as "mentorId"`;

const acts = { superseded: 'proposal.supersede', expired: 'proposal.expire' } as const satisfies Partial<
  Record<ProposalStatus, string>
>;

/** Ends proposals that the caller has locked, each with its line of the audit. */
export const endProposals = async (
  tx: Tx,
  status: keyof typeof acts,
  proposals: readonly EndedProposal[],
): Promise<void> => {
  if (proposals.length === 0) return;
  const { institutionId, personId, correlationId } = tx.scope;
  const lines = proposals.map(({ id }) => ({ id: tx.newId(), proposalId: id }));
  await tx.query(
    `update proposal set status = $3, answered_at = $4, version = version + 1 where institution_id = $1 and id = any ($2::uuid[])`,
    [institutionId, proposals.map(({ id }) => id), status, tx.now],
  );
  await tx.query(
    `insert into audit_entry (institution_id, id, at, actor_person_id, act, subject_kind, subject_id, details, correlation_id)
     select $1, id, $2, $3, $4, 'proposal', "proposalId", '{}', $5 from jsonb_to_recordset($6) as line (id uuid, "proposalId" uuid)`,
    [institutionId, tx.now, personId, acts[status], correlationId, JSON.stringify(lines)],
  );
};
