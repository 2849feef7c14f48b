import { postEach, type Tx } from '@waymark/api-platform';
import type { ApplicationStatus, CallTerms, RuleResult } from '@waymark/contracts';
import { Call } from '../calls/entities';
import { hindering, judgeRules } from './judge-rules';
import { ineligible } from './letters';
import { ruleFactsIn } from './rule-facts';
import { type NewEvent, record } from './timeline';
import { move } from '@waymark/api-platform';
import { applicationTable } from '../statuses';

interface Row {
  id: string;
  reference: string;
  termsNumber: number;
  startsOn: string;
  endsOn: string;
  askedPence: number;
  person: string;
  /** Null: they have none, or have left. */
  email: string | null;
}

/**
 * Judges every endorsed application of a call by the terms it was submitted under, as things are now: `endorsed → eligible` or
 * `ineligible` with the rules that fail, timeline and letters with it, in a few statements however many there are. The caller
 * holds the call.
 */
export const judgeEligibility = async (tx: Tx, callId: string): Promise<void> => {
  const { institutionId } = tx.scope;
  const [call] = await tx.find(Call, { id: callId });
  if (!call) throw new Error('a call that is held is there');
  const from: ApplicationStatus = 'endorsed';
  const rows = await tx.query<Row>(
    `select a.id, a.reference, s.terms_number as "termsNumber", s.event_starts_on::text as "startsOn",
       s.event_ends_on::text as "endsOn", s.asked_pence::float8 as "askedPence", p.given_name as person,
       case when p.left_on is null or p.left_on >= ($4::timestamptz at time zone i.time_zone)::date then p.email end as email
     from application a
     join application_submission s on s.institution_id = a.institution_id and s.application_id = a.id and s.number = a.submission_number
     join person p on p.institution_id = a.institution_id and p.id = a.person_id
     join institution i on i.id = a.institution_id
     where a.institution_id = $1 and a.call_id = $2 and a.status = $3 order by a.id for update of a`,
    [institutionId, callId, from, tx.now],
  );
  if (rows.length === 0) return;
  const [{ timeZone } = { timeZone: 'UTC' }] = await tx.query<{ timeZone: string }>(
    `select time_zone as "timeZone" from institution where id = $1`,
    [institutionId],
  );
  const terms = new Map(
    (
      await tx.query<{ number: number; terms: CallTerms }>(
        `select number, terms from call_terms where institution_id = $1 and call_id = $2`,
        [institutionId, callId],
      )
    ).map((each) => [each.number, each.terms]),
  );
  const facts = await ruleFactsIn(
    tx,
    rows.map(({ id }) => id),
    timeZone,
  );
  const judged = rows.map((row) => {
    const [its, about] = [terms.get(row.termsNumber), facts.get(row.id)];
    if (!its || !about) throw new Error('a submission without its terms or its person');
    const results = judgeRules(its, row, about);
    const failing = new Set(hindering(results));
    return { row, failed: results.filter(({ rule }) => failing.has(rule)) };
  });
  await tx.query(
    `update application a set status = j.status, failed_rules = case when cardinality(j.failed) > 0 then j.failed end,
       version = a.version + 1
     from (select e.id, e.status, array(select jsonb_array_elements_text(e.failed)) as failed
       from jsonb_to_recordset($2::jsonb) as e(id uuid, status text, failed jsonb)) j
     where a.institution_id = $1 and a.id = j.id`,
    [
      institutionId,
      JSON.stringify(
        judged.map(({ row, failed }) => ({
          id: row.id,
          status: move(applicationTable, from, failed.length === 0 ? 'eligible' : 'ineligible'),
          failed: failed.map(({ rule }) => rule),
        })),
      ),
    ],
  );
  await record(
    tx,
    judged.map(({ row, failed }): NewEvent =>
      failed.length === 0
        ? { applicationId: row.id, kind: 'eligible' }
        : { applicationId: row.id, kind: 'ineligible', facts: factsOf(failed) },
    ),
  );
  await tx.auditEach(
    'application.judge',
    judged.map(({ row, failed }) => ({
      subject: { kind: 'application', id: row.id },
      details: { eligible: failed.length === 0, ...(failed.length > 0 ? { rules: rulesOf(failed) } : {}) },
    })),
  );
  await postEach(
    tx,
    judged.flatMap(({ row, failed }) =>
      failed.length === 0 || row.email === null
        ? []
        : [
            {
              to: row.email,
              ...ineligible(
                { person: row.person, call: call.name, reference: row.reference },
                failed,
                call.letters.ineligible,
                tx.link(`/funding/applications/${row.id}`),
              ),
            },
          ],
    ),
  );
};

const rulesOf = (failed: readonly RuleResult[]): string => failed.map(({ rule }) => rule).join(',');

/** The rules and what they failed on: the names of facts differ between rules, but for those that mean the same. */
const factsOf = (failed: readonly RuleResult[]): Record<string, string | number | boolean | null> => ({
  ...Object.assign({}, ...failed.map(({ facts }) => facts)),
  rules: rulesOf(failed),
});
