import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Clock, type ReadQuery, Reads } from '@waymark/api-platform';
import type { HomeTask, HomeView } from '@waymark/contracts';
import { inList, isOpenProposal } from '../at-present';
import { placesTaken } from '../places';
import { joinableRound } from '../statuses';

const most = 50;

/** What of mentoring waits for a person: as mentor, as mentee, and as coordinator. */
@Injectable()
export class MentoringHome {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async tasks(actor: Actor): Promise<HomeTask[]> {
    const queries = [
      this.proposals(actor),
      ...(actor.permissions.has('rounds.run') ? [rounds(actor), this.released(actor), imports(actor)] : []),
    ];
    return (await this.reads.all<HomeTask[]>(actor, queries)).flat();
  }

  pairs(actor: Actor): Promise<HomeView['pairs']> {
    return this.reads.rows(actor, {
      name: 'home-pairs',
      text: `select pair.id, case when pair.mentor_id = $2 then 'mentor' else 'mentee' end as side,
          trim(other.given_name || ' ' || other.family_name) as other, pair.ends_on::text as "endsOn",
          pair.proposal_id as "proposalId"
        from pair
        join person other on other.institution_id = pair.institution_id
          and other.id = case when pair.mentor_id = $2 then pair.mentee_id else pair.mentor_id end
        where pair.institution_id = $1 and (pair.mentor_id = $2 or pair.mentee_id = $2) and pair.status in ('agreed', 'active')
        order by pair.ends_on, pair.id limit ${most}`,
      values: [actor.institutionId, actor.personId],
    });
  }

  /** A released round whose proposals still wait for an answer: until when, and how many. */
  private released(actor: Actor): ReadQuery {
    return {
      name: 'home-released',
      text: `select o.id, 'wait-for-answers' as kind, ${instantOf('min(p.answer_by)')} as "dueAt", o.name as about,
          count(*)::int as count
        from round o
        join proposal p on p.institution_id = o.institution_id and p.round_id = o.id
        where o.institution_id = $1 and o.status = 'released' and p.status in ('proposed', 'more-asked')
          and ${isOpenProposal('p', '$2')}
        group by o.id, o.name order by min(p.answer_by) nulls last, o.id limit ${most}`,
      values: [actor.institutionId, this.clock.now()],
    };
  }

  /** Whoever has not written the agreement confirms it; who has waits. */
  private proposals(actor: Actor): ReadQuery {
    return {
      name: 'home-proposals',
      text: `select p.id, case
            when p.status in ('proposed', 'more-asked') and p.mentor_id = $2 then 'answer-proposal'
            when p.status in ('proposed', 'more-asked') then 'wait-for-mentor'
            when p.agreement_by is null then 'write-agreement'
            when p.agreement_by = $2 then 'wait-for-confirmation'
            else 'confirm-agreement' end as kind,
          ${instantOf('p.answer_by')} as "dueAt", trim(other.given_name || ' ' || other.family_name) as about,
          case when p.status = 'proposed' and p.mentor_id = $2 then greatest(0, e.capacity - ${placesTaken('e')}) end as count
        from proposal p
        join enrolment e on e.institution_id = p.institution_id and e.id = p.enrolment_id
        join person other on other.institution_id = p.institution_id
          and other.id = case when p.mentor_id = $2 then p.mentee_id else p.mentor_id end
        where p.institution_id = $1 and (p.mentor_id = $2 or p.mentee_id = $2)
          and ${isOpenProposal('p', '$3')} and not (p.status = 'accepted' and p.answer_by < $3::timestamptz)
        order by p.answer_by nulls last, p.id limit ${most}`,
      values: [actor.institutionId, actor.personId, this.clock.now()],
    };
  }
}

/** A round's one next step: load people, match, mend what failed, or look at the result. */
const rounds = (actor: Actor): ReadQuery => ({
  name: 'home-rounds',
  text: `select o.id, case
        when last.status = 'failed' then 'mend-run'
        when o.status = 'review' then 'review-round'
        when size.mentees > 0 and size.mentors > 0 then 'run-round'
        else 'load-round' end as kind,
      null as "dueAt", o.name as about,
      case when o.status = 'review' and last.status <> 'failed' then (done.summary->>'leftOut')::int else size.mentees end as count
    from round o
    cross join lateral (
      select (select count(*)::int from round_mentee rm where rm.institution_id = o.institution_id and rm.round_id = o.id) as mentees,
        (select count(*)::int from round_mentor rm where rm.institution_id = o.institution_id and rm.round_id = o.id) as mentors
    ) size
    left join lateral (
      select r.status from run r where r.institution_id = o.institution_id and r.round_id = o.id order by r.number desc limit 1
    ) last on true
    left join lateral (
      select r.summary from run r where r.institution_id = o.institution_id and r.round_id = o.id and r.status = 'done'
      order by r.number desc limit 1
    ) done on true
    where o.institution_id = $1 and o.status in (${inList(joinableRound)})
    order by o.created_at, o.id limit ${most}`,
  values: [actor.institutionId],
});

const imports = (actor: Actor): ReadQuery => ({
  name: 'home-imports',
  text: `select i.id, 'finish-import' as kind, null as "dueAt", i.file_name as about, i.row_count as count
    from round_import i
    join round o on o.institution_id = i.institution_id and o.id = i.round_id
    where i.institution_id = $1 and i.status in ('uploaded', 'previewed') and o.status in (${inList(joinableRound)})
    order by i.uploaded_at, i.id limit ${most}`,
  values: [actor.institutionId],
});
