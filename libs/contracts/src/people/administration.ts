import { z } from 'zod';
import { day, email, id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';
import { grantableRoles } from '../platform/roles';
import { personCard } from './people';

export const nations = ['england-and-wales', 'scotland', 'northern-ireland'] as const;
export type Nation = (typeof nations)[number];

/** How long what is kept, in days: the least, what holds where nothing was set, and the most. The audit is kept for ever. */
export const keptDays = {
  /** Letters: to whom, what about and, where no mail server took them, their text. */
  mail: { least: 30, usual: 365, most: 3650 },
  /** Rows of files that were loaded and never applied, and what is kept of those that were. */
  importFiles: { least: 7, usual: 90, most: 3650 },
  /** Answers of commands, kept so that one sent twice is done once. */
  commands: { least: 1, usual: 30, most: 365 },
  /** Sessions after their end, and links in mail that were used or ran out. */
  sessions: { least: 0, usual: 30, most: 365 },
  /** Long work that ended, with what stopped it; what a record still points to stays with the record. */
  jobs: { least: 7, usual: 180, most: 3650 },
  /** After somebody's last day, until erasing their personal data is suggested. Nothing is erased by itself. */
  leavers: { least: 30, usual: 730, most: 7300 },
} as const;
export type Kept = keyof typeof keptDays;

const days = (kept: Kept) => z.int().min(keptDays[kept].least).max(keptDays[kept].most);
const retention = z.strictObject({
  mail: days('mail'),
  importFiles: days('importFiles'),
  commands: days('commands'),
  sessions: days('sessions'),
  jobs: days('jobs'),
  leavers: days('leavers'),
});

/** GET /api/settings */
export const settingsView = z.object({
  name: z.string(),
  nation: z.enum(nations),
  timeZone: z.string(),
  retention: z.object({
    mail: z.int(),
    importFiles: z.int(),
    commands: z.int(),
    sessions: z.int(),
    jobs: z.int(),
    leavers: z.int(),
  }),
  /** People who left longer ago than `retention.leavers` and whose personal data are still here. */
  erasureSuggested: z.int(),
  version,
});
export type SettingsView = z.infer<typeof settingsView>;

/** PUT /api/settings. `timeZone` is one of `timeZonesView`, else refused as invalid. */
export const changeSettings = z.strictObject({
  name: requiredText(120),
  nation: z.enum(nations),
  timeZone: requiredText(60),
  retention,
  version,
});
export type ChangeSettings = z.infer<typeof changeSettings>;

/** GET /api/settings/time-zones: IANA names that server and database both know, by name. */
export const timeZonesView = z.object({ timeZones: z.array(z.string()) });
export type TimeZonesView = z.infer<typeof timeZonesView>;

/** Days on which the institution is closed, by year (this one where nothing is said), with its nation's bank holidays. */
export const closureDaysQuery = z.strictObject({ year: z.coerce.number().int().min(2000).max(2199).optional() });
export const closureDaysView = z.object({
  year: z.int(),
  /** Adjoining days of one name as one line, in order. */
  closures: z.array(z.object({ name: z.string(), from: day, until: day, days: z.int() })),
  bankHolidays: z.array(day),
  /** The years for which bank holidays are known; beyond them weekends and closure days alone are taken off. */
  bankHolidaysKnown: z.object({ from: z.int(), until: z.int() }),
});
export type ClosureDaysView = z.infer<typeof closureDaysView>;

/** So many days may be closed at a stretch. */
export const closureDaysMost = 62;
export const addClosureDays = z.strictObject({ name: requiredText(80), from: day, until: day });
export type AddClosureDays = z.infer<typeof addClosureDays>;
export const removeClosureDays = z.strictObject({ from: day, until: day });
export type RemoveClosureDays = z.infer<typeof removeClosureDays>;

/** GET /api/units/tree: every unit with whom it holds; `people` counts those who left too, since their records stay. */
export const unitTree = z.object({
  units: z.array(
    z.object({ id, name: z.string(), parentId: id.nullable(), people: z.int(), active: z.int(), version }),
  ),
});
export type UnitTree = z.infer<typeof unitTree>;
export type UnitOfTree = UnitTree['units'][number];

export const addUnit = z.strictObject({ name: requiredText(120), parentId: id.nullable() });
export type AddUnit = z.infer<typeof addUnit>;
/** Renames or moves. Never below itself: refused as `unit-cycle`. */
export const changeUnit = addUnit.extend({ version });
export type ChangeUnit = z.infer<typeof changeUnit>;
/** Its people and the units directly below it go to `into`, and it is removed. */
export const mergeUnit = z.strictObject({ into: id, version });
export type MergeUnit = z.infer<typeof mergeUnit>;
export const removeUnit = z.strictObject({ version });

/** Who holds what, and held or will hold it. */
export const roleStates = ['now', 'later', 'past'] as const;
export type RoleState = (typeof roleStates)[number];
const roleRow = z.object({
  id,
  person: personCard,
  role: z.enum(grantableRoles),
  from: day,
  /** The last day: it counts, the next does not. */
  until: day.nullable(),
  state: z.enum(roleStates),
  /** Null: at the set-up, or by an import of records. */
  grantedBy: z.string().nullable(),
});
export type RoleRow = z.infer<typeof roleRow>;
export const rolesPage = pageOf(roleRow);
export type RolesPage = z.infer<typeof rolesPage>;
export const rolesQuery = z.strictObject({
  ...pageQuery,
  search: text(100).optional(),
  role: z.enum(grantableRoles).optional(),
  state: z.enum(roleStates).optional(),
});
export type RolesQuery = z.infer<typeof rolesQuery>;

export const delegationReasons = ['holiday', 'out-of-office', 'other'] as const;
export type DelegationReason = (typeof delegationReasons)[number];

const named = z.object({ id, name: z.string() });
const delegation = z.object({
  id,
  person: named,
  delegate: named,
  reason: z.enum(delegationReasons),
  from: day,
  /** The last day. */
  until: day,
  state: z.enum(roleStates),
});

/** Why somebody decides today: the line manager; who stands in for them; or a manager further up, or who stands in there. */
export const approverReasons = ['line-manager', 'delegate', 'next-manager', 'delegate-of-next-manager'] as const;
export type ApproverReason = (typeof approverReasons)[number];
export const passedOverReasons = ['left', 'away', 'own-request'] as const;
export type PassedOverReason = (typeof passedOverReasons)[number];

/** GET /api/people/:id/delegations */
export const delegationsView = z.object({
  /** Running and coming, soonest first, then the last few that are over. */
  delegations: z.array(delegation),
  /** For whom this person stands in, running and coming. */
  standsInFor: z.array(delegation),
  /** Who decides today on what this person asks for; `decides` is null where nobody is left to. */
  approver: z.object({
    decides: named.nullable(),
    because: z.enum(approverReasons).nullable(),
    /** The manager whom `decides` stands in for. */
    inPlaceOf: named.nullable(),
    passedOver: z.array(z.object({ person: named, because: z.enum(passedOverReasons) })),
  }),
  /** Whether the viewer may add and end them. */
  mayEdit: z.boolean(),
});
export type DelegationsView = z.infer<typeof delegationsView>;
export type DelegationView = DelegationsView['delegations'][number];

export const addDelegation = z.strictObject({
  delegateId: id,
  reason: z.enum(delegationReasons),
  from: day,
  until: day,
});
export type AddDelegation = z.infer<typeof addDelegation>;
export const delegationParams = z.strictObject({ id, delegationId: id });

/** GET /api/people/alike: who is here already and may be the same person. */
export const alikeQuery = z.strictObject({
  givenName: text(80).default(''),
  familyName: text(80).default(''),
  email: text(254).optional(),
  staffNumber: text(40).optional(),
});
export type AlikeQuery = z.infer<typeof alikeQuery>;
export const alikeReasons = ['name', 'email', 'staff-number'] as const;
export type AlikeReason = (typeof alikeReasons)[number];
export const alikeView = z.object({
  people: z.array(
    personCard.extend({
      email: z.string().nullable(),
      staffNumber: z.string().nullable(),
      active: z.boolean(),
      because: z.array(z.enum(alikeReasons)),
    }),
  ),
});
export type AlikeView = z.infer<typeof alikeView>;

/** GET /api/networks: the institution's own networks, and the invitations that wait for its answer. */
export const networkActs = [
  'network.create',
  'network.invite',
  'network.withdraw-invitation',
  'network.join',
  'network.decline',
  'network.leave',
  'network.close',
  'network.member-joined',
  'network.member-left',
] as const;
export const networksView = z.object({
  networks: z.array(
    z.object({
      id,
      name: z.string(),
      joinedAt: instant,
      members: z.array(z.object({ id, name: z.string(), joinedAt: instant, own: z.boolean() })),
      /** Invitations that this institution sent and that are open. */
      invitations: z.array(z.object({ id, email: z.string(), createdAt: instant, expiresAt: instant })),
    }),
  ),
  received: z.array(
    z.object({ id, network: z.string(), from: z.string(), email: z.string(), createdAt: instant, expiresAt: instant }),
  ),
  /** From the audit, newest first. */
  history: z.array(
    z.object({ at: instant, act: z.enum(networkActs), by: z.string().nullable(), network: z.string().nullable() }),
  ),
});
export type NetworksView = z.infer<typeof networksView>;

export const createNetwork = z.strictObject({ name: requiredText(120) });
export type CreateNetwork = z.infer<typeof createNetwork>;
export const inviteToNetwork = z.strictObject({ email });
export type InviteToNetwork = z.infer<typeof inviteToNetwork>;
export const networkInvitationParams = z.strictObject({ id, invitationId: id });
