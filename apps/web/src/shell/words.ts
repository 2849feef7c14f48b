/** A count with its noun; English has two forms, and a translation may give its own for each call. */
export const counted = (count: number, one: string, more: string): string =>
  `${figure(count)} ${count === 1 ? one : more}`;

/** A whole number as people write it. */
export const figure = (value: number): string => new Intl.NumberFormat('en-GB').format(value);

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items);

/** The first letter large, as an attribute's name begins a line. */
export const sentenceCase = (value: string): string => value.charAt(0).toLocaleUpperCase('en-GB') + value.slice(1);

/** A number stays on the line of the word before it: "Level 3". */
export const unbroken = (text: string | null | undefined): string | null =>
  text?.replace(/ (?=\d)/gu, '\u00a0') ?? null;

/** Unit and grade of a person, in one line; null where neither is known. */
export const unitAndGrade = (person: { unit: string | null; grade: string | null }): string | null =>
  [person.unit, unbroken(person.grade)].filter(Boolean).join(' · ') || null;

/** "Anna Brass, Ben Copper and 4 others": the first few by name, the rest counted. */
export const someNames = (names: readonly string[], total = names.length, most = 3): string => {
  const shown = names.slice(0, most);
  const rest = total - shown.length;
  if (rest <= 0) return listed(shown);
  return listed([...shown, rest === 1 ? $localize`1 other` : $localize`${figure(rest)}:count: others`]);
};
