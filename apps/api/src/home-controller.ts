import { Controller, Get } from '@nestjs/common';
import { MentoringHome } from '@waymark/api-mentoring';
import { type Actor, Answers, Can, Clock, CurrentActor, dayIn, Reads } from '@waymark/api-platform';
import { type HomeTask, homeView, type HomeView } from '@waymark/contracts';

/** "What next": each domain says what waits for the person; here it is put in one order. */
@Controller('home')
export class HomeController {
  constructor(
    private readonly clock: Clock,
    private readonly reads: Reads,
    private readonly mentoring: MentoringHome,
  ) {}

  @Get()
  @Can('home.see')
  @Answers(200, homeView)
  async see(@CurrentActor() actor: Actor): Promise<HomeView> {
    const [tasks, pairs, appoint] = await Promise.all([
      this.mentoring.tasks(actor),
      this.mentoring.pairs(actor),
      this.appointCoordinator(actor),
    ]);
    const today = dayIn(actor.timeZone, this.clock.now());
    return { today, tasks: [...appoint, ...tasks].sort(mostUrgentFirst), pairs };
  }

  /** An institution without a coordinator cannot begin: its administrator is told. */
  private async appointCoordinator(actor: Actor): Promise<HomeTask[]> {
    if (!actor.permissions.has('people.grant-role')) return [];
    const rows = await this.reads.rows(actor, {
      name: 'has-coordinator',
      text: `select from role_held where institution_id = $1 and role = 'coordinator'
        and (held_until is null or held_until >= current_date) limit 1`,
      values: [actor.institutionId],
    });
    if (rows.length > 0) return [];
    return [
      { kind: 'appoint-coordinator', id: actor.institutionId, dueAt: null, about: actor.institutionName, count: null },
    ];
  }
}

const mostUrgentFirst = (a: HomeTask, b: HomeTask): number =>
  (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id);
