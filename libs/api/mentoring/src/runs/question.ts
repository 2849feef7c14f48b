import { explainTwo, type KnownRound, knownRound, type WhyNotAnswer } from './explain-two';
import type { MatchingWork } from './match-people';
import type { Pin } from './pins';
import { type KeptPair, replay, type Replayed } from './replay-run';

/** What can be asked about a round without changing anything: plain data, which can be sent to a thread. */
export type Question = { kind: 'why-not'; two: Pin } | { kind: 'replay'; kept: readonly KeptPair[] };

/** The answer, and what the engine was given. */
export type AnswerTo<Kind extends Question['kind']> = {
  'why-not': { answer: WhyNotAnswer; inputHash: string };
  replay: Replayed;
}[Kind];

/** So many rounds are kept solved for the next question about them. */
const keptAtMost = 2;

/** Answers questions about rounds. A round is scored and solved at the first question about it, then remembered. */
export class KnownRounds {
  private readonly rounds = new Map<string, KnownRound>();

  /** Whether it was asked about lately: `work` need not be given again. */
  has(key: string): boolean {
    return this.rounds.has(key);
  }

  /** `key` names the work: the same for the same people, rules and round. */
  answer(key: string, work: MatchingWork | null, question: Question): AnswerTo<Question['kind']> {
    const round = this.rounds.get(key) ?? (work && knownRound(work));
    if (!round) throw new Error('a round that nobody has asked about yet');
    // The one asked about last is forgotten last.
    this.rounds.delete(key);
    this.rounds.set(key, round);
    for (const oldest of [...this.rounds.keys()].slice(0, -keptAtMost)) this.rounds.delete(oldest);
    switch (question.kind) {
      case 'why-not':
        return { answer: explainTwo(round, question.two), inputHash: round.inputHash };
      case 'replay':
        return replay(round, question.kept);
    }
  }
}
