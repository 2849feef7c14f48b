import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf } from '@waymark/api-people';
import { Clock, Reads, Refused, type Scope } from '@waymark/api-platform';
import type { UnlocksView } from '@waymark/contracts';
import { roundOfRun, takesPart } from '../at-present';
import { knownRun } from './known-run';

/** So many are listed; `total` counts all. */
const most = 50;

/** The requests that are served, as cards in their order. */
const served = `(
  select coalesce(json_agg(${cardOf('mentee')} order by served.place), '[]')
  from unnest(u.serves) with ordinality served(id, place)
  join request r on r.institution_id = u.institution_id and r.id = served.id
  join person mentee on mentee.institution_id = r.institution_id and mentee.id = r.person_id
  ${cardJoins('mentee')} where ${takesPart(['mentee'], roundOfRun, '$3')})`;

/** Where one more place would serve somebody, and which mentors who are not there yet; those who would serve most first. */
@Injectable()
export class RunUnlocks {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(scope: Scope, runId: string): Promise<UnlocksView> {
    const values = [scope.institutionId, runId];
    const now = this.clock.now();
    const [[run], [count], unlocks, newMentors] = await this.reads.all<
      [{ id: string }, { total: number }, UnlocksView['unlocks'][number], UnlocksView['newMentors'][number]]
    >(scope, [
      knownRun(scope.institutionId, runId),
      {
        name: 'run-unlocks-count',
        text: `select count(*)::int as total from run_unlock u
          join enrolment e on e.institution_id = u.institution_id and e.id = u.enrolment_id
          join person p on p.institution_id = e.institution_id and p.id = e.person_id
          where u.institution_id = $1 and u.run_id = $2 and ${takesPart(['p'], roundOfRun, '$3')}`,
        values: [...values, now],
      },
      {
        name: 'run-unlocks',
        text: `select ${cardOf('p')} as mentor, u.serves_count as "servesCount", ${served} as serves
          from run_unlock u
          join enrolment e on e.institution_id = u.institution_id and e.id = u.enrolment_id
          join person p on p.institution_id = e.institution_id and p.id = e.person_id ${cardJoins('p')}
          where u.institution_id = $1 and u.run_id = $2 and ${takesPart(['p'], roundOfRun, '$3')}
          order by u.serves_count desc, lower(p.family_name), lower(p.given_name), p.id limit ${most}`,
        values: [...values, now],
      },
      {
        name: 'run-new-mentors',
        text: `select u.attribute, u.value, u.grades, u.serves_count as "servesCount", ${served} as serves
          from run_new_mentor u where u.institution_id = $1 and u.run_id = $2 order by u.position`,
        values: [...values, now],
      },
    ]);
    if (!run) throw new Refused('not-found');
    return { unlocks, total: count?.total ?? 0, newMentors };
  }
}
