import type { Tx } from '@waymark/api-platform';

/** So many proposals in a row that lapse without a word, and the mentor is paused. */
export const silencesToPause = 2;

/**
 * Of these mentors, locked or about to be, the active ones who with what lapses now have been silent so often in a row.
 * Counted since they last answered anything, asked for more, or became active again.
 */
export const silentMentors = async (
  tx: Tx,
  lapsing: readonly { enrolmentId: string }[],
): Promise<{ enrolmentId: string; personId: string }[]> => {
  const now = Map.groupBy(lapsing, ({ enrolmentId }) => enrolmentId);
  if (now.size === 0) return [];
  const rows = await tx.query<{ enrolmentId: string; personId: string; before: number }>(
    `select e.id as "enrolmentId", e.person_id as "personId", (
         select count(*)::int from proposal p
         where p.institution_id = $1 and p.enrolment_id = e.id and p.unanswered and p.answered_at > greatest(
           coalesce(e.silences_from, '-infinity'),
           coalesce((
             select max(greatest(case when q.status in ('accepted', 'agreed', 'declined') then q.answered_at end, q.question_at))
             from proposal q where q.institution_id = $1 and q.enrolment_id = e.id), '-infinity'))
       ) as before
     from enrolment e where e.institution_id = $1 and e.id = any ($2::uuid[]) and e.status = 'active' order by e.id`,
    [tx.scope.institutionId, [...now.keys()]],
  );
  return rows
    .filter(({ enrolmentId, before }) => before + (now.get(enrolmentId)?.length ?? 0) >= silencesToPause)
    .map(({ enrolmentId, personId }) => ({ enrolmentId, personId }));
};

/** Pauses them, each with a line of the audit; the caller holds their locks and writes to them. */
export const pauseForSilence = async (tx: Tx, enrolmentIds: readonly string[]): Promise<void> => {
  if (enrolmentIds.length === 0) return;
  const { institutionId } = tx.scope;
  await tx.query(
    `update enrolment set status = 'paused', paused_for_silence = true, silences_from = $3, version = version + 1
     where institution_id = $1 and id = any ($2::uuid[]) and status = 'active'`,
    [institutionId, enrolmentIds, tx.now],
  );
  await tx.auditEach(
    'enrolment.pause',
    enrolmentIds.map((id) => ({ subject: { kind: 'enrolment', id }, details: { silence: true } })),
  );
};
