import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf, patternOf } from '@waymark/api-people';
import { type Actor, Clock, Reads, Refused } from '@waymark/api-platform';
import type { ProposalsPage, ProposalsQuery } from '@waymark/contracts';
import { proposalStatusAt } from '../at-present';

const from = `
  proposal p
  join person mentee on mentee.institution_id = p.institution_id and mentee.id = p.mentee_id
  join person mentor on mentor.institution_id = p.institution_id and mentor.id = p.mentor_id`;
const wanted = `p.institution_id = $1 and p.round_id = $2
  and ($4::text is null or ${proposalStatusAt('p', '$3')} = $4)
  and ($5::text is null or trim(mentee.given_name || ' ' || mentee.family_name) ilike $5
    or trim(mentor.given_name || ' ' || mentor.family_name) ilike $5)`;

/** A released round's proposals. Why a mentor declined is for coordinators alone, also among those who see rounds. */
@Injectable()
export class RoundProposals {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async page(
    actor: Actor,
    roundId: string,
    { page, pageSize, status, search }: ProposalsQuery,
  ): Promise<ProposalsPage> {
    const values = [actor.institutionId, roundId, this.clock.now(), status ?? null, search ? patternOf(search) : null];
    const [[round], [count], rows] = await this.reads.all<
      [{ id: string }, { total: number }, ProposalsPage['rows'][number]]
    >(actor, [
      {
        name: 'round-known',
        text: `select id from round where institution_id = $1 and id = $2`,
        values: [actor.institutionId, roundId],
      },
      { name: 'round-proposals-count', text: `select count(*)::int as total from ${from} where ${wanted}`, values },
      {
        name: 'round-proposals',
        text: `select p.id, ${cardOf('mentee')} as mentee, ${cardOf('mentor')} as mentor, ${proposalStatusAt('p', '$3')} as status,
            ${instantOf('p.proposed_at')} as "proposedAt", ${instantOf('p.answer_by')} as "answerBy",
            ${instantOf('p.answered_at')} as "answeredAt",
            case when $6 then p.decline_reason end as "declineReason", case when $6 then p.decline_note end as "declineNote"
          from ${from} ${cardJoins('mentee')} ${cardJoins('mentor')} where ${wanted}
          order by lower(mentee.family_name), lower(mentee.given_name), p.id limit $7 offset $8`,
        values: [...values, actor.permissions.has('rounds.run'), pageSize, (page - 1) * pageSize],
      },
    ]);
    if (!round) throw new Refused('not-found');
    return { rows, page, pageSize, total: count?.total ?? 0 };
  }
}
