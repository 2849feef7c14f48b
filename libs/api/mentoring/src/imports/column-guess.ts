import { type ColumnMapping, cut, type ImportField, type Side } from '@waymark/contracts';

/** A heading as it is compared: `E-Mail_Address` is `e mail address`. */
const plain = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What a column is named for whom it tells of somebody else. */
const ofAnother = /\b(manager|supervisor|referee|emergency|contact person)\b/;

const facts: readonly (readonly [ImportField, RegExp])[] = [
  ['given-name', /^(your )?(first|given|fore) ?names?( s)?$/],
  ['family-name', /^(your )?((last|family) ?names?|surnames?)$/],
  [
    'full-name',
    /^((your|full|mentor|mentee|mentor s|mentee s|participant|person|staff|employee) )?name$|^name of (the )?(mentor|mentee|person)$/,
  ],
  ['email', /^((your|work|university|mentor|mentee|contact|staff|primary|personal) )*e ?mail( address(es)?)?( \d+)?$/],
  ['job-title', /^((your|current) )?(job|role|post|position)( title| role)?$/],
  [
    'unit',
    /^((your|current) )?(organi[sz]ation|department|dept|unit|school|faculty|division|directorate|institution|function|college|employer)( name)?$/,
  ],
  ['grade', /^((your|current|pay|salary|job) )*(grade|band|payband)$/],
  [
    'places',
    /^(places|capacity|number of (places|mentees)|(max|maximum|most)( number of)? mentees|mentees at most|how many mentees.*)$/,
  ],
];

const shared =
  /^(your )?(professions?|skills?|skill set|expertise|areas? of expertise|interests?|specialisms?|speciality|campus(es)?|sites?|locations?|languages?|disciplines?|subjects?|topics?|goals?|modes?|techniques?|job famil(y|ies))$/;

const identity =
  /^(protected |personal |your )?(characteristics?|identit(y|ies))$|^identit(y|ies) to (be )?match(ed)?( on| with)?$/;
/** A question that asks for leave. */
const wish = /\b(wish|want|would like|consent|opt in|agree|happy|may we)\b.*\b(identit|characteristic)/;

/** Of themselves: identity, or in their own words. Not `\b` at the end: `disab` is disability and disabled. */
const ofThemselves =
  /identit|characteristic|ethnic|\brac(e|ial)\b|gender|\bsex\b|sexual|orientation|\btrans\b|lgbt|pronoun|disab|neuro|\bhealth|medical|relig|\bbelief|\bfaith|nationality|marital|marriage|pregnan|matern|caring|carer|veteran|\bage\b|birth|\bdob\b|biograph|\bbio\b|about (me|you)|yourself|personal|statement|comments?\b|\bnotes?\b|free text|tell us/;

const factOf = (heading: string): ImportField | undefined => {
  const name = plain(heading).replace(/ \d+$/, '');
  if (ofAnother.test(name)) return undefined;
  return facts.find(([, pattern]) => pattern.test(name))?.[0];
};

/**
 * True where the heading suggests that the column tells of identity, or of the person in their own words. Its cells are
 * never shown, and it can be used for identity alone.
 */
export const isPrivate = (heading: string): boolean =>
  factOf(heading) === undefined && ofThemselves.test(plain(heading));

/** A heading that Waymark knows. */
export const recognised = (heading: string): boolean => {
  const name = plain(heading);
  return factOf(heading) !== undefined || shared.test(name) || ofThemselves.test(name);
};

/**
 * What each column probably means; people see it and change it.
 *
 * "Match with similar identity" beside "identity to match", as in the public civil-service scheme, is left out: by that
 * scheme's rules whoever names an identity to be matched on has asked for it, and the known totals of its sample files
 * come out so and only so. Mapped to `identity-wish`, it counts: then what anybody says who did not say yes is not kept.
 */
export const guessMapping = (headings: readonly string[], side: Side): ColumnMapping[] => {
  const taken = new Set<string>();
  const once = (key: string): boolean => !taken.has(key) && taken.add(key) !== undefined;
  const mapping = headings.map((heading, column): ColumnMapping => {
    const guess = guessOf(heading, side);
    const key = guess.field === 'attribute' ? `attribute ${guess.attribute ?? ''}` : guess.field;
    const repeatable = guess.field === 'leave-out' || guess.field === 'identity';
    return repeatable || once(key) ? { column, ...guess } : { column, field: 'leave-out', attribute: null };
  });
  // Given and family name say more than the full name.
  const both = taken.has('given-name') && taken.has('family-name');
  return mapping.map((each) => (both && each.field === 'full-name' ? { ...each, field: 'leave-out' } : each));
};

const guessOf = (heading: string, side: Side): Pick<ColumnMapping, 'field' | 'attribute'> => {
  const name = plain(heading);
  const fact = factOf(heading);
  if (fact) return { field: fact === 'places' && side === 'mentees' ? 'leave-out' : fact, attribute: null };
  if (identity.test(name)) return { field: 'identity', attribute: null };
  if (side === 'mentees' && wish.test(name)) return { field: 'identity-wish', attribute: null };
  if (shared.test(name) && !isPrivate(heading)) return { field: 'attribute', attribute: attributeOf(name) };
  return { field: 'leave-out', attribute: null };
};

/** The name under which values are compared; mentors' and mentees' files often say one in the singular. */
const attributeOf = (name: string): string => {
  const own = name.replace(/^your /, '');
  if (/^skill/.test(own)) return 'skills';
  return /^professions$/.test(own) ? 'profession' : cut(own, 40);
};
