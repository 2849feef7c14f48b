import { Injectable } from '@nestjs/common';
import { type NewPerson, PeopleFacade } from '@waymark/api-people';
import type { Tx } from '@waymark/api-platform';
import type { Side } from '@waymark/contracts';
import type { LoadableRow } from './evaluate-rows';

/** A row with the person it is, known or just added. */
interface Loaded {
  row: LoadableRow;
  personId: string;
}

interface Names {
  units: ReadonlyMap<string, string>;
  grades: ReadonlyMap<string, { id: string }>;
}

/** Writes what the rows of a file say: people, their part on this side, what they may be matched on, and the round. */
@Injectable()
export class LoadPeople {
  constructor(private readonly people: PeopleFacade) {}

  async run(tx: Tx, side: Side, roundId: string, rows: readonly LoadableRow[]): Promise<void> {
    const loaded = await this.writePeople(tx, rows);
    await writeParts(tx, side, loaded);
    await joinRound(tx, side, roundId, loaded);
    await writeIdentity(tx, side, loaded);
  }

  private async writePeople(tx: Tx, rows: readonly LoadableRow[]): Promise<Loaded[]> {
    // The first spelling in the file is the one that stays.
    const unitNames = new Map<string, string>();
    for (const { comparison } of rows) {
      const name = comparison.person.unit;
      if (name !== undefined && !unitNames.has(name.toLowerCase())) unitNames.set(name.toLowerCase(), name);
    }
    const names: Names = {
      units: await this.people.unitsNamed(tx, [...unitNames.values()]),
      grades: await this.people.grades(tx),
    };
    const fresh = rows.filter((row) => row.known === undefined);
    const ids = await this.people.add(
      tx,
      fresh.map((row) => newPerson(row, names)),
    );
    const idOf = new Map(fresh.map((row, at) => [row, ids[at] ?? '']));
    const changed = rows.flatMap((row) => {
      const set = row.known ? changesOf(row, names) : {};
      return row.known && Object.keys(set).length > 0 ? [{ id: row.known.id, set }] : [];
    });
    await this.people.change(tx, changed);
    return rows.map((row) => ({ row, personId: row.known?.id ?? idOf.get(row) ?? '' }));
  }
}

/** Whoever is loaded into a technicians' scheme and was not known is a technician; the institution can say otherwise. */
const newPerson = (row: LoadableRow, names: Names): NewPerson => {
  const { givenName, familyName, email } = row.reading;
  return {
    givenName,
    familyName,
    email,
    jobTitle: null,
    unitId: null,
    gradeId: null,
    technician: true,
    ...changesOf(row, names),
  };
};

const changesOf = ({ comparison: { person } }: LoadableRow, { units, grades }: Names): Partial<NewPerson> => {
  const { unit, grade, ...set } = person;
  const changes: Partial<NewPerson> = set;
  if (unit !== undefined) changes.unitId = units.get(unit.toLowerCase()) ?? null;
  if (grade !== undefined) changes.gradeId = grades.get(grade.toLowerCase())?.id ?? null;
  return changes;
};

const partSql: Readonly<Record<Side, string>> = {
  mentors: `
    insert into enrolment (institution_id, id, person_id, status, capacity, attributes, created_at, version)
    select $1, id, "personId", 'active', capacity, attributes, $3, 1 from json_to_recordset($2)
      as part (id uuid, "personId" uuid, capacity integer, attributes jsonb)
    on conflict (institution_id, person_id) do update
      set status = 'active', capacity = excluded.capacity, attributes = excluded.attributes, version = enrolment.version + 1`,
  // A request has no natural key: those that are changed come with their own id.
  mentees: `
    insert into request (institution_id, id, person_id, status, attributes, rounds_waited, asked_at, version)
    select $1, id, "personId", 'open', attributes, 0, $3, 1 from json_to_recordset($2)
      as part (id uuid, "personId" uuid, attributes jsonb)
    on conflict (institution_id, id) do update
      set attributes = excluded.attributes, version = request.version + 1`,
};

/** Enrolments become active with the places named; requests open. */
const writeParts = async (tx: Tx, side: Side, loaded: readonly Loaded[]): Promise<void> => {
  const parts = loaded
    .filter(({ row }) => row.comparison.part.isNew || row.comparison.part.changed)
    .map(({ row, personId }) => ({
      id: (row.comparison.part.isNew ? undefined : row.known?.part?.id) ?? tx.newId(),
      personId,
      capacity: row.comparison.part.capacity,
      attributes: row.comparison.part.attributes,
    }));
  if (parts.length > 0) await tx.query(partSql[side], [tx.scope.institutionId, JSON.stringify(parts), tx.now]);
};

const joinSql: Readonly<Record<Side, string>> = {
  mentors: `
    insert into round_mentor (institution_id, round_id, enrolment_id)
    select $1, $2, e.id from enrolment e where e.institution_id = $1 and e.person_id = any ($3)
    on conflict do nothing`,
  // The request that the row was read into: the one in the round already, else the one asked first.
  mentees: `
    insert into round_mentee (institution_id, round_id, request_id)
    select distinct on (r.person_id) $1::uuid, $2::uuid, r.id from request r
    where r.institution_id = $1 and r.person_id = any ($3) and r.status = 'open'
    order by r.person_id, r.asked_at, r.id
    on conflict do nothing`,
};

const joinRound = async (tx: Tx, side: Side, roundId: string, loaded: readonly Loaded[]): Promise<void> => {
  const joining = loaded.filter(({ row }) => row.comparison.joins).map(({ personId }) => personId);
  if (joining.length > 0) await tx.query(joinSql[side], [tx.scope.institutionId, roundId, joining]);
};

/**
 * Answers that the file gives replace those before; an empty one, or leave not given, takes them back. A file without
 * such a column says nothing about them.
 */
const writeIdentity = async (tx: Tx, side: Side, loaded: readonly Loaded[]): Promise<void> => {
  const said = loaded.flatMap(({ row, personId }) =>
    row.reading.identity ? [{ personId, answers: row.reading.identity }] : [],
  );
  if (said.length === 0) return;
  const values = [tx.scope.institutionId, JSON.stringify(said), side === 'mentors' ? 'mentor' : 'mentee'];
  const saidSql = `json_to_recordset($2) as said ("personId" uuid, answers text[])`;
  await tx.query(
    `delete from identity_answer a using ${saidSql}
     where a.institution_id = $1 and a.side = $3 and a.person_id = said."personId" and cardinality(said.answers) = 0`,
    values,
  );
  await tx.query(
    `insert into identity_answer (institution_id, person_id, side, answers)
     select $1, "personId", $3, answers from ${saidSql} where cardinality(said.answers) > 0
     on conflict (institution_id, person_id, side) do update set answers = excluded.answers`,
    values,
  );
};
