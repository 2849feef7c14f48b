import { Controller, Get } from '@nestjs/common';
import { FundingHome } from '@waymark/api-funding';
import { MentoringHome } from '@waymark/api-mentoring';
import { AwardsList, Corrections, LeavingHome } from '@waymark/api-people';
import { AdministrationHome } from '@waymark/api-people';
import { type Actor, Answers, Can, Clock, CurrentActor, dayIn } from '@waymark/api-platform';
import { type HomeTask, homeView, type HomeView } from '@waymark/contracts';

/** "What next": each domain says what waits for the person; here it is put in one order. */
@Controller('home')
export class HomeController {
  constructor(
    private readonly clock: Clock,
    private readonly awards: AwardsList,
    private readonly administration: AdministrationHome,
    private readonly corrections: Corrections,
    private readonly mentoring: MentoringHome,
    private readonly leaving: LeavingHome,
    private readonly funding: FundingHome,
  ) {}

  @Get()
  @Can('home.see')
  @Answers(200, homeView)
  async see(@CurrentActor() actor: Actor): Promise<HomeView> {
    const [tasks, pairs, corrections, administration, leaving, awards, funding] = await Promise.all([
      this.mentoring.tasks(actor),
      this.mentoring.pairs(actor),
      this.corrections.tasks(actor),
      this.administration.tasks(actor),
      this.leaving.tasks(actor),
      this.awards.tasks(actor),
      this.funding.tasks(actor),
    ]);
    const today = dayIn(actor.timeZone, this.clock.now());
    return {
      today,
      tasks: [...administration, ...leaving, ...corrections, ...awards, ...funding, ...tasks].sort(mostUrgentFirst),
      pairs,
    };
  }
}

const mostUrgentFirst = (a: HomeTask, b: HomeTask): number =>
  (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id);
