import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf, patternOf } from '@waymark/api-people';
import { type Actor, Clock, Reads, Refused } from '@waymark/api-platform';
import type { ProposalsPage, ProposalsQuery } from '@waymark/contracts';
import { proposalStatusAt } from '../at-present';
import type { Table } from '../table';

const from = `
  proposal p
  join person mentee on mentee.institution_id = p.institution_id and mentee.id = p.mentee_id
  join person mentor on mentor.institution_id = p.institution_id and mentor.id = p.mentor_id`;
const wanted = `p.institution_id = $1 and p.round_id = $2
  and ($4::text is null or ${proposalStatusAt('p', '$3')} = $4)
  and ($5::text is null or trim(mentee.given_name || ' ' || mentee.family_name) ilike $5
    or trim(mentor.given_name || ' ' || mentor.family_name) ilike $5)`;

/** More than any round has; a file is not to grow without bound. */
const exportMost = 100_000;
const headings = [
  ...['Mentee', 'Mentee unit', 'Mentor', 'Mentor unit', 'Status'],
  ...['Proposed at', 'Answer by', 'Answered at', 'Reason', 'Note'],
  ...['Passed on from', 'Passed on to'],
];

/** A released round's proposals. Why a mentor declined is for coordinators alone, also among those who see rounds. */
@Injectable()
export class RoundProposals {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** The whole list by its filters, as a table to keep. */
  async table(actor: Actor, roundId: string, query: Pick<ProposalsQuery, 'status' | 'search'>): Promise<Table> {
    const { rows } = await this.rows(actor, roundId, query, exportMost, 0);
    return {
      headings,
      rows: rows.map((row) => [
        ...[row.mentee.name, row.mentee.unit, row.mentor.name, row.mentor.unit, row.status],
        ...[row.proposedAt, row.answerBy, row.answeredAt, row.declineReason, row.declineNote],
        ...[row.forwardedFrom, row.forwardedTo],
      ]),
    };
  }

  async page(actor: Actor, roundId: string, { page, pageSize, ...query }: ProposalsQuery): Promise<ProposalsPage> {
    return { ...(await this.rows(actor, roundId, query, pageSize, (page - 1) * pageSize)), page, pageSize };
  }

  private async rows(
    actor: Actor,
    roundId: string,
    { status, search }: Pick<ProposalsQuery, 'status' | 'search'>,
    limit: number,
    offset: number,
  ): Promise<Pick<ProposalsPage, 'rows' | 'total'>> {
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
            case when $6 then p.decline_reason end as "declineReason", case when $6 then p.decline_note end as "declineNote",
            (select trim(m.given_name || ' ' || m.family_name) from proposal f
              join person m on m.institution_id = f.institution_id and m.id = f.mentor_id
              where f.institution_id = p.institution_id and f.id = p.forwarded_from) as "forwardedFrom",
            (select trim(m.given_name || ' ' || m.family_name) from proposal f
              join person m on m.institution_id = f.institution_id and m.id = f.mentor_id
              where f.institution_id = p.institution_id and f.forwarded_from = p.id) as "forwardedTo"
          from ${from} ${cardJoins('mentee')} ${cardJoins('mentor')} where ${wanted}
          order by lower(mentee.family_name), lower(mentee.given_name), p.id limit $7 offset $8`,
        values: [...values, actor.permissions.has('rounds.run'), limit, offset],
      },
    ]);
    if (!round) throw new Refused('not-found');
    return { rows, total: count?.total ?? 0 };
  }
}
