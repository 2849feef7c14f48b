import { parentPort } from 'node:worker_threads';
import type { MatchingWork } from './match-people';
import { KnownRounds, type Question } from './question';

/* The thread that answers questions about rounds, so that the API goes on meanwhile: built as a file of its own. */

const rounds = new KnownRounds();

/** Asked without the work at first: it is sent only where the round is not known here. */
parentPort?.on('message', ({ id, key, work, question }: QuestionMessage) => {
  if (!work && !rounds.has(key)) return parentPort?.postMessage({ id, unknown: true });
  try {
    parentPort?.postMessage({ id, answer: rounds.answer(key, work, question) });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});

export interface QuestionMessage {
  id: number;
  key: string;
  work: MatchingWork | null;
  question: Question;
}
