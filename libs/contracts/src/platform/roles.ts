/**
 * Roles held in an institution, with dates. Technician is a flag of the person, mentor an enrolment and line manager a
 * relationship; they are listed here because each may do certain things.
 */
export const grantableRoles = [
  'coordinator',
  'programme-lead',
  'institution-administrator',
  'auditor',
  'award-verifier',
  'finance-officer',
] as const;
export const roles = ['technician', 'line-manager', 'mentor', ...grantableRoles] as const;
export type Role = (typeof roles)[number];
export type GrantableRole = (typeof grantableRoles)[number];

/** Permission asks: may this role? (Policy, in each domain, asks: may this person, on this record?) */
export const permissions = [
  'home.see',
  'account.own',
  'directory.see',
  'people.see',
  'people.edit',
  'people.grant-role',
  'people.leave',
  'people.transfer',
  'people.erase',
  'people.on-behalf',
  'awards.verify',
  'staff.import',
  'units.edit',
  'grades.edit',
  'settings.edit',
  'networks.edit',
  'audit.see',
  'jobs.see',
  'jobs.cancel',
  'rounds.see',
  'rounds.run',
  'imports.run',
  'proposals.answer',
  'pots.see',
  'pots.manage',
  /** To see calls, apply, endorse, review, answer an award and claim: policy says on which records. */
  'funding.take-part',
  'calls.see',
  'calls.manage',
  'allocation.see',
  'allocation.propose',
  'allocation.approve',
  'claims.see',
  'claims.decide',
] as const;
export type Permission = (typeof permissions)[number];

/** What everybody who is signed in may do. */
export const permissionsOfEveryone: readonly Permission[] = [
  'home.see',
  'account.own',
  'directory.see',
  'proposals.answer',
  'funding.take-part',
];

export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  technician: [],
  'line-manager': [],
  mentor: [],
  coordinator: [
    'people.see',
    'people.edit',
    'people.leave',
    'people.on-behalf',
    'staff.import',
    'units.edit',
    'grades.edit',
    'jobs.see',
    'jobs.cancel',
    'rounds.see',
    'rounds.run',
    'imports.run',
    'pots.see',
    'calls.see',
    'calls.manage',
    'allocation.see',
    'allocation.propose',
    'claims.see',
  ],
  'programme-lead': ['people.see', 'rounds.see', 'pots.see', 'calls.see', 'allocation.see', 'allocation.approve'],
  'institution-administrator': [
    'people.see',
    'people.edit',
    'people.grant-role',
    'people.leave',
    'people.transfer',
    'people.erase',
    'staff.import',
    'units.edit',
    'grades.edit',
    'settings.edit',
    'networks.edit',
    'jobs.see',
    'jobs.cancel',
  ],
  auditor: [
    'people.see',
    'rounds.see',
    'audit.see',
    'jobs.see',
    'pots.see',
    'calls.see',
    'allocation.see',
    'claims.see',
  ],
  'award-verifier': ['awards.verify'],
  'finance-officer': ['pots.see', 'pots.manage', 'calls.see', 'claims.see', 'claims.decide'],
};

export const permissionsOf = (held: readonly Role[]): Set<Permission> =>
  new Set([...permissionsOfEveryone, ...held.flatMap((role) => permissionsOfRole[role])]);
