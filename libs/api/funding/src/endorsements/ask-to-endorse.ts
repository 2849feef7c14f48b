import { PeopleFacade, whereaboutsOf } from '@waymark/api-people';
import { dayIn, type Tx } from '@waymark/api-platform';
import type { AskedAs, EndorsementPurpose } from '@waymark/contracts';
import { record } from '../applications/timeline';
import { deadlineOf } from './deadline';
import { answerBy, nextToAsk, type ToAsk } from './next-to-ask';

export interface ToEndorse {
  applicationId: string;
  submissionNumber: number;
  /** The applicant. */
  personId: string;
  purpose: EndorsementPurpose;
}

/** One application and whom to put it to; `personId` null: nobody is left, the coordinator is to name somebody. */
export interface Asking extends Omit<ToEndorse, 'personId'> {
  personId: string | null;
  as: AskedAs | null;
  inPlaceOf: string | null;
}

/** Somebody was asked: `{ endorsementIds }`. Their letters, with a link each, are written after the commit. */
export const ENDORSEMENT_ASKED = 'funding.endorsement-asked';

/** It has no state of its own: what it does, it does in the caller's transaction. */
const people = new PeopleFacade();

/**
 * Asks whoever decides for the applicant today, by mail and on their home, in the caller's transaction. With nobody left to
 * ask, the coordinator is to name somebody. Safe to repeat: an application asks one person at a time.
 */
export const askToEndorse = async (tx: Tx, asked: ToEndorse): Promise<void> => {
  const next = (await whoAskedBack(tx, asked)) ?? (await whoDecides(tx, asked));
  await askEach(tx, [
    { ...asked, personId: next?.personId ?? null, as: next?.as ?? null, inPlaceOf: next?.inPlaceOf ?? null },
  ]);
};

const whoDecides = async (tx: Tx, { personId }: ToEndorse): Promise<ToAsk | null> => {
  const { timeZone } = await whereaboutsOf(tx);
  const approver = (await people.approversOf(tx, [personId], dayIn(timeZone, tx.now))).get(personId);
  return approver ? nextToAsk([], approver) : null;
};

/**
 * Whoever returned it with a question hears the answer. The line manager and their delegate are asked anyway, by the rule of today;
 * somebody above, or named by the coordinator, would not be: it would go back to whoever was silent, or to nobody.
 */
const whoAskedBack = async (tx: Tx, { applicationId, submissionNumber, purpose }: ToEndorse): Promise<ToAsk | null> => {
  if (purpose !== 'application') return null;
  const [last] = await tx.query<ToAsk>(
    `select asked_of as "personId", asked_as as "as", in_place_of as "inPlaceOf" from endorsement
     where institution_id = $1 and application_id = $2 and purpose = 'application' and submission_number = $3 - 1
       and status = 'returned' and answered_by = asked_of and asked_as in ('next-manager', 'delegate-of-next-manager', 'named')
     order by answered_at desc limit 1`,
    [tx.scope.institutionId, applicationId, submissionNumber],
  );
  if (!last) return null;
  const [person] = await people.facts(tx, [last.personId]);
  return person?.active ? last : null;
};

/** The same for many at once, each put to whom the caller says; in a few statements, however many there are. */
export const askEach = async (tx: Tx, askings: readonly Asking[]): Promise<void> => {
  if (askings.length === 0) return;
  const { institutionId } = tx.scope;
  const { timeZone } = await whereaboutsOf(tx);
  const deadlines = new Map(
    (
      await tx.query<{ id: string; deadline: Date }>(
        `select s.application_id as id, ${deadlineOf('c', 's')} as deadline
         from jsonb_to_recordset($2::jsonb) as w("applicationId" uuid, "submissionNumber" int, purpose text)
         join application_submission s on s.institution_id = $1 and s.application_id = w."applicationId" and s.number = w."submissionNumber"
         join application a on a.institution_id = $1 and a.id = s.application_id
         join call c on c.institution_id = $1 and c.id = a.call_id
         where w.purpose = 'application'`,
        [institutionId, JSON.stringify(askings)],
      )
    ).map(({ id, deadline }) => [id, deadline]),
  );
  const rows = askings
    .filter(({ personId }) => personId !== null)
    .map((each) => ({
      ...each,
      id: tx.newId(),
      by: answerBy(tx.now, timeZone, deadlines.get(each.applicationId) ?? null),
    }));
  // Somebody is asked already: this repeats what was done.
  const made = new Set(
    (
      await tx.query<{ id: string }>(
        `insert into endorsement (institution_id, id, application_id, submission_number, purpose, status, asked_of, asked_as,
           in_place_of, asked_at, passes_on_at, version)
         select $1, r.id, r."applicationId", r."submissionNumber", r.purpose, 'asked', r."personId", r."as", r."inPlaceOf", $2, r."by", 1
         from jsonb_to_recordset($3::jsonb) as r(id uuid, "applicationId" uuid, "submissionNumber" int, purpose text,
           "personId" uuid, "as" text, "inPlaceOf" uuid, "by" timestamptz)
         on conflict (institution_id, application_id, purpose) where status = 'asked' do nothing returning id`,
        [institutionId, tx.now, JSON.stringify(rows)],
      )
    ).map(({ id }) => id),
  );
  const asked = rows.filter(({ id }) => made.has(id));
  await record(tx, [
    ...asked.map(({ applicationId, id, personId, as, by, purpose }) => ({
      applicationId,
      kind: 'asked-to-endorse' as const,
      facts: { endorsementId: id, askedOf: personId, askedAs: as, answerBy: by.toISOString(), purpose },
    })),
    ...askings
      .filter(({ personId }) => personId === null)
      .map(({ applicationId, purpose }) => ({
        applicationId,
        kind: 'asked-to-endorse' as const,
        facts: { endorsementId: null, askedOf: null, askedAs: 'nobody', purpose },
      })),
  ]);
  if (made.size > 0) await tx.emit(ENDORSEMENT_ASKED, { endorsementIds: [...made] });
};

/** Nobody is asked any more: the application was withdrawn, or its call cancelled. Their links stop working. */
export const withdrawEndorsements = async (tx: Tx, applicationIds: readonly string[]): Promise<void> => {
  await tx.query(
    `update endorsement set status = 'withdrawn', version = version + 1
     where institution_id = $1 and application_id = any ($2::uuid[]) and status = 'asked'`,
    [tx.scope.institutionId, applicationIds],
  );
};
