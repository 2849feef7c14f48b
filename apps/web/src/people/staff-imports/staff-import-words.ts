import {
  type StaffField,
  type StaffFileKind,
  type StaffImportRow,
  type StaffImportSettings,
  type StaffImportStatus,
  type StaffImportView,
  type StaffProblemCode,
  type StaffRowOutcome,
  staffFileBytesMax,
} from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';
import { counted, figure, someNames } from '../../shell/words';

/** A field that a row can change: the file's own, and the manager whom two of them name. */
export type ChangedField = StaffImportRow['changes'][number]['field'];
export type StaffNoteCode = StaffImportRow['notes'][number]['code'];
export type Counts = NonNullable<StaffImportView['counts']>;

export const kindWords: Readonly<Record<StaffFileKind, { title: string; about: string; heading: string }>> = {
  staff: {
    title: $localize`Staff`,
    about: $localize`HR's list, one row a person. It may name managers, skills and awards too.`,
    heading: $localize`Load staff`,
  },
  managers: {
    title: $localize`Managers`,
    about: $localize`Who manages whom, for people who are here already.`,
    heading: $localize`Load managers`,
  },
  skills: {
    title: $localize`Skills`,
    about: $localize`What people can do. Skills are added; none is taken away.`,
    heading: $localize`Load skills`,
  },
  awards: {
    title: $localize`Awards held`,
    about: $localize`Registrations and awards, one row each. They count once verified.`,
    heading: $localize`Load awards`,
  },
};

/** What a column can mean, in the order in which lists offer it. */
export const fieldWords: Readonly<Record<ChangedField, string>> = {
  'staff-number': $localize`Staff number`,
  email: $localize`E-mail`,
  'given-name': $localize`First name`,
  'family-name': $localize`Last name`,
  'full-name': $localize`Full name`,
  'job-title': $localize`Job title`,
  unit: $localize`Unit`,
  'unit-1': $localize`Unit, top level`,
  'unit-2': $localize`Unit, second level`,
  'unit-3': $localize`Unit, third level`,
  grade: $localize`Grade`,
  manager: $localize`Manager`,
  'manager-staff-number': $localize`Manager's staff number`,
  'manager-email': $localize`Manager's e-mail`,
  technician: $localize`Technician, yes or no`,
  'externally-funded': $localize`Externally funded, yes or no`,
  'contract-until': $localize`Contract until`,
  'left-on': $localize`Last day`,
  skills: $localize`Skills`,
  'award-body': $localize`Awarding body`,
  award: $localize`Award`,
  'award-number': $localize`Award number`,
  'awarded-on': $localize`Awarded on`,
  'award-valid-to': $localize`Award valid to`,
};

/** What would help somebody who fills a column, where its name does not say it all. */
export const fieldHints: Readonly<Partial<Record<StaffField, string>>> = {
  'full-name': $localize`“Given Family” or “Family, Given”, instead of two columns`,
  unit: $localize`its name, or its path as “Faculty > Department”; below the levels where there are some`,
  'unit-1': $localize`the same path spread over up to three columns`,
  technician: $localize`decides alone; a job title never does`,
  skills: $localize`several in one cell, with ; between them`,
  'left-on': $localize`makes a leaver of somebody in the file`,
  'contract-until': $localize`2026-04-03, 3 April 2026 or 03/04/2026`,
};

export const importStatusWords: Readonly<Record<StaffImportStatus, StatusWords>> = {
  reading: { text: $localize`Reading`, tone: 'wait', icon: 'hourglass' },
  unreadable: { text: $localize`Cannot be read`, tone: 'bad', icon: 'octagon' },
  uploaded: { text: $localize`Columns to check`, tone: 'due', icon: 'pencil' },
  previewing: { text: $localize`Checking rows`, tone: 'wait', icon: 'hourglass' },
  previewed: { text: $localize`Checked, not loaded`, tone: 'due', icon: 'eye' },
  applying: { text: $localize`Loading`, tone: 'wait', icon: 'hourglass' },
  applied: { text: $localize`Loaded`, tone: 'ok', icon: 'tick' },
  undoing: { text: $localize`Being undone`, tone: 'wait', icon: 'hourglass' },
  undone: { text: $localize`Undone`, tone: 'draft', icon: 'arrow-left' },
  discarded: { text: $localize`Discarded`, tone: 'draft', icon: 'trash' },
};

export const outcomeWords: Readonly<Record<StaffRowOutcome, StatusWords>> = {
  new: { text: $localize`New`, tone: 'ok', icon: 'plus' },
  changed: { text: $localize`Changed`, tone: 'wait', icon: 'pencil' },
  unchanged: { text: $localize`Unchanged`, tone: 'draft', icon: 'tick' },
  leaver: { text: $localize`Leavers`, tone: 'due', icon: 'leave' },
  refused: { text: $localize`Refused`, tone: 'bad', icon: 'octagon' },
};

/** Below the figure of an outcome: before the file is loaded, and after it. */
export const outcomeNotes: Readonly<Record<StaffRowOutcome, { before: string; after: string }>> = {
  new: { before: $localize`come in for the first time`, after: $localize`came in for the first time` },
  changed: { before: $localize`are known; something differs`, after: $localize`were known; something differed` },
  unchanged: { before: $localize`are known and the same`, after: $localize`were known and the same` },
  leaver: { before: $localize`leave by this file`, after: $localize`left by this file` },
  refused: { before: $localize`cannot be loaded as they are`, after: $localize`could not be loaded as they were` },
};

/** One row's outcome; "Leavers" counts many. */
export const rowOutcomeWords: Readonly<Record<StaffRowOutcome, StatusWords>> = {
  ...outcomeWords,
  leaver: { ...outcomeWords.leaver, text: $localize`Leaver` },
};

/** What is wrong with a row, and what would help. `what` begins a sentence; the heading and the cell follow it. */
export const problemWords: Readonly<Record<StaffProblemCode, { what: string; help: string }>> = {
  'name-missing': {
    what: $localize`The name is missing`,
    help: $localize`Fill it in, or say under Columns which column holds the name.`,
  },
  'key-missing': {
    what: $localize`There is neither a staff number nor an e-mail`,
    help: $localize`Fill in one of them: without, nobody could find this person again.`,
  },
  'person-unknown': {
    what: $localize`Nobody here has this staff number or e-mail`,
    help: $localize`Correct it, or load this person with a staff file first.`,
  },
  'email-malformed': {
    what: $localize`This is not an e-mail address`,
    help: $localize`Write it as name@example.ac.uk, or leave the cell blank if there is none.`,
  },
  'email-repeated': {
    what: $localize`Another row has this e-mail, for somebody else`,
    help: $localize`An address belongs to one person. Correct one of the two rows.`,
  },
  'staff-number-repeated': {
    what: $localize`Another row has this staff number, for somebody else`,
    help: $localize`A number belongs to one person. Correct one of the two rows.`,
  },
  'email-taken': {
    what: $localize`Staff number and e-mail are those of two people here`,
    help: $localize`Find out which is right. If one person is here twice, put the records right first.`,
  },
  'staff-number-shortened': {
    what: $localize`This staff number is shorter than the others`,
    help: $localize`A spreadsheet has probably taken zeros from its front. Set the column to text and export again.`,
  },
  'staff-number-rounded': {
    what: $localize`A spreadsheet has rounded this staff number`,
    help: $localize`Its last digits are lost. Set the column to text and export it again from HR's system.`,
  },
  'manager-unknown': {
    what: $localize`The manager is neither in the file nor here`,
    help: $localize`Correct it, add the manager's row, or leave the cell blank.`,
  },
  'manager-self': {
    what: $localize`This person would be their own manager`,
    help: $localize`Name somebody else, or leave the cell blank.`,
  },
  'manager-cycle': {
    what: $localize`These managers form a circle`,
    help: $localize`Going up from one to the next leads back to the same person. Correct one of these rows.`,
  },
  'manager-ambiguous': {
    what: $localize`The manager could be more than one person`,
    help: $localize`Name the manager by staff number or e-mail, and the same one if both are given.`,
  },
  'manager-left': {
    what: $localize`The manager has left`,
    help: $localize`Name who manages this person now, or leave the cell blank.`,
  },
  'unit-unknown': {
    what: $localize`There is no such unit`,
    help: $localize`Correct its spelling, or allow new units under Settings of this file.`,
  },
  'grade-unknown': {
    what: $localize`This grade has no place in the order of grades`,
    help: $localize`Put it in its place, or correct its spelling.`,
  },
  'skill-unknown': {
    what: $localize`There is no such skill`,
    help: $localize`Correct its spelling, or allow new skills under Settings of this file.`,
  },
  'date-malformed': {
    what: $localize`This is not a date`,
    help: $localize`Write it as 2026-04-03, 3 April 2026 or 03/04/2026.`,
  },
  'date-not-real': {
    what: $localize`The calendar has no such day`,
    help: $localize`Correct it: 29 February, for one, comes in leap years alone.`,
  },
  'date-ambiguous': {
    what: $localize`The year could be of either century`,
    help: $localize`Write the year with four digits.`,
  },
  'dates-reversed': {
    what: $localize`The end comes before the beginning`,
    help: $localize`Look whether the two dates are swapped.`,
  },
  'yes-or-no-expected': {
    what: $localize`This is neither yes nor no`,
    help: $localize`Write yes or no, or leave the cell blank.`,
  },
  'award-incomplete': {
    what: $localize`The award is not complete`,
    help: $localize`It needs the awarding body, the award and the day it was awarded.`,
  },
  'text-too-long': { what: $localize`This text is too long`, help: $localize`Shorten it in the file.` },
  'text-damaged': {
    what: $localize`This text lost characters when it was saved`,
    help: $localize`Export it again, as CSV UTF-8 or as a workbook (XLSX), and load that.`,
  },
  formula: {
    what: $localize`This cell begins like a formula`,
    help: $localize`Replace it by its value: no name, title or address begins with =, +, - or @.`,
  },
  'cells-missing': {
    what: $localize`This row has fewer cells than there are headings`,
    help: $localize`See whether a line break splits it in two.`,
  },
  'cells-too-many': {
    what: $localize`This row has more cells than there are headings`,
    help: $localize`Put a cell that holds the separator between quotation marks.`,
  },
  'totals-line': {
    what: $localize`This looks like a line of totals, not a person`,
    help: $localize`Nothing to do: it is left out.`,
  },
  'headings-repeated': {
    what: $localize`These are the headings once more`,
    help: $localize`Nothing to do: it is left out. Files pasted together look like this.`,
  },
  'person-left': {
    what: $localize`This person has left`,
    help: $localize`If they are back, give them a row in a staff file without a last day; otherwise take the row out.`,
  },
  'last-administrator': {
    what: $localize`This is the last institution administrator`,
    help: $localize`Give the role to somebody else first: without one, nobody could give roles any more.`,
  },
};

/** What was read in its own way; the row is taken. The value follows where there is one. */
export const noteWords: Readonly<Record<StaffNoteCode, (value: string) => string>> = {
  'second-contract': (value) =>
    value
      ? $localize`Another contract of the person in line ${value}:line:; unit, job title and manager of that line count`
      : $localize`Another contract of a person further up, whose unit, job title and manager count`,
  'repeated-row': (value) =>
    value ? $localize`The same as line ${value}:line:; counted once` : $localize`The same row stands further up`,
  'zeros-restored': (value) =>
    value
      ? $localize`Zeros that a spreadsheet took are put back: ${value}:number:`
      : $localize`Zeros that a spreadsheet took are put back`,
  'unit-new': (value) => (value ? $localize`Makes the unit ${value}:unit:` : $localize`Makes a unit`),
  'grade-new': (value) => (value ? $localize`Adds the grade ${value}:grade:` : $localize`Adds a grade`),
  'skill-new': (value) => (value ? $localize`Adds the skill ${value}:skill:` : $localize`Adds a skill`),
  returns: () => $localize`Had left, and comes back`,
  'email-kept': (value) =>
    $localize`Has signed in or holds a role, so the address stays; an administrator can load the file's: ${value}:address:`,
  'left-alone': (value) =>
    $localize`Changed since, so left as it is when undoing: ${value
      .split(' ')
      .map((field) => fieldWords[field as ChangedField] ?? field)
      .join(', ')}:fields:`,
  'manager-later': (value) => $localize`The manager's own row is refused, so this one comes without: ${value}:name:`,
  deactivated: () => $localize`Has other records by now, so is kept as a leaver`,
};

/** Why a loaded file cannot be undone. */
export const undoRefusedWords: Readonly<Record<NonNullable<StaffImportView['undoRefused']>, string>> = {
  'not-applied': $localize`It has not been loaded, so there is nothing to undo.`,
  'not-the-last': $localize`Only the file loaded last can be undone: a later one builds on this one. Undo the later one first, or load a corrected file.`,
  'too-late': $localize`The time to undo it is over. What is wrong can be put right with a corrected file or by hand.`,
};

/** What undoing did, line by line. */
export const undoneWords = (undo: NonNullable<StaffImportView['undo']>): string[] =>
  [
    undo.removed > 0 ? $localize`${peopleWords(undo.removed)}:people: taken out again` : null,
    undo.deactivated > 0
      ? $localize`${peopleWords(undo.deactivated)}:people: kept as leavers, since they have other records by now`
      : null,
    undo.putBack > 0 ? $localize`${peopleWords(undo.putBack)}:people: put back as they were` : null,
    undo.leftAlone > 0
      ? $localize`${peopleWords(undo.leftAlone)}:people: changed since, and left as they are where they were changed`
      : null,
  ].filter((line) => line !== null);

export const separatorWords: Readonly<Record<NonNullable<StaffImportView['separator']>, string>> = {
  ',': $localize`commas`,
  ';': $localize`semicolons`,
  tab: $localize`tabs`,
  '|': $localize`upright lines`,
};

/** How the file was read: "semicolons between cells, Windows-1252", "sheet “Staff”, XLSX"; null while it is read. */
export const readingWords = (view: Pick<StaffImportView, 'separator' | 'encoding' | 'sheet'>): string | null => {
  if (view.encoding === null) return null;
  if (view.sheet !== null) return $localize`sheet “${view.sheet}:sheet:”, ${view.encoding}:encoding:`;
  if (view.separator === null) return view.encoding;
  return $localize`${separatorWords[view.separator]}:separators: between cells, ${view.encoding}:encoding:`;
};

export const rowsWords = (rows: number): string => counted(rows, $localize`row`, $localize`rows`);
export const peopleWords = (count: number): string => counted(count, $localize`person`, $localize`people`);

const most = 5;

/** How to say a calendar day; the page has it from `Dates`. */
type SayDay = (day: string) => string;

/**
 * Line by line, what loading the file does; the refused and unchanged last, since nothing becomes of them. Empty where
 * it was not checked.
 */
export const effectsOf = (
  view: Pick<StaffImportView, 'kind' | 'counts' | 'settings' | 'newUnits' | 'newSkills' | 'grades'>,
  sayDay: SayDay,
): string[] => {
  const { kind, counts, settings } = view;
  if (!counts) return [];
  const fresh = view.grades.filter((grade) => grade.fresh).map((grade) => grade.name);
  return [
    counts.new > 0 ? $localize`${peopleWords(counts.new)}:people: added` : null,
    counts.changed > 0 ? changedWords(kind, counts.changed) : null,
    counts.leaver > 0 ? leaverWords(counts.leaver, settings, sayDay) : null,
    view.newUnits.length > 0 ? madeWords($localize`unit`, $localize`units`, view.newUnits) : null,
    fresh.length > 0 ? madeWords($localize`grade`, $localize`grades`, fresh) : null,
    view.newSkills.length > 0 ? madeWords($localize`skill`, $localize`skills`, view.newSkills) : null,
    counts.unchanged > 0 ? unchangedWords(kind, counts.unchanged) : null,
    counts.refused > 0 ? refusedWords(counts.refused) : null,
  ].filter((line) => line !== null);
};

const changedWords = (kind: StaffFileKind, count: number): string => {
  const people = peopleWords(count);
  const rows = rowsWords(count);
  return {
    staff: $localize`${people}:people: changed`,
    managers: $localize`Another manager for ${people}:people:`,
    skills: $localize`Skills added from ${rows}:rows:`,
    awards: $localize`Awards added or changed from ${rows}:rows:`,
  }[kind];
};

/** Leavers have a last day in the file, or are missing in it. */
const leaverWords = (count: number, settings: StaffImportSettings, sayDay: SayDay): string =>
  settings.missingAreLeavers && settings.lastDayOfMissing !== null
    ? $localize`${leaversWords(count)}:leavers:; the last day of whoever is missing in the file is ${sayDay(settings.lastDayOfMissing)}:day:`
    : $localize`${leaversWords(count)}:leavers:, by their last day in the file`;

export const leaversWords = (count: number): string => counted(count, $localize`leaver`, $localize`leavers`);

const unchangedWords = (kind: StaffFileKind, count: number): string =>
  kind === 'staff' || kind === 'managers'
    ? $localize`${peopleWords(count)}:people: unchanged`
    : $localize`${rowsWords(count)}:rows: unchanged`;

const refusedWords = (count: number): string => $localize`${rowsWords(count)}:rows: refused and left out`;

const madeWords = (one: string, more: string, names: readonly string[]): string => {
  const known = someNames(names.slice(0, most), names.length, most);
  return $localize`${counted(names.length, one, more)}:count: made: ${known}:names:`;
};

/** Why loading waits, beside what the server allows; null: nothing stands in its way. */
export const waitWords = (
  view: Pick<StaffImportView, 'gradesToOrder' | 'counts' | 'may'>,
  gradesMoved: boolean,
): string | null => {
  if (view.gradesToOrder) return $localize`Put the grades in order first.`;
  if (gradesMoved) return $localize`Say first that the new order of grades is right.`;
  const { counts } = view;
  if (!counts) return $localize`Check the rows first.`;
  if (counts.new + counts.changed + counts.leaver > 0) {
    return view.may.apply ? null : $localize`Check the rows again first.`;
  }
  return counts.unchanged > 0
    ? $localize`Everything in this file is here already, just as the file says. There is nothing to load.`
    : $localize`No row can be loaded as it is. Correct the file and load it again.`;
};

/** 4.2 MB, 12 kB: as file managers show it. */
export const sizeWords = (bytes: number): string => {
  const one = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
  if (bytes < 1000) return $localize`${bytes}:bytes: bytes`;
  return bytes < 1e6 ? `${figure(Math.round(bytes / 1000))} kB` : `${one.format(bytes / 1e6)} MB`;
};

/** A limit, in whole megabytes: never more than it is. */
export const mostWords = (bytes: number): string => `${figure(Math.floor(bytes / 1e6))} MB`;

/** What can be said of a file before it is sent; null: nothing against it. */
export const fileRefusal = (file: { name: string; size: number }): string | null => {
  if (file.size === 0) return $localize`“${file.name}:file:” is empty. Choose the file with the rows in it.`;
  if (/\.xls$/i.test(file.name)) {
    return $localize`“${file.name}:file:” is a workbook of the old kind. In your spreadsheet choose “Save as” and “Excel workbook (XLSX)” or “CSV UTF-8”, then choose that file.`;
  }
  if (/\.(ods|numbers|pdf|docx?|zip)$/i.test(file.name)) {
    return $localize`“${file.name}:file:” is neither CSV nor XLSX. Save the sheet as one of them, then choose that file.`;
  }
  if (file.size > staffFileBytesMax) {
    return $localize`“${file.name}:file:” has ${sizeWords(file.size)}:size:; at most ${mostWords(staffFileBytesMax)}:most: can be loaded at once. Split it in two.`;
  }
  return null;
};

/** A value of a change as people read it: days in words, yes and no. */
export const valueWords = (field: ChangedField, value: string | null, sayDay: SayDay): string => {
  if (value === null || value === '') return $localize`nothing`;
  if (field === 'technician' || field === 'externally-funded') {
    if (/^(true|yes)$/i.test(value)) return $localize`yes`;
    if (/^(false|no)$/i.test(value)) return $localize`no`;
  }
  return /^\d{4}-\d\d-\d\d$/.test(value) ? sayDay(value) : value;
};

/** The name of a changed field at the head of its values: without the "yes or no" of the list of columns. */
export const changedFieldWords = (field: ChangedField): string => {
  if (field === 'technician') return $localize`Technician`;
  if (field === 'externally-funded') return $localize`Externally funded`;
  return fieldWords[field];
};
