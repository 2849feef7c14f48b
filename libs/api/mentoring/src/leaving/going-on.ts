import { Injectable } from '@nestjs/common';
import { type Actor, Clock, dayIn, type ReadQuery, Reads, Refused, Transactions, type Tx } from '@waymark/api-platform';
import type { AnswerGoingOn as Input, GoingOnView, HomeTask } from '@waymark/contracts';

interface Row {
  id: string;
  side: 'mentor' | 'mentee';
  other: string;
  moverId: string;
  institution: string;
  lastDay: string;
  endsOn: string;
  running: boolean;
  mine: boolean | null;
  others: boolean | null;
}

/** `$2` is who asks, `$3` the pair. The newest question counts where somebody moved twice. */
const query = (actor: Actor, pairId: string): ReadQuery => ({
  name: 'going-on',
  text: `select pair.id, own.side, trim(other.given_name || ' ' || other.family_name) as other, t.person_id as "moverId",
      t.to_card->>'institution' as institution, t.last_day::text as "lastDay", pair.ends_on::text as "endsOn",
      pair.status in ('agreed', 'active') as running,
      case own.side when 'mentor' then g.mentor_answer else g.mentee_answer end as mine,
      case own.side when 'mentor' then g.mentee_answer else g.mentor_answer end as others
    from pair
    cross join lateral (select case when pair.mentor_id = $2 then 'mentor' else 'mentee' end as side) own
    join pair_going_on g on g.institution_id = pair.institution_id and g.pair_id = pair.id
    join transfer t on t.institution_id = g.institution_id and t.id = g.transfer_id
    join person other on other.institution_id = pair.institution_id
      and other.id = case own.side when 'mentor' then pair.mentee_id else pair.mentor_id end
    where pair.institution_id = $1 and (pair.mentor_id = $2 or pair.mentee_id = $2) and pair.id = $3
    order by g.asked_at desc limit 1`,
  values: [actor.institutionId, actor.personId, pairId],
});

const viewOf = ([row]: readonly Row[], actor: Actor, today: string): GoingOnView => {
  if (!row) throw new Refused('not-found');
  const { moverId, running, others, ...view } = row;
  return {
    ...view,
    moves: moverId === actor.personId ? 'me' : 'other',
    otherAnswered: others !== null,
    goesOn: view.mine === null || others === null ? null : view.mine && others,
    may: { answer: running && view.lastDay >= today },
  };
};

/** Whether a pair goes on although one of the two moves: each answers for themselves, and may change it until the last day. */
@Injectable()
export class GoingOn {
  constructor(
    private readonly reads: Reads,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, pairId: string): Promise<GoingOnView> {
    return viewOf(
      await this.reads.rows<Row>(actor, query(actor, pairId)),
      actor,
      dayIn(actor.timeZone, this.clock.now()),
    );
  }

  answer(actor: Actor, pairId: string, { goOn }: Input): Promise<GoingOnView> {
    return this.transactions.run(actor, async (tx) => {
      const before = await this.seeIn(tx, actor, pairId);
      // Ending looks at the answers under the pair's lock.
      await tx.query(`select from pair where institution_id = $1 and id = $2 for update`, [
        actor.institutionId,
        pairId,
      ]);
      const view = await this.seeIn(tx, actor, pairId);
      if (!before.may.answer || !view.may.answer) throw new Refused('pair-not-asked');
      await tx.query(
        `update pair_going_on set ${view.side === 'mentor' ? 'mentor_answer' : 'mentee_answer'} = $3
         where institution_id = $1 and pair_id = $2 and transfer_id = (select transfer_id from pair_going_on
           where institution_id = $1 and pair_id = $2 order by asked_at desc limit 1)`,
        [actor.institutionId, pairId, goOn],
      );
      // What was said is between the two.
      await tx.audit('pair.answer-going-on', { kind: 'pair', id: pairId });
      return this.seeIn(tx, actor, pairId);
    });
  }

  /** What waits for somebody: pairs they were asked about and have not answered. */
  async tasks(actor: Actor): Promise<HomeTask[]> {
    return this.reads.rows<HomeTask>(actor, {
      name: 'home-going-on',
      text: `select pair.id, 'go-on-with-pair' as kind,
          to_char((t.last_day + 1)::timestamp at time zone $3 at time zone 'UTC' - interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dueAt",
          trim(other.given_name || ' ' || other.family_name) as about, null::int as count
        from pair
        join pair_going_on g on g.institution_id = pair.institution_id and g.pair_id = pair.id
        join transfer t on t.institution_id = g.institution_id and t.id = g.transfer_id
        join person other on other.institution_id = pair.institution_id
          and other.id = case when pair.mentor_id = $2 then pair.mentee_id else pair.mentor_id end
        where pair.institution_id = $1 and pair.status in ('agreed', 'active') and t.last_day >= $4::date
          and ((pair.mentor_id = $2 and g.mentor_answer is null) or (pair.mentee_id = $2 and g.mentee_answer is null))
        order by t.last_day, pair.id limit 50`,
      values: [actor.institutionId, actor.personId, actor.timeZone, dayIn(actor.timeZone, this.clock.now())],
    });
  }

  private async seeIn(tx: Tx, actor: Actor, pairId: string): Promise<GoingOnView> {
    const { text, values } = query(actor, pairId);
    return viewOf(await tx.query<Row>(text, values), actor, dayIn(actor.timeZone, tx.now));
  }
}
