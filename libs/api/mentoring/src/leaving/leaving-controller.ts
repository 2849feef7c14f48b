import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import {
  answerGoingOn,
  type AnswerGoingOn,
  endSharedPair,
  type EndSharedPair as EndInput,
  goingOnView,
  type GoingOnView,
  idParams,
  mentoringFollows,
  type MentoringFollows,
  sharedPairs,
  type SharedPairs as SharedPairsList,
  sharedPairView,
  type SharedPairView,
} from '@waymark/contracts';
import { EndSharedPair } from './end-shared-pair';
import { GoingOn } from './going-on';
import { MentoringFollowing } from './mentoring-follows';
import { SharedPairViews } from './shared-pair-view';

interface Of {
  id: string;
}

/** Leaving and moving, as far as mentoring is concerned. */
@Controller('mentoring')
export class MentoringLeavingController {
  constructor(
    private readonly following: MentoringFollowing,
    private readonly goingOn: GoingOn,
    private readonly views: SharedPairViews,
    private readonly ending: EndSharedPair,
  ) {}

  @Get('leaving/:id')
  @Can('people.leave')
  @Answers(200, mentoringFollows)
  follows(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<MentoringFollows> {
    return this.following.see(actor, id);
  }

  @Get('going-on/:id')
  @Can('proposals.answer')
  @Answers(200, goingOnView)
  asked(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<GoingOnView> {
    return this.goingOn.see(actor, id);
  }

  @Post('going-on/:id')
  @Can('proposals.answer')
  @Answers(200, goingOnView)
  answer(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: answerGoingOn }) input: AnswerGoingOn,
  ): Promise<GoingOnView> {
    return this.goingOn.answer(actor, id, input);
  }

  @Get('shared-pairs')
  @Can('proposals.answer')
  @Answers(200, sharedPairs)
  list(@CurrentActor() actor: Actor): Promise<SharedPairsList> {
    return this.views.list(actor);
  }

  @Get('shared-pairs/:id')
  @Can('proposals.answer')
  @Answers(200, sharedPairView)
  see(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: Of): Promise<SharedPairView> {
    return this.views.see(actor, id);
  }

  @Post('shared-pairs/:id/end')
  @Can('proposals.answer')
  @Answers(200, sharedPairView)
  end(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: Of,
    @Body({ schema: endSharedPair }) input: EndInput,
  ): Promise<SharedPairView> {
    return this.ending.run(actor, id, input);
  }
}
