import type { Tx } from '@waymark/api-platform';

/**
 * For each person, the nearest manager above them who is there on that day, whatever stands between; nobody where the
 * line ends before.
 */
export const activeManagersAbove = async (
  tx: Tx,
  ids: readonly string[],
  day: string,
): Promise<Map<string, { id: string; name: string; email: string | null }>> => {
  const rows = await tx.query<{ start: string; id: string; name: string; email: string | null }>(
    `with recursive chain as (
       select id as start, line_manager_id as manager, 1 as steps from person
       where institution_id = $1 and id = any ($2::uuid[]) and line_manager_id is not null
       union all
       select c.start, p.line_manager_id, c.steps + 1 from chain c
       join person p on p.institution_id = $1 and p.id = c.manager
       where p.line_manager_id is not null and c.steps < 50
     )
     select distinct on (c.start) c.start, m.id, trim(m.given_name || ' ' || m.family_name) as name, m.email
     from chain c join person m on m.institution_id = $1 and m.id = c.manager
     where m.left_on is null or m.left_on >= $3::date
     order by c.start, c.steps`,
    [tx.scope.institutionId, ids, day],
  );
  return new Map(rows.map(({ start, ...manager }) => [start, manager]));
};
