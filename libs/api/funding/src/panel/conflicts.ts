import { PeopleFacade } from '@waymark/api-people';
import type { Tx } from '@waymark/api-platform';

/**
 * `self`: their own application; `manager`: the panelist is somewhere above the applicant; `report`: the applicant is somewhere
 * above the panelist; `pair`: mentor and mentee or buddies, now or once; `declared`: the panelist said so, for this call.
 */
export type ConflictKind = 'self' | 'manager' | 'report' | 'pair' | 'declared';

export interface Conflict {
  panelistId: string;
  applicantId: string;
  kind: ConflictKind;
}

/** It keeps nothing, so one serves every transaction. */
const people = new PeopleFacade();

/**
 * Who of a call's panel has an interest in whom of its applicants, from the relationships that people owns, the management
 * chain either way, and what was declared for this call. A pair of people may stand in it once for each kind. A handful of
 * statements, however many applicants there are.
 */
export const conflictsOf = async (tx: Tx, callId: string): Promise<Conflict[]> => {
  const { institutionId } = tx.scope;
  const panelistIds = (
    await tx.query<{ id: string }>(
      `select person_id as id from call_panelist where institution_id = $1 and call_id = $2 order by 1`,
      [institutionId, callId],
    )
  ).map(({ id }) => id);
  const applicantIds = (
    await tx.query<{ id: string }>(
      `select distinct person_id as id from application where institution_id = $1 and call_id = $2 order by 1`,
      [institutionId, callId],
    )
  ).map(({ id }) => id);
  if (panelistIds.length === 0 || applicantIds.length === 0) return [];
  const panel = new Set(panelistIds);
  const applicants = new Set(applicantIds);
  const conflicts: Conflict[] = applicantIds
    .filter((id) => panel.has(id))
    .map((id) => ({ panelistId: id, applicantId: id, kind: 'self' }));

  const above = await people.managersAbove(tx, [...new Set([...panelistIds, ...applicantIds])]);
  for (const [id, managers] of above) {
    for (const managerId of managers) {
      if (managerId === id) continue;
      if (applicants.has(id) && panel.has(managerId)) {
        conflicts.push({ panelistId: managerId, applicantId: id, kind: 'manager' });
      }
      if (panel.has(id) && applicants.has(managerId)) {
        conflicts.push({ panelistId: id, applicantId: managerId, kind: 'report' });
      }
    }
  }

  const paired = new Set<string>();
  const pair = (panelistId: string, applicantId: string) => {
    const key = `${panelistId} ${applicantId}`;
    if (!panel.has(panelistId) || !applicants.has(applicantId) || paired.has(key)) return;
    paired.add(key);
    conflicts.push({ panelistId, applicantId, kind: 'pair' });
  };
  for (const { subjectId, objectId } of await people.relationships(tx, panelistIds, ['paired-with', 'buddy-of'])) {
    pair(subjectId, objectId);
    pair(objectId, subjectId);
  }

  const declared = await tx.query<{ panelistId: string; applicantId: string }>(
    `select panelist_id as "panelistId", applicant_id as "applicantId" from declaration_of_interest
     where institution_id = $1 and call_id = $2 and withdrawn_at is null`,
    [institutionId, callId],
  );
  for (const two of declared) {
    if (panel.has(two.panelistId)) conflicts.push({ ...two, kind: 'declared' });
  }
  return conflicts;
};

/** The same as keys to look up, `<panelist> <applicant>`, each with its first kind. */
export const conflictKeys = (conflicts: readonly Conflict[]): Map<string, ConflictKind> => {
  const keys = new Map<string, ConflictKind>();
  for (const { panelistId, applicantId, kind } of conflicts) {
    const key = `${panelistId} ${applicantId}`;
    if (!keys.has(key)) keys.set(key, kind);
  }
  return keys;
};

/**
 * Whose applications to a call are kept from a person of institution $1, as a query of `applicant_id`: what conflictsOf
 * says of a panelist, for whoever looks, so that a coordinator or auditor who is somebody's manager sees no scores of theirs
 * either. For reads, where everything goes in one round trip.
 */
export const keptFromSql = (call = '$2', person = '$3'): string => `(
  with recursive above as (
    select p.line_manager_id as id, 1 as steps from person p
    where p.institution_id = $1 and p.id = ${person} and p.line_manager_id is not null
    union all
    select p.line_manager_id, a.steps + 1 from above a
    join person p on p.institution_id = $1 and p.id = a.id
    where p.line_manager_id is not null and a.steps < 50
  ), below as (
    select p.id, 1 as steps from person p where p.institution_id = $1 and p.line_manager_id = ${person}
    union all
    select p.id, b.steps + 1 from below b
    join person p on p.institution_id = $1 and p.line_manager_id = b.id
    where b.steps < 50
  )
  select ${person}::uuid as applicant_id
  union select id from above
  union select id from below
  union select case when r.subject_id = ${person} then r.object_id else r.subject_id end from relationship r
    where r.institution_id = $1 and r.kind in ('paired-with', 'buddy-of') and (r.subject_id = ${person} or r.object_id = ${person})
  union select d.applicant_id from declaration_of_interest d
    where d.institution_id = $1 and d.call_id = ${call} and d.panelist_id = ${person} and d.withdrawn_at is null)`;

/** The same of a call `c` as one array, `kept`: worked out once a call, not once an application. To be joined laterally. */
export const keptOfCallSql = (person: string): string =>
  `(select coalesce(array_agg(x.applicant_id), '{}') as kept from ${keptFromSql('c.id', person)} x)`;

/** See keptFromSql. Whoever acts for somebody sees, through their eyes, nothing of whom they have an interest in themselves. */
export const keptFrom = async (
  tx: Tx,
  callId: string,
  { personId, byPersonId }: { readonly personId: string; readonly byPersonId?: string | null },
): Promise<Set<string>> => {
  const kept = await keptFromOne(tx, callId, personId);
  return byPersonId ? new Set([...kept, ...(await keptFromOne(tx, callId, byPersonId))]) : kept;
};

const keptFromOne = async (tx: Tx, callId: string, personId: string): Promise<Set<string>> => {
  const rows = await tx.query<{ applicant_id: string }>(`select applicant_id from ${keptFromSql()} k`, [
    tx.scope.institutionId,
    callId,
    personId,
  ]);
  return new Set(rows.map((row) => row.applicant_id));
};
