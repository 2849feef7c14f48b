import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { type Actor, Answers, Can, CurrentActor } from '@waymark/api-platform';
import {
  changeCapacity,
  type ChangeCapacity,
  myMentoring,
  type MyMentoring,
  onMyMentoring,
  type OnMyMentoring,
} from '@waymark/contracts';
import { ChangeOwnCapacity, MyMentorings, PauseMentoring, ResumeMentoring } from './my-mentoring';

/** A mentor's own capacity, pause and return. */
@Controller('mentoring/mentor')
export class MyMentoringController {
  constructor(
    private readonly own: MyMentorings,
    private readonly changing: ChangeOwnCapacity,
    private readonly pausing: PauseMentoring,
    private readonly resuming: ResumeMentoring,
  ) {}

  @Get()
  @Can('proposals.answer')
  @Answers(200, myMentoring)
  see(@CurrentActor() actor: Actor): Promise<MyMentoring> {
    return this.own.see(actor);
  }

  @Put()
  @Can('proposals.answer')
  @Answers(200, myMentoring)
  change(@CurrentActor() actor: Actor, @Body({ schema: changeCapacity }) input: ChangeCapacity): Promise<MyMentoring> {
    return this.changing.run(actor, input);
  }

  @Post('pause')
  @Can('proposals.answer')
  @Answers(200, myMentoring)
  pause(@CurrentActor() actor: Actor, @Body({ schema: onMyMentoring }) input: OnMyMentoring): Promise<MyMentoring> {
    return this.pausing.run(actor, input);
  }

  @Post('resume')
  @Can('proposals.answer')
  @Answers(200, myMentoring)
  resume(@CurrentActor() actor: Actor, @Body({ schema: onMyMentoring }) input: OnMyMentoring): Promise<MyMentoring> {
    return this.resuming.run(actor, input);
  }
}
