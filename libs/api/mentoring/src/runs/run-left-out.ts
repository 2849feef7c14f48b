import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, patternOf } from '@waymark/api-people';
import { Clock, Reads, Refused, type Scope } from '@waymark/api-platform';
import type { LeftOutPage, LeftOutQuery, LeftOutRow, PersonCard } from '@waymark/contracts';
import type { StoredLeftOutReason } from '../entities';
import { roundOfRun, takesPart } from '../at-present';
import { knownRun } from './known-run';

const from = `
  run_left_out lo
  join request r on r.institution_id = lo.institution_id and r.id = lo.request_id
  join person p on p.institution_id = r.institution_id and p.id = r.person_id`;
const wanted = `lo.institution_id = $1 and lo.run_id = $2
  and ($3::text is null or trim(p.given_name || ' ' || p.family_name) ilike $3)
  and ${takesPart(['p'], roundOfRun, '$4')}`;

/** The enrolments that a reason names, as cards in the reason's order. */
export const mentorsNamed = `(
  select coalesce(json_agg(${cardOf('mentor')} order by named.place), '[]')
  from jsonb_array_elements_text(coalesce(lo.reason->'enrolmentIds', '[]')) with ordinality named(id, place)
  join enrolment e on e.institution_id = lo.institution_id and e.id = named.id::uuid
  join person mentor on mentor.institution_id = e.institution_id and mentor.id = e.person_id
  ${cardJoins('mentor')})`;

/** The enrolment with whom points are lacked, as a card; null where there is none. */
export const mentorShort = `(
  select ${cardOf('near')} from enrolment e
  join person near on near.institution_id = e.institution_id and near.id = e.person_id
  ${cardJoins('near')} where e.institution_id = lo.institution_id and e.id = (lo.reason->>'with')::uuid)`;

export interface StoredRow {
  mentee: PersonCard;
  waited: number;
  reason: StoredLeftOutReason;
  blocked: LeftOutRow['blocked'];
  mentors: PersonCard[];
  near: PersonCard | null;
}

export const leftOutRow = ({ mentors, near, reason, ...row }: StoredRow): LeftOutRow => ({
  ...row,
  reason: shownReason(reason, mentors, near),
});

const shownReason = (
  reason: StoredLeftOutReason,
  mentors: PersonCard[],
  near: PersonCard | null,
): LeftOutRow['reason'] => {
  const short = (points: number | undefined) => (points === undefined || !near ? null : { points, mentor: near });
  switch (reason.kind) {
    case 'no-mentor-allowed':
    case 'no-places':
      return reason;
    case 'competition': {
      const { kind, people, places, pointsShort } = reason;
      return { kind, people, places, mentors, short: short(pointsShort) };
    }
    case 'below-floor':
      return { kind: reason.kind, mentor: near };
    case 'fewer-points':
    case 'others-preferred':
      return { kind: reason.kind, short: short(reason.pointsShort) };
  }
};

/** Who has no mentor in a run, who has waited longest first, with what keeps how many mentors from them. */
@Injectable()
export class RunLeftOuts {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(scope: Scope, runId: string, { page, pageSize, search }: LeftOutQuery): Promise<LeftOutPage> {
    const values = [scope.institutionId, runId, search ? patternOf(search) : null, this.clock.now()];
    const [[run], [count], rows] = await this.reads.all<[{ id: string }, { total: number }, StoredRow]>(scope, [
      knownRun(scope.institutionId, runId),
      { name: 'run-left-out-count', text: `select count(*)::int as total from ${from} where ${wanted}`, values },
      {
        name: 'run-left-out',
        text: `select ${cardOf('p')} as mentee, r.rounds_waited as waited, lo.reason, lo.blocked, ${mentorsNamed} as mentors,
            ${mentorShort} as near
          from ${from} ${cardJoins('p')} where ${wanted}
          order by r.rounds_waited desc, lower(p.family_name), lower(p.given_name), p.id limit $5 offset $6`,
        values: [...values, pageSize, (page - 1) * pageSize],
      },
    ]);
    if (!run) throw new Refused('not-found');
    return { rows: rows.map(leftOutRow), page, pageSize, total: count?.total ?? 0 };
  }
}
