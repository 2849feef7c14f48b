import { Injectable } from '@angular/core';

/** Every key below this is what somebody typed that has not reached the server: see DraftStore. */
export const keptPrefix = 'waymark.kept.';

/**
 * What was typed and has not reached the server yet, on this device: a lost connection, a reload or a crash loses nothing.
 * Signing out first sends what it can, then leaves nothing of the person behind. Where the browser has no storage, what
 * is typed lives as long as its page.
 */
@Injectable({ providedIn: 'root' })
export class KeptDrafts {
  /** What pages still have to send before somebody signs out. */
  readonly beforeSignOut = new Set<() => Promise<unknown>>();

  read(key: string): unknown {
    try {
      const text = localStorage.getItem(keptPrefix + key);
      return text === null ? null : (JSON.parse(text) as unknown);
    } catch {
      return null;
    }
  }

  /** Answers whether it is kept. */
  write(key: string, value: unknown): boolean {
    try {
      localStorage.setItem(keptPrefix + key, JSON.stringify(value));
      return true;
    } catch {
      return false; // storage is switched off or full
    }
  }

  remove(key: string): void {
    try {
      localStorage.removeItem(keptPrefix + key);
    } catch {
      // Nothing is kept where there is no storage.
    }
  }

  /** The keys that begin so, without what all of ours begin with. */
  keysBelow(start: string): string[] {
    try {
      return Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '')
        .filter((key) => key.startsWith(keptPrefix + start))
        .map((key) => key.slice(keptPrefix.length));
    } catch {
      return [];
    }
  }

  async sendBeforeSignOut(): Promise<void> {
    await Promise.allSettled([...this.beforeSignOut].map((send) => send()));
  }

  forgetAll(): void {
    for (const key of this.keysBelow('')) this.remove(key);
  }
}
