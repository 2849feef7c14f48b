import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Clock, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import { callMomentAt, type CallView } from '@waymark/contracts';
import { callMay, hindrancesOf, type Standing } from './call-may';

/** Applications that ask for money: handed in, and not given up. */
export const asking = `not in ('draft', 'withdrawn', 'declined', 'call-cancelled')`;

/** What of a call's next step is to be counted; see `Standing`. */
export const standingQuery = (institutionId: string, id: string, now: Date): ReadQuery => ({
  name: 'call-standing',
  text: `select p.status = 'open' as "potOpen",
      count(a.id) filter (where a.status in ('submitted', 'returned'))::int as pending,
      count(a.id) filter (where a.status = 'unendorsed')::int as unendorsed,
      count(a.id) filter (where a.status in ('endorsed', 'eligible', 'scored'))::int as endorsed,
      (select count(*)::int from call_extension e where e.institution_id = c.institution_id and e.call_id = c.id
        and e.until > $3::timestamptz and e.until > c.closes_at and not exists (
          select from application own where own.institution_id = e.institution_id and own.call_id = e.call_id
            and own.person_id = e.person_id and own.status not in ('draft', 'withdrawn'))
        and not exists (select from person gone join institution i on i.id = gone.institution_id
          where gone.institution_id = e.institution_id and gone.id = e.person_id
            and gone.left_on < ($3::timestamptz at time zone i.time_zone)::date)) as extensions,
      (select count(*)::int from review r where r.institution_id = c.institution_id and r.call_id = c.id
        and r.status in ('drafting', 'submitted', 'locked')) as reviews,
      exists (select from call n where n.institution_id = c.institution_id and n.copied_from = c.id and n.kind = 'rolling'
        and n.status not in ('draft', 'cancelled')) as "rolledOn",
      (select count(*)::int from award w where w.institution_id = c.institution_id and w.call_id = c.id
        and w.status in ('offered', 'accepted', 'changed', 'attended', 'cancelled'))
        + count(a.id) filter (where a.status = 'reserve')::int as "awardsOpen"
    from call c
    join pot p on p.institution_id = c.institution_id and p.id = c.pot_id
    left join application a on a.institution_id = c.institution_id and a.call_id = c.id
    where c.institution_id = $1 and c.id = $2
    group by c.institution_id, c.id, c.closes_at, p.status`,
  values: [institutionId, id, now],
});

type Head = Omit<CallView, 'moment' | 'counts' | 'askedPence' | 'committedPence' | 'timeline' | 'may' | 'hindered'>;
type Sums = Pick<CallView, 'counts' | 'askedPence' | 'committedPence'>;
type Answers = [Head[], Standing[], Sums[], CallView['timeline']];

/** Units and grades of an audience by name, of the terms under this alias. */
export const audienceOf = (call: string, terms: string): string => `json_build_object(
  'units', coalesce((select json_agg(json_build_object('id', u.id, 'name', u.name) order by lower(u.name)) from unit u
    where u.institution_id = ${call}.institution_id and ${terms}->'audience'->'unitIds' ? u.id::text), '[]'::json),
  'grades', coalesce((select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.position) from grade g
    where g.institution_id = ${call}.institution_id and ${terms}->'audience'->'gradeIds' ? g.id::text), '[]'::json))`;

const queries = (institutionId: string, id: string, now: Date): ReadQuery[] => [
  {
    name: 'call',
    text: `select c.id, c.version, c.kind, c.status, c.name, c.pot_id as "potId", c.budget_pence::float8 as "budgetPence",
        ${instantOf('c.opens_at')} as "opensAt", ${instantOf('c.closes_at')} as "closesAt",
        c.return_grace_days as "returnGraceDays", ${instantOf('c.endorse_by')} as "endorseBy", c.decide_by::text as "decideBy",
        c.reserve_until::text as "reserveUntil", c.claim_by::text as "claimBy", c.next_opens_on::text as "nextOpensOn",
        c.next_closes_on::text as "nextClosesOn", c.rolls_until::text as "rollsUntil", t.terms, c.letters,
        c.terms_number as "termsNumber", c.cancelled_because as "cancelledBecause", ${instantOf('c.created_at')} as "createdAt",
        json_build_object('id', p.id, 'name', p.name, 'financialYear', p.financial_year, 'open', p.status = 'open',
          'availablePence', f.available_pence) as pot,
        ${audienceOf('c', 't.terms')} as audience,
        (select count(*)::int from call_panelist m where m.institution_id = c.institution_id and m.call_id = c.id) as panelists,
        (select count(*)::int from call_extension e where e.institution_id = c.institution_id and e.call_id = c.id) as extensions,
        (select json_build_object('id', b.id, 'name', b.name) from call b
          where b.institution_id = c.institution_id and b.id = c.copied_from) as "copiedFrom",
        coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name, 'opensAt', ${instantOf('s.opens_at')})
          order by s.opens_at desc, s.id) from (select * from call s where s.institution_id = c.institution_id
            and s.series_id = c.series_id and s.status <> 'cancelled' order by s.opens_at desc limit 24) s), '[]'::json) as series
      from call c
      join call_terms t on t.institution_id = c.institution_id and t.call_id = c.id and t.number = c.terms_number
      join pot p on p.institution_id = c.institution_id and p.id = c.pot_id
      join pot_figures f on f.institution_id = p.institution_id and f.pot_id = p.id
      where c.institution_id = $1 and c.id = $2`,
    values: [institutionId, id],
  },
  standingQuery(institutionId, id, now),
  {
    name: 'call-sums',
    text: `select coalesce(json_agg(json_build_object('status', s.status, 'count', s.count) order by s.status), '[]'::json) as counts,
        coalesce(sum(s.asked) filter (where s.status ${asking}), 0)::float8 as "askedPence",
        (select coalesce(sum(f.committed_pence + f.spent_pence), 0)::float8 from award w
          join award_figures f on f.institution_id = w.institution_id and f.award_id = w.id
          where w.institution_id = $1 and w.call_id = $2) as "committedPence"
      from (select a.status, count(*)::int as count, sum(s.asked_pence) as asked from application a
        left join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id
          and s.number = a.submission_number
        where a.institution_id = $1 and a.call_id = $2 group by a.status) s`,
    values: [institutionId, id],
  },
  {
    name: 'call-timeline',
    text: `select e.act, ${instantOf('e.at')} as at, trim(p.given_name || ' ' || p.family_name) as by, e.details as facts
      from audit_entry e
      left join person p on p.institution_id = e.institution_id and p.id = e.actor_person_id
      where e.institution_id = $1 and e.subject_id = any ($2::uuid || array(select s.id from scenario s
          where s.institution_id = $1 and s.call_id = $2 and s.status = 'published'))
        and (e.subject_kind = 'call' or e.act in ('scenario.propose', 'scenario.approve', 'scenario.publish'))
      order by e.at desc, e.id desc limit 100`,
    values: [institutionId, id],
  },
];

const viewOf = (actor: Actor, [[head], [standing], [sums], timeline]: Answers, now: Date): CallView => {
  if (!head || !standing || !sums) throw new Refused('not-found');
  const moment = callMomentAt(head, now);
  const hindered = hindrancesOf(moment, standing, new Date(head.closesAt) <= now);
  return { ...head, ...sums, moment, timeline, hindered, may: callMay(actor.permissions, moment, standing, hindered) };
};

/** The call as a command left it, read in its transaction. */
export const callViewIn = async (tx: Tx, actor: Actor, id: string): Promise<CallView> => {
  const answers: unknown[][] = [];
  for (const { text, values } of queries(actor.institutionId, id, tx.now)) answers.push(await tx.query(text, values));
  return viewOf(actor, answers as Answers, tx.now);
};

@Injectable()
export class CallViews {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, id: string): Promise<CallView> {
    const now = this.clock.now();
    const answers = await this.reads.all<unknown[]>(actor, queries(actor.institutionId, id, now));
    return viewOf(actor, answers as unknown as Answers, now);
  }
}
