import { Injectable } from '@nestjs/common';
import { type JobContext, type JobHandler, move, type Tx } from '@waymark/api-platform';
import { PeopleFacade } from '../people-facade';
import { type Made, StaffImport, type UndoFigures } from './entities';
import { isActive, type KnownInstitution, type KnownStaff } from './known-institution';
import { cyclesOf } from './manager-lines';
import {
  auditPeople,
  moveAccounts,
  type PersonField,
  type PersonFields,
  planForMany,
  referenced,
  updatePeople,
} from './people-rows';
import { lockManagers, readInstitution } from './read-institution';
import { staffImportStatusTable } from './status';
import { fieldNames } from './write-staff';

interface Effect {
  personId: string;
  kind: 'added' | 'changed';
  before: Partial<PersonFields>;
  after: Partial<PersonFields>;
  skillIds: string[];
  awardIds: string[];
}

/**
 * Takes back what the import that was applied last has changed, in one transaction together with the job's end: field by
 * field, where nobody has changed it since. Nobody who has other records by now is removed: they become leavers. What
 * others did on hearing that somebody left (a pair that ended) stays done.
 */
@Injectable()
export class UndoStaffImportJob implements JobHandler {
  readonly kind = 'people.undo-staff-import';

  constructor(private readonly people: PeopleFacade) {}

  async run(context: JobContext): Promise<void> {
    await context.progress('undoing', 10);
    await context.finish((tx) => this.undo(tx, context.subjectId));
  }

  async ended(tx: Tx, importId: string, end: 'failed' | 'cancelled'): Promise<void> {
    const row = await tx.lock(StaffImport, importId);
    const status = move(staffImportStatusTable, row.status, 'applied');
    await tx.update(StaffImport, row, { status });
    await tx.audit('staff-import.end', { kind: 'staff-import', id: importId }, { work: 'undo', end });
  }

  private async undo(tx: Tx, importId: string): Promise<void> {
    await planForMany(tx, { removing: true });
    await lockManagers(tx);
    const row = await tx.lock(StaffImport, importId);
    const status = move(staffImportStatusTable, row.status, 'undone');
    const effects = await tx.query<Effect>(
      `select person_id as "personId", kind, before, after, skill_ids as "skillIds", award_ids as "awardIds"
       from staff_import_effect where institution_id = $1 and import_id = $2 order by person_id`,
      [tx.scope.institutionId, importId],
    );
    const institution = await readInstitution(tx, { lock: true, skills: false, awards: false });
    const changed = effects.filter(({ kind }) => kind === 'changed');
    const alone = await this.takeBackRecords(tx, effects);
    const putBack = await this.putBack(tx, changed, institution, alone);
    const added = effects.filter(({ kind }) => kind === 'added');
    const { removed, deactivated } = await this.remove(tx, added, institution);
    await this.unmake(tx, row.made ?? { units: [], skills: [], grades: [] });
    await note(
      tx,
      importId,
      'left-alone',
      [...alone].map(([id, fields]) => ({ id, value: [...fields].join(' ') })),
    );
    await note(
      tx,
      importId,
      'deactivated',
      deactivated.map((id) => ({ id, value: '' })),
    );
    await auditPeople(
      tx,
      [
        ...putBack.map(({ id, set }) => ({
          act: 'person.change',
          id,
          fields: Object.keys(set).map((field) => fieldNames[field as PersonField]),
        })),
        ...removed.map((id) => ({ act: 'person.remove', id, fields: [] })),
        ...deactivated.map((id) => ({ act: 'person.leave', id, fields: ['left-on'] })),
      ],
      importId,
    );
    const undo: UndoFigures = {
      removed: removed.length,
      deactivated: deactivated.length,
      putBack: putBack.length,
      leftAlone: alone.size,
    };
    await tx.query(`delete from staff_import_effect where institution_id = $1 and import_id = $2`, [
      tx.scope.institutionId,
      importId,
    ]);
    await tx.update(StaffImport, row, { status, undo, made: null, undoneAt: tx.now });
    await tx.audit('staff-import.undone', { kind: 'staff-import', id: importId }, { ...undo });
  }

  /** Skills that were added, and awards nobody has decided on. Answers whose award stays. */
  private async takeBackRecords(tx: Tx, effects: readonly Effect[]): Promise<Map<string, Set<string>>> {
    const { institutionId } = tx.scope;
    const pairs = effects.flatMap(({ personId, skillIds }) => skillIds.map((skill) => ({ person: personId, skill })));
    if (pairs.length > 0) {
      await tx.query(
        `delete from person_skill s using json_to_recordset($2) as r(person uuid, skill uuid)
         where s.institution_id = $1 and s.person_id = r.person and s.skill_id = r.skill`,
        [institutionId, JSON.stringify(pairs)],
      );
    }
    const awards = effects.flatMap(({ awardIds }) => awardIds);
    const alone = new Map<string, Set<string>>();
    if (awards.length === 0) return alone;
    await tx.query(
      `delete from award_held where institution_id = $1 and id = any ($2::uuid[]) and status = 'declared' and decided_at is null`,
      [institutionId, awards],
    );
    const kept = await tx.query<{ person: string }>(
      `select distinct person_id as person from award_held where institution_id = $1 and id = any ($2::uuid[])`,
      [institutionId, awards],
    );
    for (const { person } of kept) alone.set(person, new Set(['award']));
    return alone;
  }

  private async putBack(
    tx: Tx,
    effects: readonly Effect[],
    institution: KnownInstitution,
    alone: Map<string, Set<string>>,
  ): Promise<{ id: string; set: Partial<PersonFields> }[]> {
    const people = new Map(institution.people.map((person) => [person.id, person]));
    const leaveAlone = (id: string, field: PersonField) => {
      const fields = alone.get(id) ?? new Set<string>();
      alone.set(id, fields.add(fieldNames[field]));
    };
    const units = new Set(institution.units.map(({ id }) => id));
    const grades = new Set(institution.grades.map(({ id }) => id));
    const addresses = new Map(institution.people.map(({ email, id }) => [email, id]));
    /** Whether the value that was there before can be there again. */
    const possible = (person: KnownStaff, field: PersonField, value: unknown): boolean => {
      if (field === 'unitId') return value === null || units.has(String(value));
      if (field === 'gradeId') return value === null || grades.has(String(value));
      if (field === 'lineManagerId') return value === null || people.has(String(value));
      if (field !== 'email') return true;
      const { guarded, mayTakeOver, actorId } = institution;
      if (guarded.has(person.id) && !mayTakeOver && actorId !== person.id) return false;
      return value === null || (addresses.get(String(value)) ?? person.id) === person.id;
    };
    const sets = new Map<string, Partial<PersonFields>>();
    for (const { personId, before, after } of effects) {
      const person = people.get(personId);
      if (!person) continue;
      const set: Partial<Record<PersonField, unknown>> = {};
      for (const field of Object.keys(after) as PersonField[]) {
        const unchanged = (person[field] ?? null) === (after[field] ?? null);
        if (unchanged && possible(person, field, before[field] ?? null)) set[field] = before[field] ?? null;
        else leaveAlone(personId, field);
      }
      if (Object.keys(set).length > 0) sets.set(personId, set as Partial<PersonFields>);
    }
    keepOutOfCircles(sets, people, (id) => leaveAlone(id, 'lineManagerId'));
    const changes = [...sets].filter(([, set]) => Object.keys(set).length > 0).map(([id, set]) => ({ id, set }));
    await updatePeople(
      tx,
      changes.map(({ id, set: { leftOn, ...set } }) => ({ id, set: leftOn === null ? { ...set, leftOn } : set })),
    );
    await moveAccounts(
      tx,
      changes.flatMap(({ id, set }) => {
        const before = people.get(id);
        return set.email === undefined || !before ? [] : [{ id, email: set.email, before }];
      }),
    );
    // Those who had come back are gone again.
    const leaving = Map.groupBy(
      changes.filter(({ set }) => typeof set.leftOn === 'string'),
      ({ set }) => String(set.leftOn),
    );
    for (const [day, some] of leaving) {
      await this.people.leave(
        tx,
        some.map(({ id }) => id),
        day,
      );
    }
    return changes;
  }

  /** Removes people whom the import added and who are nothing else yet; the others become leavers. */
  private async remove(
    tx: Tx,
    added: readonly Effect[],
    { people, today }: KnownInstitution,
  ): Promise<{ removed: string[]; deactivated: string[] }> {
    const { institutionId } = tx.scope;
    const here = new Map(people.map((person) => [person.id, person]));
    const ids = added.map(({ personId }) => personId).filter((id) => here.has(id));
    if (ids.length === 0) return { removed: [], deactivated: [] };
    const kept = await referenced(tx, 'person', ids, [
      'person',
      'account_person',
      'staff_import_row',
      'staff_import_effect',
    ]);
    for (const { personId, after } of added) {
      const person = here.get(personId);
      const same = (Object.keys(after) as PersonField[]).every((field) => person?.[field] === after[field]);
      if (!same) kept.add(personId);
    }
    const others = await tx.query<{ id: string }>(
      `select actor_person_id as id from audit_entry where institution_id = $1 and actor_person_id = any ($2::uuid[])
       union
       select ap.person_id from account_person ap join account a on a.id = ap.account_id
         where ap.institution_id = $1 and ap.person_id = any ($2::uuid[]) and a.password_hash is not null`,
      [institutionId, ids],
    );
    for (const { id } of others) kept.add(id);
    await keepManagers(tx, ids, kept);
    const removed = ids.filter((id) => !kept.has(id));
    const deactivated = ids.filter((id) => kept.has(id));
    await removePeople(tx, removed);
    const active = deactivated.filter((id) => isActive(here.get(id) ?? { leftOn: null }, today));
    await this.people.leave(tx, active, dayBefore(today));
    return { removed, deactivated };
  }

  /** Units, skills and grades that the import made and nobody uses. */
  private async unmake(tx: Tx, made: Made): Promise<void> {
    for (const [table, ids] of [
      ['unit', made.units],
      ['skill', made.skills],
      ['grade', made.grades],
    ] as const) {
      let left = ids;
      while (left.length > 0) {
        const used = await referenced(tx, table, left);
        const free = left.filter((id) => !used.has(id));
        if (free.length === 0) break;
        await tx.query(`delete from ${table} where institution_id = $1 and id = any ($2::uuid[])`, [
          tx.scope.institutionId,
          free,
        ]);
        left = left.filter((id) => used.has(id));
      }
    }
    if (made.grades.length === 0) return;
    await tx.query(
      `update grade g set position = r.n from (
         select id, row_number() over (order by position) - 1 as n from grade where institution_id = $1
       ) r where g.institution_id = $1 and g.id = r.id and g.position <> r.n`,
      [tx.scope.institutionId],
    );
  }
}

/** Nobody's line manager is put back where they would be below that person by now. */
const keepOutOfCircles = (
  sets: Map<string, Partial<PersonFields>>,
  people: ReadonlyMap<string, KnownStaff>,
  leaveAlone: (id: string) => void,
): void => {
  for (;;) {
    const managerOf = (id: string): string | null => {
      const set = sets.get(id);
      return set && 'lineManagerId' in set ? (set.lineManagerId ?? null) : (people.get(id)?.lineManagerId ?? null);
    };
    const members = cyclesOf(sets.keys(), managerOf)
      .flat()
      .filter((id) => 'lineManagerId' in (sets.get(id) ?? {}));
    if (members.length === 0) return;
    for (const id of members) {
      delete sets.get(id)?.lineManagerId;
      leaveAlone(id);
    }
  }
};

/** Whoever manages somebody who stays, stays. */
const keepManagers = async (tx: Tx, ids: readonly string[], kept: Set<string>): Promise<void> => {
  for (;;) {
    const going = ids.filter((id) => !kept.has(id));
    const managers = await tx.query<{ id: string }>(
      `select distinct line_manager_id as id from person
       where institution_id = $1 and line_manager_id = any ($2::uuid[]) and not (id = any ($2::uuid[]))`,
      [tx.scope.institutionId, going],
    );
    if (managers.length === 0) return;
    for (const { id } of managers) kept.add(id);
  }
};

const removePeople = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  const of = [tx.scope.institutionId, ids];
  const accounts = await tx.query<{ id: string }>(
    `delete from account_person where institution_id = $1 and person_id = any ($2::uuid[]) returning account_id as id`,
    of,
  );
  // An address that nobody has confirmed and that is nobody's is not kept.
  await tx.query(
    `delete from account a where a.id = any ($1::uuid[]) and a.password_hash is null
       and not exists (select from account_person p where p.account_id = a.id)`,
    [accounts.map(({ id }) => id)],
  );
  await tx.query(`delete from person where institution_id = $1 and id = any ($2::uuid[])`, of);
};

/** A note on the rows of these people, beside what the import changed. */
const note = async (
  tx: Tx,
  importId: string,
  code: 'left-alone' | 'deactivated',
  people: readonly { id: string; value: string }[],
): Promise<void> => {
  if (people.length === 0) return;
  await tx.query(
    `update staff_import_row s
     set detail = jsonb_set(s.detail::jsonb, '{notes}',
       (s.detail::jsonb->'notes') || jsonb_build_object('code', $4::text, 'value', r.value))::json
     from json_to_recordset($3) as r(id uuid, value text)
     where s.institution_id = $1 and s.import_id = $2 and s.person_id = r.id and cardinality(s.fields) > 0`,
    [tx.scope.institutionId, importId, JSON.stringify(people), code],
  );
};

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
