import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Clock, Reads, Refused } from '@waymark/api-platform';
import { callMomentAt, type CallForApplicants as View } from '@waymark/contracts';
import { extendedUntil, inAudience, mineIn } from './audience';
import { audienceOf } from './call-view';

type Row = Omit<View, 'moment' | 'mayBegin'>;

/** A call as somebody who applies sees it. A draft is there for those alone who see calls: it is their preview. */
@Injectable()
export class CallForApplicants {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, id: string): Promise<View> {
    const now = this.clock.now();
    const [row] = await this.reads.rows<Row>(actor, {
      name: 'call-for-applicants',
      text: `select c.id, c.name, c.kind, c.status, ${instantOf('c.opens_at')} as "opensAt", ${instantOf('c.closes_at')} as "closesAt",
          ${instantOf(extendedUntil('c', 'me.id'))} as "extendedUntil", c.return_grace_days as "returnGraceDays",
          ${instantOf('c.endorse_by')} as "endorseBy", c.decide_by::text as "decideBy", c.reserve_until::text as "reserveUntil",
          c.claim_by::text as "claimBy", c.next_opens_on::text as "nextOpensOn", c.next_closes_on::text as "nextClosesOn",
          c.budget_pence::float8 as "budgetPence", c.terms_number as "termsNumber", t.terms,
          ${audienceOf('c', 't.terms')} as audience, ${inAudience('t.terms', 'me')} as "inAudience", ${mineIn('c', 'me.id')} as mine,
          c.cancelled_because as "cancelledBecause"
        from call c
        join call_terms t on t.institution_id = c.institution_id and t.call_id = c.id and t.number = c.terms_number
        join person me on me.institution_id = c.institution_id and me.id = $3
        where c.institution_id = $1 and c.id = $2`,
      values: [actor.institutionId, id, actor.personId],
    });
    if (!row || (row.status === 'draft' && !actor.permissions.has('calls.see'))) throw new Refused('not-found');
    const moment = callMomentAt(row, now);
    const inTime =
      moment === 'open' || (moment === 'closed' && row.extendedUntil !== null && now < new Date(row.extendedUntil));
    // As the database has it: one that was withdrawn makes room, one that was decided on does not.
    const onlyOne = row.terms.rules.some(({ rule }) => rule === 'one-application');
    const inTheWay = row.mine.some(({ status }) =>
      onlyOne ? status !== 'withdrawn' && status !== 'call-cancelled' : status === 'draft',
    );
    return { ...row, moment, mayBegin: inTime && row.inAudience && !inTheWay };
  }
}
