/** Somebody as the institution knows them. Days as `2026-05-01`. */
export interface KnownStaff {
  id: string;
  givenName: string;
  familyName: string;
  email: string | null;
  staffNumber: string | null;
  jobTitle: string | null;
  unitId: string | null;
  gradeId: string | null;
  lineManagerId: string | null;
  technician: boolean;
  externallyFunded: boolean;
  contractUntil: string | null;
  leftOn: string | null;
}

/** The institution as it is in one transaction: what rows are judged against. */
export interface KnownInstitution {
  today: string;
  people: readonly KnownStaff[];
  units: readonly { id: string; parentId: string | null; name: string }[];
  /** Lowest first. */
  grades: readonly { id: string; name: string }[];
  skills: readonly { id: string; name: string }[];
  /** Ids of skills by person; read where the file names any. */
  skillsHeld: ReadonlyMap<string, ReadonlySet<string>>;
  /** Keys of awards by person; see `awardKey`. */
  awardsHeld: ReadonlyMap<string, ReadonlySet<string>>;
  /** Those who hold the role today. */
  administrators: ReadonlySet<string>;
  /** Their address is changed by themselves and by those alone who grant roles; see ChangePerson. */
  guarded: ReadonlySet<string>;
  /** Whoever loads the file may grant roles. */
  mayTakeOver: boolean;
  actorId: string | null;
}

export const isActive = ({ leftOn }: Pick<KnownStaff, 'leftOn'>, today: string): boolean =>
  leftOn === null || leftOn >= today;

export const nameOf = ({ givenName, familyName }: Pick<KnownStaff, 'givenName' | 'familyName'>): string =>
  `${givenName} ${familyName}`.trim();

/** One award of a person: body, award and day say which. */
export const awardKey = (award: { body: string; award: string; awardedOn: string }): string =>
  `${award.body}\n${award.award}\n${award.awardedOn}`.toLowerCase();
