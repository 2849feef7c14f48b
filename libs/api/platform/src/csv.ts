import { stringify } from 'csv-stringify/sync';

/** Text that a spreadsheet would take for a formula. */
export const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

/** A cell as a spreadsheet should take it: text that would start a formula is marked as text. */
const cell = (value: string | number | null): string | number =>
  typeof value === 'string' && isFormula(value) ? `'${value}` : (value ?? '');

/** A CSV file as spreadsheets open it: UTF-8 with a byte-order mark, quoted where needed, no cell that acts. */
export const csvText = (headings: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify(
    [headings, ...rows].map((row) => row.map(cell)),
    { bom: true, record_delimiter: 'windows' },
  );
