export { fundingEntities } from './entities';
export { fundingEventHandlers, fundingJobHandlers, FundingModule, fundingScheduledTasks } from './funding-module';
export { FundingHome } from './home/funding-home';
export { fundingImpersonalTables, fundingPersonalTables } from './funding-personal-data';
/** Whom applications are put to: what tests and the demonstration ask for themselves. */
export { askToEndorse, withdrawEndorsements } from './endorsements/ask-to-endorse';
/** What a demonstration does as its people would. */
export { ScenarioSteps } from './allocation/decide-scenario';
export { MakeScenario } from './allocation/make-scenario';
export { PublishScenario } from './allocation/publish-scenario';
export { BeginApplication } from './applications/begin-application';
export { SaveDraft } from './applications/save-draft';
export { SubmitApplication } from './applications/submit-application';
export { AcceptAward } from './awards/answer-award';
export { MakeBatch, PayBatch } from './awards/batches';
export { ApproveClaim } from './awards/decide-claim';
export { BeginClaim, SubmitClaim } from './awards/write-claim';
export { AddCall } from './calls/add-call';
export { ChangeCall } from './calls/change-call';
export { PublishCall } from './calls/publish-call';
export { StartScoring } from './calls/start-scoring';
export { AnswerEndorsement } from './endorsements/answer-endorsement';
export { AssignmentPreview, AssignReviews } from './panel/assign-reviews';
export { AddPanelist } from './panel/panelists';
export { SubmitReview } from './panel/score-review';
export { StartModeration } from './panel/start-moderation';
export { CorrectEntry } from './ledger/correct-entry';
export { Entries } from './ledger/entries';
export { AddPot } from './pots/add-pot';
export { AddCostCode } from './pots/cost-codes';
export { FundPot } from './pots/fund-pot';
export { RollPotOver } from './pots/roll-pot-over';
export { TransferBetweenPots } from './pots/transfer-between-pots';
export { offerAwards } from './awards/offer-awards';
export { withdrawAward } from './awards/withdraw-award';
/** What calls do to their applications: set-based, and so measured by themselves. */
export { endWithCall } from './applications/end-with-call';
export { judgeEligibility } from './applications/judge-eligibility';
export { type PublishedDecision, publishedDecisionQuery, reasonSentences } from './allocation/published-decision';
