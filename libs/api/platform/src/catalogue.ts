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
  institution: 'the tenant itself; its policy is on its own id',
  network: 'institutions that share',
  membership: 'who belongs to a network is known before any institution is set',
  account: 'sign-in by e-mail',
  account_person: 'which person an account is, in which institution',
  session: 'sign-in by cookie',
  token: 'links in mail',
  rate_limit: 'attempts before sign-in',
  outbox: 'the relay moves events of all institutions',
};

/** Foreign keys that may leave the institution out, each with its reason. */
export const globalKeys: Readonly<Record<string, string>> = {
  account_person_account: 'accounts are global',
};

/** Functions that run as the owner: each has a fixed search path and is closed to PUBLIC. */
export const definerFunctions: Readonly<Record<string, string>> = {
  actors_of_sessions: 'who a session belongs to, before an institution is set',
  people_of_account: 'which people an account is, before an institution is set',
  installation_empty: 'whether the set-up guide is open',
  institutions_of_this_installation: 'the scheduler goes through all of them',
  demonstration_institution: 'whose accounts the sign-in page offers',
};

const ownInstitution = '(institution_id = current_institution())';

/** Faults of the catalogue against the rules of tenancy; empty when it keeps them. */
export const tenancyFaults = ({ tables, functions, views }: Catalogue): string[] => [
  ...tables.flatMap((table) => [
    ...(table.owner === 'waymark_app' ? [`${table.name}: owned by the application`] : []),
    ...(table.name in globalTables ? [] : tenantTableFaults(table)),
  ]),
  ...Object.keys(globalTables)
    .filter((name) => !tables.some((table) => table.name === name))
    .map((name) => `${name}: listed as global but not there`),
  ...functions.flatMap(({ name, definer, settings, public: open }) => [
    ...(definer && !(name in definerFunctions) ? [`${name}(): runs as the owner but is not listed`] : []),
    ...(definer && !settings.some((setting) => setting.startsWith('search_path='))
      ? [`${name}(): no fixed search path`]
      : []),
    ...(definer && open ? [`${name}(): open to PUBLIC`] : []),
  ]),
  ...views.filter(({ invoker }) => !invoker).map(({ name }) => `${name}: a view must be security_invoker`),
];

const tenantTableFaults = (table: Catalogue['tables'][number]): string[] => [
  ...(table.primaryKey[0] === 'institution_id'
    ? []
    : [`${table.name}: primary key does not start with institution_id`]),
  ...(table.rowSecurity ? [] : [`${table.name}: row-level security is off`]),
  ...(table.policies.length > 0 ? [] : [`${table.name}: no policy`]),
  ...table.policies
    .filter(({ using, check }) => using !== ownInstitution || check !== ownInstitution)
    .map(({ name }) => `${table.name}: policy ${name} lets other institutions in`),
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
