import { type ReadQuery, Refused, type Tx } from '@waymark/api-platform';
import type { CorrectionView } from '@waymark/contracts';
import { cardJoins, cardOf, instantOf } from '../person-card';

/** A `correctionView` of the correction under alias `c`, whose person is `p` with `correctionJoins`. */
export const correctionSql = `json_build_object('id', c.id, 'person', ${cardOf('p')}, 'field', c.field, 'shouldBe', c.should_be,
  'why', c.why, 'status', c.status, 'askedAt', ${instantOf('c.asked_at')}, 'answeredAt', ${instantOf('c.answered_at')},
  'answer', c.answer, 'version', c.version)`;
export const correctionJoins = `join person p on p.institution_id = c.institution_id and p.id = c.person_id ${cardJoins('p')}`;

export const correctionIn = async (tx: Tx, id: string): Promise<CorrectionView> => {
  const [row] = await tx.query<{ view: CorrectionView }>(
    `select ${correctionSql} as view from correction c ${correctionJoins} where c.institution_id = $1 and c.id = $2`,
    [tx.scope.institutionId, id],
  );
  if (!row) throw new Refused('not-found');
  return row.view;
};

export const correctionsOfQuery = (institutionId: string, personId: string): ReadQuery => ({
  name: 'corrections-of-person',
  text: `select ${correctionSql} as view from correction c ${correctionJoins}
    where c.institution_id = $1 and c.person_id = $2 order by c.asked_at desc, c.id desc limit 50`,
  values: [institutionId, personId],
});
