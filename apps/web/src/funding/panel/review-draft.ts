import { computed, signal } from '@angular/core';
import type { ReviewSaved, ReviewScores, SaveReview } from '@waymark/contracts';
import { problemFrom, type Problem } from '../../shell/problem';

export interface Written {
  scores: ReviewScores;
  commentToApplicant: string;
  privateComment: string;
}

export type Saving = 'saved' | 'unsaved' | 'saving' | 'waiting' | 'conflict';

const pauseMs = 700;
/** After a failure: the connection may be back soon. */
const againMs = 4000;

const same = (one: Written, other: Written): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * What is being written of one review, saved by itself shortly after the last change, one save at a time and each on the
 * revision that the one before made. A save that got no answer is tried again until it does; what is typed stays here
 * meanwhile. Where another window saved since, nothing is overwritten: it says so and waits for a decision.
 */
export class ReviewDraft {
  private readonly written;
  private readonly kept;
  private readonly at;
  private readonly state = signal<Saving>('saved');
  private readonly trouble = signal<Problem | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private ended = false;

  readonly now;
  readonly version;
  readonly saving = this.state.asReadonly();
  readonly problem = this.trouble.asReadonly();
  readonly changed;

  constructor(
    start: Written & { version: number },
    private readonly save: (content: SaveReview) => Promise<ReviewSaved>,
  ) {
    const { version, ...content } = start;
    this.written = signal<Written>(content);
    this.kept = signal<Written>(content);
    this.at = signal(version);
    this.now = this.written.asReadonly();
    this.version = this.at.asReadonly();
    this.changed = computed(() => !same(this.written(), this.kept()));
  }

  change(changes: Partial<Written>): void {
    this.written.update((before) => ({ ...before, ...changes }));
    if (this.state() === 'conflict') return;
    if (!this.changed()) return;
    if (this.state() !== 'saving') this.state.set('unsaved');
    this.soon(pauseMs);
  }

  /** Saves what is not saved yet, and answers whether all of it is. */
  async settle(): Promise<boolean> {
    await this.running;
    if (this.changed() && this.state() !== 'conflict') await this.run();
    // A save that was due by itself would come after whatever is done next, on a revision that is gone by then.
    if (!this.changed()) clearTimeout(this.timer);
    return !this.changed();
  }

  /** The server took what is here in another way, as by submitting. */
  accepted(version: number): void {
    clearTimeout(this.timer);
    this.at.set(version);
    this.kept.set(this.written());
    this.state.set('saved');
  }

  /** After a conflict: what is written here goes over what the other window wrote. */
  async overwrite(version: number): Promise<void> {
    this.at.set(version);
    this.state.set('unsaved');
    await this.run();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  private soon(ms: number): void {
    clearTimeout(this.timer);
    if (!this.ended) this.timer = setTimeout(() => void this.run(), ms);
  }

  private run(): Promise<void> {
    this.running ??= this.once().finally(() => (this.running = null));
    return this.running;
  }

  private async once(): Promise<void> {
    const content = this.written();
    if (same(content, this.kept())) return;
    clearTimeout(this.timer);
    this.state.set('saving');
    try {
      const { version } = await this.save({ version: this.at(), ...content });
      this.at.set(version);
      this.kept.set(content);
      this.trouble.set(null);
      this.state.set(this.changed() ? 'unsaved' : 'saved');
      if (this.changed()) this.soon(pauseMs);
    } catch (thrown) {
      const problem = problemFrom(thrown);
      this.trouble.set(problem);
      const unanswered = problem.refusal === 'offline' || problem.refusal === 'not-ready';
      this.state.set(problem.refusal === 'changed-meanwhile' ? 'conflict' : 'waiting');
      if (unanswered) this.soon(againMs);
    }
  }
}
