import type { StaffFileKind, StaffImportRow, StaffImportSettings } from '@waymark/contracts';
import type { ManagerRef } from './judge-managers';
import { isActive, type KnownInstitution, type KnownStaff, nameOf } from './known-institution';
import type { RowNote, RowReading } from './read-row';
import { numberKey } from './staff-numbers';
import { pathOf, type UnitNode } from './unit-tree';

export type Change = StaffImportRow['changes'][number];

/** What applying writes to a person; what is not named stays. */
export interface PersonSet {
  givenName?: string;
  familyName?: string;
  email?: string;
  staffNumber?: string;
  jobTitle?: string;
  unit?: UnitNode;
  /** By name, in the institution's spelling where it is known. */
  grade?: string;
  manager?: ManagerRef;
  technician?: boolean;
  externallyFunded?: boolean;
  contractUntil?: string;
  /** null: they are back. */
  leftOn?: string | null;
}

export interface Judged {
  outcome: Exclude<StaffImportRow['outcome'], 'refused'>;
  changes: Change[];
  set: PersonSet;
  notes: RowNote[];
}

interface Comparing {
  kind: StaffFileKind;
  reading: RowReading;
  /** With its zeros. */
  number: string | null;
  known: KnownStaff | null;
  unit: UnitNode | null;
  /** The known grade of the reading's name; null: new, or not said. */
  grade: { id: string; name: string } | null;
  manager: ManagerRef | null;
  leftOn: string | null;
  settings: StaffImportSettings;
  institution: Pick<KnownInstitution, 'today' | 'guarded' | 'mayTakeOver' | 'actorId'>;
  nameOfPerson: (id: string) => string | null;
  nameOfGrade: (id: string) => string | null;
  unitOf: (id: string | null) => UnitNode | null;
  /** Of all their rows: somebody with two contracts has two. */
  numbersOfPerson: readonly string[];
}

/** Compares the first row of a person with what is known of them. What the file leaves blank stays as it is. */
export const compareStaff = (comparing: Comparing): Judged => {
  const { reading, known, number, unit, settings, institution, kind } = comparing;
  const set: PersonSet = {};
  const changes: Change[] = [];
  const notes: RowNote[] = [];
  const change = (field: Change['field'], from: string | null, to: string | null) => changes.push({ field, from, to });

  if (kind === 'staff') {
    if (number !== null && ownNumber(comparing) !== numberKey(number) && (known?.staffNumber ?? null) === null) {
      set.staffNumber = number;
      change('staff-number', null, number);
    }
    if (reading.email !== null && reading.email !== known?.email) {
      if (known && mayNotTakeOver(known, institution)) notes.push({ code: 'email-kept', value: reading.email });
      else {
        set.email = reading.email;
        change('email', known?.email ?? null, reading.email);
      }
    }
    compareNames(reading, known, set, change);
    if (reading.jobTitle !== null && reading.jobTitle !== known?.jobTitle) {
      set.jobTitle = reading.jobTitle;
      change('job-title', known?.jobTitle ?? null, reading.jobTitle);
    }
    if (unit && (unit.id === null || unit.id !== known?.unitId)) {
      const before = comparing.unitOf(known?.unitId ?? null);
      set.unit = unit;
      change('unit', before && pathOf(before), pathOf(unit));
    }
    const grade = comparing.grade?.name ?? reading.grade;
    if (grade !== null && (comparing.grade === null || comparing.grade.id !== known?.gradeId)) {
      set.grade = grade;
      change('grade', known?.gradeId ? comparing.nameOfGrade(known.gradeId) : null, grade);
    }
    compareFlags(comparing, set, change);
    if (reading.contractUntil !== null && reading.contractUntil !== known?.contractUntil) {
      set.contractUntil = reading.contractUntil;
      change('contract-until', known?.contractUntil ?? null, reading.contractUntil);
    }
  }
  const { manager } = comparing;
  if (manager && (manager.id === null || manager.id !== known?.lineManagerId)) {
    set.manager = manager;
    change('manager', known?.lineManagerId ? comparing.nameOfPerson(known.lineManagerId) : null, manager.name);
  }
  const leaves = kind === 'staff' && compareLeaving(comparing, set, change, notes);
  const outcome = !known ? 'new' : leaves ? 'leaver' : changes.length > 0 ? 'changed' : 'unchanged';
  // Where no column says so, the settings do.
  if (!known) set.technician ??= settings.newAreTechnicians;
  return { outcome, changes, set, notes };
};

type Say = (field: Change['field'], from: string | null, to: string | null) => void;

/** The number among the file's that is theirs already. */
const ownNumber = ({ known, numbersOfPerson }: Comparing): string | null => {
  const own = known?.staffNumber ?? null;
  return own !== null && numbersOfPerson.includes(numberKey(own)) ? numberKey(own) : null;
};

/**
 * Whoever sets an address can have a password link sent to it; see ChangePerson.refuseTakeOver. A file of a coordinator must
 * not do what a coordinator may not.
 */
const mayNotTakeOver = (known: KnownStaff, { guarded, mayTakeOver, actorId }: Comparing['institution']): boolean =>
  guarded.has(known.id) && !mayTakeOver && known.id !== actorId;

const compareNames = (reading: RowReading, known: KnownStaff | null, set: PersonSet, change: Say): void => {
  if (known && reading.nameInOne && nameOf(reading) === nameOf(known)) return;
  if (reading.givenName !== '' && reading.givenName !== known?.givenName) {
    set.givenName = reading.givenName;
    change('given-name', known?.givenName ?? null, reading.givenName);
  }
  if (reading.familyName !== '' && reading.familyName !== known?.familyName) {
    set.familyName = reading.familyName;
    change('family-name', known?.familyName ?? null, reading.familyName);
  }
};

const word = (flag: boolean | undefined): string | null => (flag === undefined ? null : flag ? 'yes' : 'no');

const compareFlags = ({ reading, known }: Comparing, set: PersonSet, change: Say): void => {
  if (reading.technician !== null && reading.technician !== known?.technician) {
    set.technician = reading.technician;
    change('technician', word(known?.technician), word(reading.technician));
  }
  if (reading.externallyFunded !== null && reading.externallyFunded !== (known?.externallyFunded ?? false)) {
    set.externallyFunded = reading.externallyFunded;
    change('externally-funded', word(known?.externallyFunded), word(reading.externallyFunded));
  }
};

/** Whether they leave by this row. Somebody who left and is on the list again without a last day is back. */
const compareLeaving = (
  { known, leftOn, institution: { today } }: Comparing,
  set: PersonSet,
  change: Say,
  notes: RowNote[],
): boolean => {
  const before = known?.leftOn ?? null;
  const wasActive = !known || isActive(known, today);
  if (leftOn === null) {
    if (wasActive) return false;
    set.leftOn = null;
    change('left-on', before, null);
    notes.push({ code: 'returns', value: before ?? '' });
    return false;
  }
  if (leftOn === before) return false;
  set.leftOn = leftOn;
  change('left-on', before, leftOn);
  if (!wasActive && leftOn >= today) {
    notes.push({ code: 'returns', value: before ?? '' });
    return false;
  }
  return known !== null;
};
