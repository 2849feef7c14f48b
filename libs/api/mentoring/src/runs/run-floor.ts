import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf } from '@waymark/api-people';
import { Clock, Reads, Refused, type Scope } from '@waymark/api-platform';
import type { FloorView } from '@waymark/contracts';
import { roundOfRun, takesPart } from '../at-present';
import type { RunSummary } from '../entities';

const listed = 10;

/** The pairs of a run whose people still take part. */
const pairs = `
  select rp.request_id, rp.enrolment_id, rp.shown_score, mentee.id as mentee_id, mentor.id as mentor_id
  from run_pair rp
  join request r on r.institution_id = rp.institution_id and r.id = rp.request_id
  join enrolment e on e.institution_id = rp.institution_id and e.id = rp.enrolment_id
  join person mentee on mentee.institution_id = r.institution_id and mentee.id = r.person_id
  join person mentor on mentor.institution_id = e.institution_id and mentor.id = e.person_id
  where rp.institution_id = $1 and rp.run_id = $2 and ${takesPart(['mentee', 'mentor'], roundOfRun, '$3')}`;

/** Who has the lowest score of a run, and how many people have at least so many points. Scores as shown. */
@Injectable()
export class RunFloor {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(scope: Scope, runId: string): Promise<FloorView> {
    const values = [scope.institutionId, runId, this.clock.now()];
    const [[run], [floor], lowest, reached] = await this.reads.all<
      [
        { summary: RunSummary | null },
        { lowest: number | null; pairsCount: number },
        FloorView['pairs'][number],
        FloorView['reached'][number],
      ]
    >(scope, [
      {
        name: 'run-summary',
        text: `select summary from run where institution_id = $1 and id = $2`,
        values: [scope.institutionId, runId],
      },
      {
        name: 'run-floor',
        text: `with made as (${pairs}), least as (select min(shown_score) as lowest from made)
          select least.lowest, count(made.shown_score)::int as "pairsCount"
          from least left join made on made.shown_score = least.lowest group by least.lowest`,
        values,
      },
      {
        name: 'run-floor-pairs',
        text: `with made as (${pairs})
          select ${cardOf('mentee')} as mentee, ${cardOf('mentor')} as mentor
          from made
          join person mentee on mentee.institution_id = $1 and mentee.id = made.mentee_id
          join person mentor on mentor.institution_id = $1 and mentor.id = made.mentor_id
          ${cardJoins('mentee')} ${cardJoins('mentor')}
          where made.shown_score = (select min(shown_score) from made)
          order by lower(mentee.family_name), lower(mentee.given_name), mentee.id, mentor.id limit ${listed}`,
        values,
      },
      {
        name: 'run-floor-reached',
        text: `with made as (${pairs}), best as (select request_id, max(shown_score) as score from made group by request_id),
            points as (
              select distinct ceil((run.summary->>'of')::numeric * quarter / 4)::int as points
              from run cross join generate_series(1, 3) quarter where run.institution_id = $1 and run.id = $2)
          select points.points, count(best.score)::int as people
          from points left join best on best.score >= points.points
          where points.points > 0 group by points.points order by points.points`,
        values,
      },
    ]);
    if (!run) throw new Refused('not-found');
    return {
      lowest: floor?.lowest ?? null,
      pairs: lowest,
      pairsCount: floor?.pairsCount ?? 0,
      reached,
      people: run.summary?.mentees ?? 0,
    };
  }
}
