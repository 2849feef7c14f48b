import { Refused } from '@waymark/api-platform';
import { type Permission, type PersonPageView, type PersonView, recordFilters, type SeenAs } from '@waymark/contracts';

/** The one asking: `standsInFor` are those whose place they hold today, themself included. */
export interface Viewer {
  personId: string;
  permissions: ReadonlySet<Permission>;
  standsInFor: readonly string[];
}

/** What the decision needs of the person who is looked at. */
export interface Seen {
  id: string;
  active: boolean;
  lineManagerId: string | null;
}

/**
 * As whom somebody sees a person: with their whole record, as themself, as their line manager (or who stands in for that one
 * today), or as a colleague. Null: not at all, since people who left are not in the directory.
 */
export const seenAs = (viewer: Viewer, person: Seen): SeenAs | null => {
  if (viewer.permissions.has('people.see')) return 'records';
  if (viewer.personId === person.id) return 'self';
  if (!person.active) return null;
  if (person.lineManagerId !== null && viewer.standsInFor.includes(person.lineManagerId)) return 'team';
  return 'colleague';
};

type Field = Exclude<keyof PersonView, 'seenAs'>;

const colleague = [
  'id',
  'name',
  'givenName',
  'familyName',
  'active',
  'unit',
  'unitId',
  'unitPath',
  'jobTitle',
  'email',
  'skills',
  'awards',
  'away',
] as const satisfies readonly Field[];
const team = [...colleague, 'grade', 'contractUntil', 'delegations', 'reports'] as const satisfies readonly Field[];
const all = [
  ...team,
  'gradeId',
  'lineManager',
  'technician',
  'staffNumber',
  'externallyFunded',
  'leftOn',
  'roles',
  'rolesHeld',
  'version',
] as const satisfies readonly Field[];

/** Which fields are there; all others are absent. Of awards, colleagues and managers see those in force alone. */
export const visibleFields: Readonly<Record<SeenAs, readonly Field[]>> = {
  colleague,
  team,
  self: all,
  records: all,
};

/** A person as the viewer sees them. */
export const shownTo = (as: SeenAs, person: PersonView, today: string): PersonPageView => {
  const fields = Object.fromEntries(visibleFields[as].map((field) => [field, person[field]]));
  if (as === 'records' || as === 'self') return { ...fields, seenAs: as } as PersonPageView;
  const awards = person.awards
    .filter(({ status, validTo }) => status === 'verified' && (validTo === null || validTo >= today))
    .map(({ id, award, body, awardedOn, validTo }) => ({ id, award, body, awardedOn, validTo }));
  return { ...fields, awards, seenAs: as } as PersonPageView;
};

/** Whoever may not see records may not sift by them either: what a filter finds tells what it asks for. */
export const refuseRecordFilters = (
  permissions: ReadonlySet<Permission>,
  query: Readonly<Partial<Record<(typeof recordFilters)[number] | 'sort', unknown>>>,
): void => {
  if (permissions.has('people.see')) return;
  if (query.sort === 'grade' || recordFilters.some((name) => query[name] !== undefined))
    throw new Refused('not-allowed');
};
