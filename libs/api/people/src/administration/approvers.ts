import type { Tx } from '@waymark/api-platform';
import { type Approver, approverOf, type ApproverFacts } from './approver';

/** The records that the rule looks at, for these people on a day of the institution. Bounded by the height of the tree. */
const factsOf = async (tx: Tx, ids: readonly string[], on: string): Promise<ApproverFacts> => {
  const { institutionId } = tx.scope;
  const above = await tx.query<{ id: string; above: string[] }>(
    `with recursive chain as (
       select id as start, line_manager_id as manager, 1 as steps from person
       where institution_id = $1 and id = any ($2::uuid[]) and line_manager_id is not null
       union all
       select c.start, p.line_manager_id, c.steps + 1 from chain c
       join person p on p.institution_id = $1 and p.id = c.manager
       where p.line_manager_id is not null and c.steps < 50
     )
     select start as id, array_agg(manager order by steps) as above from chain group by start`,
    [institutionId, ids],
  );
  const managers = [...new Set(above.flatMap((row) => row.above))];
  const standing = await tx.query<{ personId: string; delegateId: string }>(
    `with recursive standing as (
       select d.person_id, d.delegate_id from delegation d
       where d.institution_id = $1 and d.person_id = any ($2::uuid[]) and $3::date between d.starts_on and d.ends_on
       union
       select d.person_id, d.delegate_id from standing s
       join delegation d on d.institution_id = $1 and d.person_id = s.delegate_id
         and $3::date between d.starts_on and d.ends_on
     )
     select person_id as "personId", delegate_id as "delegateId" from standing`,
    [institutionId, managers, on],
  );
  const involved = [...new Set([...managers, ...standing.flatMap((row) => [row.personId, row.delegateId])])];
  const here = await tx.query<{ id: string }>(
    `select id from person where institution_id = $1 and id = any ($2::uuid[]) and (left_on is null or left_on >= $3::date)`,
    [institutionId, involved, on],
  );
  return {
    managersAbove: new Map(above.map((row) => [row.id, row.above])),
    here: new Set(here.map(({ id }) => id)),
    delegateOf: new Map(standing.map(({ personId, delegateId }) => [personId, delegateId])),
  };
};

/** See PeopleFacade.approversOf. */
export const approversOf = async (tx: Tx, ids: readonly string[], on: string): Promise<Map<string, Approver>> => {
  const facts = await factsOf(tx, ids, on);
  return new Map(ids.map((id) => [id, approverOf(id, facts)]));
};

/** See PeopleFacade.nextApproversOf. */
export const nextApproversOf = async (
  tx: Tx,
  silent: ReadonlyMap<string, readonly string[]>,
  on: string,
): Promise<Map<string, Approver>> => {
  const facts = await factsOf(tx, [...silent.keys()], on);
  return new Map(
    [...silent].map(([id, asked]) => [
      id,
      approverOf(id, { ...facts, here: new Set([...facts.here].filter((each) => !asked.includes(each))) }),
    ]),
  );
};
