import type { Role } from '@waymark/contracts';

/** What each role is called on screen. */
export const roleWords: Readonly<Record<Role, string>> = {
  technician: $localize`Technician`,
  'line-manager': $localize`Line manager`,
  mentor: $localize`Mentor`,
  coordinator: $localize`Coordinator`,
  'programme-lead': $localize`Programme lead`,
  'institution-administrator': $localize`Institution administrator`,
  auditor: $localize`Auditor`,
  'award-verifier': $localize`Award verifier`,
  'finance-officer': $localize`Finance officer`,
};

/** Roles in one line: "Technician and line manager". */
export const rolesInWords = (roles: readonly Role[]): string => {
  const names = roles.map((role, index) => (index === 0 ? roleWords[role] : lowerFirst(roleWords[role])));
  return new Intl.ListFormat($localize.locale ?? 'en-GB', { type: 'conjunction' }).format(names);
};

const lowerFirst = (words: string): string => words.charAt(0).toLocaleLowerCase() + words.slice(1);
