import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import {
  awardNames,
  type AwardNames,
  awardsPage,
  type AwardsPage,
  awardsQuery,
  awardView,
  type AwardView,
  changeAward,
  declareAward,
  idParams,
  ownAwards,
  type OwnAwards,
  rejectAward,
  renewAward,
  verifyAward,
} from '@waymark/contracts';
import type { z } from 'zod';
import { AwardsList } from './awards-list';
import { DecideAward } from './decide-award';
import { ChangeAward, DeclareAward, RemoveAward } from './declare-award';

type IdParams = z.infer<typeof idParams>;

@Controller('awards')
export class AwardsController {
  constructor(
    private readonly list: AwardsList,
    private readonly declares: DeclareAward,
    private readonly changes: ChangeAward,
    private readonly removes: RemoveAward,
    private readonly decisions: DecideAward,
  ) {}

  @Get()
  @Can('awards.verify')
  @Answers(200, awardsPage)
  page(
    @CurrentActor() actor: Actor,
    @Query({ schema: awardsQuery }) query: z.infer<typeof awardsQuery>,
  ): Promise<AwardsPage> {
    return this.list.page(actor, query);
  }

  @Get('names')
  @Can('directory.see')
  @Answers(200, awardNames)
  names(@CurrentActor() actor: Actor): Promise<AwardNames> {
    return this.list.names(actor);
  }

  @Get('own')
  @Can('account.own')
  @Answers(200, ownAwards)
  own(@CurrentActor() actor: Actor): Promise<OwnAwards> {
    return this.list.own(actor);
  }

  @Post()
  @Can('account.own')
  @Answers(201, ownAwards)
  declare(
    @CurrentActor() actor: Actor,
    @Body({ schema: declareAward }) input: z.infer<typeof declareAward>,
  ): Promise<OwnAwards> {
    return this.declares.run(actor, input);
  }

  @Put(':id')
  @Can('account.own')
  @Answers(200, ownAwards)
  change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: changeAward }) input: z.infer<typeof changeAward>,
  ): Promise<OwnAwards> {
    return this.changes.run(actor, id, input);
  }

  @Delete(':id')
  @Can('account.own')
  @Answers(200, ownAwards)
  remove(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: IdParams): Promise<OwnAwards> {
    return this.removes.run(actor, id);
  }

  @Post(':id/verify')
  @Can('awards.verify')
  @Answers(200, awardView)
  verify(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: verifyAward }) { version }: z.infer<typeof verifyAward>,
  ): Promise<AwardView> {
    return this.decisions.verify(actor, id, version);
  }

  @Post(':id/reject')
  @Can('awards.verify')
  @Answers(200, awardView)
  reject(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: rejectAward }) { version, reason }: z.infer<typeof rejectAward>,
  ): Promise<AwardView> {
    return this.decisions.reject(actor, id, version, reason);
  }

  @Post(':id/renew')
  @Can('awards.verify')
  @Answers(200, awardView)
  renew(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: renewAward }) { version, validTo }: z.infer<typeof renewAward>,
  ): Promise<AwardView> {
    return this.decisions.renew(actor, id, version, validTo);
  }
}
