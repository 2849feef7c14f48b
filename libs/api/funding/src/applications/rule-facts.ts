import { owedReports } from '@waymark/api-report-back';
import { dayIn, type ReadQuery, type Tx } from '@waymark/api-platform';
import type { RuleFacts } from './judge-rules';

/** One application's facts as the database has them. */
export interface FactsRow {
  applicationId: string;
  personId: string;
  callId: string;
  termsNumber: number;
  closesAt: Date;
  /** The earliest day on which the call was to close when the application was sent; null before the first. */
  sentForClose: string | null;
  technician: boolean;
  gradeId: string | null;
  unitIds: string[] | null;
  contractUntil: string | null;
  leavesOn: string | null;
  others: number;
  funded: RuleFacts['funded'] | null;
}

/** So many calls back are looked at; a rule names at most as many. */
const callsBack = 20;

/**
 * What the rules look at, for applications of one call, in one statement however many there are; reports apart, which are
 * report-back's. Applications that a call has received are those not withdrawn and not still being written; of one that was sent,
 * only those sent before it count: what came later, where the call had come to allow it, is no fault of the first.
 */
export const factsQuery = (institutionId: string, applicationIds: readonly string[]): ReadQuery => ({
  name: 'application-rule-facts',
  text: `with recursive wanted as materialized (
      select a.id, a.person_id, a.call_id, c.kind, c.closes_at, c.terms_number, p.technician, p.grade_id, p.unit_id,
        p.contract_until::text as contract_until, p.left_on::text as left_on,
        (select s.submitted_at from application_submission s
          where s.institution_id = a.institution_id and s.application_id = a.id and s.number = 1) as sent_at
      from application a
      join call c on c.institution_id = a.institution_id and c.id = a.call_id
      join person p on p.institution_id = a.institution_id and p.id = a.person_id
      where a.institution_id = $1 and a.id = any ($2::uuid[])
    ), above as (
      select distinct w.unit_id as start, w.unit_id as id, 1 as steps from wanted w where w.unit_id is not null
      union all
      select v.start, u.parent_id, v.steps + 1 from above v
      join unit u on u.institution_id = $1 and u.id = v.id
      where u.parent_id is not null and v.steps < 50
    ), paths as (
      select start, array_agg(id) as ids from above group by start
    ), before as materialized (
      select w.call_id, e.id, e.name, row_number() over (partition by w.call_id order by e.closes_at desc, e.id)::int as calls_ago
      from (select distinct call_id, kind, closes_at from wanted) w
      join call e on e.institution_id = $1 and e.kind = w.kind and e.closes_at < w.closes_at and e.status in ('decided', 'archived')
    )
    select w.id as "applicationId", w.person_id as "personId", w.call_id as "callId", w.terms_number as "termsNumber",
      w.closes_at as "closesAt", w.technician, w.grade_id as "gradeId", x.ids as "unitIds", w.contract_until as "contractUntil",
      w.left_on as "leavesOn",
      case when w.sent_at is not null then (select min(r->'facts'->>'closesOn') from application_submission s
        cross join jsonb_array_elements(s.judged) r where s.institution_id = $1 and s.application_id = w.id
          and r->>'rule' = 'not-retrospective') end as "sentForClose",
      (select count(*)::int from application o where o.institution_id = $1 and o.person_id = w.person_id and o.call_id = w.call_id
        and o.id <> w.id and o.status not in ('draft', 'withdrawn', 'call-cancelled')
        and (w.sent_at is null or not exists (select from application_submission s where s.institution_id = $1
          and s.application_id = o.id and s.number = 1 and (s.submitted_at, o.id) > (w.sent_at, w.id)))) as others,
      (select json_agg(json_build_object('callsAgo', b.calls_ago, 'callName', b.name) order by b.calls_ago)
        from application o
        join before b on b.call_id = w.call_id and b.id = o.call_id and b.calls_ago <= ${callsBack}
        where o.institution_id = $1 and o.person_id = w.person_id and o.status in ('awarded', 'part-awarded')
          and not exists (select from award d where d.institution_id = $1 and d.application_id = o.id
            and d.status in ('lapsed', 'refused', 'cancelled'))) as funded
    from wanted w left join paths x on x.start = w.unit_id`,
  values: [institutionId, applicationIds],
});

/**
 * The facts of one row with what its person owes. A close that was moved later takes nothing from those who had sent in time:
 * their event is measured from the close that they were told.
 */
export const ruleFactsOf = (
  row: FactsRow,
  owed: readonly RuleFacts['owed'][number][],
  { today, closesOn }: Pick<RuleFacts, 'today' | 'closesOn'>,
): RuleFacts => ({
  today,
  closesOn: row.sentForClose !== null && row.sentForClose < closesOn ? row.sentForClose : closesOn,
  technician: row.technician,
  gradeId: row.gradeId,
  unitIds: row.unitIds ?? [],
  contractUntil: row.contractUntil,
  leavesOn: row.leavesOn,
  others: row.others,
  owed,
  funded: row.funded ?? [],
});

/** The same in a transaction, by application, for as many as there are. */
export const ruleFactsIn = async (
  tx: Tx,
  applicationIds: readonly string[],
  timeZone: string,
): Promise<Map<string, RuleFacts>> => {
  const { institutionId } = tx.scope;
  const today = dayIn(timeZone, tx.now);
  const wanted = factsQuery(institutionId, applicationIds);
  const rows = await tx.query<FactsRow>(wanted.text, wanted.values);
  const late = owedReports(institutionId, [...new Set(rows.map(({ personId }) => personId))], today, timeZone);
  const owed = Map.groupBy(
    await tx.query<RuleFacts['owed'][number] & { personId: string }>(late.text, late.values),
    ({ personId }) => personId,
  );
  // Thousands of one call close at one instant.
  const days = new Map<number, string>();
  const closesOn = ({ closesAt }: FactsRow): string => {
    const day = days.get(closesAt.getTime()) ?? dayIn(timeZone, closesAt);
    days.set(closesAt.getTime(), day);
    return day;
  };
  return new Map(
    rows.map((row) => [
      row.applicationId,
      ruleFactsOf(row, owed.get(row.personId) ?? [], { today, closesOn: closesOn(row) }),
    ]),
  );
};
