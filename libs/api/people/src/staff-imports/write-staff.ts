import { Injectable } from '@nestjs/common';
import type { Tx } from '@waymark/api-platform';
import type { StaffImportRow } from '@waymark/contracts';
import { linkAccounts } from '../accounts';
import { PeopleFacade } from '../people-facade';
import type { Made } from './entities';
import type { Group } from './group-rows';
import type { JudgedFile } from './judge-file';
import type { JudgedRow, PersonSet } from './judge-rows';
import type { KnownStaff } from './known-institution';
import { auditPeople, insertPeople, moveAccounts, type PersonFields, updatePeople } from './people-rows';
import type { UnitNode } from './unit-tree';

/** What was done to one person. */
interface Effect {
  personId: string;
  kind: 'added' | 'changed';
  before: Partial<PersonFields>;
  after: Partial<PersonFields>;
  /** As the rows name them, for the audit. */
  fields: Set<string>;
  leaves: boolean;
}

export interface Written {
  made: Made;
  idOf: (row: JudgedRow) => string | null;
}

/** Writes what the rows of a file come to, all people in a few statements, and what is needed to take it back. */
@Injectable()
export class WriteStaff {
  constructor(private readonly people: PeopleFacade) {}

  async run(tx: Tx, importId: string, { judgement, order, institution }: JudgedFile): Promise<Written> {
    const rows = judgement.rows.filter(({ outcome }) => outcome !== 'refused' && outcome !== 'unchanged');
    const units = await makeUnits(tx, rows);
    const grades = await this.makeGrades(tx, judgement.freshGrades, order.grades);
    const skills = await makeSkills(tx, rows);
    const gradeIds = await this.people.grades(tx);

    const idOfGroup = new Map<Group, string>();
    for (const { known, group } of judgement.rows) if (group && known) idOfGroup.set(group, known.id);
    for (const { outcome, group } of rows) if (outcome === 'new' && group) idOfGroup.set(group, tx.newId());
    const idOf = ({ known, group }: JudgedRow) => known?.id ?? (group && idOfGroup.get(group)) ?? null;
    const stored = (set: PersonSet) => storedFields(set, { units: units.idOf, grades: gradeIds, managers: idOfGroup });

    const effects = new Map<string, Effect>();
    for (const row of rows) {
      const personId = idOf(row);
      if (personId === null) continue;
      const effect = effects.get(personId) ?? {
        personId,
        kind: row.known ? 'changed' : 'added',
        before: {},
        after: {},
        fields: new Set<string>(),
        leaves: false,
      };
      effects.set(personId, effect);
      Object.assign(effect.after, stored(row.set));
      for (const { field } of row.changes) effect.fields.add(field);
      effect.leaves ||= row.outcome === 'leaver';
      if (row.known) Object.assign(effect.before, fieldsBefore(row.known, Object.keys(stored(row.set))));
    }
    await this.writePeople(tx, [...effects.values()], institution.people);
    const added = {
      skills: await addSkills(tx, rows, idOf, skills.idOf),
      awards: await addAwards(tx, rows, idOf),
    };
    await keepEffects(tx, importId, [...effects.values()], added);
    await auditPeople(
      tx,
      [...effects.values()].map(({ personId, kind, leaves, fields }) => ({
        act: kind === 'added' ? 'person.add' : leaves ? 'person.leave' : 'person.change',
        id: personId,
        fields: [...fields],
      })),
      importId,
    );
    return { made: { units: units.made, skills: skills.made, grades }, idOf };
  }

  private async makeGrades(tx: Tx, fresh: readonly string[], order: readonly string[]): Promise<string[]> {
    if (fresh.length === 0) return [];
    await this.people.addGrades(tx, order);
    const all = await this.people.grades(tx);
    return fresh.flatMap((name) => all.get(name.toLowerCase())?.id ?? []);
  }

  private async writePeople(tx: Tx, effects: readonly Effect[], people: readonly KnownStaff[]): Promise<void> {
    const added = effects.filter(({ kind }) => kind === 'added');
    const fresh = added.map(({ personId, after }) => ({ ...nobody, ...after, id: personId }));
    await insertPeople(tx, fresh);
    await linkAccounts(tx, fresh);
    const changed = effects.filter(({ kind }) => kind === 'changed');
    const known = new Map(people.map((person) => [person.id, person]));
    await updatePeople(
      tx,
      changed.map(({ personId, after: { leftOn, ...set } }) => ({
        id: personId,
        // A last day is for `leave`, which also ends sessions and tells the other domains; coming back is not.
        set: leftOn === null ? { ...set, leftOn } : set,
      })),
    );
    await moveAccounts(
      tx,
      changed.flatMap(({ personId, after: { email } }) => {
        const before = known.get(personId);
        return email === undefined || !before ? [] : [{ id: personId, email, before }];
      }),
    );
    const leaving = Map.groupBy(
      changed.filter(({ after }) => typeof after.leftOn === 'string'),
      ({ after }) => String(after.leftOn),
    );
    for (const [day, some] of leaving) {
      await this.people.leave(
        tx,
        some.map(({ personId }) => personId),
        day,
      );
    }
  }
}

const nobody: PersonFields = {
  givenName: '',
  familyName: '',
  email: null,
  staffNumber: null,
  jobTitle: null,
  unitId: null,
  gradeId: null,
  lineManagerId: null,
  technician: false,
  externallyFunded: false,
  contractUntil: null,
  leftOn: null,
};

interface Ids {
  units: (unit: UnitNode) => string | null;
  grades: ReadonlyMap<string, { id: string }>;
  managers: ReadonlyMap<Group, string>;
}

const storedFields = ({ unit, grade, manager, ...set }: PersonSet, ids: Ids): Partial<PersonFields> => ({
  ...set,
  ...(unit ? { unitId: ids.units(unit) } : {}),
  ...(grade === undefined ? {} : { gradeId: ids.grades.get(grade.toLowerCase())?.id ?? null }),
  ...(manager ? { lineManagerId: manager.id ?? ids.managers.get(manager.group) ?? null } : {}),
});

const fieldsBefore = (known: KnownStaff, names: readonly string[]): Partial<PersonFields> =>
  Object.fromEntries(names.map((name) => [name, known[name as keyof KnownStaff]]));

/** Makes the units that rows need and that are not there, parents first. */
const makeUnits = async (
  tx: Tx,
  rows: readonly JudgedRow[],
): Promise<{ made: string[]; idOf: (unit: UnitNode) => string | null }> => {
  const wanted = new Map<UnitNode, number>();
  const depthOf = (unit: UnitNode): number => (unit.parent ? depthOf(unit.parent) + 1 : 0);
  for (const { set } of rows) {
    for (let unit = set.unit ?? null; unit && unit.id === null; unit = unit.parent) wanted.set(unit, depthOf(unit));
  }
  const made: string[] = [];
  const ids = new Map<UnitNode, string>();
  const idOf = (unit: UnitNode) => unit.id ?? ids.get(unit) ?? null;
  for (const depth of [...new Set(wanted.values())].sort((a, b) => a - b)) {
    const nodes = [...wanted].filter(([, at]) => at === depth).map(([node]) => node);
    const fresh = nodes.map((node) => ({ id: tx.newId(), name: node.name, parent: node.parent && idOf(node.parent) }));
    const written = await tx.query<{ id: string }>(
      `insert into unit (institution_id, id, name, parent_id)
       select $1, id, name, parent from json_to_recordset($2) as r(id uuid, name text, parent uuid)
       on conflict do nothing returning id`,
      [tx.scope.institutionId, JSON.stringify(fresh)],
    );
    const there = new Set(written.map(({ id }) => id));
    for (const [index, node] of nodes.entries()) {
      const { id = '', parent = null } = fresh[index] ?? {};
      if (there.has(id)) {
        ids.set(node, id);
        made.push(id);
        continue;
      }
      // Somebody has made it meanwhile, or another folding of its name is one to the database.
      const [other] = await tx.query<{ id: string }>(
        `select id from unit where institution_id = $1 and lower(name) = lower($2) and parent_id is not distinct from $3`,
        [tx.scope.institutionId, node.name, parent],
      );
      if (other) ids.set(node, other.id);
    }
  }
  return { made, idOf };
};

const makeSkills = async (
  tx: Tx,
  rows: readonly JudgedRow[],
): Promise<{ made: string[]; idOf: (name: string) => string | null }> => {
  const names = [...new Set(rows.flatMap(({ skills }) => skills))];
  if (names.length === 0) return { made: [], idOf: () => null };
  const of = [tx.scope.institutionId, names];
  const made = await tx.query<{ id: string }>(
    `insert into skill (institution_id, id, name)
     select $1, uuidv7(), w.name from (
       select distinct on (lower(name)) name from unnest($2::text[]) with ordinality as u(name, n) order by lower(name), n
     ) w
     where not exists (select from skill s where s.institution_id = $1 and lower(s.name) = lower(w.name))
     on conflict do nothing returning id`,
    of,
  );
  const found = await tx.query<{ name: string; id: string }>(
    `select w.name, s.id from unnest($2::text[]) as w(name)
     join skill s on s.institution_id = $1 and lower(s.name) = lower(w.name)`,
    of,
  );
  const ids = new Map(found.map(({ name, id }) => [name, id]));
  return { made: made.map(({ id }) => id), idOf: (name) => ids.get(name) ?? null };
};

type IdOf = (row: JudgedRow) => string | null;

/** Skills that were added, by person. */
const addSkills = async (
  tx: Tx,
  rows: readonly JudgedRow[],
  idOf: IdOf,
  skillId: (name: string) => string | null,
): Promise<Map<string, string[]>> => {
  const pairs = rows.flatMap((row) => row.skills.map((name) => ({ person: idOf(row), skill: skillId(name) })));
  if (pairs.length === 0) return new Map();
  const written = await tx.query<{ person: string; skill: string }>(
    `insert into person_skill (institution_id, person_id, skill_id)
     select $1, person, skill from json_to_recordset($2) as r(person uuid, skill uuid)
     where person is not null and skill is not null
     on conflict do nothing returning person_id as person, skill_id as skill`,
    [tx.scope.institutionId, JSON.stringify(pairs)],
  );
  return listsOf(written.map(({ person, skill }) => [person, skill]));
};

/** Awards come as declared: a verifier decides on them. Ids of those added, by person. */
const addAwards = async (tx: Tx, rows: readonly JudgedRow[], idOf: IdOf): Promise<Map<string, string[]>> => {
  const awards = rows.flatMap((row) => (row.award ? [{ ...row.award, id: tx.newId(), person: idOf(row) }] : []));
  if (awards.length === 0) return new Map();
  const written = await tx.query<{ person: string; id: string }>(
    `insert into award_held (institution_id, id, person_id, body, award, number, awarded_on, valid_to, status)
     select $1, id, person, body, award, number, "awardedOn", "validTo", 'declared'
     from json_to_recordset($2) as r(id uuid, person uuid, body text, award text, number text, "awardedOn" date, "validTo" date)
     where person is not null
     on conflict do nothing returning person_id as person, id`,
    [tx.scope.institutionId, JSON.stringify(awards)],
  );
  return listsOf(written.map(({ person, id }) => [person, id]));
};

const listsOf = (pairs: readonly [string, string][]): Map<string, string[]> => {
  const lists = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const list = lists.get(key);
    if (list) list.push(value);
    else lists.set(key, [value]);
  }
  return lists;
};

const keepEffects = async (
  tx: Tx,
  importId: string,
  effects: readonly Effect[],
  added: { skills: ReadonlyMap<string, string[]>; awards: ReadonlyMap<string, string[]> },
): Promise<void> => {
  if (effects.length === 0) return;
  await tx.query(
    `insert into staff_import_effect (institution_id, import_id, person_id, kind, before, after, skill_ids, award_ids)
     select $1, $2, r.id, r.kind, r.before, r.after, r.skills, r.awards
     from json_to_recordset($3) as r(id uuid, kind text, before jsonb, after jsonb, skills uuid[], awards uuid[])`,
    [
      tx.scope.institutionId,
      importId,
      JSON.stringify(
        effects.map(({ personId, kind, before, after }) => ({
          id: personId,
          kind,
          before,
          // What was added goes as a whole, if it is still as it came.
          after: kind === 'added' ? { ...nobody, ...after } : after,
          skills: added.skills.get(personId) ?? [],
          awards: added.awards.get(personId) ?? [],
        })),
      ),
    ],
  );
};

export type ChangedField = StaffImportRow['changes'][number]['field'];
/** The fields of a person as the file's rows name them. */
export const fieldNames: Readonly<Record<keyof PersonFields, ChangedField>> = {
  givenName: 'given-name',
  familyName: 'family-name',
  email: 'email',
  staffNumber: 'staff-number',
  jobTitle: 'job-title',
  unitId: 'unit',
  gradeId: 'grade',
  lineManagerId: 'manager',
  technician: 'technician',
  externallyFunded: 'externally-funded',
  contractUntil: 'contract-until',
  leftOn: 'left-on',
};
