import type { ImportRow, Side } from '@waymark/contracts';
import type { Attributes } from '../entities';
import type { RowReading } from './read-row';

export type Change = ImportRow['changes'][number];

/** Somebody as the institution knows them, with their part on this side: an enrolment or a request. */
export interface KnownPerson {
  id: string;
  email: string;
  givenName: string;
  familyName: string;
  jobTitle: string | null;
  unit: string | null;
  grade: string | null;
  active: boolean;
  part: {
    id: string;
    status: string;
    /** Of a mentor. */
    capacity: number | null;
    attributes: Attributes;
    inRound: boolean;
  } | null;
}

export interface PersonChanges {
  givenName?: string;
  familyName?: string;
  jobTitle?: string;
  unit?: string;
  grade?: string;
}

/** What applying a row would do. Identity is no part of it: neither outcome nor changes tell what anybody answered. */
export interface Comparison {
  outcome: Exclude<ImportRow['outcome'], 'refused'>;
  changes: Change[];
  person: PersonChanges;
  /** The enrolment or request as it will be, and whether it is a new one. */
  part: { isNew: boolean; changed: boolean; capacity: number; attributes: Attributes };
  joins: boolean;
}

export interface CompareWith {
  side: Side;
  roundName: string;
  placesDefault: number;
}

/** A mentor in a file is active and a mentee's request open, whatever they were before. */
const statusWanted = { mentors: 'active', mentees: 'open' } as const;
const partOf = { mentors: 'enrolment', mentees: 'request' } as const;

/** Compares what a row says with what is known. What the file leaves blank stays; blank places are the default. */
export const comparePerson = (
  reading: RowReading,
  known: KnownPerson | undefined,
  against: CompareWith,
): Comparison => {
  const person = personChanges(reading, known);
  const changes = Object.entries(person).map(([field, to]): Change => ({
    field: fieldNames[field as keyof PersonChanges],
    from: known?.[field as keyof PersonChanges] ?? null,
    to,
  }));
  const part = partChanges(reading, known?.part ?? null, against);
  const joins = !known?.part?.inRound || part.isNew;
  changes.push(...part.changes);
  if (joins && known) changes.push({ field: 'round', from: null, to: against.roundName });
  return {
    outcome: known ? (changes.length > 0 ? 'changed' : 'unchanged') : 'new',
    changes,
    person,
    part: { isNew: part.isNew, changed: part.changes.length > 0, capacity: part.capacity, attributes: part.attributes },
    joins,
  };
};

const fieldNames: Readonly<Record<keyof PersonChanges, string>> = {
  givenName: 'given-name',
  familyName: 'family-name',
  jobTitle: 'job-title',
  unit: 'unit',
  grade: 'grade',
};

const personChanges = (reading: RowReading, known: KnownPerson | undefined): PersonChanges => {
  const changes: PersonChanges = {};
  if (known && !sameName(reading, known)) {
    if (reading.givenName !== known.givenName) changes.givenName = reading.givenName;
    if (reading.familyName !== known.familyName) changes.familyName = reading.familyName;
  }
  if (reading.jobTitle !== null && reading.jobTitle !== (known?.jobTitle ?? null)) changes.jobTitle = reading.jobTitle;
  if (reading.unit !== null && !sameText(reading.unit, known?.unit)) changes.unit = reading.unit;
  if (reading.grade !== null && !sameText(reading.grade, known?.grade)) changes.grade = reading.grade;
  return changes;
};

const sameName = (reading: RowReading, known: KnownPerson): boolean =>
  reading.nameInOne &&
  `${reading.givenName} ${reading.familyName}`.trim() === `${known.givenName} ${known.familyName}`.trim();

/** Units and grades are found by their names in any case. */
const sameText = (one: string, other: string | null | undefined): boolean => one.toLowerCase() === other?.toLowerCase();

const partChanges = (reading: RowReading, known: KnownPerson['part'], { side, placesDefault }: CompareWith) => {
  // A request that ended stays as it was; asking again is a new one. An enrolment is one for good.
  const isNew = known === null || (side === 'mentees' && known.status !== 'open');
  const before = isNew ? null : known;
  const changes: Change[] = [];
  if (known && known.status !== statusWanted[side]) {
    changes.push({ field: partOf[side], from: known.status, to: statusWanted[side] });
  }
  const capacity = reading.places ?? placesDefault;
  if (side === 'mentors' && before?.capacity !== capacity) {
    changes.push({ field: 'places', from: before?.capacity?.toString() ?? null, to: String(capacity) });
  }
  const attributes = new Map(Object.entries(before?.attributes ?? {}));
  for (const [name, values] of reading.attributes) {
    const from = attributes.get(name) ?? [];
    if (sameValues(from, values)) continue;
    changes.push({ field: name, from: from.length > 0 ? from.join(', ') : null, to: values.join(', ') });
    attributes.set(name, values);
  }
  return { isNew, changes, capacity, attributes: Object.fromEntries(attributes) };
};

const sameValues = (one: readonly string[], other: readonly string[]): boolean => {
  const wanted = new Set(other.map((value) => value.toLowerCase()));
  return one.length === other.length && one.every((value) => wanted.has(value.toLowerCase()));
};
