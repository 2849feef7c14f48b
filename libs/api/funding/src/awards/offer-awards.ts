import { whereaboutsOf } from '@waymark/api-people';
import { Refused, type Tx } from '@waymark/api-platform';
import { between, postAll } from '../ledger/ledger';
import { answerByOf, claimBySql } from './award-days';

export interface ToOffer {
  applicationId: string;
  amountPence: number;
}

interface Offered {
  id: string;
  potId: string;
  reference: string;
  amountPence: number;
}

/**
 * Offers awards of one call: makes the awards and commits their money in the ledger, an entry each, in a few statements however
 * many there are. Refused with `pot-overdrawn` where the pot has not as much, and with `call-budget-spent` where the call may not
 * give away as much. Applications' statuses, timelines and letters are the caller's. The caller holds the applications.
 */
export const offerAwards = async (tx: Tx, callId: string, offers: readonly ToOffer[]): Promise<void> => {
  if (offers.length === 0) return;
  const { timeZone } = await whereaboutsOf(tx);
  const offered = await tx.query<Offered>(
    `with made as (
       insert into award (institution_id, id, application_id, call_id, person_id, pot_id, status, amount_pence, abstract,
         event_name, event_starts_on, event_ends_on, offered_at, answer_by, claim_by, version)
       select a.institution_id, o.id, a.id, a.call_id, a.person_id, c.pot_id, 'offered', o."amountPence",
         case when (s.document #>> '{event,onAbstract}')::boolean then 'waiting' else 'none' end,
         s.event_name, s.event_starts_on, s.event_ends_on, $3, $4, ${claimBySql('c', 's')}, 1
       from jsonb_to_recordset($5::jsonb) as o(id uuid, "applicationId" uuid, "amountPence" bigint)
       join application a on a.institution_id = $1 and a.id = o."applicationId" and a.call_id = $2
       join call c on c.institution_id = $1 and c.id = a.call_id
       join application_submission s
         on s.institution_id = $1 and s.application_id = a.id and s.number = a.submission_number
       returning id, application_id, pot_id, amount_pence
     )
     select m.id, m.pot_id as "potId", a.reference, m.amount_pence::float8 as "amountPence"
     from made m join application a on a.institution_id = $1 and a.id = m.application_id order by m.id`,
    [
      ...[tx.scope.institutionId, callId, tx.now, answerByOf(timeZone, tx.now)],
      JSON.stringify(offers.map((offer) => ({ ...offer, id: tx.newId() }))),
    ],
  );
  // One of them is of another call, or was never submitted: nothing is offered by halves.
  if (offered.length !== offers.length) throw new Refused('not-found');
  await postAll(
    tx,
    offered.map(({ id, potId, reference, amountPence }) => ({
      kind: 'commit' as const,
      reason: `Award ${reference}`,
      awardId: id,
      lines: between(amountPence, { potId, account: 'available' }, { potId, account: 'committed' }),
    })),
  );
};
