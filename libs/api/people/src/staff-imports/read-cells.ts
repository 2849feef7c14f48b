import { email as emailSchema, type StaffImportSettings, type StaffProblemCode } from '@waymark/contracts';

/** A cell that could not be read, by what is wrong with it. */
export class Unreadable {
  constructor(readonly code: StaffProblemCode) {}
}
export type Read<Value> = Value | null | Unreadable;
export const isUnreadable = (value: unknown): value is Unreadable => value instanceof Unreadable;

/** Runs of white space, line breaks among them, are one space. */
export const oneLine = (cell: string): string => cell.replaceAll(/\s+/g, ' ').trim();

/** Signs that stand for nothing, as exports write them. */
const nothing = /^(-+|–|—|\.|n\/?a|#n\/a|null|none|nil|not applicable)$/i;

/** `="00123"` is how exports keep zeros from a spreadsheet, and `'00123` how people do: both are text. */
export const asText = (cell: string): string => {
  const text = oneLine(cell);
  return /^="([^"]*)"$/.exec(text)?.[1]?.trim() ?? text.replace(/^'(?=\d)/, '');
};

/** The same, blank where it says that there is nothing; for everything but names, since people are called Null. */
export const asValue = (cell: string): string => {
  const text = asText(cell);
  return nothing.test(text) ? '' : text;
};

/** Would act in a spreadsheet, or is what one writes where a formula failed. */
export const isFormula = (text: string): boolean =>
  /^[=+\-@]/.test(text) || /^#(REF|VALUE|NAME|DIV\/0|NUM|NULL|SPILL)[!?]?$/i.test(text);

/** A staff number. `12345.0` is a number that a program has written as a decimal one. */
export const staffNumberOf = (cell: string): Read<string> => {
  const text = asValue(cell);
  if (text === '') return null;
  if (/^\d+([.,]\d+)?e[+-]?\d+$/i.test(text)) return new Unreadable('staff-number-rounded');
  if (isFormula(text)) return new Unreadable('formula');
  const number = text.replace(/^(\d+)\.0+$/, '$1');
  return number.length > 40 ? new Unreadable('text-too-long') : number;
};

export const emailOf = (cell: string): Read<string> => {
  const text = asValue(cell).replace(/^mailto:/i, '');
  if (text === '') return null;
  if (isFormula(text)) return new Unreadable('formula');
  const parsed = emailSchema.safeParse(text);
  return parsed.success ? parsed.data : new Unreadable('email-malformed');
};

const yes = /^(y|yes|true|1|x|t|✓|✔|wahr|oui|ja)$/i;
const no = /^(n|no|false|0|f|falsch|non|nein)$/i;

export const yesOrNo = (cell: string): Read<boolean> => {
  const text = asValue(cell);
  if (text === '') return null;
  if (yes.test(text)) return true;
  return no.test(text) ? false : new Unreadable('yes-or-no-expected');
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** `March`, `Mar`, `Sept`; 1 is January. */
const monthOf = (name: string): number => {
  const lower = name.toLowerCase();
  const full = /^(january|february|march|april|may|june|july|august|september|october|november|december)$/.test(lower);
  return full || months.includes(lower) || lower === 'sept' ? months.indexOf(lower.slice(0, 3)) + 1 : 0;
};

/** What years a date can lie in: of two digits only the century that does is taken. */
export interface Years {
  from: number;
  to: number;
}
export const pastYears = (today: string): Years => ({ from: 1950, to: Number(today.slice(0, 4)) + 2 });
export const futureYears = (today: string): Years => ({
  from: Number(today.slice(0, 4)) - 40,
  to: Number(today.slice(0, 4)) + 60,
});

/** A day as `2026-05-01`. Times of day beside it are passed over. */
export const dayOf = (cell: string, order: StaffImportSettings['dateOrder'], years: Years): Read<string> => {
  const text = asValue(cell).replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?( ?z|[+-]\d{2}:?\d{2})?$/i, '');
  if (text === '') return null;
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text);
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const figures = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (figures) {
    const [first, second] = [Number(figures[1]), Number(figures[3])];
    const [day, month] = order === 'day-first' ? [first, second] : [second, first];
    return withYear(figures[4] ?? '', month, day, years);
  }
  const named =
    /^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]+)\.?,?[-/. ]*(\d{4}|\d{2})$/i.exec(text) ??
    swapped(/^(?:[a-z]+,? )??([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})$/i.exec(text));
  const month = named ? monthOf(named[2] ?? '') : 0;
  if (!named || month === 0) return new Unreadable(isFormula(text) ? 'formula' : 'date-malformed');
  return withYear(named[3] ?? '', month, Number(named[1]), years);
};

const swapped = (found: RegExpExecArray | null): [string, string, string, string] | null =>
  found && ['', found[2] ?? '', found[1] ?? '', found[3] ?? ''];

const withYear = (written: string, month: number, day: number, years: Years): Read<string> => {
  if (written.length === 4) return real(Number(written), month, day);
  const fitting = [1900, 2000]
    .map((century) => century + Number(written))
    .filter((y) => y >= years.from && y <= years.to);
  const [year, other] = fitting;
  if (year === undefined || other !== undefined) return new Unreadable('date-ambiguous');
  return real(year, month, day);
};

const real = (year: number, month: number, day: number): Read<string> => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const there = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900 && year <= 2200;
  return there ? date.toISOString().slice(0, 10) : new Unreadable('date-not-real');
};

/** Which way these dates are written, where one of them tells; else day first, as in Britain. */
export const dateOrderOf = (cells: Iterable<string>): StaffImportSettings['dateOrder'] => {
  let monthFirst = 0;
  let dayFirst = 0;
  for (const cell of cells) {
    const found = /^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}\b/.exec(cell);
    if (!found) continue;
    if (Number(found[1]) > 12) dayFirst += 1;
    else if (Number(found[2]) > 12) monthFirst += 1;
  }
  return monthFirst > dayFirst ? 'month-first' : 'day-first';
};

/** A name in one cell: `Family, Given` or `Given Family`. */
export const namesIn = (name: string): { givenName: string; familyName: string } => {
  const comma = name.indexOf(',');
  if (comma > 0) return { givenName: name.slice(comma + 1).trim(), familyName: name.slice(0, comma).trim() };
  const space = name.lastIndexOf(' ');
  return space < 0
    ? { givenName: '', familyName: name }
    : { givenName: name.slice(0, space), familyName: name.slice(space + 1) };
};

/** Several values of a cell, each once, whatever its case. */
export const valuesOf = (cell: string): string[] => {
  const seen = new Map<string, string>();
  for (const part of cell.split(/[,;\n]/)) {
    const value = oneLine(part);
    if (value !== '' && !nothing.test(value) && !seen.has(value.toLowerCase())) seen.set(value.toLowerCase(), value);
  }
  return [...seen.values()];
};
