import type { ReadQuery } from '@waymark/api-platform';
import type { DecisionFacts } from './decision-letter';
import { whatChanges, whatDecided } from './decision-words';

export type PublishedDecision = Pick<
  DecisionFacts,
  'outcome' | 'askedPence' | 'leastPence' | 'amountPence' | 'reserveRank' | 'score' | 'reason'
>;

/** What was published about application $2 of institution $1: for the applicant's own page. No row before publication. */
export const publishedDecisionQuery = (institutionId: string, applicationId: string): ReadQuery => ({
  name: 'published-decision',
  text: `select l.outcome, l.asked_pence::float8 as "askedPence", l.least_pence::float8 as "leastPence",
      l.amount_pence::float8 as "amountPence", l.reserve_rank as "reserveRank", l.score,
      case when o.reason is null then l.reason else jsonb_set(l.reason, '{facts,because}', to_jsonb(o.reason)) end as reason
    from scenario_line l
    join scenario s on s.institution_id = l.institution_id and s.id = l.scenario_id and s.status = 'published'
    left join lateral (
      select reason from scenario_override o where l.overridden and o.institution_id = l.institution_id
        and o.scenario_id = l.scenario_id and o.application_id = l.application_id order by o.made_at desc, o.id desc limit 1
    ) o on true
    where l.institution_id = $1 and l.application_id = $2`,
  values: [institutionId, applicationId],
});

/** The sentences of the letter that say why, and what would have changed it. */
export const reasonSentences = (decision: PublishedDecision): string[] => [
  ...whatDecided(decision),
  ...whatChanges(decision),
];
