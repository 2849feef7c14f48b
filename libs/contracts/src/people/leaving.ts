import { z } from 'zod';
import { day, email, id, instant, pageOf, pageQuery, text, version } from '../platform/fields';
import { grantableRoles } from '../platform/roles';
import { personCard } from './people';

/* Leaving an institution, and moving to another one of a shared network. */

/** Somebody who reports to the one who leaves, and to whom they pass: null where nobody active is above. */
const reportPassing = z.object({ id, name: z.string(), passesTo: z.object({ id, name: z.string() }).nullable() });

export const transferStatuses = ['asked', 'accepted', 'declined', 'cancelled'] as const;
export type TransferStatus = (typeof transferStatuses)[number];

/** GET /api/people/:id/leaving: where somebody stands, and what follows when they leave. */
export const leavingView = z.object({
  id,
  name: z.string(),
  /** `leaving`: the last day is set and has not passed. */
  status: z.enum(['active', 'leaving', 'left']),
  lastDay: day.nullable(),
  /** In the institution's time zone; a last day lies at most a year back. */
  today: day,
  earliest: day,
  follows: z.object({
    roles: z.array(z.enum(grantableRoles)),
    /** Delegations to and from the person that would go on beyond the day. */
    delegations: z.int(),
    reports: z.array(reportPassing),
    reportsTotal: z.int(),
    signsIn: z.boolean(),
  }),
  /** The newest transfer to another institution, unless it was declined or cancelled. */
  transfer: z
    .object({ id, status: z.enum(transferStatuses), institution: z.string(), lastDay: day, firstDay: day, version })
    .nullable(),
  /** Why the person cannot leave. */
  refused: z.enum(['last-administrator']).nullable(),
  may: z.object({ leave: z.boolean(), undo: z.boolean(), comeBack: z.boolean(), transfer: z.boolean() }),
  version: z.int(),
});
export type LeavingView = z.infer<typeof leavingView>;

/** The last day, included: active until its end by the institution's clock. Refused more than a year back. */
export const markLeaving = z.strictObject({ lastDay: day, version });
export type MarkLeaving = z.infer<typeof markLeaving>;
/** Takes the last day back while it has not passed; afterwards the person comes back, and nothing that ended returns. */
export const takeLeavingBack = z.strictObject({ version });
export type TakeLeavingBack = z.infer<typeof takeLeavingBack>;

/** Active people whose line manager has left, with nobody active above. */
export const peopleWithoutManager = pageOf(personCard.extend({ manager: z.string() }));
export type PeopleWithoutManager = z.infer<typeof peopleWithoutManager>;
export const peopleWithoutManagerQuery = z.strictObject({ ...pageQuery });
export type PeopleWithoutManagerQuery = z.infer<typeof peopleWithoutManagerQuery>;

const transferredAward = z.object({
  body: z.string(),
  award: z.string(),
  number: z.string().nullable(),
  awardedOn: day,
  validTo: day.nullable(),
  status: z.enum(['declared', 'verified', 'rejected', 'lapsed']),
  /** When it was verified or rejected, by the institution the person comes from. */
  decidedAt: instant.nullable(),
});

/** What the institution that somebody leaves hands on to the other. */
export const transferCard = z.object({
  institution: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  email: z.string().nullable(),
  jobTitle: z.string().nullable(),
  unit: z.string().nullable(),
  grade: z.string().nullable(),
  technician: z.boolean(),
  externallyFunded: z.boolean(),
  skills: z.array(z.string()),
  awards: z.array(transferredAward),
});
export type TransferCard = z.infer<typeof transferCard>;

/** What the other institution answers: where the person will be. */
export const transferToCard = z.object({
  institution: z.string(),
  unit: z.string().nullable(),
  grade: z.string().nullable(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
});
export type TransferToCard = z.infer<typeof transferToCard>;

/** GET /api/transfers/institutions: those of shared networks. */
export const transferInstitutions = z.object({
  institutions: z.array(z.object({ id, name: z.string(), networks: z.array(z.string()) })),
});
export type TransferInstitutions = z.infer<typeof transferInstitutions>;

/** POST /api/people/:id/transfers. The last day here is today at the earliest, the first day there after it. */
export const startTransfer = z.strictObject({ toInstitutionId: id, lastDay: day, firstDay: day });
export type StartTransfer = z.infer<typeof startTransfer>;

export const transferView = z.object({
  id,
  /** `out`: from this institution; `in`: to it. */
  direction: z.enum(['out', 'in']),
  status: z.enum(transferStatuses),
  from: z.string(),
  to: z.string(),
  /** The record here: of the one who leaves, or, once accepted, of the one who comes. */
  personId: id.nullable(),
  /** Null once the person's data were erased; for the institution that was asked also where nobody comes. */
  card: transferCard.nullable(),
  lastDay: day,
  firstDay: day,
  startedAt: instant,
  decidedAt: instant.nullable(),
  may: z.object({ cancel: z.boolean(), decide: z.boolean() }),
  version: z.int(),
});
export type TransferView = z.infer<typeof transferView>;

export const transfersPage = pageOf(
  transferView
    .pick({ id: true, direction: true, status: true, from: true, to: true, lastDay: true, firstDay: true })
    .extend({
      name: z.string(),
    }),
);
export type TransfersPage = z.infer<typeof transfersPage>;
export const transfersQuery = z.strictObject({ ...pageQuery, status: z.enum(transferStatuses).optional() });
export type TransfersQuery = z.infer<typeof transfersQuery>;

/** The record there. The address may be another one than before; the grade, unit and line manager are the institution's own. */
export const acceptTransfer = z.strictObject({
  version,
  email: email.nullable(),
  jobTitle: text(120).nullable(),
  unitId: id.nullable(),
  gradeId: id.nullable(),
  lineManagerId: id.nullable(),
});
export type AcceptTransfer = z.infer<typeof acceptTransfer>;
export const onTransfer = z.strictObject({ version });
export type OnTransfer = z.infer<typeof onTransfer>;

/**
 * Topic `transfer.accepted`, in the institution that the person leaves: their last day is set, and their pairs are asked
 * whether they go on. Handlers are safe to repeat.
 */
export const TRANSFER_ACCEPTED = 'transfer.accepted';
export const transferAccepted = z.object({ transferId: id });
/** The same event in the institution that is asked: somebody would come. */
export const TRANSFER_ASKED = 'transfer.asked';
/** The same where the other institution has declined. */
export const TRANSFER_DECLINED = 'transfer.declined';
