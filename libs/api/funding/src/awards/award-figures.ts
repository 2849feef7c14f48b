/**
 * SQL of the money of the award under alias `a` (with its application `p`): the ledger's figures as `f`, what its claims hold as
 * `h`, what was asked for as `s`. For award_figures the view is asked by award, so that one award costs one award.
 *
 * `held` is what claims under way will still take out of what is committed, `settled` what they and the paid ones take out of the
 * advances. A claim sent back holds its money until the claim-by date, and for thirty days after it was sent back.
 */
export const figureJoins = (today: string, now: string): string => `
  join application_submission s
    on s.institution_id = p.institution_id and s.application_id = p.id and s.number = p.submission_number
  left join award_figures f on f.institution_id = a.institution_id and f.award_id = a.id
  cross join lateral (
    select coalesce(sum(c.claimed_pence) filter (where c.kind = 'claim' and c.status <> 'draft'), 0) as claimed,
      coalesce(sum(c.settles_pence) filter (where c.status <> 'draft'), 0) as settled,
      coalesce(sum(c.claimed_pence - c.settles_pence) filter (where ${holding('c', 'a', today, now)}), 0) as held,
      bool_or(c.last and c.status <> 'draft') as last_sent
    from claim c where c.institution_id = a.institution_id and c.award_id = a.id
  ) h`;

/** Whether a claim, under alias, holds money that is committed for its award. */
export const holding = (claim: string, award: string, today: string, now: string): string => `(
  ${claim}.status in ('submitted', 'approved')
  or ${claim}.status = 'payment-rejected' and (${award}.claim_by >= ${today}::date or ${claim}.decided_at > ${now}::timestamptz - interval '30 days')
  or ${claim}.status = 'returned' and ${claim}.kind = 'claim'
    and (${award}.claim_by >= ${today}::date or ${claim}.decided_at > ${now}::timestamptz - interval '30 days'))`;

/** An AwardFigures of contracts as one JSON value; see figureJoins. */
export const figuresJson = `json_build_object(
  'askedPence', s.asked_pence, 'awardedPence', coalesce(f.awarded_pence, 0), 'committedPence', coalesce(f.committed_pence, 0),
  'spentPence', coalesce(f.spent_pence, 0), 'releasedPence', coalesce(f.released_pence, 0),
  'advancedPence', coalesce(f.advanced_pence, 0), 'settledPence', h.settled, 'claimedPence', h.claimed,
  'leftPence', case when a.status in ('lapsed', 'refused', 'closed') then 0
    else greatest(coalesce(f.committed_pence, 0) - h.held, 0) + greatest(coalesce(f.advanced_pence, 0) - h.settled, 0) end,
  'owedPence', case when a.status = 'closed' then greatest(coalesce(f.advanced_pence, 0) - h.settled, 0) else 0 end)`;
