/** What the catalogue says of our schema: tables with keys, policies, grants, and functions. Read as the owner. */
export interface Catalogue {
  tables: {
    name: string;
    rowSecurity: boolean;
    owner: string;
    columns: string[];
    primaryKey: string[];
    uniqueKeys: { name: string; columns: string[] }[];
    foreignKeys: { name: string; columns: string[]; references: string; referenced: string[] }[];
    checks: string[];
    indexes: string[];
    triggers: string[];
    policies: { name: string; using: string | null; check: string | null }[];
    grants: string[];
  }[];
  functions: { name: string; definition: string; definer: boolean; settings: string[]; public: boolean }[];
  views: { name: string; invoker: boolean }[];
}

export const catalogueSql = `
select json_build_object(
  'tables', (select json_agg(t order by t.name) from (
    select c.relname as name, c.relrowsecurity as "rowSecurity", pg_get_userbyid(c.relowner) as owner,
      array(select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
      array(select a.attname from pg_constraint k cross join lateral unnest(k.conkey) with ordinality as u(n, o)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = u.n
        where k.conrelid = c.oid and k.contype = 'p' order by u.o) as "primaryKey",
      coalesce((select json_agg(json_build_object('name', i.relname, 'columns',
          array(select a.attname from unnest(x.indkey::smallint[]) with ordinality as u(n, o)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = u.n order by u.o)) order by i.relname)
        from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid and x.indisunique and not x.indisprimary), '[]') as "uniqueKeys",
      coalesce((select json_agg(json_build_object('name', k.conname, 'references', k.confrelid::regclass::text,
          'columns', array(select a.attname from unnest(k.conkey) with ordinality as u(n, o)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n order by u.o),
          'referenced', array(select a.attname from unnest(k.confkey) with ordinality as u(n, o)
            join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n order by u.o)) order by k.conname)
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), '[]') as "foreignKeys",
      array(select k.conname || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' order by k.conname) as checks,
      array(select pg_get_indexdef(x.indexrelid) from pg_index x where x.indrelid = c.oid order by 1) as indexes,
      array(select pg_get_triggerdef(g.oid) from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal order by 1) as triggers,
      coalesce((select json_agg(json_build_object('name', p.polname, 'using', pg_get_expr(p.polqual, p.polrelid),
        'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname) from pg_policy p where p.polrelid = c.oid), '[]') as policies,
      array(select distinct g.privilege_type from aclexplode(c.relacl) g
        where pg_get_userbyid(g.grantee) = 'waymark_app' order by 1) as grants
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migration'
  ) t),
  'functions', coalesce((select json_agg(json_build_object('name', p.proname, 'definition', pg_get_functiondef(p.oid), 'definer', p.prosecdef,
      'settings', coalesce(p.proconfig, '{}'), 'public', p.proacl is null or exists (
        select from aclexplode(p.proacl) g where g.grantee = 0 and g.privilege_type = 'EXECUTE')) order by p.proname)
    from pg_proc p where p.pronamespace = 'public'::regnamespace), '[]'),
  'views', coalesce((select json_agg(json_build_object('name', v.relname,
      'invoker', 'security_invoker=true' = any (coalesce(v.reloptions, '{}'))) order by v.relname)
    from pg_class v where v.relnamespace = 'public'::regnamespace and v.relkind in ('v', 'm')), '[]')
) as catalogue`;

/**
 * Tables that belong to no institution, each with its reason: they are read before one is known, or across all of them.
 * Nothing joins this list without a decision record.
 */
export const globalTables: Readonly<Record<string, string>> = {
  endorsement_link: 'links in mail are opened before an institution is known',
  institution: 'the tenant itself; its policy is on its own id',
  network: 'institutions that share',
  membership: 'who belongs to a network is known before any institution is set',
  network_invitation: 'lies between two institutions, and which is asked is not known before it answers',
  account: 'sign-in by e-mail',
  account_person: 'which person an account is, in which institution',
  session: 'sign-in by cookie',
  token: 'links in mail',
  rate_limit: 'attempts before sign-in',
  demonstration_load: 'whether the demonstration was loaded to its end',
  outbox: 'the relay moves events of all institutions',
};

/** Foreign keys that may leave the institution out, each with its reason. */
export const globalKeys: Readonly<Record<string, string>> = {
  account_person_account: 'accounts are global',
  transfer_to_person: 'the record of the one who moved, in the institution they moved to',
  transfer_decided_by: 'who accepted or declined, in the institution that was asked',
  shared_pair_moved: 'the one who moved, in the institution they moved to',
};

/** Functions that run as the owner: each has a fixed search path and is closed to PUBLIC. */
export const definerFunctions: Readonly<Record<string, string>> = {
  actors_of_sessions: 'who a session belongs to, before an institution is set',
  people_of_account: 'which people an account is, before an institution is set',
  installation_empty: 'whether the set-up guide is open',
  institutions_of_this_installation: 'the scheduler goes through all of them',
  institutions_owing_seals: 'the sealing worker goes through those alone that have something to seal',
  members_of_own_networks: 'names of the institutions in one’s own networks, whose rows their policies hide',
  demonstration_institution: 'whose accounts the sign-in page offers',
  find_people:
    'the search of the directory: the policy would cost it its index; answers in the transaction’s own institution',
  search_new_people: 'what search reads of a person follows them; the application cannot write it',
  search_changed_people: 'the same for somebody who was changed or erased',
  search_removed_people: 'the same for somebody whose row was removed',
  ledger_line_moves_balance: 'a pot’s balances follow from its ledger; the application cannot write them',
  public_profile: 'a published profile, by its secret address, before an institution is set',
};

/**
 * Tables whose rows belong to one institution and name another, which is admitted too, each with the column that names it
 * and its reason. A trigger limits what each side may write; nobody may delete.
 */
export const sharedTables: Readonly<Record<string, { other: string; reason: string }>> = {
  transfer: { other: 'to_institution_id', reason: 'the institution somebody moves to sees who comes, and answers' },
  shared_pair: { other: 'other_institution_id', reason: 'either of the two sees the pair they are in, and may end it' },
};

const ownInstitution = '(institution_id = current_institution())';

/** Faults of the catalogue against the rules of tenancy; empty when it keeps them. */
export const tenancyFaults = ({ tables, functions, views }: Catalogue): string[] => [
  ...tables.flatMap((table) => [
    ...(table.owner === 'waymark_app' ? [`${table.name}: owned by the application`] : []),
    ...(table.name in globalTables ? [] : tenantTableFaults(table)),
  ]),
  ...[...Object.keys(globalTables), ...Object.keys(sharedTables)]
    .filter((name) => !tables.some((table) => table.name === name))
    .map((name) => `${name}: listed but not there`),
  ...functions.flatMap(({ name, definer, settings, public: open }) => [
    ...(definer && !(name in definerFunctions) ? [`${name}(): runs as the owner but is not listed`] : []),
    ...(definer && !settings.some((setting) => setting.startsWith('search_path='))
      ? [`${name}(): no fixed search path`]
      : []),
    ...(definer && open ? [`${name}(): open to PUBLIC`] : []),
  ]),
  ...views.filter(({ invoker }) => !invoker).map(({ name }) => `${name}: a view must be security_invoker`),
];

/** Exactly the two institutions that the row names see and change it, the first alone begins one, and a trigger watches. */
const sharedTableFaults = (table: Catalogue['tables'][number]): string[] => {
  const both = `((institution_id = current_institution()) OR (${sharedTables[table.name]?.other} = current_institution()))`;
  const right: Readonly<Record<string, string>> = {
    seen_by_both: `${both} null`,
    begun_by_first: `null ${ownInstitution}`,
    changed_by_both: `${both} ${both}`,
  };
  return [
    ...table.policies
      .filter(({ name, using, check }) => right[name] !== `${using} ${check}`)
      .map(({ name }) => `${table.name}: policy ${name} lets other institutions in than its two`),
    ...(table.grants.includes('DELETE') ? [`${table.name}: a shared row may be deleted`] : []),
    ...(table.triggers.some((trigger) => trigger.includes('_sides BEFORE'))
      ? []
      : [`${table.name}: no trigger keeps each side to its part`]),
  ];
};

const tenantTableFaults = (table: Catalogue['tables'][number]): string[] => [
  ...(table.primaryKey[0] === 'institution_id'
    ? []
    : [`${table.name}: primary key does not start with institution_id`]),
  ...(table.rowSecurity ? [] : [`${table.name}: row-level security is off`]),
  ...(table.policies.length > 0 ? [] : [`${table.name}: no policy`]),
  ...(table.name in sharedTables
    ? sharedTableFaults(table)
    : table.policies
        .filter(({ using, check }) => using !== ownInstitution || check !== ownInstitution)
        .map(({ name }) => `${table.name}: policy ${name} lets other institutions in`)),
  ...table.uniqueKeys
    .filter(({ columns }) => columns[0] !== 'institution_id')
    .map(({ name }) => `${name}: unique over all institutions`),
  ...table.foreignKeys
    .filter(({ name, columns, references, referenced }) => {
      if (name in globalKeys || references === 'institution') return false;
      return columns[0] !== 'institution_id' || referenced[0] !== 'institution_id';
    })
    .map(({ name }) => `${name}: a foreign key without the institution`),
];
