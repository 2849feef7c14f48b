import { z } from 'zod';
import { id, requiredText, text } from '../platform/fields';
import { amountPence } from './money';

/* Calls: the window, the money, and the terms that decide an application. */

export const callKinds = ['yearly', 'rolling'] as const;
export type CallKind = (typeof callKinds)[number];
export const callStatuses = [
  'draft',
  'open',
  'closed',
  'scoring',
  'moderation',
  'decided',
  'archived',
  'cancelled',
] as const;
export type CallStatus = (typeof callStatuses)[number];

/** Who may apply. Empty lists: everybody. A unit stands for itself and all below it. */
export const callAudience = z.strictObject({
  techniciansOnly: z.boolean(),
  unitIds: z.array(id).max(200),
  gradeIds: z.array(id).max(100),
});
export type CallAudience = z.infer<typeof callAudience>;

/** The rules of eligibility, as data. Each names itself when it fails. */
export const eligibilityRules = [
  'in-audience',
  'one-application',
  'not-retrospective',
  'within-cap',
  'contract-outlasts-event',
  'no-overdue-report',
  'not-funded-lately',
] as const;
export type EligibilityRule = (typeof eligibilityRules)[number];
export const callRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('one-application') }),
  /** The event begins at least so many days after the close. */
  z.strictObject({ rule: z.literal('not-retrospective'), days: z.int().min(0).max(365) }),
  z.strictObject({ rule: z.literal('contract-outlasts-event') }),
  z.strictObject({ rule: z.literal('no-overdue-report') }),
  /** Not awarded in the last so many calls of the same kind. */
  z.strictObject({ rule: z.literal('not-funded-lately'), calls: z.int().min(1).max(20) }),
]);
export type CallRule = z.infer<typeof callRule>;

/** The rubric: what a reviewer scores from 0 to 5. */
export const callCriterion = z.strictObject({
  id,
  name: requiredText(80),
  /** What to look for, and what earns which score. */
  guidance: text(2000),
  /** Of 100 in all. */
  weight: z.int().min(1).max(100),
});
export type CallCriterion = z.infer<typeof callCriterion>;
export const criterionScoreMost = 5;

/** A question beyond the form's own. */
export const callQuestion = z.strictObject({
  id,
  label: requiredText(200),
  help: text(500),
  kind: z.enum(['short', 'long', 'choice', 'yes-no']),
  required: z.boolean(),
  /** For `long`: at most so many words. */
  wordsMost: z.int().min(10).max(2000).nullable(),
  /** For `choice`: what there is to choose from. */
  options: z.array(requiredText(120)).max(20),
});
export type CallQuestion = z.infer<typeof callQuestion>;

/** All that decides an application. A change of an open call makes new terms; what was submitted keeps its own. */
export const callTerms = z
  .strictObject({
    capPence: amountPence,
    audience: callAudience,
    rules: z.array(callRule).max(10),
    criteria: z.array(callCriterion).min(1).max(12),
    questions: z.array(callQuestion).max(20),
    blind: z.boolean(),
    reviewersEach: z.int().min(3).max(10),
    partAwards: z.boolean(),
    /** Below this mean score nobody is awarded or put on the reserve list: tenths of a percent, 500 is 50.0. */
    bar: z.int().min(0).max(1000),
    caseWordsMost: z.int().min(50).max(2000),
    objectivesLeast: z.int().min(1).max(5),
  })
  .refine(({ criteria }) => criteria.reduce((sum, { weight }) => sum + weight, 0) === 100, {
    path: ['criteria'],
    error: 'weights-not-100',
  })
  .refine(({ rules }) => new Set(rules.map(({ rule }) => rule)).size === rules.length, {
    path: ['rules'],
    error: 'rule-repeated',
  })
  .refine(
    ({ criteria, questions }) =>
      new Set([...criteria, ...questions].map((each) => each.id)).size === criteria.length + questions.length,
    { path: ['criteria'], error: 'id-repeated' },
  )
  .refine(({ questions }) => questions.every(({ kind, options }) => kind !== 'choice' || options.length >= 2), {
    path: ['questions'],
    error: 'choice-without-options',
  });
export type CallTerms = z.infer<typeof callTerms>;

/** Letters of a decision. Each may have a paragraph of the coordinator's own; Waymark writes the rest. */
export const letterKinds = [
  'awarded',
  'part-awarded',
  'reserve',
  'unsuccessful',
  'ineligible',
  'unendorsed',
  'call-cancelled',
] as const;
export type LetterKind = (typeof letterKinds)[number];
export const callLetters = z.strictObject(
  Object.fromEntries(letterKinds.map((kind) => [kind, text(2000)])) as Record<LetterKind, ReturnType<typeof text>>,
);
export type CallLetters = z.infer<typeof callLetters>;
