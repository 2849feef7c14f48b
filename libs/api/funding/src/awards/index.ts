import type { Provider, Type } from '@nestjs/common';
import type { EventHandler, JobHandler, ScheduledTask } from '@waymark/api-platform';
import { AskAdvance, RecordRepayment } from './advances';
import { AcceptAward, RefuseAward } from './answer-award';
import { AttendAfterEvents, EndReserve, LapseOffers, RemindOfOffers } from './award-tasks';
import { AwardViews } from './award-view';
import { AwardDeedsController, AwardsController } from './awards-controller';
import { AwardsList } from './awards-list';
import { BatchViews } from './batch-views';
import { MakeBatch, PayBatch, RejectPayment, RemoveFromBatch } from './batches';
import { AttendAward, CancelAward, SayAbstract } from './cancel-award';
import { ChangeEvent, WithdrawChange } from './change-event';
import { ReleaseUnclaimed, RemindToClaim } from './claim-by';
import { ClaimViews } from './claim-view';
import { BatchesController, ClaimsController } from './claims-controller';
import { ClaimsList } from './claims-list';
import { CloseOfLeaver } from './close-of-leaver';
import { ApproveClaim, ReturnClaim } from './decide-claim';
import { PromoteReserve } from './promote-reserve';
import { BeginClaim, SaveClaim, SubmitClaim } from './write-claim';

/* What this slice gives to the module: see funding-module.ts. */

export const awardsControllers: Type[] = [AwardsController, AwardDeedsController, ClaimsController, BatchesController];
/** Needed by HTTP and by the worker. */
export const awardsShared: Provider[] = [];
export const awardsProviders: Provider[] = [
  ...[
    AwardsList,
    AwardViews,
    AcceptAward,
    RefuseAward,
    SayAbstract,
    ChangeEvent,
    WithdrawChange,
    CancelAward,
    AttendAward,
  ],
  ...[AskAdvance, RecordRepayment, BeginClaim, SaveClaim, SubmitClaim, ApproveClaim, ReturnClaim, RejectPayment],
  ...[ClaimsList, ClaimViews, BatchViews, MakeBatch, PayBatch, RemoveFromBatch],
];
export const awardsJobHandlers: Type<JobHandler>[] = [];
export const awardsEventHandlers: Type<EventHandler>[] = [PromoteReserve, CloseOfLeaver];
export const awardsScheduledTasks: Type<ScheduledTask>[] = [
  ...[RemindOfOffers, LapseOffers, AttendAfterEvents, EndReserve, RemindToClaim, ReleaseUnclaimed],
];
