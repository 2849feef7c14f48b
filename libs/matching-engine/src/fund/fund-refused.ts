import { type EnginePosition, EngineRefused } from '../engine-refused.ts';

/** Why `fundByRank` and `fundByTotal` will not work on an input. */
export type FundRefusal =
  | 'budget-wrong'
  | 'id-empty'
  | 'application-duplicate'
  | 'application-unknown'
  | 'score-not-whole'
  | 'score-negative'
  | 'score-too-high'
  | 'amount-not-whole'
  | 'amount-not-positive'
  | 'amount-too-high'
  | 'least-not-whole'
  | 'least-not-positive'
  | 'least-above-amount'
  | 'too-many-applications'
  | 'group-empty'
  | 'group-unknown'
  | 'group-duplicate'
  | 'floor-wrong'
  | 'cap-wrong'
  | 'floor-above-cap'
  | 'floors-above-budget'
  /** The applications of the group together ask for less than its floor. */
  | 'floor-out-of-reach'
  /** No choice of awards meets all floors within caps and budget. */
  | 'limits-cannot-be-met'
  /** The search would have to keep more than memory allows. */
  | 'too-hard'
  /** The solver's answer did not stand up to the check in whole numbers: no answer rather than a wrong one. */
  | 'answer-not-confirmed';

export type FundPosition = EnginePosition<
  'applications' | 'limits' | 'parameters',
  'id' | 'score' | 'amount' | 'least' | 'group' | 'floor' | 'cap' | 'budget'
>;

export class FundRefused extends EngineRefused<FundRefusal, FundPosition> {}
