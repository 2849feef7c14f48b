import { ImportRow, ImportView, Side } from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';
import { counted, figure, sentenceCase } from '../../shell/words';

export type ImportProblem = ImportRow['problems'][number];
type ProblemCode = ImportProblem['code'];
type Outcome = ImportRow['outcome'];

/** What is wrong with a row, and what would help. */
export const problemWords: Readonly<Record<ProblemCode, { what: string; help: string }>> = {
  'name-missing': {
    what: $localize`The name is missing`,
    help: $localize`Fill it in, or say above which column holds the name.`,
  },
  'email-missing': { what: $localize`The e-mail is missing`, help: $localize`It tells people apart: fill it in.` },
  'email-malformed': {
    what: $localize`This is not an e-mail address`,
    help: $localize`Correct it in the file, as name@example.ac.uk.`,
  },
  'email-repeated': {
    what: $localize`This e-mail stands in an earlier row too`,
    help: $localize`Keep one row for each person, with several values in one cell.`,
  },
  'grade-unknown': {
    what: $localize`This grade is not in the order of grades`,
    help: $localize`Put it in its place above, or correct it in the file.`,
  },
  'places-not-a-number': {
    what: $localize`Places must be a whole number from 0 to 10`,
    help: $localize`Correct it in the file, or leave the cell blank.`,
  },
  'text-too-long': { what: $localize`This text is too long`, help: $localize`Shorten it in the file.` },
  'text-with-nul': {
    what: $localize`This cell holds a character that cannot be kept`,
    help: $localize`Type the cell again and save the file as CSV UTF-8.`,
  },
  'cells-missing': {
    what: $localize`This row has fewer cells than the headings`,
    help: $localize`See whether a line break splits it in two.`,
  },
  'cells-too-many': {
    what: $localize`This row has more cells than the headings`,
    help: $localize`Put a cell that holds a comma between quotation marks.`,
  },
  'person-left': {
    what: $localize`This person has left`,
    help: $localize`Take the row out.`,
  },
  'totals-line': {
    what: $localize`This looks like a line of totals, not a person`,
    help: $localize`Nothing to do: it is left out.`,
  },
};

export const outcomeWords: Readonly<Record<Outcome, StatusWords>> = {
  new: { text: $localize`New`, tone: 'ok', icon: 'plus' },
  changed: { text: $localize`Changed`, tone: 'wait', icon: 'pencil' },
  unchanged: { text: $localize`Unchanged`, tone: 'draft', icon: 'tick' },
  refused: { text: $localize`Refused`, tone: 'bad', icon: 'octagon' },
};

export const importStatusWords: Readonly<Record<ImportView['status'], StatusWords>> = {
  uploaded: { text: $localize`Columns to check`, tone: 'due', icon: 'pencil' },
  previewed: { text: $localize`Checked`, tone: 'wait', icon: 'hourglass' },
  applying: { text: $localize`Loading`, tone: 'wait', icon: 'hourglass' },
  applied: { text: $localize`Loaded`, tone: 'ok', icon: 'tick' },
  failed: { text: $localize`Failed`, tone: 'bad', icon: 'octagon' },
  discarded: { text: $localize`Discarded`, tone: 'draft', icon: 'trash' },
};

/** Checked, and nothing is waited for any more. */
export const readyToLoad: StatusWords = { text: $localize`Ready to load`, tone: 'ok', icon: 'tick' };

export const sideWords: Readonly<Record<Side, { one: string; more: string; title: string }>> = {
  mentors: { one: $localize`mentor`, more: $localize`mentors`, title: $localize`Mentors` },
  mentees: { one: $localize`mentee`, more: $localize`mentees`, title: $localize`Mentees` },
};

export const peopleOf = (side: Side, count: number): string =>
  counted(count, sideWords[side].one, sideWords[side].more);

/** How the file was read: "semicolons between cells, Windows-1252". */
export const readingWords = (view: Pick<ImportView, 'separator' | 'encoding'>): string => {
  const between = {
    ',': $localize`commas`,
    ';': $localize`semicolons`,
    tab: $localize`tabs`,
    '|': $localize`upright lines`,
  }[view.separator];
  return $localize`${between}:separators: between cells, ${view.encoding}:encoding:`;
};

const changedFields: Readonly<Record<string, string>> = {
  'given-name': $localize`First name`,
  'family-name': $localize`Last name`,
  'job-title': $localize`Job title`,
  unit: $localize`Unit`,
  grade: $localize`Grade`,
  places: $localize`Places`,
  enrolment: $localize`Mentor`,
  request: $localize`Request`,
  round: $localize`Joins`,
};

/** "Grade: EO instead of AO"; what is none of the fields that Waymark knows is something people share. */
export const changeWords = ({ field, from, to }: ImportRow['changes'][number]): string => {
  const name = changedFields[field] ?? sentenceCase(field);
  const now = to ?? $localize`nothing`;
  return from === null
    ? $localize`${name}:field:: ${now}:now:`
    : $localize`${name}:field:: ${now}:now: instead of ${from}:before:`;
};

/** Loading would change nobody. With a column about identity that cannot be said, and loading is open. */
export const changesNothing = ({ preview, mapping }: Pick<ImportView, 'preview' | 'mapping'>): boolean =>
  preview !== null && preview.new + preview.changed === 0 && !mapping.some(({ field }) => field === 'identity');

/** How many rows go in, of how many; what applying does is said on its button. */
export const toLoad = (preview: NonNullable<ImportView['preview']>): number =>
  preview.new + preview.changed + preview.unchanged;

export const applyWords = (side: Side, count: number): string => $localize`Load ${peopleOf(side, count)}:people:`;

/** 4.2 MB, 12 kB: as file managers show it. */
export const sizeWords = (bytes: number): string => {
  const one = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
  return bytes < 1000
    ? $localize`${bytes}:bytes: bytes`
    : bytes < 1e6
      ? `${figure(Math.round(bytes / 1000))} kB`
      : `${one.format(bytes / 1e6)} MB`;
};

/** A limit, in whole megabytes: never more than it is. */
export const mostWords = (bytes: number): string => `${figure(Math.floor(bytes / 1e6))} MB`;

/** What can be said of a file before it is sent; null: nothing against it. */
export const fileRefusal = (file: { name: string; size: number }, bytesMax: number): string | null => {
  if (file.size === 0) return $localize`“${file.name}:file:” is empty. Choose the file with the people in it.`;
  if (/\.(xlsx?|ods|numbers|pdf|docx?)$/i.test(file.name)) {
    return $localize`“${file.name}:file:” is not a CSV file. In your spreadsheet choose “Save as” and “CSV UTF-8”, then choose that file.`;
  }
  if (file.size > bytesMax) {
    return $localize`“${file.name}:file:” has ${sizeWords(file.size)}:size:; at most ${mostWords(bytesMax)}:most: can be loaded at once. Split it into two files.`;
  }
  return null;
};
