import { type EnginePosition, EngineRefused } from '../engine-refused.ts';

/** Why `fundByEqualShares` will not work on an input. */
export type EqualSharesRefusal =
  | 'completion-not-known'
  | 'tie-not-known'
  | 'utility-not-known'
  | 'increment-wrong'
  | 'budget-wrong'
  | 'id-empty'
  | 'application-duplicate'
  | 'application-unknown'
  | 'amount-not-whole'
  | 'amount-not-positive'
  | 'amount-too-high'
  | 'score-not-whole'
  | 'score-negative'
  | 'score-too-high'
  | 'points-not-whole'
  | 'points-negative'
  | 'points-too-high'
  | 'ballot-duplicate'
  | 'voter-duplicate'
  | 'too-many-applications'
  | 'too-many-voters';

export type EqualSharesPosition = EnginePosition<
  'applications' | 'ballots' | 'voters' | 'parameters',
  'id' | 'amount' | 'score' | 'panellist' | 'points' | 'budget' | 'completion' | 'increment' | 'tie' | 'utility'
>;

export class EqualSharesRefused extends EngineRefused<EqualSharesRefusal, EqualSharesPosition> {}
