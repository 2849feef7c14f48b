import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Clock, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import type { RoundRules, RoundStatus, RoundView } from '@waymark/contracts';
import { type Ask, askReads, askTx } from '../ask';
import { proposalStatusAt } from '../at-present';
import { type RoundSize, type RunRow, runsOf, runViews, sizeOf } from '../runs/run-view';
import { identityFewest } from '../runs/matching-input';
import { mentorsThatCouldJoin, requestsThatCouldJoin } from './could-join';
import { roundMay } from './round-may';

interface RoundHead {
  id: string;
  name: string;
  status: RoundStatus;
  rules: RoundRules;
  version: number;
  releasedRunId: string | null;
  releasedAt: string | null;
}

type Answers = [
  RoundHead[],
  RoundSize[],
  RunRow[],
  RoundView['couldJoin'][],
  RoundView['attributes'],
  { mentees: number; mentors: number }[],
  NonNullable<RoundView['proposals']>[],
  RoundView['choices'][],
];

@Injectable()
export class RoundViews {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  see(actor: Actor, id: string): Promise<RoundView> {
    return roundView(askReads(this.reads, actor), actor, id, this.clock.now());
  }
}

/** The round as a command left it, read in its transaction. */
export const roundViewIn = (tx: Tx, actor: Actor, id: string): Promise<RoundView> =>
  roundView(askTx(tx), actor, id, tx.now);

const roundView = async (ask: Ask, actor: Actor, id: string, now: Date): Promise<RoundView> => {
  const answers = await ask(queries(actor.institutionId, id, now));
  const [[round], [size], runs, [couldJoin], attributes, [identity], [proposals], [choices]] = answers as Answers;
  if (!round || !size || !couldJoin || !identity || !proposals || !choices) throw new Refused('not-found');
  return {
    ...round,
    ...size,
    couldJoin,
    choices,
    attributes,
    identity: { enough: Math.min(identity.mentees, identity.mentors) >= identityFewest },
    runs: runViews(runs, size),
    may: roundMay(actor.permissions, {
      ...size,
      status: round.status,
      finishedRuns: runs.filter((run) => run.status === 'done').length,
    }),
    proposals: round.releasedAt === null ? null : proposals,
  };
};

const queries = (institutionId: string, id: string, now: Date): ReadQuery[] => [
  {
    name: 'round',
    text: `select id, name, status, rules, version, released_run_id as "releasedRunId", ${instantOf('released_at')} as "releasedAt"
      from round where institution_id = $1 and id = $2`,
    values: [institutionId, id],
  },
  sizeOf('round', institutionId, id),
  runsOf('round', institutionId, id),
  {
    name: 'round-could-join',
    text: `select (select count(*)::int from (${requestsThatCouldJoin}) could) as mentees,
      (select count(*)::int from (${mentorsThatCouldJoin}) could) as mentors`,
    values: [institutionId, id, now],
  },
  {
    name: 'round-attributes',
    text: `select min(name) as name, count(*) filter (where side = 'mentee')::int as mentees,
        count(*) filter (where side = 'mentor')::int as mentors
      from (
        select 'mentee' as side, jsonb_object_keys(r.attributes) as name
        from round_mentee rm join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
        where rm.institution_id = $1 and rm.round_id = $2
        union all
        select 'mentor', jsonb_object_keys(e.attributes)
        from round_mentor rm join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
        where rm.institution_id = $1 and rm.round_id = $2
      ) had group by lower(name) order by lower(name) limit 200`,
    values: [institutionId, id],
  },
  {
    name: 'round-identity',
    text: `select
        (select count(*)::int from round_mentee rm
          join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
          join identity_answer a on a.institution_id = r.institution_id and a.person_id = r.person_id and a.side = 'mentee'
          where rm.institution_id = $1 and rm.round_id = $2 and cardinality(a.answers) > 0) as mentees,
        (select count(*)::int from round_mentor rm
          join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
          join identity_answer a on a.institution_id = e.institution_id and a.person_id = e.person_id and a.side = 'mentor'
          where rm.institution_id = $1 and rm.round_id = $2 and cardinality(a.answers) > 0) as mentors`,
    values: [institutionId, id],
  },
  {
    name: 'round-proposals-by-status',
    text: `select count(*) filter (where status in ('proposed', 'more-asked'))::int as proposed,
        count(*) filter (where status = 'accepted')::int as accepted,
        count(*) filter (where status = 'agreed')::int as agreed,
        count(*) filter (where status = 'declined')::int as declined,
        count(*) filter (where status in ('expired', 'withdrawn', 'superseded'))::int as other
      from (select ${proposalStatusAt('p', '$3')} as status from proposal p where p.institution_id = $1 and p.round_id = $2) at_present`,
    values: [institutionId, id, now],
  },
  {
    name: 'round-choices-by-kind',
    text: `select count(*) filter (where kind = 'pin')::int as pinned, count(*) filter (where kind = 'forbid')::int as forbidden
      from round_choice where institution_id = $1 and round_id = $2`,
    values: [institutionId, id],
  },
];
