import type { StaffColumn, StaffField, StaffFileKind } from '@waymark/contracts';

/** A heading as it is compared: `E-Mail_Address` is `e mail address`. */
export const plainHeading = (heading: string): string =>
  heading
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const number = '(number|no|nr|id|ref|reference|code)';
const staff = '(staff|employee|payroll|personnel|person|hr|empl|emp|assignment|worker)';
const manager = '(line manager|manager|reports to|supervisor|line managers|managers)';

const patterns: readonly (readonly [StaffField, RegExp])[] = [
  ['manager-staff-number', new RegExp(`^${manager}( ${staff})?( ${number})$|^${staff} ${number} of (line )?manager$`)],
  ['manager-email', new RegExp(`^${manager}( work)? e ?mail( address)?$|^e ?mail of (line )?manager$`)],
  ['staff-number', new RegExp(`^(${staff} )?${number}$|^${staff}( ${number})?$|^${staff}${number}$`)],
  ['email', /^((work|university|college|staff|primary|business|contact|employee) )*e ?mail( address(es)?)?$/],
  ['given-name', /^((legal|preferred) )?(first|given|fore) ?names?( s)?$|^known as$/],
  ['family-name', /^((last|family) ?names?|surnames?)$/],
  ['full-name', /^((full|display|staff|employee|person|persons) )?name$|^name of (staff|employee|person)$/],
  ['job-title', /^((current) )?(job|post|position|role)( title| role| name)?$/],
  ['unit-1', /^(faculty|college|org(anisation)?( unit)? level 1|unit( level)? 1|level 1)$/],
  ['unit-2', /^(school|directorate|org(anisation)?( unit)? level 2|unit( level)? 2|level 2)$/],
  ['unit-3', /^(group|team|section|org(anisation)?( unit)? level 3|unit( level)? 3|level 3)$/],
  ['unit', /^(unit|department|dept|division|function|org(anisation(al)?)? unit|cost centre name|area)( name| path)?$/],
  ['grade', /^((pay|salary|job|current) )*(grade|band|payband|scale)( name)?$/],
  ['technician', /^(is )?(a )?technician(s)?( flag| yes no| y n)?$|^technical staff$/],
  ['externally-funded', /^(is )?(externally|external(ly)?) fund(ed|ing)( flag| yes no)?$/],
  [
    'contract-until',
    /^(contract|appointment|fixed term|fte contract|fixed term contract) (until|end|ends|end date|expiry|expiry date|to)$/,
  ],
  ['left-on', /^(left( on)?|leaving date|leave date|date of leaving|last (working )?day|termination date|date left)$/],
  ['skills', /^(skills?|skill set|expertise|specialisms?|techniques?)$/],
  ['award-body', /^(award(ing)? |licensed |professional |accrediting )body$|^body$/],
  ['award-number', /^(award|registration|registrant|membership) (number|no|id)$/],
  ['awarded-on', /^(awarded( on)?|date awarded|award date|registered( on)?|date of (award|registration))$/],
  ['award-valid-to', /^(award )?(valid (to|until)|expires?( on)?|expiry( date)?|revalidation due)$/],
  ['award', /^(award|registration|professional registration|award held|registered as|professional award)( name)?$/],
];

/** Levels of a path stand for a unit by themselves where no other heading does. */
const alone: Readonly<Partial<Record<StaffField, StaffField>>> = {
  'unit-1': 'unit',
  'unit-2': 'unit',
  'unit-3': 'unit',
};

const fieldOf = (heading: string): StaffField | null => {
  const name = plainHeading(heading);
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
};

/** A heading that Waymark knows. */
export const recognised = (heading: string): boolean => fieldOf(heading) !== null;

const awardFields: readonly StaffField[] = ['award-body', 'award', 'award-number', 'awarded-on', 'award-valid-to'];
const keys: readonly StaffField[] = ['staff-number', 'email'];
const names: readonly StaffField[] = ['given-name', 'family-name', 'full-name'];

/** What a file of each kind can hold; null: everything. */
export const fieldsOfKind: Readonly<Record<StaffFileKind, readonly StaffField[] | null>> = {
  staff: null,
  managers: [...keys, ...names, 'manager-staff-number', 'manager-email'],
  skills: [...keys, ...names, 'skills'],
  awards: [...keys, ...names, ...awardFields],
};

/** What each column probably means; people see it and change it. */
export const guessMapping = (headings: readonly string[], kind: StaffFileKind): StaffColumn[] => {
  const taken = new Set<StaffField>();
  const allowed = fieldsOfKind[kind];
  let mapping = headings.map((heading, column): StaffColumn => {
    const field = fieldOf(heading);
    if (field === null || taken.has(field) || (allowed && !allowed.includes(field))) return { column, field: null };
    taken.add(field);
    return { column, field };
  });
  // Given and family name say more than the full name.
  if (taken.has('given-name') && taken.has('family-name')) mapping = without(mapping, 'full-name');
  // One level alone is the unit.
  const levels = mapping.filter(({ field }) => field && alone[field]);
  if (levels.length === 1 && !taken.has('unit')) {
    mapping = mapping.map((each) => (each === levels[0] ? { ...each, field: 'unit' } : each));
  }
  // Faculty, school and department together are a path, the department its last step.
  if (levels.length > 0 && taken.has('unit')) {
    const free = (['unit-1', 'unit-2', 'unit-3'] as const).find(
      (level) => !taken.has(level) && levels.every(({ field }) => (field ?? '') < level),
    );
    mapping = mapping.map((each) => (each.field === 'unit' ? { ...each, field: free ?? null } : each));
  }
  return mapping;
};

const without = (mapping: readonly StaffColumn[], field: StaffField): StaffColumn[] =>
  mapping.map((each) => (each.field === field ? { ...each, field: null } : each));

/** Files with these headings, whatever their case and punctuation, are mapped alike. */
export const headingsKey = (headings: readonly string[]): string => headings.map(plainHeading).join('\n');
