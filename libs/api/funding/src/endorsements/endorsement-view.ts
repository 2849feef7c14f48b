import { Injectable } from '@nestjs/common';
import { instantOf, whereaboutsOf } from '@waymark/api-people';
import { type Actor, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { ApplicationDocument, EndorsementView } from '@waymark/contracts';
import { clashesWith, fromEndorsement, fundedList, nameOf, rowColumns } from './endorsement-sql';
import { hindranceTo, standingOf } from './locked-endorsements';
import { isOwn, mayAnswer } from './who-may-answer';

type Found = Omit<EndorsementView, 'mayAnswer' | 'document'> & {
  full: ApplicationDocument;
  answeredById: string | null;
};

/**
 * What is asked, for whoever may answer it, was asked or has answered. For anybody else it is not there, and neither is it for
 * the applicant, who has the application.
 */
export const endorsementViewIn = async (tx: Tx, actor: Actor, id: string): Promise<EndorsementView> => {
  const [row] = await tx.query<Found>(
    `select ${rowColumns}, s.document as full, n.answered_by as "answeredById",
       case when w.change is null then null else json_build_object('name', w.event_name, 'startsOn', w.event_starts_on::text,
         'endsOn', w.event_ends_on::text) end as before,
       ${clashesWith} as "clashesWith", ${fundedList} as funded,
       coalesce((select json_agg(json_build_object('id', e.id, 'askedOf', ${nameOf('k')}, 'askedAs', e.asked_as,
           'askedAt', ${instantOf('e.asked_at')}, 'status', e.status, 'answeredAt', ${instantOf('e.answered_at')}, 'reason', e.reason)
           order by e.asked_at, e.id)
         from endorsement e join person k on k.institution_id = e.institution_id and k.id = e.asked_of
         where e.institution_id = n.institution_id and e.application_id = n.application_id and e.purpose = n.purpose and e.id <> n.id
           and e.asked_at <= n.asked_at), '[]') as earlier
     from ${fromEndorsement} where n.institution_id = $1 and n.id = $2`,
    [actor.institutionId, id],
  );
  if (!row || isOwn(actor, row.applicant.id)) throw new Refused('not-found');
  const { timeZone } = await whereaboutsOf(tx);
  const may = await mayAnswer(tx, actor, { askedOf: row.askedOf.id, applicantId: row.applicant.id }, timeZone);
  if (!may && row.answeredById !== actor.personId) throw new Refused('not-found');
  const [standing] = await standingOf(tx, [id]);
  const { event, costs, otherFunding, upFront, case: words, objectives, sharing } = row.full;
  return {
    ...row,
    document: { event, costs, otherFunding, upFront, case: words, objectives, sharing },
    mayAnswer: may && standing !== undefined && hindranceTo(standing, tx.now) === null,
  };
};

@Injectable()
export class EndorsementViews {
  constructor(private readonly transactions: Transactions) {}

  see(actor: Actor, id: string): Promise<EndorsementView> {
    return this.transactions.run({ ...actor, command: undefined }, (tx) => endorsementViewIn(tx, actor, id));
  }
}
