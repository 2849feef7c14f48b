import type { Provider, Type } from '@nestjs/common';
import type { EventHandler, ScheduledTask } from '@waymark/api-platform';
import { AcceptTransfer, DeclineTransfer } from './decide-transfer';
import { EndAccessOfLeaver } from './end-access-of-leaver';
import { EndTransfersOfNetwork } from './end-transfers';
import { MarkTransferred, TellOfDecline } from './follow-transfer';
import { LeaversTask } from './leavers-task';
import { LeavingController, TransfersController } from './leaving-controller';
import { LeavingHome } from './leaving-home';
import { LeavingViews } from './leaving-view';
import { MarkLeaving, TakeLeavingBack } from './mark-leaving';
import { CancelTransfer, StartTransfer } from './start-transfer';
import { TellOfAskedTransfer } from './tell-of-asked-transfer';
import { TransferViews } from './transfer-view';
import { WithoutManager } from './people-without-line-manager';

export { LeavingHome };
export const leavingControllers = [LeavingController, TransfersController];
export const leavingProviders: Provider[] = [
  LeavingViews,
  MarkLeaving,
  TakeLeavingBack,
  WithoutManager,
  TransferViews,
  StartTransfer,
  CancelTransfer,
  AcceptTransfer,
  DeclineTransfer,
  LeavingHome,
];
export const leavingEventHandlers: Type<EventHandler>[] = [
  EndAccessOfLeaver,
  MarkTransferred,
  TellOfDecline,
  EndTransfersOfNetwork,
  TellOfAskedTransfer,
];
export const leavingScheduledTasks: Type<ScheduledTask>[] = [LeaversTask];
