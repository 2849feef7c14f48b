import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf, instantOf } from '@waymark/api-people';
import { type Actor, Clock, type ReadQuery, Reads, Refused, type Tx } from '@waymark/api-platform';
import type { Agreement, PersonCard, ProposalStatus, ProposalView, ScorePart } from '@waymark/contracts';
import { type Ask, askReads, askTx } from '../ask';
import type { PairStatus } from '../entities';
import { placesTaken } from '../places';
import { sideOf } from './own-proposal';
import { isOverdue, mayOnProposal } from './proposal-rules';
import { suggestedEnd } from './working-days';

interface ProposalRow {
  menteeId: string;
  mentorId: string;
  status: ProposalStatus;
  parts: ScorePart[];
  proposedAt: string;
  answerBy: string | null;
  agreement: Agreement | null;
  agreementBy: string | null;
  question: string | null;
  questionAnswer: string | null;
  forwardedFrom: string | null;
  forwardedTo: { id: string; mentor: string } | null;
  version: number;
  round: string;
  mentee: ProposalView['other'];
  mentor: ProposalView['other'];
  capacity: number;
  taken: number;
  pair: { id: string; status: PairStatus; endsOn: string; begunAt: string } | null;
}

interface StepRow {
  act: keyof typeof steps;
  at: string;
  who: string | null;
  by: string | null;
}

/** What the audit calls it, and what the timeline does. */
const steps = {
  'proposal.accept': 'accepted',
  'proposal.decline': 'declined',
  'proposal.withdraw': 'withdrawn',
  'proposal.ask-more': 'more-asked',
  'proposal.answer-question': 'question-answered',
  'proposal.forward': 'forwarded',
  'proposal.expire': 'expired',
  'proposal.supersede': 'superseded',
  'proposal.write-agreement': 'agreement-written',
  'proposal.confirm-agreement': 'agreed',
} as const satisfies Record<string, ProposalView['timeline'][number]['what']>;

/** Steps that come from somebody else's answer: whose is not told. */
const nobodys: readonly string[] = ['proposal.supersede', 'proposal.expire', 'proposal.forward'];

@Injectable()
export class ProposalViews {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  see(actor: Actor, id: string): Promise<ProposalView> {
    return proposalView(askReads(this.reads, actor), actor, id, this.clock.now());
  }
}

/** The proposal as a command left it, read in its transaction. */
export const proposalViewIn = (tx: Tx, actor: Actor, id: string): Promise<ProposalView> =>
  proposalView(askTx(tx), actor, id, tx.now);

const proposalView = async (ask: Ask, actor: Actor, id: string, now: Date): Promise<ProposalView> => {
  const [[row], acts] = (await ask(queries(actor.institutionId, id))) as [ProposalRow[], StepRow[]];
  const side = row && sideOf(row, actor.personId);
  if (!row || !side) throw new Refused('not-found');
  const answerable = { status: row.status, answerBy: row.answerBy === null ? null : new Date(row.answerBy) };
  const overdue = isOverdue(answerable, now);
  const other = side === 'mentor' ? row.mentee : row.mentor;
  const reachable = row.status === 'accepted' || row.status === 'agreed';
  return {
    id,
    side,
    other: { ...other, email: reachable ? other.email : null },
    round: row.round,
    status: overdue ? 'expired' : row.status,
    why: row.parts,
    answerBy: row.answerBy,
    places: side === 'mentor' ? { left: Math.max(0, row.capacity - row.taken), of: row.capacity } : null,
    question: row.question === null ? null : { text: row.question, answer: row.questionAnswer },
    forwarded:
      side === 'mentee' && (row.forwardedFrom !== null || row.forwardedTo !== null)
        ? { fromId: row.forwardedFrom, toId: row.forwardedTo?.id ?? null, to: row.forwardedTo?.mentor ?? null }
        : null,
    agreement: row.agreement && { ...row.agreement, writtenBy: row.agreementBy === actor.personId ? 'me' : 'other' },
    suggestedEnd: suggestedEnd(now, actor.timeZone),
    pair: row.pair && { id: row.pair.id, status: row.pair.status, endsOn: row.pair.endsOn },
    timeline: [
      { what: 'proposed', at: row.proposedAt, who: null },
      // That it went on to somebody else is for the mentee to know.
      ...acts
        .filter(({ act }) => act !== 'proposal.forward' || side === 'mentee')
        .map(({ act, at, who, by }) => ({
          what: steps[act],
          at,
          ...(nobodys.includes(act) ? { who: null } : { who, by }),
        })),
      ...(overdue && row.answerBy !== null ? [{ what: 'expired' as const, at: row.answerBy, who: null }] : []),
      ...(row.pair ? [{ what: 'pair-begun' as const, at: row.pair.begunAt, who: null }] : []),
    ],
    may: mayOnProposal(
      { ...answerable, side, agreementBy: row.agreementBy, question: row.question },
      actor.personId,
      now,
    ),
    version: row.version,
  };
};

const otherOf = (person: keyof { mentee: PersonCard; mentor: PersonCard }): string =>
  `${cardOf(person)}::jsonb || jsonb_build_object('jobTitle', ${person}.job_title, 'email', ${person}.email)`;

const queries = (institutionId: string, id: string): ReadQuery[] => [
  {
    name: 'proposal',
    text: `select p.mentee_id as "menteeId", p.mentor_id as "mentorId", p.status, p.parts, p.version,
        ${instantOf('p.proposed_at')} as "proposedAt", ${instantOf('p.answer_by')} as "answerBy",
        p.agreement, p.agreement_by as "agreementBy", o.name as round, p.question, p.question_answer as "questionAnswer",
        p.forwarded_from as "forwardedFrom", (
          select json_build_object('id', f.id, 'mentor', trim(asked.given_name || ' ' || asked.family_name))
          from proposal f join person asked on asked.institution_id = f.institution_id and asked.id = f.mentor_id
          where f.institution_id = p.institution_id and f.forwarded_from = p.id) as "forwardedTo",
        ${otherOf('mentee')} as mentee, ${otherOf('mentor')} as mentor, e.capacity, ${placesTaken('e')} as taken,
        case when pair.id is not null then json_build_object('id', pair.id, 'status', pair.status,
          'endsOn', pair.ends_on::text, 'begunAt', ${instantOf('pair.agreed_at')}) end as pair
      from proposal p
      join round o on o.institution_id = p.institution_id and o.id = p.round_id
      join enrolment e on e.institution_id = p.institution_id and e.id = p.enrolment_id
      join person mentee on mentee.institution_id = p.institution_id and mentee.id = p.mentee_id
      join person mentor on mentor.institution_id = p.institution_id and mentor.id = p.mentor_id
      ${cardJoins('mentee')} ${cardJoins('mentor')}
      left join pair on pair.institution_id = p.institution_id and pair.proposal_id = p.id
      where p.institution_id = $1 and p.id = $2`,
    values: [institutionId, id],
  },
  {
    name: 'proposal-timeline',
    text: `select a.act, ${instantOf('a.at')} as at, nullif(trim(p.given_name || ' ' || p.family_name), '') as who,
        nullif(trim(c.given_name || ' ' || c.family_name), '') as by
      from audit_entry a
      left join person p on p.institution_id = a.institution_id and p.id = coalesce(a.on_behalf_of, a.actor_person_id)
      left join person c on a.on_behalf_of is not null and c.institution_id = a.institution_id and c.id = a.actor_person_id
      where a.institution_id = $1 and a.subject_kind = 'proposal' and a.subject_id = $2
        and a.act in (${Object.keys(steps)
          .map((act) => `'${act}'`)
          .join(', ')})
      order by a.at, a.id limit 100`,
    values: [institutionId, id],
  },
];
