import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import {
  acceptTransfer,
  type AcceptTransfer as AcceptInput,
  idParams,
  leavingView,
  type LeavingView,
  markLeaving,
  type MarkLeaving as MarkInput,
  onTransfer,
  type OnTransfer,
  peopleWithoutManager,
  type PeopleWithoutManager,
  peopleWithoutManagerQuery,
  type PeopleWithoutManagerQuery,
  startTransfer,
  type StartTransfer as StartInput,
  takeLeavingBack,
  type TakeLeavingBack as BackInput,
  transferInstitutions,
  type TransferInstitutions,
  transfersPage,
  type TransfersPage,
  transfersQuery,
  type TransfersQuery,
  transferView,
  type TransferView,
} from '@waymark/contracts';
import { AcceptTransfer, DeclineTransfer } from './decide-transfer';
import { LeavingViews } from './leaving-view';
import { MarkLeaving, TakeLeavingBack } from './mark-leaving';
import { CancelTransfer, StartTransfer } from './start-transfer';
import { TransferViews } from './transfer-view';
import { WithoutManager } from './people-without-line-manager';

interface Of {
  id: string;
}

@Controller('people')
export class LeavingController {
  constructor(
    private readonly views: LeavingViews,
    private readonly marking: MarkLeaving,
    private readonly takingBack: TakeLeavingBack,
    private readonly withoutManager: WithoutManager,
    private readonly starting: StartTransfer,
  ) {}

  @Get('without-manager')
  @Can('people.edit')
  @Answers(200, peopleWithoutManager)
  unmanaged(
    @CurrentActor() actor: Actor,
    @Query({ schema: peopleWithoutManagerQuery }) query: PeopleWithoutManagerQuery,
  ): Promise<PeopleWithoutManager> {
    return this.withoutManager.page(actor, query);
  }

  @Get(':id/leaving')
  @Can('people.leave')
  @Answers(200, leavingView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<LeavingView> {
    return this.views.see(actor, id);
  }

  @Post(':id/leaving')
  @Can('people.leave')
  @Answers(200, leavingView)
  mark(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: markLeaving }) input: MarkInput,
  ): Promise<LeavingView> {
    return this.marking.run(actor, id, input);
  }

  @Post(':id/leaving/undo')
  @Can('people.leave')
  @Answers(200, leavingView)
  takeBack(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: takeLeavingBack }) input: BackInput,
  ): Promise<LeavingView> {
    return this.takingBack.run(actor, id, input);
  }

  @Post(':id/transfers')
  @Can('people.transfer')
  @Answers(201, transferView)
  transfer(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: startTransfer }) input: StartInput,
  ): Promise<TransferView> {
    return this.starting.run(actor, id, input);
  }
}

@Controller('transfers')
export class TransfersController {
  constructor(
    private readonly views: TransferViews,
    private readonly cancelling: CancelTransfer,
    private readonly accepting: AcceptTransfer,
    private readonly declining: DeclineTransfer,
  ) {}

  @Get()
  @Can('people.transfer')
  @Answers(200, transfersPage)
  list(@CurrentActor() actor: Actor, @Query({ schema: transfersQuery }) query: TransfersQuery): Promise<TransfersPage> {
    return this.views.page(actor, query);
  }

  @Get('institutions')
  @Can('people.transfer')
  @Answers(200, transferInstitutions)
  institutions(@CurrentActor() actor: Actor): Promise<TransferInstitutions> {
    return this.views.institutions(actor);
  }

  @Get(':id')
  @Can('people.transfer')
  @Answers(200, transferView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<TransferView> {
    return this.views.see(actor, id);
  }

  @Post(':id/cancel')
  @Can('people.transfer')
  @Answers(200, transferView)
  cancel(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onTransfer }) input: OnTransfer,
  ): Promise<TransferView> {
    return this.cancelling.run(actor, id, input);
  }

  @Post(':id/accept')
  @Can('people.transfer')
  @Answers(200, transferView)
  accept(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: acceptTransfer }) input: AcceptInput,
  ): Promise<TransferView> {
    return this.accepting.run(actor, id, input);
  }

  @Post(':id/decline')
  @Can('people.transfer')
  @Answers(200, transferView)
  decline(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: onTransfer }) input: OnTransfer,
  ): Promise<TransferView> {
    return this.declining.run(actor, id, input);
  }
}
