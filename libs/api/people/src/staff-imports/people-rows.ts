import { post, type Tx } from '@waymark/api-platform';
import { linkAccounts } from '../accounts';

/** A person's fields as they are stored, for writing and for undoing. Days as `2026-05-01`. */
export interface PersonFields {
  givenName: string;
  familyName: string;
  email: string | null;
  staffNumber: string | null;
  jobTitle: string | null;
  unitId: string | null;
  gradeId: string | null;
  lineManagerId: string | null;
  technician: boolean;
  externallyFunded: boolean;
  contractUntil: string | null;
  leftOn: string | null;
}
export type PersonField = keyof PersonFields;

const columns: Readonly<Record<PersonField, { column: string; type: string }>> = {
  givenName: { column: 'given_name', type: 'text' },
  familyName: { column: 'family_name', type: 'text' },
  email: { column: 'email', type: 'text' },
  staffNumber: { column: 'staff_number', type: 'text' },
  jobTitle: { column: 'job_title', type: 'text' },
  unitId: { column: 'unit_id', type: 'uuid' },
  gradeId: { column: 'grade_id', type: 'uuid' },
  lineManagerId: { column: 'line_manager_id', type: 'uuid' },
  technician: { column: 'technician', type: 'boolean' },
  externallyFunded: { column: 'externally_funded', type: 'boolean' },
  contractUntil: { column: 'contract_until', type: 'date' },
  leftOn: { column: 'left_on', type: 'date' },
};
const fields = Object.keys(columns) as PersonField[];

/** Adds people in one statement, so that each may have any other as line manager. Links no account. */
export const insertPeople = async (tx: Tx, people: readonly (PersonFields & { id: string })[]): Promise<void> => {
  if (people.length === 0) return;
  await tx.query(
    `insert into person (institution_id, id, ${fields.map((field) => columns[field].column).join(', ')}, created_at, version)
     select $1, r.id, ${fields.map((field) => `r."${field}"`).join(', ')}, $3, 1
     from json_to_recordset($2) as r(id uuid, ${fields.map((field) => `"${field}" ${columns[field].type}`).join(', ')})`,
    [tx.scope.institutionId, JSON.stringify(people), tx.now],
  );
};

/**
 * For statements over many thousand rows in this transaction: right after a large file was applied the statistics say
 * that there is next to nobody, and whoever believes them compares everybody with everybody (22 seconds where one is
 * enough). `removing`: foreign keys are looked up by index for the same reason.
 */
export const planForMany = async (tx: Tx, { removing = false } = {}): Promise<void> => {
  await tx.query(`set local enable_nestloop = off`);
  if (removing) await tx.query(`set local enable_seqscan = off`);
};

/** Changes the fields that are named, in one statement; a field named with null is emptied. */
export const updatePeople = async (
  tx: Tx,
  changes: readonly { id: string; set: Partial<PersonFields> }[],
): Promise<void> => {
  const some = changes.filter(({ set }) => Object.keys(set).length > 0);
  if (some.length === 0) return;
  const named = new Set(some.flatMap(({ set }) => Object.keys(set)));
  // Columns that nobody changes are not written, so that what follows from them (search) is not done over.
  const values = fields
    .filter((field) => named.has(field))
    .map((field) => {
      const { column, type } = columns[field];
      return `${column} = case when r.set ? '${field}' then (r.set->>'${field}')::${type} else p.${column} end`;
    });
  await tx.query(
    `update person p set ${values.join(', ')}, version = p.version + 1
     from json_to_recordset($2) as r(id uuid, set jsonb)
     where p.institution_id = $1 and p.id = r.id`,
    [tx.scope.institutionId, JSON.stringify(some)],
  );
};

/**
 * After addresses were changed: another address is another way in, and the old one opens no door any more. Whoever could
 * sign in with it hears of it there; `before` are their names and addresses as they were.
 */
export const moveAccounts = async (
  tx: Tx,
  people: readonly { id: string; email: string | null; before: { email: string | null; givenName: string } }[],
): Promise<void> => {
  if (people.length === 0) return;
  const of = [tx.scope.institutionId, people.map(({ id }) => id)];
  const signedIn = await tx.query<{ id: string }>(
    `select ap.person_id as id from account_person ap join account a on a.id = ap.account_id
     where ap.institution_id = $1 and ap.person_id = any ($2::uuid[]) and a.password_hash is not null`,
    of,
  );
  await tx.query(`delete from session where institution_id = $1 and person_id = any ($2::uuid[])`, of);
  await tx.query(`delete from account_person where institution_id = $1 and person_id = any ($2::uuid[])`, of);
  await linkAccounts(tx, people);
  const told = new Set(signedIn.map(({ id }) => id));
  for (const { id, before } of people) {
    if (!told.has(id) || before.email === null) continue;
    await post(tx, {
      to: before.email,
      subject: 'Your address in Waymark was changed',
      body: `Hello ${before.givenName},\n\nYour institution's staff list gives you another e-mail address. From now on you sign in to Waymark with that one, and this address opens nothing any more.\n\nIf that is not right, tell your institution's administrator.\n`,
    });
  }
};

/** One line of the audit a person, set by set; names of fields alone. */
export const auditPeople = async (
  tx: Tx,
  lines: readonly { act: string; id: string; fields: readonly string[] }[],
  importId: string,
): Promise<void> => {
  for (const [act, some] of Map.groupBy(lines, (line) => line.act)) {
    await tx.auditEach(
      act,
      some.map(({ id, fields: names }) => ({
        subject: { kind: 'person', id },
        details: { fields: names.join(' '), import: importId },
      })),
    );
  }
};

/**
 * Which of these records other records name, by the foreign keys that the catalogue has: whatever is added to the product
 * later counts by itself. What goes with the record (a search key) or only forgets it does not count, nor do tables named
 * in `apart`.
 */
export const referenced = async (
  tx: Tx,
  table: 'person' | 'unit' | 'skill' | 'grade',
  ids: readonly string[],
  apart: readonly string[] = [],
): Promise<Set<string>> => {
  const keys = await tx.query<{ source: string; institution: string; column: string }>(
    `select distinct k.conrelid::regclass::text as source, quote_ident(i.attname) as institution, quote_ident(a.attname) as column
     from pg_constraint k
     join pg_attribute i on i.attrelid = k.conrelid and i.attnum = k.conkey[1]
     join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
     where k.contype = 'f' and k.confrelid = $1::regclass and k.connamespace = 'public'::regnamespace
       and k.confdeltype not in ('c', 'n')
     order by 1, 3`,
    [table],
  );
  const found = new Set<string>();
  for (const { source, institution, column } of keys) {
    if (apart.includes(source)) continue;
    const rows = await tx.query<{ id: string }>(
      `select distinct r.${column} as id from ${source} r where r.${institution} = $1 and r.${column} = any ($2::uuid[])`,
      [tx.scope.institutionId, ids],
    );
    for (const { id } of rows) found.add(id);
  }
  return found;
};
