import type { AuditEntryView, AuditPerson, Permission } from '@waymark/contracts';
import { kindInWords } from './act-words';

type Entry = Pick<AuditEntryView, 'actor' | 'onBehalfOf'>;

/** The name as it is today; of whoever was erased there is none. */
export const nameOf = (person: AuditPerson): string => person.name ?? $localize`Erased person`;

/** Who did it, and for whom: "Jim Lathe, by Olive Solder". */
export const whoInWords = ({ actor, onBehalfOf }: Entry): string => {
  if (!actor) return $localize`Waymark itself`;
  return onBehalfOf ? $localize`${nameOf(onBehalfOf)}:name:, by ${nameOf(actor)}:coordinator:` : nameOf(actor);
};

/** What it was about, in a word or by name. */
export const subjectInWords = ({ kind, person }: AuditEntryView['subject']): string =>
  person ? nameOf(person) : kindInWords(kind);

/** The page of a record, where the reader may open it; null where there is none or it is not theirs. */
export const pageOf = (
  { subject, details }: Pick<AuditEntryView, 'subject' | 'details'>,
  may: (permission: Permission) => boolean,
): string | null => {
  const { kind, id, person } = subject;
  if (kind === 'person')
    return person !== null && person.name !== null && may('directory.see') ? `/people/${id}` : null;
  if (!may('rounds.see')) return null;
  if (kind === 'round') return `/mentoring/rounds/${id}`;
  const roundId = details['roundId'];
  return kind === 'run' && typeof roundId === 'string' ? `/mentoring/rounds/${roundId}` : null;
};
