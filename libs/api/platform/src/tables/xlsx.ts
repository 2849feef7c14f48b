import { isFormula } from '../csv';

type Cell = string | number | null;

/** Excel holds no more in a cell. */
const cellLongest = 32_767;

/** A cell's text as spreadsheets take it; a text that would start a formula is marked as text, as in csvText. */
const cellOf = (value: Cell): string | number | null => {
  if (typeof value !== 'string') return value;
  const text = isFormula(value) ? `'${value}` : value;
  // XML knows no control characters.
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').slice(0, cellLongest);
};

/** A sheet of a workbook. The name is at most 31 characters, without `: \\ / ? * [ ]`, and its own in the workbook. */
export interface WorkbookSheet {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** An XLSX workbook of one sheet: bold headings that stay in sight, no cell that acts. Numbers stay numbers. */
export const xlsxBuffer = (
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  sheet = 'Waymark',
): Promise<Buffer> => workbookBuffer([{ name: sheet, headings, rows }]);

/** The same with several sheets, in this order. */
export const workbookBuffer = async (sheets: readonly WorkbookSheet[]): Promise<Buffer> => {
  // A large package that most requests do not need.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  for (const { name, headings, rows } of sheets) {
    const page = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    page.addRow(headings.map(cellOf)).font = { bold: true };
    page.addRows(rows.map((row) => row.map(cellOf)));
    headings.forEach((heading, index) => {
      page.getColumn(index + 1).width = Math.min(40, Math.max(12, heading.length + 2));
    });
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
};
