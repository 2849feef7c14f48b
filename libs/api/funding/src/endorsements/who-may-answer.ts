import { PeopleFacade } from '@waymark/api-people';
import { type Actor, dayIn, type Scope, type Tx } from '@waymark/api-platform';

const people = new PeopleFacade();

/**
 * Of these applicants, those for whom this person decides today: their line manager, or whoever stands in. Whoever was asked
 * may answer too, also when the applicant has another manager since. Never oneself, nor through whomever one acts for.
 */
export const decidesFor = async (
  tx: Tx,
  personId: string,
  applicants: readonly string[],
  timeZone: string,
): Promise<Set<string>> => {
  const others = [...new Set(applicants)].filter((id) => id !== personId);
  if (others.length === 0) return new Set();
  const approvers = await people.approversOf(tx, others, dayIn(timeZone, tx.now));
  return new Set(others.filter((id) => approvers.get(id)?.personId === personId));
};

/** Endorsements waiting for an answer that this person may give: asked of them, or of somebody in whose place they are now. */
export const answerableBy = async (tx: Tx, actor: Actor): Promise<string[]> => {
  const { institutionId, personId, timeZone } = actor;
  const rows = await tx.query<{ id: string; applicantId: string; mine: boolean }>(
    `with recursive leaders as (
       select $2::uuid as id union
       select d.person_id from leaders l join delegation d on d.institution_id = $1 and d.delegate_id = l.id
         and $3::date between d.starts_on and d.ends_on
     ), below as (
       select p.id, 1 as steps from person p join leaders l on p.line_manager_id = l.id where p.institution_id = $1
       union
       select p.id, b.steps + 1 from below b join person p on p.institution_id = $1 and p.line_manager_id = b.id where b.steps < 50
     )
     select n.id, a.person_id as "applicantId", n.asked_of = $2 as mine
     from endorsement n join application a on a.institution_id = n.institution_id and a.id = n.application_id
     where n.institution_id = $1 and n.status = 'asked' and a.person_id <> $2 and a.person_id <> $4
       and (n.asked_of = $2 or a.person_id in (select id from below))`,
    [institutionId, personId, dayIn(timeZone, tx.now), actor.byPersonId ?? personId],
  );
  const decides = await decidesFor(
    tx,
    personId,
    rows.filter(({ mine }) => !mine).map(({ applicantId }) => applicantId),
    timeZone,
  );
  return rows.filter(({ mine, applicantId }) => mine || decides.has(applicantId)).map(({ id }) => id);
};

/** Whether it is one's own: also where one acts for somebody else. */
export const isOwn = ({ personId, byPersonId }: Scope, applicantId: string): boolean =>
  applicantId === personId || applicantId === byPersonId;

/** Whether this person may answer: asked, or deciding for the applicant today. */
export const mayAnswer = async (
  tx: Tx,
  scope: Scope,
  { askedOf, applicantId }: { askedOf: string; applicantId: string },
  timeZone: string,
): Promise<boolean> =>
  scope.personId !== null &&
  !isOwn(scope, applicantId) &&
  (askedOf === scope.personId || (await decidesFor(tx, scope.personId, [applicantId], timeZone)).has(applicantId));
