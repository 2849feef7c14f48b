/**
 * What the product holds of a person, table by table: each library declares its own tables, the application puts the
 * lists together, and export, erasure and "what is kept how long" read nothing else. A test walks the catalogue: a
 * table or column that could hold something of a person and is not declared fails it.
 *
 * SQL stands over alias `t` and may name the person in question:
 * - `:institution`, `:person` (uuid), `:accounts` (uuid[]: what they sign in with), `:addresses` (text[]: e-mail
 *   addresses, in lower case, past ones included where known), `:staff` (text or null), `:given`, `:family` (text),
 * - `:mention` (text): a pattern of their identifier, addresses and full name for `~*`; see `mentions`,
 * - `:naming` (text or null): the same without the identifier, which stays as a pseudonym; see `unnamed`.
 */
export interface PersonalTable {
  /** As in the database; with its schema where that is not `public`. */
  readonly table: string;
  /** In plain words; names the sheet of the export. At most 31 characters. */
  readonly title: string;
  /** What it is for, and until when it is kept, in words for the person. */
  /** `until` may hold `{days}`, which stands for the institution's setting. */
  readonly kept: { readonly for: string; readonly until: string; readonly setting?: RetentionSetting };
  /** The table belongs to no institution: each `whose` names what it must itself. */
  readonly global?: boolean;
  /** Columns of the software's own, in no export: keys, revisions, hashes. */
  readonly plumbing: readonly string[];
  /** In words for the person, whether it is so or not: what of this table they are not shown, and why. */
  readonly leftOut?: string;
  readonly parts: readonly PersonalPart[];
}

/** Columns of `institution` that say how long something is kept, in days. */
export type RetentionSetting =
  | 'mail_kept_days'
  | 'import_files_kept_days'
  | 'commands_kept_days'
  | 'sessions_kept_days'
  | 'jobs_kept_days'
  | 'leavers_kept_days';

/** What a person is in some rows of a table. A row may be theirs in two parts; export and erasure take both. */
export interface PersonalPart {
  /** What they are in it, as `Person`, `Mentor`, `Signed in as`. */
  readonly as: string;
  /** Condition of the rows. Tables of an institution are limited to it already. */
  readonly whose: string;
  /** Nobody is shown these rows, nor whether there are any: a part that belongs to the erasure alone. */
  readonly secret?: boolean;
  /** Columns that the person gets, with heading, and SQL where the column alone would say too little. */
  readonly shows: Readonly<Record<string, string | readonly [heading: string, sql: string]>>;
  /** Columns that they do not get, each with the reason. */
  readonly hides?: Readonly<Record<string, string>>;
  readonly erasure: Erasure;
}

export type Erasure =
  | { readonly does: 'delete'; readonly why: string }
  | {
      /** The row stays under the pseudonym; columns are set by SQL. */
      readonly does: 'empty';
      readonly set: Readonly<Record<string, string>>;
      readonly why: string;
      /** Columns of text, numbers apart, that stay though they are not set: what they can hold, by column. */
      readonly stays?: Readonly<Record<string, string>>;
    }
  | { readonly does: 'keep'; readonly why: string; readonly stays?: Readonly<Record<string, string>> };

/** Provide the list of all personal tables under this token. */
export const PERSONAL_TABLES = Symbol('personal tables');

/** A table that holds nothing of a person although it has text, with the reason. */
export type ImpersonalTables = Readonly<Record<string, string>>;

/** The person in question, as declarations may name them. */
export interface Subject {
  readonly institution: string;
  readonly person: string;
  readonly accounts: readonly string[];
  readonly addresses: readonly string[];
  readonly staff: string | null;
  readonly given: string;
  readonly family: string;
  readonly mention: string;
  readonly naming: string | null;
}

const types: Readonly<Record<keyof Subject, string>> = {
  institution: 'uuid',
  person: 'uuid',
  accounts: 'uuid[]',
  addresses: 'text[]',
  staff: 'text',
  given: 'text',
  family: 'text',
  mention: 'text',
  naming: 'text',
};
const isNamed = (name: string): name is keyof Subject => name in types;

/** SQL with numbered parameters in the place of those named; throws on a name that is none. */
export const bindSubject = (sql: string, subject: Subject): { text: string; values: unknown[] } => {
  const names: (keyof Subject)[] = [];
  const text = sql.replaceAll(/(?<![:\w]):([a-z]+)\b/g, (_, name: string) => {
    if (!isNamed(name)) throw new Error(`a declaration of personal data names :${name}, which is none`);
    const at = names.indexOf(name);
    return `$${at >= 0 ? at + 1 : names.push(name)}::${types[name]}`;
  });
  return { text, values: names.map((name) => subject[name]) };
};

/** Condition: the text says who it is about. Words within words do not count: `ann` is not in `joanna`. */
export const mentions = (...texts: string[]): string =>
  `(${texts.map((text) => `coalesce(${text}, '') ~* :mention`).join(' or ')})`;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** As PostgreSQL writes a text within JSON. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** SQL: the JSON text with "Erased person" in the place of the name, an address, or a staff number that stands alone. */
export const unnamed = (json: string): string => {
  const withoutNames = `case when :naming is null then ${json} else regexp_replace(${json}, :naming, 'Erased person', 'gi') end`;
  return `case when :staff is null then ${withoutNames} else replace(${withoutNames}, '"' || :staff || '"', '"Erased person"') end`;
};

/** The patterns of `:mention` and `:naming`; of the name only both parts together say who is meant. */
export const patternsOf = (
  person: string,
  addresses: readonly string[],
  { given, family }: { given: string; family: string },
): Pick<Subject, 'mention' | 'naming'> => {
  const names =
    given.trim() && family.trim()
      ? [`${given} ${family}`, `${family} ${given}`, `${family}, ${given}`].map((name) => name.trim())
      : [];
  const naming = [...addresses, ...names];
  return { mention: patternOfWords([person, ...naming]), naming: naming.length > 0 ? patternOfWords(naming) : null };
};

const patternOfWords = (words: readonly string[]): string =>
  `(?<![\\w.+-])(${[...new Set(words.flatMap((word) => [word, inJson(word)]))].map(escaped).join('|')})(?![\\w-])`;

/** From and condition of a part's rows; append to `select …` or `delete`. */
export const rowsOfPart = ({ table, global }: PersonalTable, { whose }: PersonalPart): string =>
  `${table} t where ${global ? '' : 't.institution_id = :institution and '}(${whose})`;

/** What the catalogue says of a column that could hold something of a person. */
export interface CatalogueColumn {
  table: string;
  column: string;
  type: string;
  /** It refers to the table of persons. */
  refersToPerson: boolean;
}

/** Every column of every table, migrations and queue plumbing apart, with those that refer to a person. */
export const catalogueColumnsSql = `
  select case when n.nspname = 'public' then c.relname::text else n.nspname || '.' || c.relname end as "table",
    a.attname::text as "column", format_type(a.atttypid, null) as type,
    exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and k.confrelid = 'public.person'::regclass
      and a.attnum = k.conkey[array_length(k.conkey, 1)]) as "refersToPerson"
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'queue')
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'
  order by 1, a.attnum`;

/** Types in which anything can stand that people typed. */
export const holdsText = (type: string): boolean =>
  /^(text|character varying|character|jsonb?|bytea|xml)(\[\])?$/.test(type);

/**
 * Faults of the declarations against the catalogue; empty when every table that could hold something of a person is
 * declared, column by column. Each fault says what to write.
 */
export const declarationFaults = (
  columns: readonly CatalogueColumn[],
  personal: readonly PersonalTable[],
  impersonal: ImpersonalTables,
): string[] => {
  const tables = Map.groupBy(columns, ({ table }) => table);
  const declared = Map.groupBy(personal, ({ table }) => table);
  const faults: string[] = [];
  for (const [table, its] of tables) {
    if (declared.has(table) || table in impersonal) continue;
    const suspects = its.filter(({ type, refersToPerson }) => refersToPerson || holdsText(type));
    if (suspects.length === 0) continue;
    faults.push(
      `${table}: could hold something of a person (${suspects.map(({ column }) => column).join(', ')}). Declare it in its library's ` +
        `personal-data.ts: { table: '${table}', title, kept, plumbing, parts: [{ as, whose, shows, erasure }] }, or, where none of it is ` +
        `ever about a person, in the list of impersonal tables beside it, with the reason.`,
    );
  }
  for (const table of personal) {
    const its = tables.get(table.table);
    if (!its) faults.push(`${table.table}: declared, but there is no such table`);
    else faults.push(...table.parts.flatMap((part) => partFaults(table, part, its)));
    if (table.title.length > 31) faults.push(`${table.table}: the title is too long for a sheet`);
  }
  for (const table of Object.keys(impersonal)) {
    const its = tables.get(table);
    if (!its) faults.push(`${table}: listed as impersonal, but there is no such table`);
    const referring = (its ?? []).filter(({ refersToPerson }) => refersToPerson);
    if (referring.length > 0) {
      faults.push(
        `${table}: listed as impersonal, but ${referring.map(({ column }) => column).join(', ')} refers to a person`,
      );
    }
  }
  return faults;
};

const partFaults = (table: PersonalTable, part: PersonalPart, columns: readonly CatalogueColumn[]): string[] => {
  const name = `${table.table} (${part.as})`;
  const said = new Set([...table.plumbing, ...Object.keys(part.shows), ...Object.keys(part.hides ?? {})]);
  const set = part.erasure.does === 'empty' ? Object.keys(part.erasure.set) : [];
  const stays = part.erasure.does === 'delete' ? [] : Object.keys(part.erasure.stays ?? {});
  const there = new Set(columns.map(({ column }) => column));
  return [
    ...columns
      .filter(({ column }) => !said.has(column))
      .map(({ column }) => `${name}: say in shows or hides whether the person gets ${column}`),
    ...(part.erasure.does === 'delete'
      ? []
      : columns
          .filter(({ column, type }) => holdsText(type) && !set.includes(column) && !stays.includes(column))
          .map(
            ({ column }) =>
              `${name}: ${column} is text and stays after an erasure: empty it, or say in stays what it holds`,
          )),
    ...[...said, ...set, ...stays]
      .filter((column) => !there.has(column))
      .map((column) => `${name}: there is no column ${column}`),
  ];
};
