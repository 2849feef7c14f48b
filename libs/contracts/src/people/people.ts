import { z } from 'zod';
import { day, email, id, pageOf, pageQuery, queryFlag, requiredText, text } from '../platform/fields';
import { grantableRoles, roles } from '../platform/roles';
import { awardShown, awardView } from './awards';

/** A person as others see them in a list or beside a result. */
export const personCard = z.object({
  id,
  name: z.string(),
  unit: z.string().nullable(),
  grade: z.string().nullable(),
});
export type PersonCard = z.infer<typeof personCard>;

/** Skills as people read them, and current verified awards, newest first. */
const seenByAll = {
  id,
  name: z.string(),
  unit: z.string().nullable(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
  skills: z.array(z.string()),
};

/** A person of the directory. What only those see who may see records (`people.see`) is absent for everybody else. */
export const personRow = z.object({
  ...seenByAll,
  awards: z.array(z.string()),
  /** The search found them by words that are a slip or two away. */
  similar: z.boolean(),
  record: z
    .object({
      grade: z.string().nullable(),
      lineManager: z.object({ id, name: z.string() }).nullable(),
      technician: z.boolean(),
      active: z.boolean(),
      leftOn: day.nullable(),
      roles: z.array(z.enum(roles)),
      staffNumber: z.string().nullable(),
      contractUntil: day.nullable(),
      externallyFunded: z.boolean(),
    })
    .optional(),
});
export type PersonRow = z.infer<typeof personRow>;

/** `more`: a search found more than `total`, which are the first of them. */
export const peoplePage = pageOf(personRow).extend({ more: z.boolean() });
export type PeoplePage = z.infer<typeof peoplePage>;

const peopleFilters = {
  /** Words of a name, of a job title, an e-mail address; for those who may see records, a staff number. */
  search: text(100).optional(),
  /** With the units below it. */
  unit: id.optional(),
  /** The name of a skill, whatever its capitals. */
  skill: text(80).optional(),
  /** The name of an award that is held, verified and in force. */
  award: text(120).optional(),
  /** Best match first where something is searched for, else by name. */
  sort: z.enum(['match', 'name', 'unit', 'grade']).optional(),
  // From here on for those who may see records; refused for everybody else.
  grade: id.optional(),
  role: z.enum(grantableRoles).optional(),
  technician: queryFlag.optional(),
  manager: id.optional(),
  status: z.enum(['active', 'left', 'all']).optional(),
  /** The contract ends on this day or before. */
  contractBefore: day.optional(),
  externallyFunded: queryFlag.optional(),
  withoutEmail: queryFlag.optional(),
};
export const peopleQuery = z.strictObject({ ...pageQuery, ...peopleFilters });
export type PeopleQuery = z.infer<typeof peopleQuery>;
export const peopleExportQuery = z.strictObject({ ...peopleFilters, format: z.enum(['csv', 'xlsx']).default('csv') });
export type PeopleExportQuery = z.infer<typeof peopleExportQuery>;
/** Filters and orders by what only those see who may see records. */
export const recordFilters = [
  'grade',
  'role',
  'technician',
  'manager',
  'status',
  'contractBefore',
  'externallyFunded',
  'withoutEmail',
] as const;

const namedPerson = z.object({ id, name: z.string() });

/** What every colleague sees of a person who is here. */
const colleague = {
  ...seenByAll,
  givenName: z.string(),
  familyName: z.string(),
  active: z.boolean(),
  unitId: id.nullable(),
  /** From the top of the tree to the person's own unit. */
  unitPath: z.array(z.object({ id, name: z.string() })),
  /** Out of office today: until when, and who stands in. */
  away: z.object({ until: day, ask: namedPerson }).nullable(),
};

/** What whoever manages them sees besides, and whoever stands in for that manager today. */
const team = {
  ...colleague,
  grade: z.string().nullable(),
  contractUntil: day.nullable(),
  /** Running and coming. */
  delegations: z.array(z.object({ id, delegate: namedPerson, from: day, until: day })),
  reports: z.array(personCard.omit({ grade: true })),
};

/** All there is: for the person themself, and for those who may see records. */
export const personView = z.object({
  ...team,
  seenAs: z.enum(['records', 'self']),
  gradeId: id.nullable(),
  lineManager: namedPerson.nullable(),
  technician: z.boolean(),
  staffNumber: z.string().nullable(),
  externallyFunded: z.boolean(),
  leftOn: day.nullable(),
  roles: z.array(z.enum(roles)),
  rolesHeld: z.array(z.object({ id, role: z.enum(grantableRoles), from: day, until: day.nullable() })),
  awards: z.array(awardView),
  version: z.int(),
});
export type PersonView = z.infer<typeof personView>;

/** GET /api/people/:id: as much as the viewer may see; what they may not is absent. */
export const personPage = z.discriminatedUnion('seenAs', [
  z.object({ ...colleague, seenAs: z.literal('colleague'), awards: z.array(awardShown) }),
  z.object({ ...team, seenAs: z.literal('team'), awards: z.array(awardShown) }),
  personView,
]);
export type PersonPageView = z.infer<typeof personPage>;
export type SeenAs = PersonPageView['seenAs'];

/** Skills as people write them; those that differ in capitals alone are one. */
const personSkills = z.array(requiredText(80)).max(60);

/** PUT /api/people/:id/skills: one's own, or anybody's for those who may edit people. The whole list. */
export const putPersonSkills = z.strictObject({ skills: personSkills });
export type PutPersonSkills = z.infer<typeof putPersonSkills>;

/** GET /api/skills: skills that begin with or hold what was typed, those of most people first. */
export const skillsQuery = z.strictObject({ search: text(80).optional() });
export type SkillsQuery = z.infer<typeof skillsQuery>;
export const skillsView = z.object({ skills: z.array(z.object({ id, name: z.string(), people: z.int() })) });
export type SkillsView = z.infer<typeof skillsView>;

export const addPerson = z.strictObject({
  givenName: requiredText(80),
  familyName: requiredText(80),
  /** Some staff have no e-mail; a coordinator acts for them. */
  email: email.nullable(),
  jobTitle: text(120).nullable(),
  unitId: id.nullable(),
  gradeId: id.nullable(),
  lineManagerId: id.nullable(),
  technician: z.boolean(),
  staffNumber: requiredText(40).nullable().default(null),
  /** The last day of the contract; null: permanent, or not known. */
  contractUntil: day.nullable().default(null),
  /** Paid by somebody else, often not in the staff list. */
  externallyFunded: z.boolean().default(false),
  skills: personSkills.default([]),
  /** Posts the invitation in the same act; refused where there is no address. */
  invite: z.boolean().default(false),
});
export type AddPerson = z.infer<typeof addPerson>;

/** Staff number, contract, funding and skills stay as they are where they are not named. */
export const changePerson = addPerson.omit({ invite: true }).extend({
  staffNumber: requiredText(40).nullable().optional(),
  contractUntil: day.nullable().optional(),
  externallyFunded: z.boolean().optional(),
  skills: personSkills.optional(),
  version: z.int().min(1),
});
export type ChangePerson = z.infer<typeof changePerson>;

/** `from` null: today. `until` is the last day. */
export const grantRole = z.strictObject({
  role: z.enum(grantableRoles),
  from: day.nullable().default(null),
  until: day.nullable(),
});
export type GrantRole = z.infer<typeof grantRole>;
export const roleHeldParams = z.strictObject({ id, roleHeldId: id });

/** GET /api/units: every unit with the active people who belong to it directly. */
export const unitsView = z.object({
  units: z.array(z.object({ id, name: z.string(), parentId: id.nullable(), people: z.int() })),
});
export type UnitsView = z.infer<typeof unitsView>;

/** The institution's grades, lowest first. */
export const gradesView = z.object({ grades: z.array(z.object({ id, name: z.string(), people: z.int() })) });
export type GradesView = z.infer<typeof gradesView>;

/** PUT /api/grades: the whole order, lowest first; a grade left out is removed, which is refused while people hold it. */
export const putGrades = z.strictObject({
  grades: z.array(z.strictObject({ id: id.nullable(), name: requiredText(60) })).max(60),
});
export type PutGrades = z.infer<typeof putGrades>;
