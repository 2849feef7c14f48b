import { Injectable } from '@nestjs/common';
import { instantOf } from '@waymark/api-people';
import { type Actor, Clock, dayIn, type ReadQuery, Reads } from '@waymark/api-platform';
import type { HomeTask, HomeView } from '@waymark/contracts';
import { inList, isActive, isOpenProposal } from '../at-present';
import { GoingOn } from '../leaving/going-on';
import { placesTaken } from '../places';
import { joinableRound } from '../statuses';

const most = 50;

/** What of mentoring waits for a person: as mentor, as mentee, and as coordinator. */
@Injectable()
export class MentoringHome {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly goingOn: GoingOn,
  ) {}

  async tasks(actor: Actor): Promise<HomeTask[]> {
    const queries = [
      this.proposals(actor),
      silence(actor),
      ...(actor.permissions.has('rounds.run') ? [rounds(actor), this.released(actor), imports(actor)] : []),
    ];
    const [own, goingOn] = await Promise.all([this.reads.all<HomeTask[]>(actor, queries), this.goingOn.tasks(actor)]);
    return [...own.flat(), ...goingOn];
  }

  pairs(actor: Actor): Promise<HomeView['pairs']> {
    return this.reads.rows(actor, {
      name: 'home-pairs',
      text: `select pair.id, case when pair.mentor_id = $2 then 'mentor' else 'mentee' end as side,
          trim(other.given_name || ' ' || other.family_name) as other, pair.ends_on::text as "endsOn",
          pair.proposal_id as "proposalId", null::uuid as "sharedPairId"
        from pair
        join person other on other.institution_id = pair.institution_id
          and other.id = case when pair.mentor_id = $2 then pair.mentee_id else pair.mentor_id end
        where pair.institution_id = $1 and (pair.mentor_id = $2 or pair.mentee_id = $2) and pair.status in ('agreed', 'active')
          and ${isActive('other', '$3')}
        union all
        select s.id, case when (s.institution_id = $1) = (s.moved_side = 'mentor') then 'mentee' else 'mentor' end,
          case when s.institution_id = $1 then s.moved_card->>'name' else s.stays_card->>'name' end, s.ends_on::text, null, s.id
        from shared_pair s
        where ((s.institution_id = $1 and s.stays_id = $2) or (s.other_institution_id = $1 and s.moved_id = $2))
          and s.status = 'active' and s.ends_on >= $4::date
        order by "endsOn", id limit ${most}`,
      values: [actor.institutionId, actor.personId, this.clock.now(), dayIn(actor.timeZone, this.clock.now())],
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
            when p.status = 'more-asked' then case when p.mentor_id = $2 then 'wait-for-reply' else 'answer-question' end
            when p.status = 'proposed' and p.mentor_id = $2 then 'answer-proposal'
            when p.status = 'proposed' then 'wait-for-mentor'
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
          and ${isActive('other', '$3')}
          and ${isOpenProposal('p', '$3')} and not (p.status = 'accepted' and p.answer_by < $3::timestamptz)
        order by p.answer_by nulls last, p.id limit ${most}`,
      values: [actor.institutionId, actor.personId, this.clock.now()],
    };
  }
}

/** A mentor who was paused because proposals lapsed unanswered may come back at one click. */
const silence = (actor: Actor): ReadQuery => ({
  name: 'home-silence',
  text: `select id, 'resume-mentoring' as kind, null as "dueAt", '' as about, null::int as count from enrolment
    where institution_id = $1 and person_id = $2 and status = 'paused' and paused_for_silence`,
  values: [actor.institutionId, actor.personId],
});

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
