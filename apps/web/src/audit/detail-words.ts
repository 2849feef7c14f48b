import type { AuditEntryView } from '@waymark/contracts';
import { figure, listed } from '../shell/words';

/** What a detail of a line is called; one that is not here is shown by its own name, in small words. */
const nameWords: Readonly<Record<string, string>> = {
  bytes: $localize`bytes`,
  capacity: $localize`places`,
  changed: $localize`changed`,
  count: $localize`how many`,
  deleted: $localize`deleted`,
  emptied: $localize`emptied`,
  end: $localize`how it ended`,
  engineVersion: $localize`engine`,
  entries: $localize`lines read`,
  fault: $localize`fault`,
  field: $localize`field`,
  fields: $localize`fields`,
  filters: $localize`filters used`,
  firstDay: $localize`first day`,
  format: $localize`format`,
  from: $localize`from`,
  grades: $localize`grades`,
  heads: $localize`kept heads compared`,
  kept: $localize`kept`,
  kind: $localize`kind`,
  lastDay: $localize`last day`,
  leaver: $localize`leavers`,
  leftOut: $localize`left out`,
  mentees: $localize`mentees`,
  mentors: $localize`mentors`,
  nation: $localize`nation`,
  new: $localize`new`,
  number: $localize`number`,
  outcome: $localize`outcome`,
  paused: $localize`paused with it`,
  people: $localize`people`,
  proposals: $localize`proposals`,
  purpose: $localize`purpose`,
  reason: $localize`reason`,
  refused: $localize`refused`,
  role: $localize`role`,
  route: $localize`address`,
  rows: $localize`rows`,
  sessions: $localize`sessions`,
  side: $localize`side`,
  silence: $localize`two proposals lapsed unanswered`,
  skipped: $localize`passed over`,
  status: $localize`status`,
  superseded: $localize`other proposals overtaken`,
  timeZone: $localize`time zone`,
  tooOld: $localize`kept long enough`,
  unchanged: $localize`unchanged`,
  units: $localize`units`,
  until: $localize`until`,
  validTo: $localize`valid to`,
  work: $localize`step`,
};

/** What serves the machine alone; the export holds it. */
const ofTheMachine = new Set(['inputHash', 'version']);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const day = /^\d{4}-\d{2}-\d{2}$/u;
/** `left-on`, `institution-administrator`: names of ours, several of them with spaces between. */
const codes = /^[a-z][a-zA-Z]*(?:[- ][a-z][a-zA-Z]*)*$/u;
const listsOfCodes = new Set(['fields', 'filters']);

/**
 * What else a line of the audit holds, in words: days as days, codes without their hyphens, and no identifiers of other
 * records, which say nothing to a reader and stand in the export.
 */
export const detailsInWords = (details: AuditEntryView['details'], dayInWords: (day: string) => string): string =>
  Object.entries(details)
    .flatMap(([name, value]) => {
      if (value === null || value === '' || value === false || ofTheMachine.has(name)) return [];
      if (typeof value === 'string' && uuid.test(value)) return [];
      const words = nameWords[name] ?? inSmallWords(name);
      return value === true ? [words] : [`${words}: ${valueInWords(name, value, dayInWords)}`];
    })
    .join(' · ');

const valueInWords = (name: string, value: string | number, dayInWords: (day: string) => string): string => {
  if (typeof value === 'number') return figure(value);
  if (day.test(value)) return dayInWords(value);
  if (!codes.test(value)) return value;
  return listsOfCodes.has(name) ? listed(value.split(' ').map(inSmallWords)) : inSmallWords(value);
};

/** `leftOut` and `left-out` are both "left out". */
const inSmallWords = (name: string): string =>
  name
    .replaceAll('-', ' ')
    .replace(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter}`)
    .toLocaleLowerCase('en-GB');
