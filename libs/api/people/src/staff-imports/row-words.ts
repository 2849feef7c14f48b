import type { StaffFileKind, StaffImportRow, StaffProblemCode } from '@waymark/contracts';

/*
 * Words for the file that people take away: a spreadsheet has no screen to explain it. The web owns the wording of the
 * screens.
 */
export const outcomeText: Readonly<Record<StaffImportRow['outcome'], string>> = {
  new: 'New',
  changed: 'Changed',
  unchanged: 'Unchanged',
  leaver: 'Leaver',
  refused: 'Refused',
};

const problems: Readonly<Record<StaffProblemCode, string>> = {
  'name-missing': 'The name is missing',
  'key-missing': 'There is neither a staff number nor an e-mail address',
  'person-unknown': 'Nobody here has this staff number or e-mail address',
  'email-malformed': 'This is not an e-mail address',
  'email-repeated': 'Another row has this e-mail address, for somebody else',
  'staff-number-repeated': 'Another row has this staff number, for somebody else',
  'email-taken': 'Staff number and e-mail address are those of two people here',
  'staff-number-shortened': 'This staff number is shorter than the others: a spreadsheet has probably taken its zeros',
  'staff-number-rounded': 'A spreadsheet has rounded this staff number',
  'manager-unknown': 'The manager is neither in the file nor here',
  'manager-self': 'This person would be their own manager',
  'manager-cycle': 'These managers form a circle',
  'manager-ambiguous': 'The manager could be more than one person',
  'manager-left': 'The manager has left',
  'unit-unknown': 'There is no such unit',
  'grade-unknown': 'This grade has no place in the order of grades',
  'skill-unknown': 'There is no such skill',
  'date-malformed': 'This is not a date',
  'date-not-real': 'The calendar has no such day',
  'date-ambiguous': 'The year could be of either century',
  'dates-reversed': 'The end comes before the beginning',
  'yes-or-no-expected': 'This is neither yes nor no',
  'award-incomplete': 'The award needs its body, its name and the day it was awarded',
  'text-too-long': 'This text is too long',
  'text-damaged': 'This text lost characters when it was saved',
  formula: 'This cell begins like a formula',
  'cells-missing': 'This row has fewer cells than there are headings',
  'cells-too-many': 'This row has more cells than there are headings',
  'totals-line': 'This looks like a line of totals',
  'headings-repeated': 'These are the headings once more',
  'person-left': 'This person has left',
  'last-administrator': 'This is the last institution administrator',
};

const notes: Readonly<Record<StaffImportRow['notes'][number]['code'], string>> = {
  'second-contract': 'Another contract of the person in line',
  'repeated-row': 'The same as line',
  'zeros-restored': 'Zeros put back',
  'unit-new': 'New unit',
  'grade-new': 'New grade',
  'skill-new': 'New skill',
  returns: 'Had left and comes back',
  'email-kept': 'The address here was kept; the file has',
  'manager-later': "The manager's own row is refused, so this one comes without",
  'left-alone': 'Changed since, so left as it is',
  deactivated: 'Has other records, so kept as a leaver',
};

/** `The manager has left (Manager number: 1234)`. */
export const problemText = ({ code, heading, value }: StaffImportRow['problems'][number]): string => {
  const cell = [heading, value].filter((part) => part).join(': ');
  return cell ? `${problems[code]} (${cell})` : problems[code];
};

export const noteText = ({ code, value }: StaffImportRow['notes'][number]): string =>
  value ? `${notes[code]}: ${value}` : notes[code];

export const changeText = ({ field, from, to }: StaffImportRow['changes'][number]): string =>
  `${field}: ${from ?? '–'} → ${to ?? '–'}`;

/** Headings that are recognised, and one made-up row. */
export const templates: Readonly<Record<StaffFileKind, readonly (readonly [heading: string, cell: string])[]>> = {
  staff: [
    ['Staff number', '0012345'],
    ['E-mail', 'ada.example@college.example'],
    ['First name', 'Ada'],
    ['Last name', 'Example'],
    ['Job title', 'Senior Technician'],
    ['Unit', 'Faculty of Science > Chemistry'],
    ['Grade', 'Grade 6'],
    ['Manager staff number', '0054321'],
    ['Technician', 'yes'],
    ['Externally funded', 'no'],
    ['Contract until', '2027-09-30'],
    ['Last day', ''],
    ['Skills', 'NMR spectroscopy; Glass blowing'],
    ['Awarding body', 'Science Council'],
    ['Award', 'RSci'],
    ['Award number', 'RS12345'],
    ['Awarded on', '2024-05-01'],
    ['Award valid to', '2027-04-30'],
  ],
  managers: [
    ['Staff number', '0012345'],
    ['E-mail', 'ada.example@college.example'],
    ['Manager staff number', '0054321'],
    ['Manager e-mail', 'grace.example@college.example'],
  ],
  skills: [
    ['Staff number', '0012345'],
    ['E-mail', 'ada.example@college.example'],
    ['Skills', 'NMR spectroscopy; Glass blowing'],
  ],
  awards: [
    ['Staff number', '0012345'],
    ['E-mail', 'ada.example@college.example'],
    ['Awarding body', 'Science Council'],
    ['Award', 'RSci'],
    ['Award number', 'RS12345'],
    ['Awarded on', '2024-05-01'],
    ['Award valid to', '2027-04-30'],
  ],
};
