import { z } from 'zod';
import { day, id, instant, pageOf, pageQuery, queryFlag, requiredText, text, version } from '../platform/fields';
import { jobView } from '../platform/jobs';
import { refusals } from '../platform/refusals';
import { callStatuses } from './calls';
import { amountPence, penceMost, sumPence } from './money';
import { financialYear } from './pots';

/* Allocation: scenarios, their lines and reasons. Scores are in tenths of a percent, 0 to 1000; money in pence. */

export const scenarioStatuses = ['draft', 'proposed', 'approved', 'published', 'rejected'] as const;
export type ScenarioStatus = (typeof scenarioStatuses)[number];
export const allocationMethods = ['by-rank', 'by-total', 'equal-shares'] as const;
export type AllocationMethod = (typeof allocationMethods)[number];
export const scenarioComputings = ['waiting', 'running', 'done', 'failed'] as const;
export type ScenarioComputing = (typeof scenarioComputings)[number];
export const allocationOutcomes = ['awarded', 'part-awarded', 'reserve', 'unsuccessful'] as const;
export type AllocationOutcome = (typeof allocationOutcomes)[number];

/** A floor and a cap on what goes to the people of a unit (with all below it) or of a grade, for `by-total`. */
export const groupLimit = z
  .strictObject({
    by: z.enum(['unit', 'grade']),
    groupId: id,
    leastPence: z.int().min(0).max(penceMost).nullable(),
    mostPence: z.int().min(0).max(penceMost).nullable(),
  })
  .refine(({ leastPence, mostPence }) => leastPence === null || mostPence === null || leastPence <= mostPence, {
    path: ['mostPence'],
    error: 'cap-below-floor',
  });
export type GroupLimit = z.infer<typeof groupLimit>;

export const scenarioParameters = z.strictObject({
  budgetPence: amountPence,
  partAwards: z.boolean(),
  /** Below it nobody is awarded: tenths of a percent. */
  bar: z.int().min(0).max(1000),
  groups: z.array(groupLimit).max(40),
  /** For `equal-shares`: between which groups the budget is shared. */
  shareBy: z.enum(['unit', 'grade']).nullable(),
  /** Lots among equal scores. */
  seed: z.string().min(1).max(80),
});
export type ScenarioParameters = z.infer<typeof scenarioParameters>;

const change = z.object({
  /** What would have to be so, and the award it would have brought; null: no change of it alone helps, or it is not promised. */
  needed: z.int().nullable(),
  awardPence: z.int().nullable(),
});

/** What decided one line, and what would have changed it, each recomputed with all else unchanged. */
export const scenarioReason = z.object({
  decidedBy: z.enum([
    'rank-within-budget',
    'part-of-the-rest',
    'budget-spent',
    'below-bar',
    'in-best-total',
    'not-in-best-total',
    'group-cap',
    'group-floor',
    'equal-share',
    'share-spent',
    'override',
  ]),
  /** Figures for the wording: what those above took, what was left, whose turn was the last. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
  score: change.nullable(),
  budget: change.nullable(),
  least: change.nullable(),
});
export type ScenarioReason = z.infer<typeof scenarioReason>;

/* ---- What the workbench reads and does ---- */

/** Sums of one scenario, overrides included. `totalScore` adds up the scores as they are shown, in tenths of a percent. */
export const scenarioTotals = z.object({
  awardedPence: sumPence,
  leftPence: sumPence,
  askedPence: sumPence,
  people: z.int(),
  inFull: z.int(),
  inPart: z.int(),
  reserve: z.int(),
  unsuccessful: z.int(),
  totalScore: z.int(),
  /** Null where nobody is funded. */
  lowestRank: z.int().nullable(),
  overrides: z.int(),
});
export type ScenarioTotals = z.infer<typeof scenarioTotals>;

/** Who did it and when; the name is null where their personal data were erased. */
const deed = z.object({ by: z.string().nullable(), byMe: z.boolean(), at: instant });

export const scenarioRow = z.object({
  id,
  /** `A`, `B` … in the order they were made. */
  name: z.string(),
  version: z.int(),
  status: z.enum(scenarioStatuses),
  method: z.enum(allocationMethods),
  parameters: scenarioParameters,
  computing: z.enum(scenarioComputings),
  /** Why computing ended without a result: a refusal by name, or `cancelled`. */
  failure: z.union([z.enum(refusals), z.literal('cancelled')]).nullable(),
  job: jobView.nullable(),
  /** Null until it is computed. */
  totals: scenarioTotals.nullable(),
  inputHash: z.string().nullable(),
  engineVersion: z.string().nullable(),
  /** Whether what it was computed from has changed since: it can be neither proposed, approved nor published. */
  stale: z.boolean(),
  made: deed,
  proposed: deed.nullable(),
  decided: deed.extend({ because: z.string().nullable() }).nullable(),
  publishedAt: instant.nullable(),
  /** What the person asking may do with it as it stands, */
  may: z.object({
    override: z.boolean(),
    propose: z.boolean(),
    withdraw: z.boolean(),
    approve: z.boolean(),
    reject: z.boolean(),
    publish: z.boolean(),
  }),
  /** and, of the step that comes next, why they may not: a refusal by name. */
  mayNot: z.object({
    propose: z.enum(refusals).nullable(),
    approve: z.enum(refusals).nullable(),
    publish: z.enum(refusals).nullable(),
  }),
});
export type ScenarioRow = z.infer<typeof scenarioRow>;

export const allocationGroup = z.object({ id, name: z.string(), applications: z.int() });
export type AllocationGroup = z.infer<typeof allocationGroup>;

/** GET /api/funding/calls/:id/workbench. */
export const workbenchView = z.object({
  call: z.object({
    id,
    name: z.string(),
    status: z.enum(callStatuses),
    version: z.int(),
    /** The most that may be given away, the bar and whether there are part-awards, as the call says. */
    budgetPence: amountPence,
    bar: z.int(),
    partAwards: z.boolean(),
    decideBy: day,
  }),
  /** From the ledger. */
  pot: z.object({ id, name: z.string(), financialYear, availablePence: z.int(), committedPence: z.int() }),
  /** What scenarios are computed from, as it is now. */
  input: z.object({
    applications: z.int(),
    belowBar: z.int(),
    reviews: z.int(),
    /** Of the call's reviews, those that are not locked yet. */
    unlocked: z.int(),
    askedPence: sumPence,
    /** Of the input by rank; shown in part, so that two people can see they look at the same. */
    hash: z.string(),
  }),
  /** In the order they were made. */
  scenarios: z.array(scenarioRow),
  /** Between which groups money is shared or limited: the first level of units where there are several, and grades. */
  units: z.array(allocationGroup),
  grades: z.array(allocationGroup),
  /** Who could approve what is proposed: names, without the proposer and whoever applied. */
  approvers: z.array(z.string()),
  /** What a new scenario begins with. */
  parameters: scenarioParameters,
  may: z.object({ make: z.boolean() }),
  mayNot: z.object({ make: z.enum(refusals).nullable() }),
});
export type WorkbenchView = z.infer<typeof workbenchView>;

/** All lines by rank, as columns: what the queue against the budget line is drawn from. */
export const scenarioQueue = z.object({
  askedPence: z.array(z.int()),
  leastPence: z.array(z.int()),
  awardPence: z.array(z.int()),
  /** By position in `allocationOutcomes`. */
  outcome: z.array(z.int().min(0).max(3)),
  /** Whether it is below the bar, which no budget changes: 1 or 0. */
  belowBar: z.array(z.int().min(0).max(1)),
});
export type ScenarioQueue = z.infer<typeof scenarioQueue>;

/** GET /api/funding/scenarios/:id. */
export const scenarioView = scenarioRow.extend({
  callId: id,
  queue: scenarioQueue.nullable(),
  /** The call's other scenarios that are computed, whose outcome stands beside each line. */
  others: z.array(z.object({ id, name: z.string(), method: z.enum(allocationMethods) })),
});
export type ScenarioView = z.infer<typeof scenarioView>;

/** Groups are limited under `by-total` alone; `equal-shares`, and nothing else, is between groups. */
const fits = ({ method, parameters }: { method: AllocationMethod; parameters: ScenarioParameters }) =>
  (parameters.groups.length === 0 || method === 'by-total') &&
  (parameters.shareBy !== null) === (method === 'equal-shares');

/** POST /api/funding/calls/:id/scenarios: computed at once, or as a job where groups are limited. Answers a `scenarioRow`, as every command here does. */
export const makeScenario = z
  .strictObject({
    method: z.enum(allocationMethods),
    parameters: scenarioParameters,
    /** The next letter, where nothing is said. */
    name: requiredText(30).optional(),
  })
  .refine(fits, { path: ['parameters'], error: 'not-of-this-method' });
export type MakeScenario = z.infer<typeof makeScenario>;

/**
 * POST /api/funding/calls/:id/scenarios/preview: what a scenario would be, kept nowhere. For the budget line while it is
 * dragged. Refused with `preview-with-limits` where groups are limited.
 */
export const tryBudget = z
  .strictObject({
    method: z.enum(allocationMethods),
    parameters: scenarioParameters,
    /** Compared with this scenario. */
    against: id.optional(),
  })
  .refine(fits, { path: ['parameters'], error: 'not-of-this-method' });
export type TryBudget = z.infer<typeof tryBudget>;
export const budgetTrial = z.object({
  totals: scenarioTotals,
  queue: scenarioQueue,
  /** Against the scenario asked for: who gains an award, loses it, or has another amount. */
  moves: z.object({ gains: z.int(), loses: z.int(), changes: z.int() }).nullable(),
});
export type BudgetTrial = z.infer<typeof budgetTrial>;

export const lineOutcome = z.object({
  scenarioId: id,
  outcome: z.enum(allocationOutcomes),
  amountPence: sumPence,
});
export const scenarioLineRow = z.object({
  applicationId: id,
  reference: z.string(),
  rank: z.int(),
  applicant: z.object({ id, name: z.string(), unit: z.string().nullable(), grade: z.string().nullable() }),
  eventName: z.string(),
  /** Mean of the locked reviews in tenths of a percent, cut. */
  score: z.int(),
  askedPence: amountPence,
  leastPence: amountPence,
  outcome: z.enum(allocationOutcomes),
  amountPence: sumPence,
  reserveRank: z.int().nullable(),
  belowBar: z.boolean(),
  overridden: z.boolean(),
  decidedBy: scenarioReason.shape.decidedBy,
  /** In the others of `scenarioView`, in their order. */
  elsewhere: z.array(lineOutcome),
});
export type ScenarioLineRow = z.infer<typeof scenarioLineRow>;

export const scenarioLineSorts = ['rank', 'name', '-asked', '-award', 'unit'] as const;
const lineFilters = {
  outcome: z.enum(allocationOutcomes).optional(),
  /** Only those whose outcome differs in another of the call's scenarios. */
  moved: queryFlag.optional(),
  overridden: queryFlag.optional(),
  unitId: id.optional(),
  search: text(100).optional(),
};
/** GET /api/funding/scenarios/:id/lines. */
export const scenarioLinesQuery = z.strictObject({
  ...pageQuery,
  ...lineFilters,
  sort: z.enum(scenarioLineSorts).default('rank'),
});
export type ScenarioLinesQuery = z.infer<typeof scenarioLinesQuery>;
export const scenarioLinesPage = pageOf(scenarioLineRow);
export type ScenarioLinesPage = z.infer<typeof scenarioLinesPage>;
/** GET /api/funding/scenarios/:id/lines/export. */
export const scenarioLinesExportQuery = z.strictObject({
  ...lineFilters,
  sort: z.enum(scenarioLineSorts).default('rank'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type ScenarioLinesExportQuery = z.infer<typeof scenarioLinesExportQuery>;

/** GET /api/funding/scenarios/:id/lines/:applicationId. */
export const scenarioLineParams = z.strictObject({ id, applicationId: id });
export const scenarioLineView = scenarioLineRow.extend({
  reason: scenarioReason,
  /** On the reserve list: what has to come free before it is their turn, and how many are ahead. */
  released: z.object({ neededPence: sumPence, ahead: z.int() }).nullable(),
  others: z.array(
    lineOutcome.extend({
      name: z.string(),
      method: z.enum(allocationMethods),
      decidedBy: scenarioReason.shape.decidedBy,
      facts: scenarioReason.shape.facts,
    }),
  ),
  /** As it would go out if this scenario were published now. */
  letter: z.object({ subject: z.string(), body: z.string() }),
  /** Newest first. `undone` took the one before back. */
  overrides: z.array(
    z.object({
      outcome: z.enum([...allocationOutcomes, 'undone']),
      amountPence: sumPence,
      reason: z.string(),
      made: deed,
    }),
  ),
});
export type ScenarioLineView = z.infer<typeof scenarioLineView>;

/** GET /api/funding/calls/:id/scenarios/compare?of=<id>,<id>: two to four of one call, in this order. */
export const compareScenariosQuery = z.strictObject({
  of: z
    .string()
    .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){1,3}$/)
    .refine((value) => value.split(',').every((each) => id.safeParse(each).success), { error: 'not-an-id' }),
  ...pageQuery,
});
export type CompareScenariosQuery = z.infer<typeof compareScenariosQuery>;
export const comparedScenarios = z.object({
  scenarios: z.array(
    z.object({
      id,
      name: z.string(),
      method: z.enum(allocationMethods),
      status: z.enum(scenarioStatuses),
      totals: scenarioTotals,
    }),
  ),
  applications: z.int(),
  /** How many have the same outcome and amount in all of them; the others are the rows, by rank. */
  same: z.int(),
  ...pageOf(
    z.object({
      applicationId: id,
      rank: z.int(),
      applicant: z.string(),
      /** In the order of `scenarios`. */
      outcomes: z.array(lineOutcome),
    }),
  ).shape,
});
export type ComparedScenarios = z.infer<typeof comparedScenarios>;

/**
 * GET /api/funding/scenarios/:id/shares?by=unit: shares by group, as they may be shown. Where fewer than 8 people stand behind
 * a row it is shown together with others, until no row has fewer and none can be worked out; a row of all is always shown.
 */
export const sharesQuery = z.strictObject({ by: z.enum(['unit', 'grade']).default('unit') });
export type SharesQuery = z.infer<typeof sharesQuery>;
export const shareRow = z.object({
  /** More than one: shown together. Null: people without a unit or grade. */
  groups: z.array(z.string().nullable()),
  /** People who applied and were scored. */
  people: z.int(),
  awardedPence: sumPence,
  askedPence: sumPence,
  /** Tenths of a percent, cut: of the money awarded, and of the institution's technicians. Null of nothing. */
  moneyShare: z.int().nullable(),
  staffShare: z.int().nullable(),
  staff: z.int(),
});
export type ShareRow = z.infer<typeof shareRow>;
export const sharesView = z.object({
  by: z.enum(['unit', 'grade']),
  rows: z.array(shareRow),
  total: shareRow.omit({ groups: true }),
  /** Fewer than 8 people in all: nothing is shown, not even the total. */
  tooFew: z.boolean(),
});
export type SharesView = z.infer<typeof sharesView>;

/**
 * POST /api/funding/scenarios/:id/overrides: one outcome changed by hand. The reason goes into the applicant's letter. In part
 * takes an amount below what is asked; in full, reserve and unsuccessful take none.
 */
export const overrideLine = z
  .strictObject({
    version,
    applicationId: id,
    outcome: z.enum(allocationOutcomes),
    amountPence: amountPence.optional(),
    reason: requiredText(1000),
  })
  .refine(({ outcome, amountPence: pence }) => (outcome === 'part-awarded') === (pence !== undefined), {
    path: ['amountPence'],
    error: 'amount-of-part-alone',
  });
export type OverrideLine = z.infer<typeof overrideLine>;
/** POST /api/funding/scenarios/:id/overrides/undo. */
export const undoOverride = z.strictObject({ version, applicationId: id });
export type UndoOverride = z.infer<typeof undoOverride>;

/** POST /api/funding/scenarios/:id/propose, …/withdraw, …/approve, …/publish. */
export const scenarioStep = z.strictObject({ version });
export type ScenarioStep = z.infer<typeof scenarioStep>;
/** POST /api/funding/scenarios/:id/reject. */
export const rejectScenario = z.strictObject({ version, reason: requiredText(1000) });
export type RejectScenario = z.infer<typeof rejectScenario>;
