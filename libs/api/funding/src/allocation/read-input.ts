import type { ReadQuery } from '@waymark/api-platform';
import type { Grade, ScoredApplication, Unit } from './allocation-work';

/*
 * What scenarios of a call are computed from: its scored applications, with the sum and number of their locked reviews, what
 * was asked in the submission that counts, and the bar of the terms it was submitted under. As queries, so that reads and
 * transactions use the same.
 */

/** After publication, those that it decided. */
const inIt = `('scored', 'awarded', 'part-awarded', 'reserve', 'unsuccessful')`;

export const inputQueries = (institutionId: string, callId: string): ReadQuery[] => [
  {
    name: 'allocation-applications',
    text: `select a.id, coalesce(r.sum, 0)::int as sum, coalesce(r.count, 0)::int as count, s.asked_pence::float8 as asked,
        s.least_pence::float8 as least, t.bar, p.unit_id as "unitId", p.grade_id as "gradeId"
      from application a
      join person p on p.institution_id = a.institution_id and p.id = a.person_id
      join application_submission s
        on s.institution_id = a.institution_id and s.application_id = a.id and s.number = a.submission_number
      join (select number, (terms->>'bar')::int as bar from call_terms where institution_id = $1 and call_id = $2 offset 0) t
        on t.number = s.terms_number
      left join (
        select application_id, sum(score) as sum, count(*) as count from review
        where institution_id = $1 and call_id = $2 and status = 'locked' group by application_id
      ) r on r.application_id = a.id
      where a.institution_id = $1 and a.call_id = $2 and a.status in ${inIt} order by a.id`,
    values: [institutionId, callId],
  },
  {
    name: 'allocation-units',
    text: `select id, parent_id as "parentId", name from unit where institution_id = $1 order by lower(name), id`,
    values: [institutionId],
  },
  {
    name: 'allocation-grades',
    text: `select id, name from grade where institution_id = $1 order by position`,
    values: [institutionId],
  },
];

export interface AllocationInput {
  applications: ScoredApplication[];
  units: Unit[];
  grades: Grade[];
}

/** In a transaction. */
export const readInput = async (
  tx: { scope: { institutionId: string }; query: <Row>(sql: string, values?: unknown[]) => Promise<Row[]> },
  callId: string,
): Promise<AllocationInput> => {
  const [applications, units, grades] = inputQueries(tx.scope.institutionId, callId);
  const rows = <Row>(query: ReadQuery | undefined) => tx.query<Row>(query?.text ?? '', query?.values);
  return {
    applications: await rows<ScoredApplication>(applications),
    units: await rows<Unit>(units),
    grades: await rows<Grade>(grades),
  };
};
