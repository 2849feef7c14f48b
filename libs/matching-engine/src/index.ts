export { assign, assignTable, resultOf } from './assign/assign.ts';
export { AssignRefused, type AssignRefusal, type InputPosition } from './assign/assign-refused.ts';
export {
  type AllowedPair,
  ASSIGN_ORDERS,
  type AssignCertificate,
  type AssignedPair,
  type AssignInput,
  type AssignMentee,
  type AssignMentor,
  type AssignOrder,
  type AssignResult,
  type AssignTable,
  type Dissatisfaction,
  DISSATISFACTIONS,
  type LeftOutReason,
  LINEAR,
  LISTED_AT_MOST,
  MAX_PEOPLE,
  MAX_PLACES,
  MAX_SCORE,
  type Shortfall,
  type Underfilled,
  type Unlock,
} from './assign/assign-types.ts';
export { type EnginePosition, EngineRefused } from './engine-refused.ts';
export { ENGINE_VERSION } from './engine-version.ts';
export { compressInstance, hashInstance, type Instance, tableOf } from './assign/instance.ts';
export { type SetAside, setPinsAside } from './assign/pins.ts';
export { solve, type Solution } from './assign/solve.ts';
export { type Faults, verify } from './assign/verify.ts';
export { type KeptResult, restore, settle, type Settled } from './assign/settled.ts';
export { type Move, type PairCost, type WhyNot, whyNot } from './assign/why-not.ts';
export { type NewMentor, type NewMentorServes, servedByNewMentor } from './assign/new-mentor.ts';
export {
  costInScores,
  costOfStability,
  FIRST_CHOICE_POINTS,
  type StabilityCost,
  type Yield,
} from './stable/cost-of-stability.ts';
export { deferAcceptance, type StableSolution } from './stable/deferred-acceptance.ts';
export { rankByScore, type RankedInstance, rankedTableOf, rankInstance } from './stable/ranked-instance.ts';
export { verifyStable } from './stable/stability.ts';
export { stable, stableResultOf, stableTable } from './stable/stable.ts';
export { type StablePosition, StableRefused, type StableRefusal } from './stable/stable-refused.ts';
export {
  type ChoiceColumns,
  MAX_RANK,
  type PreferredOthers,
  type RankedChoice,
  type SideRanks,
  type StableInput,
  type StablePair,
  type StableResult,
  type StableTable,
  type UnfilledReason,
  type UnpairedReason,
} from './stable/stable-types.ts';
export { laterNeverFirst, waitingBound, waitingPoints, type WaitingRule, withWaiting } from './assign/waiting.ts';
export {
  FUND_METHODS,
  type FundApplication,
  type FundAward,
  type FundInput,
  type FundMethod,
  type FundResult,
  MAX_AMOUNT_PENCE,
  MAX_APPLICATIONS,
  MAX_BUDGET_PENCE,
  MAX_FUND_SCORE,
} from './fund/fund-types.ts';
export { ballotsOfGroups } from './fund/equal-shares-ballots.ts';
export { compressEqualShares, type EqualSharesInstance } from './fund/equal-shares-instance.ts';
export { EqualSharesRefused, type EqualSharesPosition, type EqualSharesRefusal } from './fund/equal-shares-refused.ts';
export {
  type BallotLine,
  EQUAL_SHARES_COMPLETIONS,
  EQUAL_SHARES_TIES,
  EQUAL_SHARES_UTILITIES,
  type EqualSharesAtBudget,
  type EqualSharesCompletion,
  type EqualSharesInput,
  type EqualSharesPayments,
  type EqualSharesReason,
  type EqualSharesResult,
  type EqualSharesRound,
  type EqualSharesTie,
  type EqualSharesUtility,
  MAX_BALLOT_POINTS,
  MAX_VOTERS,
} from './fund/equal-shares-types.ts';
export {
  equalSharesAtBudgets,
  equalSharesResult,
  type EqualSharesSolution,
  fundByEqualShares,
  solveEqualShares,
} from './fund/equal-shares.ts';
export { refuseAboveCeiling } from './assign/dissatisfaction.ts';
export { replay, type Replay, type ReplayDifference, type ReplayedResult } from './assign/replay.ts';
export { exchange, exchangeResultOf, type ExchangeSolution, solveExchange } from './exchange/exchange.ts';
export { exchangeInstance, type ExchangeInstance } from './exchange/exchange-instance.ts';
export { type ExchangePosition, ExchangeRefused, type ExchangeRefusal } from './exchange/exchange-refused.ts';
export {
  type AtLimit,
  EXCHANGE_ORDERS,
  type ExchangeInput,
  type ExchangeOrder,
  type ExchangeResult,
  type GrantedVisit,
  type InstitutionBalance,
  type Lacking,
  MAX_BALANCE,
  MAX_DAYS,
  type NoVisitReason,
  type PriceProof,
  type SearchProof,
  type VisitOffer,
  type VisitRequest,
} from './exchange/exchange-types.ts';
export { verifyExchange } from './exchange/price-proof.ts';
export {
  fundByRank,
  rankAtBudgets,
  type RankLacks,
  type RankParameters,
  type RankReason,
  type RankResult,
  rankResult,
  type RankSolution,
  walkRank,
} from './fund/by-rank.ts';
export {
  fundByTotal,
  fundByTotalPlain,
  type Lacked,
  solvePlain,
  solveTotal,
  totalAtBudgets,
  totalResult,
  whatItLacked,
} from './fund/by-total.ts';
export type {
  TotalInput,
  TotalLacks,
  TotalParameters,
  TotalReason,
  TotalResult,
  TotalSolution,
  TotalSpare,
} from './fund/by-total-types.ts';
export { type FundAtBudget } from './fund/fund-at-budget.ts';
export { compressFund, type FundInstance, type GroupLimit, hashFund } from './fund/fund-instance.ts';
export { type FundPosition, FundRefused, type FundRefusal } from './fund/fund-refused.ts';
export { type Knapsack, KnapsackTooHard, solveKnapsack } from './fund/knapsack.ts';
export { assignProfiles, type ProfilesSolution, solveProfiles } from './candidates/assign-profiles.ts';
export { type CandidateRows, candidates } from './candidates/candidates.ts';
export { indexProfiles, type ProfileIndex } from './candidates/profile-index.ts';
export { type ApartBy, explainProfilePair, type PairExplained, type ScorePart } from './candidates/profile-score.ts';
export {
  type AttributeRule,
  MAX_GRADE,
  MAX_VALUE,
  type ProfilePeople,
  type ProfileRules,
  type ProfileTable,
  type ValueLists,
} from './candidates/profile-types.ts';
export { type ProfilesPosition, type ProfilesRefusal, ProfilesRefused } from './candidates/profiles-refused.ts';
export { type ProfilesResult, profilesResultOf } from './candidates/profiles-result.ts';
export { verifyProfiles } from './candidates/verify-profiles.ts';
