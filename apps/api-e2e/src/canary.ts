import { personalTables } from '@waymark/api-app';
import {
  bindSubject,
  type CatalogueColumn,
  catalogueColumnsSql,
  holdsText,
  patternsOf,
  type PersonalPart,
  type PersonalTable,
  rowsOfPart,
  type Subject,
} from '@waymark/api-platform';
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Harness } from './harness';

/** Somebody whose words can be found anywhere: each text that is theirs holds `token`, and the name is their own. */
export interface Canary {
  token: string;
  given: string;
  family: string;
  email: string;
  institutionId: string;
  personId: string;
  accountId: string;
}

export const newCanary = (): Pick<Canary, 'token' | 'given' | 'family' | 'email'> => {
  const hex = randomBytes(5).toString('hex');
  return { token: `kanarie${hex}`, given: 'Ann', family: `Canary${hex}`, email: `ann.canary${hex}@college.example` };
};

export const fullName = ({ given, family }: Pick<Canary, 'given' | 'family'>): string => `${given} ${family}`;

export const subjectOfCanary = ({ institutionId, personId, accountId, email, given, family }: Canary): Subject => ({
  institution: institutionId,
  person: personId,
  accounts: [accountId],
  addresses: [email],
  staff: null,
  given,
  family,
  ...patternsOf(personId, [email], { given, family }),
});

/** A value that a column must have and of which nothing matters. */
const filler: Readonly<Record<string, string>> = {
  uuid: 'uuidv7()',
  text: `'x'`,
  integer: '1',
  bigint: '1',
  boolean: 'false',
  date: 'current_date',
  'timestamp with time zone': 'now()',
  jsonb: `'{}'`,
  json: `'{}'`,
  'text[]': `'{}'`,
  'uuid[]': `'{}'`,
  bytea: `'\\x00'`,
};

/** Writes a row as the owner; columns that must have a value and are not named get one of which nothing matters. */
export const arrange = async (harness: Harness, table: string, values: Record<string, unknown>): Promise<void> => {
  const required = await harness.sql<{ name: string; type: string }>(
    `select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef`,
    [table],
  );
  const named = Object.keys(values);
  const fillers = required.filter(({ name }) => !named.includes(name));
  const unknown = fillers.find(({ type }) => !filler[type]);
  if (unknown) throw new Error(`say what ${table}.${unknown.name} (${unknown.type}) should hold`);
  await harness.sql(
    `insert into ${table} (${[...named, ...fillers.map(({ name }) => name)].join(', ')})
     values (${[...named.map((_, at) => `$${at + 1}`), ...fillers.map(({ type }) => filler[type])].join(', ')})`,
    Object.values(values).map((value) => (isJson(value) ? JSON.stringify(value) : value)),
  );
};
const isJson = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Buffer.isBuffer(value) &&
  !Array.isArray(value) &&
  !(value instanceof Date);

export const eachPart = (): { table: PersonalTable; part: PersonalPart; name: string }[] =>
  personalTables.flatMap((table) => table.parts.map((part) => ({ table, part, name: `${table.table}: ${part.as}` })));

/** Rows of each declared part that are the canary's. */
export const rowsOfParts = async (harness: Harness, subject: Subject): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (const { table, part, name } of eachPart()) {
    const { text, values } = bindSubject(`select count(*)::int as n from ${rowsOfPart(table, part)}`, subject);
    counts.set(name, (await harness.sql<{ n: number }>(text, values))[0]?.n ?? 0);
  }
  return counts;
};

/**
 * Puts the canary's words into every column of their rows that takes them: what a check, a key or a trigger refuses
 * holds no free text. Answers those that took them, as `table.column` and with the part as `table: part.column`.
 */
export const fillWithCanaries = async (harness: Harness, canary: Canary): Promise<Set<string>> => {
  const columns = Map.groupBy(
    await harness.sql<CatalogueColumn & Record<string, unknown>>(catalogueColumnsSql),
    ({ table }) => table,
  );
  const subject = subjectOfCanary(canary);
  const taken = new Set<string>();
  const client = await harness.owner.connect();
  try {
    for (const { table, part, name } of eachPart()) {
      const stays = part.erasure.does === 'delete' ? {} : (part.erasure.stays ?? {});
      const set = part.erasure.does === 'empty' ? part.erasure.set : {};
      if (part.erasure.does === 'keep') continue;
      const texts = (columns.get(table.table) ?? []).filter(
        ({ column, type }) => holdsText(type) && !(column in stays) && !theName.has(`${table.table}.${column}`),
      );
      for (const { column, type } of texts) {
        // Of what belongs to somebody else, the name alone goes.
        const words = set[column]?.includes('regexp_replace')
          ? fullName(canary)
          : `${canary.token} ${fullName(canary)}`;
        const { text, values } = bindSubject(`select 1 from ${rowsOfPart(table, part)} limit 1`, subject);
        await client.query('begin');
        try {
          const again = await client.query(
            `update ${table.table} t set ${column} = ${wordsAs(type)} where ${bindWhere(table, part, subject)}`,
            [words],
          );
          // Where the words are what the rows are found by, they must still be found.
          const still = await client.query(text, values);
          if ((again.rowCount ?? 0) > 0 && still.rowCount === 1) {
            await client.query('commit');
            taken.add(`${table.table}.${column}`).add(`${name}.${column}`);
          } else await client.query('rollback');
        } catch {
          await client.query('rollback');
        }
      }
    }
  } finally {
    client.release();
  }
  return taken;
};

/** The name is a canary already, and what much else is found by. */
const theName = new Set(['person.given_name', 'person.family_name']);

const wordsAs = (type: string): string => {
  switch (type) {
    case 'jsonb':
      return `jsonb_build_object('words', $1::text)`;
    case 'json':
      return `json_build_object('words', $1::text)`;
    case 'bytea':
      return `convert_to($1::text, 'UTF8')`;
    case 'text[]':
      return 'array[$1::text]';
    default:
      return '$1::text';
  }
};

/** The condition of a part with its values written in, so that another statement can number its own. */
const bindWhere = (table: PersonalTable, part: PersonalPart, subject: Subject): string => {
  const { text, values } = bindSubject(rowsOfPart(table, part), subject);
  return text
    .slice(text.indexOf(' t where ') + ' t where '.length)
    .replaceAll(/\$(\d+)/g, (_, at: string) => literal(values[Number(at) - 1]));
};
const literal = (value: unknown): string => {
  if (value === null) return 'null';
  const text = Array.isArray(value) ? `{${value.map((each) => `"${String(each)}"`).join(',')}}` : String(value);
  return `'${text.replaceAll("'", "''")}'`;
};

/** Where in the whole database some words stand, as `schema.table.column`: every column of every type that can hold text. */
export const whereIs = async (harness: Harness, words: readonly string[]): Promise<string[]> => {
  const columns = await harness.sql<{ name: string; column: string; type: string }>(
    `select c.oid::regclass::text as name, quote_ident(a.attname) as column, format_type(a.atttypid, null) as type
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)'
       and format_type(a.atttypid, null) ~ '^(text|character|json|bytea|tsvector|xml|uuid|name|citext)'`,
  );
  const found: string[] = [];
  for (const { name, column, type } of columns) {
    const text = type === 'bytea' ? `encode(${column}, 'escape')` : `${column}::text`;
    const [row] = await harness.sql<{ n: number }>(
      `select count(*)::int as n from ${name} where exists (select from unnest($1::text[]) w where position(lower(w) in lower(${text})) > 0)`,
      [words],
    );
    if (row?.n) found.push(`${name}.${column.replaceAll('"', '')}`);
  }
  return found.sort();
};

export const newId = (): string => randomUUIDv7();
