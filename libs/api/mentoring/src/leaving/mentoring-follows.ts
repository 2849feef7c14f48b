import { Injectable } from '@nestjs/common';
import { type Actor, Clock, Reads, Refused } from '@waymark/api-platform';
import type { MentoringFollows } from '@waymark/contracts';
import { inList, isOpenProposal } from '../at-present';
import { unfinishedRound } from '../statuses';

/** What of somebody's mentoring would end if they left: shown before it is decided. */
@Injectable()
export class MentoringFollowing {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async see(actor: Actor, personId: string): Promise<MentoringFollows> {
    const [row] = await this.reads.rows<MentoringFollows>(actor, {
      name: 'mentoring-follows',
      text: `select
          (select coalesce(json_agg(json_build_object('id', pair.id,
              'side', case when pair.mentor_id = p.id then 'mentor' else 'mentee' end,
              'other', trim(other.given_name || ' ' || other.family_name)) order by lower(other.family_name), pair.id), '[]')
            from pair join person other on other.institution_id = pair.institution_id
              and other.id = case when pair.mentor_id = p.id then pair.mentee_id else pair.mentor_id end
            where pair.institution_id = $1 and (pair.mentor_id = p.id or pair.mentee_id = p.id)
              and pair.status in ('agreed', 'active')) as pairs,
          (select count(*)::int from proposal q where q.institution_id = $1 and (q.mentor_id = p.id or q.mentee_id = p.id)
            and ${isOpenProposal('q', '$3')}) as proposals,
          (select count(*)::int from request r where r.institution_id = $1 and r.person_id = p.id
            and r.status in ('open', 'matched')) as requests,
          (select count(*)::int from round o where o.institution_id = $1 and o.status in (${inList(unfinishedRound)}) and (
            exists (select from round_mentee rm join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
              where rm.institution_id = $1 and rm.round_id = o.id and r.person_id = p.id)
            or exists (select from round_mentor rm join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
              where rm.institution_id = $1 and rm.round_id = o.id and e.person_id = p.id))) as rounds,
          exists (select from enrolment e where e.institution_id = $1 and e.person_id = p.id
            and e.status in ('active', 'paused')) as enrolled
        from person p where p.institution_id = $1 and p.id = $2`,
      values: [actor.institutionId, personId, this.clock.now()],
    });
    if (!row) throw new Refused('not-found');
    return row;
  }
}
