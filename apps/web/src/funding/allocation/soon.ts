import { DestroyRef, effect, inject, signal, untracked } from '@angular/core';

/**
 * A value a little later: once it has rested, and on the way at least every so often, so that something dragged is
 * followed without being asked about at every step. Nothing (null) is passed on at once. Made where things are injected.
 */
export class Soon<T> {
  private readonly passed = signal<T | null>(null);
  readonly value = this.passed.asReadonly();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waitingSince: number | null = null;

  constructor(source: () => T | null, restMs: number, atLeastEveryMs: number) {
    effect(() => {
      const value = source();
      untracked(() => {
        clearTimeout(this.timer);
        if (value === null) return this.pass(null);
        this.waitingSince ??= Date.now();
        const left = Math.max(0, this.waitingSince + atLeastEveryMs - Date.now());
        this.timer = setTimeout(() => this.pass(value), Math.min(restMs, left));
      });
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  private pass(value: T | null): void {
    this.waitingSince = null;
    this.passed.set(value);
  }
}
