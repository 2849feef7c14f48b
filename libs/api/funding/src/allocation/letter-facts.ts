import { dayIn, type Tx } from '@waymark/api-platform';
import type { CallLetters } from '@waymark/contracts';
import { whereaboutsOf } from '@waymark/api-people';
import { answerByOf, claimBySql } from '../awards/award-days';
import type { DecisionFacts } from './decision-letter';

type Row = Omit<DecisionFacts, 'answerBy' | 'paragraph' | 'link' | 'promoted'> & {
  applicationId: string;
  letters: CallLetters;
  because: string | null;
};

/**
 * What the letters of a scenario say, in the order of the rank; of one application, where one is named, whether or not mail
 * reaches them. Else for those whom mail reaches: whoever has no address is told by their coordinator.
 */
export const letterFacts = async (
  tx: Tx,
  scenarioId: string,
  publicUrl: string,
  applicationId: string | null = null,
): Promise<DecisionFacts[]> => {
  const { timeZone } = await whereaboutsOf(tx);
  const answerBy = dayIn(timeZone, answerByOf(timeZone, tx.now));
  const rows = await tx.query<Row>(
    `select l.application_id as "applicationId", coalesce(p.email, '') as to, coalesce(nullif(p.given_name, ''), p.family_name) as "givenName", c.name as "callName",
       sub.event_name as "eventName", a.reference, l.outcome, l.asked_pence::float8 as "askedPence",
       l.least_pence::float8 as "leastPence", l.amount_pence::float8 as "amountPence", l.reserve_rank as "reserveRank",
       l.score, l.reason, c.reserve_until::text as "reserveUntil", ${claimBySql('c', 'sub')}::text as "claimBy",
       coalesce((sub.document #>> '{event,onAbstract}')::boolean, false) as "onAbstract",
       jsonb_build_object(l.outcome, c.letters->>l.outcome) as letters, o.reason as because
     from scenario_line l
     join scenario s on s.institution_id = l.institution_id and s.id = l.scenario_id
     join call c on c.institution_id = s.institution_id and c.id = s.call_id
     join application a on a.institution_id = l.institution_id and a.id = l.application_id
     join application_submission sub
       on sub.institution_id = a.institution_id and sub.application_id = a.id and sub.number = a.submission_number
     join person p on p.institution_id = a.institution_id and p.id = a.person_id
     left join lateral (
       select reason from scenario_override o where l.overridden and o.institution_id = l.institution_id
         and o.scenario_id = l.scenario_id and o.application_id = l.application_id order by o.made_at desc, o.id desc limit 1
     ) o on true
     where l.institution_id = $1 and l.scenario_id = $2
       and case when $3::uuid is null then p.email is not null else l.application_id = $3 end
     order by l.rank`,
    [tx.scope.institutionId, scenarioId, applicationId],
  );
  return rows.map(({ applicationId: about, letters, because, reason, ...row }) => ({
    ...row,
    // What was typed for a decision by hand stands with the override, and goes into the letter.
    reason: because === null ? reason : { ...reason, facts: { ...reason.facts, because } },
    answerBy,
    paragraph: letters[row.outcome] ?? '',
    link: `${publicUrl}/funding/applications/${about}`,
    promoted: false,
  }));
};
