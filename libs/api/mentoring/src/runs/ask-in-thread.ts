import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Refused } from '@waymark/api-platform';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { MatchingWork } from './match-people';
import { type AnswerTo, KnownRounds, type Question } from './question';
import type { QuestionMessage } from './question-thread';

/** Built beside the bundle that this is in; from sources there is no such file, and it is done in place. */
const file = new URL('./question-thread.js', import.meta.url);

/** A thread that nobody has asked anything for so long is ended, and what it remembers with it. */
const idleMs = 5 * 60_000;

interface Waiting {
  work: MatchingWork;
  question: Question;
  resolve: (answer: AnswerTo<Question['kind']>) => void;
  reject: (error: unknown) => void;
}

type Reply = { id: number } & ({ unknown: true } | { answer: AnswerTo<Question['kind']> } | { error: unknown });

/**
 * Answers questions about rounds in one thread beside the API, one after the other, so that nobody else waits while a round
 * is scored and solved. The thread remembers the rounds asked about last: the next question about one is answered from there.
 */
@Injectable()
export class RoundQuestions implements OnModuleDestroy {
  private worker: Worker | null = null;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting = new Map<number, Waiting & { key: string }>();
  private readonly inPlace = new KnownRounds();
  private last = 0;
  private stopped = false;

  async ask<Kind extends Question['kind']>(
    work: MatchingWork,
    question: Extract<Question, { kind: Kind }>,
  ): Promise<AnswerTo<Kind>> {
    if (this.stopped) throw new Refused('not-ready');
    const key = createHash('sha256').update(serialize(work)).digest('hex');
    if (!existsSync(fileURLToPath(file))) return this.inPlace.answer(key, work, question) as AnswerTo<Kind>;
    return (await new Promise<AnswerTo<Question['kind']>>((resolve, reject) => {
      const id = (this.last += 1);
      this.waiting.set(id, { key, work, question, resolve, reject });
      this.send({ id, key, work: null, question });
    })) as AnswerTo<Kind>;
  }

  /** Whoever waits for an answer is told at once: the server would not stop before they are. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await this.end();
    this.refuseAll(new Refused('not-ready'));
  }

  private send(message: QuestionMessage): void {
    clearTimeout(this.idle);
    this.worker ??= this.begin();
    this.worker.postMessage(message);
  }

  private begin(): Worker {
    const worker = new Worker(file);
    // It keeps nothing alive: a request that waits for it does.
    worker.unref();
    worker.on('message', (reply: Reply) => this.take(reply));
    worker.on('error', (error) => this.failed(worker, error));
    worker.on('exit', () => this.failed(worker, new Error('the thread that answers questions has ended')));
    return worker;
  }

  private take(reply: Reply): void {
    const asked = this.waiting.get(reply.id);
    if (!asked) return;
    if ('unknown' in reply) {
      const { key, work, question } = asked;
      return this.send({ id: reply.id, key, work, question });
    }
    this.waiting.delete(reply.id);
    if ('error' in reply) asked.reject(reply.error);
    else asked.resolve(reply.answer);
    if (this.waiting.size === 0) this.idle = setTimeout(() => void this.end(), idleMs).unref();
  }

  /** The next question begins another thread. */
  private failed(worker: Worker, error: unknown): void {
    if (this.worker !== worker) return;
    this.worker = null;
    this.refuseAll(error);
  }

  private refuseAll(error: unknown): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  private async end(): Promise<void> {
    clearTimeout(this.idle);
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }
}
