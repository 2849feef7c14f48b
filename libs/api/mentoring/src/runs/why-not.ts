import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf } from '@waymark/api-people';
import { type Actor, Reads, Refused, type Scope, Transactions, type Tx } from '@waymark/api-platform';
import type { PersonCard, WhyNotQuery, WhyNotView } from '@waymark/contracts';
import { Run } from '../entities';
import { RoundQuestions } from './ask-in-thread';
import type { WhyNotAnswer } from './explain-two';
import { type MatchingInput, withEnoughIdentity } from './matching-input';
import { MatchingInputs } from './read-matching-input';

/**
 * Why a run did not put two people together: what keeps them apart, or what the whole round would lose by it, with the rules
 * of the run and the people as they are now. See `explainTwo` for what is not told.
 */
@Injectable()
export class WhyNot {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: Reads,
    private readonly inputs: MatchingInputs,
    private readonly questions: RoundQuestions,
  ) {}

  async see(actor: Actor, runId: string, two: WhyNotQuery): Promise<WhyNotView> {
    const { run, input, at } = await this.transactions.run(
      { institutionId: actor.institutionId, personId: actor.personId, correlationId: actor.correlationId },
      (tx) => this.read(tx, runId, two),
    );
    const found = await this.answer(run, input, at);
    const people = await this.cards(actor, [two.menteeId, two.mentorId, ...peopleIn(found.answer)]);
    const card = (id: string): PersonCard => people.get(id) ?? { id, name: '', unit: null, grade: null };
    return {
      mentee: card(two.menteeId),
      mentor: card(two.mentorId),
      asRun: found.inputHash === run.summary?.inputHash,
      answer: withCards(found.answer, card),
    };
  }

  private async answer(
    run: Run,
    input: MatchingInput,
    two: { mentee: number; mentor: number },
  ): Promise<{ answer: WhyNotAnswer; inputHash: string | null }> {
    if (two.mentee === -1) return { answer: { kind: 'not-in-round', side: 'mentee' }, inputHash: null };
    if (two.mentor === -1) return { answer: { kind: 'not-in-round', side: 'mentor' }, inputHash: null };
    const { rules, roundId } = run;
    return this.questions.ask({ input, rules, roundId }, { kind: 'why-not', two });
  }

  private async read(tx: Tx, runId: string, { menteeId, mentorId }: WhyNotQuery) {
    const [run] = await tx.find(Run, { id: runId });
    if (!run) throw new Refused('not-found');
    if (run.status !== 'done') throw new Refused('run-not-finished');
    // Both belong to the round, whether or not they can be matched in it at present.
    const [sides] = await tx.query<{ mentee: boolean; mentor: boolean }>(
      `select exists (select from round_mentee rm join request r on r.institution_id = rm.institution_id and r.id = rm.request_id
           where rm.institution_id = $1 and rm.round_id = $2 and r.person_id = $3) as mentee,
         exists (select from round_mentor rm join enrolment e on e.institution_id = rm.institution_id and e.id = rm.enrolment_id
           where rm.institution_id = $1 and rm.round_id = $2 and e.person_id = $4) as mentor`,
      [tx.scope.institutionId, run.roundId, menteeId, mentorId],
    );
    if (!sides?.mentee || !sides.mentor) throw new Refused('not-found');
    const input = withEnoughIdentity({
      ...(await this.inputs.readBeforeRelease(tx, run.roundId, run.rules)),
      choices: run.choices,
    });
    return {
      run,
      input,
      at: {
        mentee: input.mentees.findIndex(({ personId }) => personId === menteeId),
        mentor: input.mentors.findIndex(({ personId }) => personId === mentorId),
      },
    };
  }

  private async cards(scope: Scope, ids: readonly string[]): Promise<Map<string, PersonCard>> {
    const [rows] = await this.reads.all<[{ card: PersonCard }]>(scope, [
      {
        name: 'why-not-people',
        text: `select ${cardOf('p')} as card from person p ${cardJoins('p')}
          where p.institution_id = $1 and p.id = any ($2::uuid[])`,
        values: [scope.institutionId, [...new Set(ids)]],
      },
    ]);
    return new Map(rows.map(({ card }) => [card.id, card]));
  }
}

const peopleIn = (answer: WhyNotAnswer): string[] =>
  answer.kind === 'allowed'
    ? [
        ...answer.instead.map(({ mentor }) => mentor),
        ...answer.holders.map(({ mentee }) => mentee),
        ...answer.forced.moves.flatMap(({ mentee, from, to }) => [mentee, ...from, ...to]),
      ]
    : [];

const withCards = (answer: WhyNotAnswer, card: (id: string) => PersonCard): WhyNotView['answer'] =>
  answer.kind !== 'allowed'
    ? answer
    : {
        ...answer,
        instead: answer.instead.map((one) => ({ ...one, mentor: card(one.mentor) })),
        holders: answer.holders.map((one) => ({ ...one, mentee: card(one.mentee) })),
        forced: {
          ...answer.forced,
          moves: answer.forced.moves.map(({ mentee, from, to }) => ({
            mentee: card(mentee),
            from: from.map(card),
            to: to.map(card),
          })),
        },
      };
