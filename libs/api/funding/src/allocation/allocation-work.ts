import type {
  AllocationMethod,
  AllocationOutcome,
  Refusal,
  ScenarioParameters,
  ScenarioReason,
} from '@waymark/contracts';

/** A refusal by name where nothing of the platform is loaded: allocation runs in a thread of its own. */
export class AllocationRefused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal);
  }
}

/** A scored application as methods see it: neither names nor words. Money in pence. */
export interface ScoredApplication {
  id: string;
  /** Of its locked reviews: tenths of a percent added up, and how many there are. The mean is `sum / count`, kept exact. */
  sum: number;
  count: number;
  asked: number;
  least: number;
  /** By the terms it was submitted under, in tenths of a percent. */
  bar: number;
  unitId: string | null;
  gradeId: string | null;
}

export interface Unit {
  id: string;
  parentId: string | null;
  name: string;
}

export interface Grade {
  id: string;
  name: string;
}

/** All that a scenario is computed from: the same work, the same lines. */
export interface AllocationWork {
  method: AllocationMethod;
  parameters: ScenarioParameters;
  applications: readonly ScoredApplication[];
  units: readonly Unit[];
  grades: readonly Grade[];
}

export interface AllocatedLine {
  applicationId: string;
  rank: number;
  score: number;
  asked: number;
  least: number;
  outcome: AllocationOutcome;
  amount: number;
  reserveRank: number | null;
  belowBar: boolean;
  reason: ScenarioReason;
}

export interface Allocation {
  /** By rank. */
  lines: AllocatedLine[];
  /** What the method says of itself: which solver, how ties fell, the share of each group. */
  certificate: Record<string, string | number | boolean | null>;
  engineVersion: string;
}
