import { z } from 'zod';
import { day, id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';

/**
 * An award held: `declared → verified | rejected`. Lapsed is computed from `validTo`, and ends when the award is renewed. An
 * award is *current* while it is verified and has not lapsed.
 */
export const awardStatuses = ['declared', 'verified', 'rejected', 'lapsed'] as const;
export type AwardStatus = (typeof awardStatuses)[number];

/** Why an award could not be confirmed; the web owns the wording. */
export const awardRejections = ['not-in-register', 'details-differ', 'proof-missing', 'other'] as const;
export type AwardRejection = (typeof awardRejections)[number];

/** A current award as everybody in the institution sees it. */
export const awardShown = z.object({
  id,
  award: z.string(),
  body: z.string(),
  awardedOn: day,
  validTo: day.nullable(),
});
export type AwardShown = z.infer<typeof awardShown>;

/** An award as its holder and those who may see records see it. */
export const awardView = awardShown.extend({
  /** Number in the register of its body. */
  number: z.string().nullable(),
  status: z.enum(awardStatuses),
  /** Who verified or rejected it, and when; null while it is declared, or where an import brought it. */
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  rejectedFor: z.enum(awardRejections).nullable(),
  version,
});
export type AwardView = z.infer<typeof awardView>;

/** POST /api/awards: one's own. `validTo` is the last day, null for one that does not run out. */
export const declareAward = z
  .strictObject({
    body: requiredText(120),
    award: requiredText(120),
    number: text(60).nullable(),
    awardedOn: day,
    validTo: day.nullable(),
  })
  .refine(({ awardedOn, validTo }) => validTo === null || validTo >= awardedOn, {
    path: ['validTo'],
    error: 'before-the-first',
  });
export type DeclareAward = z.infer<typeof declareAward>;

/** PUT /api/awards/:id: one's own, while it is declared. */
export const changeAward = z
  .strictObject({
    body: requiredText(120),
    award: requiredText(120),
    number: text(60).nullable(),
    awardedOn: day,
    validTo: day.nullable(),
    version,
  })
  .refine(({ awardedOn, validTo }) => validTo === null || validTo >= awardedOn, {
    path: ['validTo'],
    error: 'before-the-first',
  });
export type ChangeAward = z.infer<typeof changeAward>;

/** One's own awards, newest first. */
export const ownAwards = z.object({ awards: z.array(awardView) });
export type OwnAwards = z.infer<typeof ownAwards>;

/** The queue of those who verify: an award and whose it is. */
export const awardRow = awardView.extend({
  person: z.object({ id, name: z.string(), unit: z.string().nullable(), email: z.string().nullable() }),
  /** Nobody decides on their own award. */
  own: z.boolean(),
});
export type AwardRow = z.infer<typeof awardRow>;
export const awardsPage = pageOf(awardRow);
export type AwardsPage = z.infer<typeof awardsPage>;
export const awardsQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(awardStatuses).default('declared'),
  /** Part of a person's name, an award, its body or a number. */
  search: text(100).optional(),
});
export type AwardsQuery = z.infer<typeof awardsQuery>;

export const verifyAward = z.strictObject({ version });
export type VerifyAward = z.infer<typeof verifyAward>;
export const rejectAward = z.strictObject({ version, reason: z.enum(awardRejections) });
export type RejectAward = z.infer<typeof rejectAward>;
/** A verified award, run out or about to, holds until another day. */
export const renewAward = z.strictObject({ version, validTo: day.nullable() });
export type RenewAward = z.infer<typeof renewAward>;

/** GET /api/awards/names: the awards that somebody holds now, for a filter. */
export const awardNames = z.object({ awards: z.array(z.object({ award: z.string(), people: z.int() })) });
export type AwardNames = z.infer<typeof awardNames>;
