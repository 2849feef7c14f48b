import type { StaffField, StaffFileKind, StaffProblemCode } from '@waymark/contracts';
import type { Group, RowAtWork } from './group-rows';
import { isActive, type KnownStaff, nameOf } from './known-institution';
import { cyclesOf } from './manager-lines';
import { numberKey } from './staff-numbers';

/** A manager who is known, or who is new in the file. */
export type ManagerRef = { id: string; group: null; name: string } | { id: null; group: Group; name: string };

interface Staff {
  rows: readonly RowAtWork[];
  groups: readonly Group[];
  people: ReadonlyMap<string, KnownStaff>;
  numbers: ReadonlyMap<string, KnownStaff>;
  emails: ReadonlyMap<string, KnownStaff>;
  /** Digits of a whole staff number; see usualWidth. */
  width: number | null;
  today: string;
  /** Last day of somebody who leaves by this file. */
  leavingBefore: (person: KnownStaff) => string | null;
  kind: StaffFileKind;
  headingOf: (field: StaffField) => string | null;
}

/** The row that says who somebody is: the first that is not refused. */
const first = ({ rows }: Group): RowAtWork | undefined => rows.find(({ problems }) => problems.length === 0);

/**
 * Whom each row names as line manager, found in the file and among those known. Refuses rows whose manager is nobody, two
 * people, the person, somebody who has left, or below them: cycles are looked for over file and database together. Where
 * the manager is new and their own row is refused, the row comes without one and is among `later`: else one bad cell high
 * up would refuse everybody below.
 */
export const judgeManagers = (
  staff: Staff,
): { managers: Map<RowAtWork, ManagerRef>; later: Map<RowAtWork, string> } => {
  const { rows, groups, people, headingOf } = staff;
  const refs = new Map<RowAtWork, ManagerRef>();
  const later = new Map<RowAtWork, string>();
  const find = finder(staff);
  const numberHeading = headingOf('manager-staff-number');
  const refuse = (row: RowAtWork, code: StaffProblemCode, value?: string) => {
    refs.delete(row);
    const { managerNumber, managerEmail } = row.reading;
    row.problems.push({
      code,
      heading: managerNumber !== null ? numberHeading : headingOf('manager-email'),
      value: (value ?? managerNumber ?? managerEmail ?? '').slice(0, 80),
    });
  };
  for (const row of rows) {
    const { managerNumber, managerEmail } = row.reading;
    if (row.problems.length > 0 || !row.group || (managerNumber === null && managerEmail === null)) continue;
    if (staff.kind !== 'staff' && staff.kind !== 'managers') continue;
    const found = find(row);
    if (typeof found === 'string') refuse(row, found);
    else refs.set(row, found);
  }
  if (staff.kind === 'managers') refuseSecondManagers(groups, refs, refuse);

  const groupOf = new Map(groups.flatMap((group) => (group.known ? [[group.known.id, group] as const] : [])));
  const keyOf = (group: Group) => group.known?.id ?? `row ${group.index}`;
  for (;;) {
    let changed = false;
    for (const [row, { group, name }] of refs) {
      if (!group || first(group)) continue;
      refs.delete(row);
      later.set(row, name);
    }
    const byKey = new Map(groups.map((group) => [keyOf(group), group]));
    const edgeOf = (key: string): { to: string | null; row: RowAtWork | null } => {
      const group = byKey.get(key) ?? groupOf.get(key);
      const row = group && first(group);
      const ref = row && refs.get(row);
      if (ref) return { to: ref.id ?? keyOf(ref.group), row };
      return { to: people.get(key)?.lineManagerId ?? null, row: null };
    };
    for (const cycle of cyclesOf(byKey.keys(), (key) => edgeOf(key).to)) {
      const names = cycle.map((key) => nameOfKey(key, byKey, people));
      const said = [...names, names[0] ?? ''].join(' → ');
      for (const key of cycle) {
        const { row } = edgeOf(key);
        if (row) {
          refuse(row, 'manager-cycle', said);
          changed = true;
        }
      }
    }
    if (!changed) return { managers: refs, later };
  }
};

const nameOfKey = (
  key: string,
  groups: ReadonlyMap<string, Group>,
  people: ReadonlyMap<string, KnownStaff>,
): string => {
  const known = people.get(key);
  const reading = groups.get(key)?.rows[0]?.reading;
  return known ? nameOf(known) : reading ? nameOf(reading) : '';
};

/** Two rows for one person, each with another manager: nobody can tell which is right. */
const refuseSecondManagers = (
  groups: readonly Group[],
  refs: ReadonlyMap<RowAtWork, ManagerRef>,
  refuse: (row: RowAtWork, code: StaffProblemCode, value?: string) => void,
): void => {
  for (const { rows } of groups) {
    const named = rows.filter((row) => refs.has(row));
    if (new Set(named.map((row) => refs.get(row)?.id)).size < 2) continue;
    for (const row of named) refuse(row, row.number === null ? 'email-repeated' : 'staff-number-repeated');
  }
};

const finder = ({ groups, people, numbers, emails, width, today, leavingBefore, kind }: Staff) => {
  const byNumber = new Map<string, Group>();
  const byEmail = new Map<string, Group>();
  for (const group of groups) {
    for (const { number, reading } of group.rows) {
      if (number !== null) byNumber.set(numberKey(number), group);
      if (reading.email !== null) byEmail.set(reading.email, group);
    }
  }
  const refOf = (group: Group | undefined, known: KnownStaff | undefined): ManagerRef | null => {
    const person = group?.known ?? known;
    if (person) return { id: person.id, group: null, name: nameOf(person) };
    const reading = group?.rows[0]?.reading;
    return group && reading && kind === 'staff' ? { id: null, group, name: nameOf(reading) } : null;
  };
  const ofNumber = (number: string): ManagerRef | null => {
    const padded = width !== null && /^\d+$/.test(number) ? number.padStart(width, '0') : number;
    for (const each of [number, padded].map(numberKey)) {
      const ref = refOf(byNumber.get(each), numbers.get(each));
      if (ref) return ref;
    }
    return null;
  };
  const groupOfId = new Map(groups.flatMap((group) => (group.known ? [[group.known.id, group] as const] : [])));
  /** The last day of somebody by file and database, null while they stay. */
  const hasLeft = (ref: ManagerRef): boolean => {
    const group = ref.group ?? groupOfId.get(ref.id);
    const known = ref.id === null ? undefined : people.get(ref.id);
    const days = group && kind === 'staff' ? group.rows.map(({ reading }) => reading.leftOn) : null;
    if (days && first(group as Group)) {
      return days.every((day) => day !== null && day < today);
    }
    if (!known) return false;
    const leaving = leavingBefore(known);
    return !isActive(known, today) || (leaving !== null && leaving < today);
  };
  return (row: RowAtWork): ManagerRef | StaffProblemCode => {
    const { managerNumber, managerEmail } = row.reading;
    const byN = managerNumber === null ? null : ofNumber(managerNumber);
    const byE = managerEmail === null ? null : refOf(byEmail.get(managerEmail), emails.get(managerEmail));
    if (byN && byE && (byN.id !== byE.id || byN.group !== byE.group)) return 'manager-ambiguous';
    const ref = byN ?? byE;
    if (!ref) return 'manager-unknown';
    const self = row.group?.known ? ref.id === row.group.known.id : ref.group === row.group;
    if (self) return 'manager-self';
    return hasLeft(ref) ? 'manager-left' : ref;
  };
};
