import { PeopleFacade, whereaboutsOf } from '@waymark/api-people';
import { dayIn, type Tx } from '@waymark/api-platform';
import type { EndorsementPurpose } from '@waymark/contracts';
import { record } from '../applications/timeline';
import { askEach } from './ask-to-endorse';
import { type AskedBefore, nextToAsk } from './next-to-ask';

const people = new PeopleFacade();

/** One that waits for an answer, held by the caller. */
export interface Waiting {
  id: string;
  applicationId: string;
  applicantId: string;
  submissionNumber: number;
  purpose: EndorsementPurpose;
  askedOf: string;
}

export const waitingColumns = `n.id, n.application_id as "applicationId", a.person_id as "applicantId",
  n.submission_number as "submissionNumber", n.purpose, n.asked_of as "askedOf"`;

/**
 * Takes these from whom they were asked of and puts each to the next: who stands in, then the manager's manager; else the
 * coordinator is to name somebody. Old links stop working. In a few statements, however many there are.
 */
export const passOn = async (tx: Tx, waiting: readonly Waiting[], because: 'silent' | 'left'): Promise<void> => {
  if (waiting.length === 0) return;
  await takeBack(tx, waiting, because);
  const { timeZone } = await whereaboutsOf(tx);
  const earlier = Map.groupBy(
    await tx.query<AskedBefore & { applicationId: string; submissionNumber: number; purpose: string }>(
      `select application_id as "applicationId", submission_number as "submissionNumber", purpose, asked_of as "askedOf",
         asked_as as "askedAs", in_place_of as "inPlaceOf"
       from endorsement where institution_id = $1 and application_id = any ($2::uuid[]) and status = 'passed-on' order by asked_at, id`,
      [tx.scope.institutionId, [...new Set(waiting.map(({ applicationId }) => applicationId))]],
    ),
    ({ applicationId, submissionNumber, purpose }) => `${applicationId} ${submissionNumber} ${purpose}`,
  );
  const before = (each: Waiting): AskedBefore[] =>
    earlier.get(`${each.applicationId} ${each.submissionNumber} ${each.purpose}`) ?? [];
  // By applicant, since that is what the rule asks; one person may have several that wait, each asked of others before.
  const rounds = Map.groupBy(waiting, (each) =>
    [
      each.applicantId,
      ...before(each)
        .map(({ askedOf }) => askedOf)
        .sort(),
    ].join(' '),
  );
  const on = dayIn(timeZone, tx.now);
  const groups = [...rounds.values()];
  const asked = new Map<Waiting, Awaited<ReturnType<typeof people.nextApproversOf>>>();
  // One question for all whose applicants differ; those of one applicant with different histories come in later turns.
  for (let left = groups; left.length > 0;) {
    const turn = new Map<string, Waiting[]>();
    const later: Waiting[][] = [];
    for (const group of left) {
      const applicant = group[0]?.applicantId ?? '';
      if (turn.has(applicant)) later.push(group);
      else turn.set(applicant, group);
    }
    const approvers = await people.nextApproversOf(
      tx,
      new Map(
        [...turn].map(([applicant, [first]]) => [applicant, first ? before(first).map(({ askedOf }) => askedOf) : []]),
      ),
      on,
    );
    for (const each of [...turn.values()].flat()) asked.set(each, approvers);
    left = later;
  }
  await askEach(
    tx,
    waiting.map((each) => {
      const approver = asked.get(each)?.get(each.applicantId);
      const next = approver ? nextToAsk(before(each), approver) : null;
      return {
        applicationId: each.applicationId,
        submissionNumber: each.submissionNumber,
        purpose: each.purpose,
        personId: next?.personId ?? null,
        as: next?.as ?? null,
        inPlaceOf: next?.inPlaceOf ?? null,
      };
    }),
  );
};

/** Takes these from whom they were asked of, and says so on the timelines. */
export const takeBack = async (
  tx: Tx,
  waiting: readonly Waiting[],
  because: 'silent' | 'left' | 'named',
): Promise<void> => {
  await tx.query(
    `update endorsement set status = 'passed-on', version = version + 1
     where institution_id = $1 and id = any ($2::uuid[]) and status = 'asked'`,
    [tx.scope.institutionId, waiting.map(({ id }) => id)],
  );
  await record(
    tx,
    waiting.map(({ applicationId, id, askedOf, purpose }) => ({
      applicationId,
      kind: 'passed-on' as const,
      facts: { endorsementId: id, askedOf, because, purpose },
    })),
  );
  await tx.auditEach(
    'endorsement.pass-on',
    waiting.map(({ applicationId, purpose }) => ({
      subject: { kind: 'application', id: applicationId },
      details: { because, purpose },
    })),
  );
};
