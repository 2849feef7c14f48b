import { type ReadQuery, Refused, type Scope, type Tx } from '@waymark/api-platform';
import type { AwardView, OwnAwards } from '@waymark/contracts';
import { instantOf } from '../person-card';

/**
 * SQL of an `awardView` (contracts) as one JSON value, for the award under alias `award`, whose decider is joined by
 * `awardJoins`. Lapsed is computed by `today`, an expression of a date.
 */
export const awardOf = (award: string, today: string): string => `json_build_object(
  'id', ${award}.id, 'award', ${award}.award, 'body', ${award}.body, 'number', ${award}.number, 'awardedOn', ${award}.awarded_on,
  'validTo', ${award}.valid_to, 'status', ${statusOf(award, today)},
  'decidedBy', trim(${award}_decider.given_name || ' ' || ${award}_decider.family_name), 'decidedAt', ${instantOf(`${award}.decided_at`)},
  'rejectedFor', ${award}.rejected_for, 'version', ${award}.version)`;

export const awardJoins = (award: string): string => `
  left join person ${award}_decider on ${award}_decider.institution_id = ${award}.institution_id and ${award}_decider.id = ${award}.decided_by`;

/** The status as of a day: a verified award past its last day has lapsed. */
export const statusOf = (award: string, today: string): string =>
  `case when ${award}.status = 'verified' and ${award}.valid_to < ${today} then 'lapsed' else ${award}.status end`;

const ownQuery = (institutionId: string, personId: string, today: string): ReadQuery => ({
  name: 'own-awards',
  text: `select ${awardOf('a', '$3::date')} as award from award_held a ${awardJoins('a')}
    where a.institution_id = $1 and a.person_id = $2 order by a.awarded_on desc, a.id limit 500`,
  values: [institutionId, personId, today],
});

/** One's own awards within the transaction that changed them. */
export const ownAwardsIn = async (tx: Tx, personId: string, today: string): Promise<OwnAwards> => {
  const { text, values } = ownQuery(tx.scope.institutionId, personId, today);
  return { awards: (await tx.query<{ award: AwardView }>(text, values)).map(({ award }) => award) };
};

/** One award within the transaction that changed it. */
export const awardViewIn = async (tx: Tx, scope: Scope, id: string, today: string): Promise<AwardView> => {
  const [row] = await tx.query<{ award: AwardView }>(
    `select ${awardOf('a', '$3::date')} as award from award_held a ${awardJoins('a')}
     where a.institution_id = $1 and a.id = $2`,
    [scope.institutionId, id, today],
  );
  if (!row) throw new Refused('not-found');
  return row.award;
};
