import { z } from 'zod';
import { day, id, plannedDay, requiredText, text } from '../platform/fields';
import { eligibilityRules } from './calls';
import { amountPence, penceMost } from './money';

/* Applications: what is written, what was submitted, and how it stands. */

export const applicationStatuses = [
  'draft',
  'submitted',
  'endorsed',
  'returned',
  'declined',
  'unendorsed',
  'eligible',
  'ineligible',
  'scored',
  'awarded',
  'part-awarded',
  'reserve',
  'unsuccessful',
  'withdrawn',
  'call-cancelled',
] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

export const costCategories = [
  'registration',
  'travel',
  'accommodation',
  'subsistence',
  'carer-and-access',
  'other',
] as const;
export type CostCategory = (typeof costCategories)[number];

/** Another currency, and what a pound of ours was worth of it: `EUR`, `1.1628`, `2026-04-10`. Noted, never computed with. */
const foreign = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  amount: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/),
  rate: z.string().regex(/^\d{1,6}(\.\d{1,6})?$/),
  on: day,
});

export const costLine = z.strictObject({
  id,
  category: z.enum(costCategories),
  what: requiredText(120),
  note: text(200),
  amountPence,
  foreign: foreign.nullable(),
});
export type CostLine = z.infer<typeof costLine>;

export const takesPartAs = ['attending', 'poster', 'talk', 'workshop'] as const;
export const sharingWays = ['staff-meeting', 'newsletter', 'workshop', 'demonstration', 'report', 'other'] as const;

/**
 * A complete application. Asked = costs − other funding that is confirmed; it is computed, never typed. The least amount is at
 * most what is asked.
 */
export const applicationDocument = z.strictObject({
  event: z.strictObject({
    name: requiredText(200),
    place: requiredText(120),
    startsOn: plannedDay,
    endsOn: plannedDay,
    link: z.union([z.literal(''), z.httpUrl().max(500)]),
    as: z.enum(takesPartAs),
    /** Whether the award hangs on an abstract that has not been accepted yet. */
    onAbstract: z.boolean(),
  }),
  costs: z.array(costLine).min(1).max(40),
  otherFunding: z.array(z.strictObject({ id, from: requiredText(120), amountPence, confirmed: z.boolean() })).max(10),
  leastPence: amountPence,
  /** What has to be paid before the event: by an advance, the department's card, or the person. */
  upFront: z.strictObject({
    amountPence: z.int().min(0).max(penceMost),
    by: z.enum(['nothing', 'advance', 'department-card', 'own-money']),
  }),
  case: requiredText(20_000),
  objectives: z.array(requiredText(300)).min(1).max(5),
  sharing: z.strictObject({ way: z.enum(sharingWays), how: text(500) }),
  /** By question: `{ "<question id>": "…" }`; yes and no are `yes` and `no`. */
  answers: z.record(id, text(20_000)),
});
export type ApplicationDocument = z.infer<typeof applicationDocument>;

/**
 * The same while it is being written: anything may be missing or not right yet, and amounts are as they were typed, so that
 * nothing typed is lost. What is missing is said by `missingOf`.
 */
export const applicationDraft = z.strictObject({
  event: z.strictObject({
    name: text(200),
    place: text(120),
    startsOn: text(10),
    endsOn: text(10),
    link: text(500),
    as: z.enum(takesPartAs).nullable(),
    onAbstract: z.boolean(),
  }),
  costs: z
    .array(
      z.strictObject({
        id,
        category: z.enum(costCategories),
        what: text(120),
        note: text(200),
        amount: text(40),
        foreign: z.strictObject({ currency: text(3), amount: text(20), rate: text(20), on: text(10) }).nullable(),
      }),
    )
    .max(40),
  otherFunding: z.array(z.strictObject({ id, from: text(120), amount: text(40), confirmed: z.boolean() })).max(10),
  least: text(40),
  upFront: z.strictObject({
    amount: text(40),
    by: z.enum(['nothing', 'advance', 'department-card', 'own-money']).nullable(),
  }),
  case: text(20_000),
  objectives: z.array(text(300)).max(5),
  sharing: z.strictObject({ way: z.enum(sharingWays).nullable(), how: text(500) }),
  answers: z
    .record(id, text(20_000))
    .refine((answers) => Object.keys(answers).length <= 40, { error: 'too-many-answers' }),
});
export type ApplicationDraft = z.infer<typeof applicationDraft>;

/** A rule as it was judged: `warns` passes now and will stop passing, `unknown` cannot be told yet. */
export const ruleResult = z.object({
  rule: z.enum(eligibilityRules),
  verdict: z.enum(['passes', 'warns', 'fails', 'unknown']),
  /** Figures and days that the wording needs: `{ askedPence, capPence }`, `{ subject, dueOn }` … */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
});
export type RuleResult = z.infer<typeof ruleResult>;

/** What happened to an application: the timeline's lines, in words of ours. */
export const applicationEventKinds = [
  'begun',
  'submitted',
  'asked-to-endorse',
  'passed-on',
  'endorsed',
  'returned',
  'declined',
  'unendorsed',
  'endorsement-set',
  'eligible',
  'ineligible',
  'scored',
  'awarded',
  'part-awarded',
  'reserve',
  'unsuccessful',
  'promoted',
  'withdrawn',
  'call-cancelled',
  'extension-granted',
  'appeal-asked',
  'appeal-answered',
  'award-accepted',
  'award-refused',
  'award-lapsed',
  'award-changed',
  'award-cancelled',
  'award-attended',
  'award-closed',
  'abstract-accepted',
  'abstract-declined',
  'claim-submitted',
  'claim-returned',
  'claim-approved',
  'claim-paid',
  'payment-rejected',
  'released',
] as const;
export type ApplicationEventKind = (typeof applicationEventKinds)[number];

export const appealKinds = ['feedback', 'review-of-process'] as const;
export type AppealKind = (typeof appealKinds)[number];
