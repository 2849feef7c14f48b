import type { StaffFileKind } from '@waymark/contracts';
import { type KnownStaff, nameOf } from './known-institution';
import type { RowProblem, RowReading } from './read-row';
import { numberKey } from './staff-numbers';

/** A row on its way to an outcome. */
export interface RowAtWork {
  reading: RowReading;
  /** The number as it was meant, zeros put back. */
  number: string | null;
  problems: RowProblem[];
  group: Group | null;
}

/** The rows of one person. The first that can be taken says what they are. */
export interface Group {
  index: number;
  rows: RowAtWork[];
  known: KnownStaff | null;
}

export interface Headings {
  number: string | null;
  email: string | null;
}

const nameKey = ({ givenName, familyName }: RowReading): string => nameOf({ givenName, familyName }).toLowerCase();

/**
 * Puts the rows of one person together: those with one staff number, or with one address and one name. Rows that share a
 * number or an address and are not plainly one person are refused, all of them, since nobody can tell which is right.
 * In files of skills and awards a person may stand any number of times.
 */
export const groupRows = (rows: readonly RowAtWork[], kind: StaffFileKind, headings: Headings): Group[] => {
  if (kind === 'staff') refuseRepeated(rows, headings);
  const groups: Group[] = [];
  const byKey = new Map<string, Group>();
  for (const row of rows) {
    const keys = keysOf(row);
    if (keys.length === 0 || row.problems.some(({ code }) => repeated.has(code))) continue;
    const found = [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))];
    const [group = { index: groups.push({ index: 0, rows: [], known: null }) - 1, rows: [], known: null }, other] =
      found;
    if (found.length === 0) groups[group.index] = group;
    // A number of one and the address of another: both are one person, whose rows are put together.
    if (other) {
      for (const moved of other.rows) {
        moved.group = group;
        group.rows.push(moved);
        for (const key of keysOf(moved)) byKey.set(key, group);
      }
      other.rows = [];
      group.rows.sort((a, b) => a.reading.line - b.reading.line);
    }
    row.group = group;
    group.rows.push(row);
    for (const key of keys) byKey.set(key, group);
  }
  return groups.filter((group) => group.rows.length > 0);
};

const repeated: ReadonlySet<string> = new Set(['staff-number-repeated', 'email-repeated']);

const keysOf = ({ number, reading: { email } }: RowAtWork): string[] => [
  ...(number === null ? [] : [`number ${numberKey(number)}`]),
  ...(email === null ? [] : [`email ${email}`]),
];

const refuseRepeated = (rows: readonly RowAtWork[], headings: Headings): void => {
  const byNumber = Map.groupBy(
    rows.filter(({ number }) => number !== null),
    ({ number }) => numberKey(number ?? ''),
  );
  const byEmail = Map.groupBy(
    rows.filter(({ reading }) => reading.email !== null),
    ({ reading }) => reading.email ?? '',
  );
  const refuse = (same: readonly RowAtWork[], code: 'staff-number-repeated' | 'email-repeated') => {
    for (const row of same) {
      const value = (code === 'email-repeated' ? row.reading.email : row.number) ?? '';
      const heading = code === 'email-repeated' ? headings.email : headings.number;
      if (!row.problems.some((problem) => problem.code === code)) row.problems.push({ code, heading, value });
    }
  };
  for (const same of byNumber.values()) {
    if (same.length < 2 || agree(same, nameKey)) continue;
    const emails = new Set(same.map(({ reading }) => reading.email));
    if (emails.size > 1 || emails.has(null)) refuse(same, 'staff-number-repeated');
  }
  for (const same of byEmail.values()) {
    if (same.length < 2 || agree(same, nameKey)) continue;
    const numbers = new Set(same.map(({ number }) => number));
    if (numbers.size > 1 || numbers.has(null)) refuse(same, 'email-repeated');
  }
};

/** A row without a name says nothing against it. */
const agree = (rows: readonly RowAtWork[], keyOf: (reading: RowReading) => string): boolean =>
  new Set(rows.map(({ reading }) => keyOf(reading)).filter((key) => key !== '')).size <= 1;
