import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf } from '@waymark/api-people';
import { type Actor, Clock, Reads } from '@waymark/api-platform';
import type { MyProposals } from '@waymark/contracts';
import { isActive, isOpenProposal, proposalStatusAt } from '../at-present';

const most = 100;

/** A person's own proposals on both sides, newest first. */
@Injectable()
export class OwnProposals {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<MyProposals> {
    const proposals = await this.reads.rows<MyProposals['proposals'][number]>(actor, {
      name: 'own-proposals',
      text: `select p.id, case when p.mentor_id = $2 then 'mentor' else 'mentee' end as side, ${cardOf('other')} as other,
          o.name as round,
          case when ${isOpenProposal('p', '$3')} and not ${isActive('other', '$3')} then 'withdrawn' else ${proposalStatusAt('p', '$3')} end as status, ${instantOf('p.answer_by')} as "answerBy",
          p.status = 'agreed' and coalesce(pair.status in ('completed', 'ended'), not ${isActive('other', '$3')})
            or (p.status = 'agreed' and not ${isActive('other', '$3')} and not exists (
              select from shared_pair s where s.institution_id = $1 and s.id = pair.id and s.status = 'active')) as over,
          ${instantOf('p.proposed_at')} as at
        from (
          select * from proposal where institution_id = $1 and (mentor_id = $2 or mentee_id = $2)
          order by proposed_at desc, id desc limit ${most}
        ) p
        join round o on o.institution_id = p.institution_id and o.id = p.round_id
        join person other on other.institution_id = p.institution_id
          and other.id = case when p.mentor_id = $2 then p.mentee_id else p.mentor_id end
        left join pair on pair.institution_id = p.institution_id and pair.proposal_id = p.id
        ${cardJoins('other')}
        order by p.proposed_at desc, p.id desc`,
      values: [actor.institutionId, actor.personId, this.clock.now()],
    });
    return { proposals };
  }
}
