import { z } from 'zod';
import { day, email, id, pageOf, pageQuery, requiredText, text } from '../platform/fields';
import { grantableRoles, roles } from '../platform/roles';

/** A person as others see them in a list or beside a result. */
export const personCard = z.object({
  id,
  name: z.string(),
  unit: z.string().nullable(),
  grade: z.string().nullable(),
});
export type PersonCard = z.infer<typeof personCard>;

export const personRow = personCard.extend({
  email: z.string().nullable(),
  jobTitle: z.string().nullable(),
  lineManager: z.object({ id, name: z.string() }).nullable(),
  technician: z.boolean(),
  active: z.boolean(),
  roles: z.array(z.enum(roles)),
});
export type PersonRow = z.infer<typeof personRow>;

export const peoplePage = pageOf(personRow);
export type PeoplePage = z.infer<typeof peoplePage>;

export const peopleQuery = z.strictObject({
  ...pageQuery,
  /** Part of a name or of an e-mail address. */
  search: text(100).optional(),
  unit: id.optional(),
  role: z.enum(grantableRoles).optional(),
  sort: z.enum(['name', 'unit', 'grade']).default('name'),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;

export const personView = personRow.extend({
  givenName: z.string(),
  familyName: z.string(),
  unitId: id.nullable(),
  gradeId: id.nullable(),
  staffNumber: z.string().nullable(),
  rolesHeld: z.array(z.object({ id, role: z.enum(grantableRoles), from: day, until: day.nullable() })),
  awards: z.array(
    z.object({ award: z.string(), body: z.string(), awardedOn: day, validTo: day.nullable(), status: z.string() }),
  ),
  reports: z.array(personCard),
  version: z.int(),
});
export type PersonView = z.infer<typeof personView>;

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
});
export type AddPerson = z.infer<typeof addPerson>;

export const changePerson = addPerson.extend({ version: z.int().min(1) });
export type ChangePerson = z.infer<typeof changePerson>;

export const grantRole = z.strictObject({ role: z.enum(grantableRoles), until: day.nullable() });
export type GrantRole = z.infer<typeof grantRole>;
export const roleHeldParams = z.strictObject({ id, roleHeldId: id });

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
