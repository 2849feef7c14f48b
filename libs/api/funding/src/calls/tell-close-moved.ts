import type { PeopleFacade } from '@waymark/api-people';
import { postEach, type Tx } from '@waymark/api-platform';
import type { Call } from './entities';
import { closeMoved } from './letters';

/** A close that moves, or a call that opens once more, is told to everybody who has a draft in it. */
export const tellCloseMoved = async (tx: Tx, people: PeopleFacade, call: Call, timeZone: string): Promise<void> => {
  const drafts = await tx.query<{ id: string; personId: string; until: Date }>(
    `select a.id, a.person_id as "personId", greatest($3::timestamptz, x.until) as until from application a
     left join call_extension x on x.institution_id = a.institution_id and x.call_id = a.call_id and x.person_id = a.person_id
     where a.institution_id = $1 and a.call_id = $2 and a.status = 'draft' order by a.id`,
    [tx.scope.institutionId, call.id, call.closesAt],
  );
  const facts = new Map(
    (await people.facts(tx, [...new Set(drafts.map(({ personId }) => personId))])).map((one) => [one.id, one]),
  );
  await postEach(
    tx,
    drafts.flatMap(({ id, personId, until }) => {
      const person = facts.get(personId);
      if (!person?.active || !person.email) return [];
      const link = tx.link(`/funding/applications/${id}`);
      return [{ to: person.email, ...closeMoved(person.givenName, call, until, link, timeZone) }];
    }),
  );
};
