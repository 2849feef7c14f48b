import { z } from 'zod';
import { day, id, instant, pageOf, pageQuery, requiredText, text, version } from '../platform/fields';
import { amountPence, sumPence } from './money';

/* Pots and their ledger. All money is in whole pence. */

/** As finance writes it: `TS-1042/26`. Compared without regard to case. */
export const costCodeCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$/);

export const costCodeView = z.object({
  id,
  code: z.string(),
  name: z.string(),
  active: z.boolean(),
  /** How many pots and ledger lines name it. */
  uses: z.int(),
  version: z.int(),
});
export type CostCodeView = z.infer<typeof costCodeView>;
/** GET /api/funding/cost-codes: all of them, an institution has few; those in use first, then by code. */
export const costCodes = z.object({ rows: z.array(costCodeView) });
export type CostCodes = z.infer<typeof costCodes>;
export const addCostCode = z.strictObject({ code: costCodeCode, name: requiredText(120) });
export type AddCostCode = z.infer<typeof addCostCode>;
export const changeCostCode = z.strictObject({ version, name: requiredText(120), active: z.boolean() });
export type ChangeCostCode = z.infer<typeof changeCostCode>;

/** The calendar year in which the financial year begins: 2026 is 2026/27. */
export const financialYear = z.int().min(2000).max(2999);
const yearQuery = z.coerce.number().int().min(2000).max(2999);

export const potStatuses = ['open', 'closed'] as const;
export type PotStatus = (typeof potStatuses)[number];

/** From the ledger alone. `funded = available + committed + spent`; `funded − putIn` came from other pots, or went there. */
export const potFigures = z.object({
  putInPence: sumPence,
  fundedPence: sumPence,
  availablePence: sumPence,
  committedPence: sumPence,
  spentPence: sumPence,
});
export type PotFigures = z.infer<typeof potFigures>;

export const potRow = z.object({
  id,
  name: z.string(),
  financialYear,
  costCode: z.string(),
  status: z.enum(potStatuses),
  figures: potFigures,
});
export type PotRow = z.infer<typeof potRow>;

const potFilters = {
  year: yearQuery.optional(),
  status: z.enum(potStatuses).optional(),
  search: text(100).optional(),
};
export const potSorts = ['year', 'name', '-available', '-spent'] as const;
export const potsQuery = z.strictObject({ ...pageQuery, ...potFilters, sort: z.enum(potSorts).default('year') });
export type PotsQuery = z.infer<typeof potsQuery>;
export const potsExportQuery = z.strictObject({
  ...potFilters,
  sort: z.enum(potSorts).default('year'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type PotsExportQuery = z.infer<typeof potsExportQuery>;
/** One page of pots, with the figures of all that the filters leave, and the years there are. */
export const potsPage = pageOf(potRow).extend({ figures: potFigures, years: z.array(financialYear) });
export type PotsPage = z.infer<typeof potsPage>;

export const addPot = z.strictObject({ name: requiredText(120), financialYear, costCodeId: id });
export type AddPot = z.infer<typeof addPot>;
export const changePot = z.strictObject({ version, name: requiredText(120), costCodeId: id });
export type ChangePot = z.infer<typeof changePot>;

/** Why money moved, for whoever reads the books later. Not for names of people. */
const reason = requiredText(200);

/** POST /api/funding/pots/:id/fund: money from outside. */
export const fundPot = z.strictObject({ amountPence, reason });
export type FundPot = z.infer<typeof fundPot>;
/** POST /api/funding/pots/:id/transfer: what is available goes to another pot. */
export const transferBetweenPots = z.strictObject({ toPotId: id, amountPence, reason });
export type TransferBetweenPots = z.infer<typeof transferBetweenPots>;
/** POST /api/funding/pots/:id/roll-over: what is available and committed goes into next year's pot, and this one closes. */
export const rollPotOver = z.strictObject({ version });
export type RollPotOver = z.infer<typeof rollPotOver>;
/** POST /api/funding/entries/:id/correct: a new entry takes this one back. */
export const correctEntry = z.strictObject({ reason });
export type CorrectEntry = z.infer<typeof correctEntry>;

export const potView = potRow.extend({
  costCodeId: id,
  version: z.int(),
  createdAt: instant,
  rolledFrom: z.object({ id, name: z.string(), financialYear }).nullable(),
  rolledInto: z.object({ id, name: z.string(), financialYear }).nullable(),
  may: z.object({ change: z.boolean(), fund: z.boolean(), transfer: z.boolean(), rollOver: z.boolean() }),
});
export type PotView = z.infer<typeof potView>;

export const entryKinds = ['fund', 'commit', 'spend', 'release', 'transfer', 'correct'] as const;
export type EntryKind = (typeof entryKinds)[number];
export const ledgerAccounts = ['source', 'available', 'committed', 'spent'] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export const entryRow = z.object({
  id,
  kind: z.enum(entryKinds),
  day,
  at: instant,
  reason: z.string(),
  /** Null: Waymark itself, or somebody whose personal data were erased. */
  madeBy: z.string().nullable(),
  /** All lines of the entry, those of other pots included; they add up to nothing. */
  lines: z.array(
    z.object({
      pot: z.object({ id, name: z.string(), financialYear }),
      account: z.enum(ledgerAccounts),
      costCode: z.string(),
      amountPence: z.int(),
    }),
  ),
  /** What is available in this pot after it. */
  availableAfterPence: z.int(),
  corrects: id.nullable(),
  correctedBy: id.nullable(),
  /** Whether the person asking may take it back. */
  mayCorrect: z.boolean(),
});
export type EntryRow = z.infer<typeof entryRow>;

const entryFilters = { kind: z.enum(entryKinds).optional(), from: day.optional(), to: day.optional() };
/** GET /api/funding/pots/:id/entries: newest first. */
export const entriesQuery = z.strictObject({ ...pageQuery, ...entryFilters });
export type EntriesQuery = z.infer<typeof entriesQuery>;
export const entriesExportQuery = z.strictObject({ ...entryFilters, format: z.enum(['csv', 'xlsx']).default('csv') });
export type EntriesExportQuery = z.infer<typeof entriesExportQuery>;
export const entriesPage = pageOf(entryRow);
export type EntriesPage = z.infer<typeof entriesPage>;

/** GET /api/funding/journal: the whole ledger, or one financial year's pots, as a plain-text accounting journal. */
export const journalQuery = z.strictObject({ year: yearQuery.optional() });
export type JournalQuery = z.infer<typeof journalQuery>;
