import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import type { SharedPairs as SharedPairsList, SharedPairView } from '@waymark/contracts';

const most = 50;

/** Pairs across institutions, as one of the two sees them: with the other's card, and nothing else of the other's. */
@Injectable()
export class SharedPairViews {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<SharedPairsList> {
    const today = dayIn(actor.timeZone, this.clock.now());
    return { pairs: await this.reads.rows<SharedPairView>(actor, query(actor, today, null)) };
  }

  async see(actor: Actor, id: string): Promise<SharedPairView> {
    const today = dayIn(actor.timeZone, this.clock.now());
    return only(await this.reads.rows<SharedPairView>(actor, query(actor, today, id)));
  }
}

export const sharedPairViewIn = async (tx: Tx, actor: Actor, id: string): Promise<SharedPairView> => {
  const { text, values } = query(actor, dayIn(actor.timeZone, tx.now), id);
  return only(await tx.query<SharedPairView>(text, values));
};

const only = ([pair]: readonly SharedPairView[]): SharedPairView => {
  if (!pair) throw new Refused('not-found');
  return pair;
};

/** A card is emptied when its person's data are erased. */
const emptyCard = `jsonb_build_object('name', '', 'institution', '', 'unit', null, 'grade', null, 'jobTitle', null, 'email', null)`;

const query = (actor: Actor, today: string, id: string | null): ReadQuery => ({
  name: id === null ? 'shared-pairs' : 'shared-pair',
  text: `select s.id, own.side, ${emptyCard} || case when own.stays then s.moved_card else s.stays_card end as other, s.goals,
      s.ends_on::text as "endsOn", at_present.status,
      json_build_object('end', at_present.status = 'active') as may, s.version
    from shared_pair s
    cross join lateral (select s.institution_id = $1 as stays,
      case when (s.institution_id = $1) = (s.moved_side = 'mentor') then 'mentee' else 'mentor' end as side) own
    cross join lateral (select case when s.status = 'active' and s.ends_on < $3::date then 'completed' else s.status end as status) at_present
    where ((s.institution_id = $1 and s.stays_id = $2) or (s.other_institution_id = $1 and s.moved_id = $2))
      ${id === null ? '' : 'and s.id = $4'}
    order by s.agreed_at desc, s.id limit ${most}`,
  values: [actor.institutionId, actor.personId, today, ...(id === null ? [] : [id])],
});
