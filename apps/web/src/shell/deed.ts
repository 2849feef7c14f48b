import { signal } from '@angular/core';
import { problemFrom, type Problem } from './problem';

/** One button's work: busy while it runs, and the problem it ended with. A second click while busy does nothing. */
export class Deed {
  private readonly running = signal(false);
  private readonly ended = signal<Problem | null>(null);
  readonly busy = this.running.asReadonly();
  readonly problem = this.ended.asReadonly();

  /** Runs the work; answers whether it succeeded. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.running()) return false;
    this.running.set(true);
    this.ended.set(null);
    try {
      await work();
      return true;
    } catch (thrown) {
      this.ended.set(problemFrom(thrown));
      return false;
    } finally {
      this.running.set(false);
    }
  }

  forget(): void {
    this.ended.set(null);
  }
}
