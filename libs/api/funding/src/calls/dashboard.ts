import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Clock, Reads, Refused } from '@waymark/api-platform';
import type { ApplicationCounts, CallDashboard as View } from '@waymark/contracts';
import { keptFromSql } from '../panel/conflicts';
import { asking } from './call-view';

interface Head {
  counts: ApplicationCounts;
  received: number;
  endorsed: number;
  askedPence: number;
  eligiblePence: number;
  budgetPence: number;
  potAvailablePence: number;
  committedPence: number;
}
interface Reviews {
  all: number;
  submitted: number;
  scored: number;
}

/** SQL: the event under `e` says that the application is endorsed: by whoever was asked, or by the coordinator in their place. */
const endorsing = `(e.kind = 'endorsed' or (e.kind = 'endorsement-set' and e.facts->>'decision' = 'endorsed'))`;

/** Days with anything in them; a call stands open for weeks, and is endorsed and scored for some more. */
const daysMost = 400;

/** Reviews that the looker may know of: of whom they have an interest in, not even how far the readers are. */
const knownTo = (
  person: string,
): string => `exists (select from application a where a.institution_id = $1 and a.id = r.application_id
  and a.person_id not in (select k.applicant_id from ${keptFromSql('$2', person)} k))`;

/** What is in: counted when it is looked at, from what happened to each application. */
@Injectable()
export class CallDashboard {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, id: string): Promise<View> {
    const now = this.clock.now();
    const of = [actor.institutionId, id];
    const [[head], days, rush, [reviews]] = await this.reads.all<
      [Head, View['days'][number], View['rush'][number], Reviews]
    >(actor, [
      {
        name: 'dashboard-head',
        text: `with own as (
            select a.id, a.status, s.asked_pence as asked,
              exists (select from application_event e where e.institution_id = a.institution_id and e.application_id = a.id
                and ${endorsing}) or a.status in ('endorsed', 'eligible', 'ineligible', 'scored', 'awarded', 'part-awarded',
                'reserve', 'unsuccessful') as endorsed
            from application a
            left join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
              and s.number = a.submission_number
            where a.institution_id = $1 and a.call_id = $2
          )
          select coalesce((select json_agg(json_build_object('status', n.status, 'count', n.count) order by n.status)
              from (select status, count(*)::int as count from own group by status) n), '[]'::json) as counts,
            (select count(*)::int from own where asked is not null) as received,
            (select count(*)::int from own where asked is not null and endorsed) as endorsed,
            (select coalesce(sum(asked), 0)::float8 from own where status ${asking}) as "askedPence",
            (select coalesce(sum(asked), 0)::float8 from own
              where status in ('eligible', 'scored', 'awarded', 'part-awarded', 'reserve', 'unsuccessful')) as "eligiblePence",
            c.budget_pence::float8 as "budgetPence", f.available_pence::float8 as "potAvailablePence",
            (select coalesce(sum(g.committed_pence + g.spent_pence), 0)::float8 from award w
              join award_figures g on g.institution_id = w.institution_id and g.award_id = w.id
              where w.institution_id = $1 and w.call_id = $2) as "committedPence"
          from call c join pot_figures f on f.institution_id = c.institution_id and f.pot_id = c.pot_id
          where c.institution_id = $1 and c.id = $2`,
        values: of,
      },
      {
        name: 'dashboard-days',
        text: `with happened as (
            select (s.submitted_at at time zone $3)::date as day, 'received' as what
            from application a join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
              and s.number = 1
            where a.institution_id = $1 and a.call_id = $2
            union all
            select (min(e.at) at time zone $3)::date, 'endorsed'
            from application a join application_event e on e.institution_id = a.institution_id and e.application_id = a.id
            where a.institution_id = $1 and a.call_id = $2 and ${endorsing} group by a.id
            union all
            select (max(r.submitted_at) at time zone $3)::date, 'scored' from review r
            where r.institution_id = $1 and r.call_id = $2 and r.status not in ('recused', 'reassigned') and ${knownTo('$4')}
            group by r.application_id having bool_and(r.status in ('submitted', 'locked'))
          )
          select day::text, count(*) filter (where what = 'received')::int as received,
            count(*) filter (where what = 'endorsed')::int as endorsed, count(*) filter (where what = 'scored')::int as scored
          from happened where day is not null group by day order by day limit ${daysMost}`,
        values: [...of, actor.timeZone, actor.personId],
      },
      {
        name: 'dashboard-rush',
        text: `with last as (
            select least(c.closes_at, greatest($3::timestamptz, c.opens_at)) as until from call c where c.institution_id = $1 and c.id = $2
          ), bucket as (
            select 47 - floor(extract(epoch from last.until - s.submitted_at - interval '1 microsecond') / 3600)::int as i, count(*)::int as n
            from last, application a
            join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id and s.number = 1
            where a.institution_id = $1 and a.call_id = $2 and s.submitted_at < last.until
              and s.submitted_at >= last.until - interval '48 hours'
            group by 1
          )
          select ${instantOf('(last.until - make_interval(hours => 48 - hours.i))')} as hour, coalesce(bucket.n, 0) as received
          from last cross join generate_series(0, 47) as hours(i) left join bucket on bucket.i = hours.i order by hours.i`,
        values: [...of, now],
      },
      {
        name: 'dashboard-reviews',
        text: `select coalesce(sum(n), 0)::int as "all", coalesce(sum(done), 0)::int as submitted,
            count(*) filter (where n = done)::int as scored
          from (select count(*)::int as n, count(*) filter (where status in ('submitted', 'locked'))::int as done from review r
            where r.institution_id = $1 and r.call_id = $2 and r.status not in ('recused', 'reassigned') and ${knownTo('$3')}
            group by r.application_id) r`,
        values: [...of, actor.personId],
      },
    ]);
    if (!head || !reviews) throw new Refused('not-found');
    const { counts, received, endorsed, ...money } = head;
    const { scored, ...ofReviews } = reviews;
    return {
      counts,
      received,
      endorsed,
      scored,
      days,
      rush,
      rushReceived: rush.reduce((sum, hour) => sum + hour.received, 0),
      reviews: ofReviews,
      money,
    };
  }
}
