import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Clock, dayIn, Reads } from '@waymark/api-platform';
import type { OpenCall, OpenCalls as View } from '@waymark/contracts';
import { extendedUntil, inAudience, mineIn } from './audience';
import { momentOf } from './call-at';

/** More than stand open at once anywhere. */
const most = 100;

/** What everybody may know: what is open and coming, whether it is for them, and when next year's opens. */
@Injectable()
export class OpenCalls {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor): Promise<View> {
    const now = this.clock.now();
    const [calls, next] = await this.reads.all<[OpenCall, View['next'][number]]>(actor, [
      {
        name: 'open-calls',
        text: `select c.id, c.name, c.kind, ${momentOf('c', '$3')} as moment, ${instantOf('c.opens_at')} as "opensAt",
            ${instantOf('c.closes_at')} as "closesAt", ${instantOf('x.until')} as "extendedUntil",
            c.decide_by::text as "decideBy", c.budget_pence::float8 as "budgetPence",
            (t.terms->>'capPence')::float8 as "capPence", ${inAudience('t.terms', 'me')} as "inAudience",
            ${mineIn('c', 'me.id')} as mine
          from call c
          join call_terms t on t.institution_id = c.institution_id and t.call_id = c.id and t.number = c.terms_number
          join person me on me.institution_id = c.institution_id and me.id = $2
          left join lateral (select ${extendedUntil('c', 'me.id')} as until) x on true
          where c.institution_id = $1 and c.status in ('open', 'closed')
            and ((c.status = 'open' and c.closes_at > $3::timestamptz) or x.until > $3::timestamptz)
          order by c.opens_at > $3::timestamptz, case when c.opens_at > $3::timestamptz then c.opens_at else c.closes_at end, c.id
          limit ${most}`,
        values: [actor.institutionId, actor.personId, now],
      },
      {
        name: 'open-calls-next',
        text: `select c.id as "callId", c.name, c.next_opens_on::text as "opensOn", c.next_closes_on::text as "closesOn"
          from call c
          where c.institution_id = $1 and c.status not in ('draft', 'cancelled') and c.next_opens_on >= $2::date
            and not exists (select from call n where n.institution_id = c.institution_id and n.series_id = c.series_id
              and n.opens_at > c.opens_at and n.status not in ('draft', 'cancelled'))
          order by c.next_opens_on, lower(c.name) limit ${most}`,
        values: [actor.institutionId, dayIn(actor.timeZone, now)],
      },
    ]);
    return { calls, next };
  }
}
