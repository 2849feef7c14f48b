import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, patternOf } from '@waymark/api-people';
import { Clock, Reads, Refused, type Scope } from '@waymark/api-platform';
import type { RunPairsPage, RunPairsQuery } from '@waymark/contracts';
import { roundOfRun, takesPart } from '../at-present';
import { knownRun } from './known-run';

const mentee = 'lower(mentee.family_name), lower(mentee.given_name), mentee.id';
const mentor = 'lower(mentor.family_name), lower(mentor.given_name), mentor.id';

const orders: Readonly<Record<RunPairsQuery['sort'], string>> = {
  score: `rp.shown_score, ${mentee}, ${mentor}`,
  '-score': `rp.shown_score desc, ${mentee}, ${mentor}`,
  mentee: `${mentee}, ${mentor}`,
  mentor: `${mentor}, ${mentee}`,
};

const pairsFrom = `
  run_pair rp
  join request r on r.institution_id = rp.institution_id and r.id = rp.request_id
  join enrolment e on e.institution_id = rp.institution_id and e.id = rp.enrolment_id
  join person mentee on mentee.institution_id = r.institution_id and mentee.id = r.person_id
  join person mentor on mentor.institution_id = e.institution_id and mentor.id = e.person_id
  ${cardJoins('mentee')} ${cardJoins('mentor')}`;

const pairsWanted = `rp.institution_id = $1 and rp.run_id = $2
  and ($3::text is null or trim(mentee.given_name || ' ' || mentee.family_name) ilike $3
    or trim(mentor.given_name || ' ' || mentor.family_name) ilike $3)
  and ($4::text is null or lower(mentee_unit.name) = lower($4) or lower(mentor_unit.name) = lower($4))
  and ($5::int is null or rp.shown_score < $5)
  and ${takesPart(['mentee', 'mentor'], roundOfRun, '$6')} and ($7::boolean is not true or rp.pinned)`;

/** A run's pairs. Scores, their parts, their order and `below` leave the identity points out. */
@Injectable()
export class RunPairs {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(scope: Scope, runId: string, query: RunPairsQuery): Promise<RunPairsPage> {
    const { page, pageSize, search, unit, below, pinned, sort } = query;
    const wanted = [
      scope.institutionId,
      runId,
      search ? patternOf(search) : null,
      unit || null,
      below ?? null,
      this.clock.now(),
      pinned ?? null,
    ];
    const [[run], [count], rows] = await this.reads.all<
      [{ id: string }, { total: number }, RunPairsPage['rows'][number]]
    >(scope, [
      knownRun(scope.institutionId, runId),
      {
        name: 'run-pairs-count',
        text: `select count(*)::int as total from ${pairsFrom} where ${pairsWanted}`,
        values: wanted,
      },
      {
        name: `run-pairs-${sort}`,
        text: `select ${cardOf('mentee')} as mentee, ${cardOf('mentor')} as mentor, rp.shown_score as score, rp.parts, rp.pinned
          from ${pairsFrom} where ${pairsWanted} order by ${orders[sort]} limit $8 offset $9`,
        values: [...wanted, pageSize, (page - 1) * pageSize],
      },
    ]);
    if (!run) throw new Refused('not-found');
    return { rows, page, pageSize, total: count?.total ?? 0 };
  }
}
