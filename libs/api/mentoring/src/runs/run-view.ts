import { Injectable } from '@nestjs/common';
import { jobViewSql, type ReadQuery, Reads, Refused, type Scope } from '@waymark/api-platform';
import { instantOf } from '@waymark/api-people';
import type { JobView, MatchingMethod, RoundRules, RunStatus, RunView } from '@waymark/contracts';
import type { RunSummary } from '../entities';
import { placesOffered } from '../places';
import { mostShownPoints } from './score-pairs';
import { runsWithShownTotal } from './shown-total';

export interface RunRow {
  id: string;
  roundId: string;
  number: number;
  status: RunStatus;
  rules: RoundRules;
  method: MatchingMethod;
  summary: RunSummary | null;
  choices: RunView['choices'];
  stoppedBy: string | null;
  job: JobView | null;
  startedAt: string;
  startedBy: string;
}

export interface RoundSize {
  mentees: number;
  mentors: number;
  places: number;
}

/** Runs of a round, newest first; so many are kept in sight. */
const runsMost = 200;

/** All runs of the round that is $2, or of the round that run $2 belongs to: totals are shown or hidden by comparison. */
export const runsOf = (of: 'round' | 'run', institutionId: string, id: string): ReadQuery => ({
  name: `runs-of-${of}`,
  text: `select r.id, r.round_id as "roundId", r.number, r.status, r.rules, r.method, r.summary, ${jobViewSql} as job,
      ${instantOf('r.started_at')} as "startedAt", trim(p.given_name || ' ' || p.family_name) as "startedBy",
      (select json_build_object('pinned', count(*) filter (where one->>'kind' = 'pin'),
          'forbidden', count(*) filter (where one->>'kind' = 'forbid'))
        from jsonb_array_elements(r.choices) one) as choices,
      case when r.status = 'cancelled' then (
        select trim(who.given_name || ' ' || who.family_name) from audit_entry a
        join person who on who.institution_id = a.institution_id and who.id = a.actor_person_id
        where a.institution_id = r.institution_id and (
          (a.subject_kind = 'job' and a.subject_id = r.job_id and a.act = 'job.cancel')
          or (a.subject_kind = 'round' and a.subject_id = r.round_id and a.act = 'round.cancel'))
        order by a.at limit 1) end as "stoppedBy"
    from run r
    join person p on p.institution_id = r.institution_id and p.id = r.started_by
    left join job j on j.institution_id = r.institution_id and j.id = r.job_id
    where r.institution_id = $1
      and r.round_id = ${of === 'round' ? '$2' : '(select round_id from run where institution_id = $1 and id = $2)'}
    order by r.number desc limit ${runsMost}`,
  values: [institutionId, id],
});

export const sizeOf = (of: 'round' | 'run', institutionId: string, id: string): ReadQuery => ({
  name: `size-of-${of}`,
  text: `select
      (select count(*)::int from round_mentee rm where rm.institution_id = o.institution_id and rm.round_id = o.id) as mentees,
      count(e.id)::int as mentors, coalesce(sum(${placesOffered('e', 'o')}) filter (where e.status = 'active'), 0)::int as places
    from round o
    left join round_mentor rm on rm.institution_id = o.institution_id and rm.round_id = o.id
    left join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
    where o.institution_id = $1
      and o.id = ${of === 'round' ? '$2' : '(select round_id from run where institution_id = $1 and id = $2)'}
    group by o.institution_id, o.id`,
  values: [institutionId, id],
});

/** Runs as contracts have them. What a run without a result would work on is the round as it is now. */
export const runViews = (rows: readonly RunRow[], now: RoundSize): RunView[] => {
  const shown = runsWithShownTotal(
    rows.flatMap(({ number, rules, method, summary }) =>
      summary ? [{ number, method, summary, identityPointsInRules: rules.points.identity }] : [],
    ),
  );
  return rows.map(({ summary, ...row }) => ({
    ...row,
    mentees: summary?.mentees ?? now.mentees,
    mentors: summary?.mentors ?? now.mentors,
    places: summary?.places ?? now.places,
    count: summary?.count ?? null,
    menteesPaired: summary?.menteesPaired ?? null,
    leftOut: summary?.leftOut ?? null,
    total: summary && shown.has(row.number) ? summary.total : null,
    shownTotal: summary?.shownTotal ?? null,
    lowest: summary?.lowest ?? null,
    highest: summary?.highest ?? null,
    of: summary?.of ?? mostShownPoints(row.rules, 0),
    longestWait: summary?.longestWait ?? null,
    pinsNotKept: summary ? (summary.pinsNotKept ?? 0) : null,
    pairsAboveLowest: summary?.identityCounts === false ? (summary.pairsAboveLowest ?? null) : null,
    stability: stabilityOf(summary),
    engineVersion: summary?.engineVersion ?? null,
    inputHash: row.rules.points.identity === 0 ? (summary?.inputHash ?? null) : null,
    elapsedMs: summary?.elapsedMs ?? null,
  }));
};

const stabilityOf = (summary: RunSummary | null): RunView['stability'] => {
  if (!summary?.stability) return null;
  const { pairsFewer, pointsFewer } = summary.stability;
  return { pairsFewer, pointsFewer: summary.identityCounts === false ? pointsFewer : null };
};

@Injectable()
export class RunViews {
  constructor(private readonly reads: Reads) {}

  async see(scope: Scope, id: string): Promise<RunView> {
    const [rows, [size]] = await this.reads.all<[RunRow, RoundSize]>(scope, [
      runsOf('run', scope.institutionId, id),
      sizeOf('run', scope.institutionId, id),
    ]);
    const run = size && runViews(rows, size).find((view) => view.id === id);
    if (!run) throw new Refused('not-found');
    return run;
  }
}
