import { Injectable, signal } from '@angular/core';
import { RulesDraft } from './rules-draft';

export interface KeptDraft {
  name: string;
  draft: RulesDraft;
  /** The version of the round from which it was begun. */
  version: number;
}

/** Changed rules that are not saved yet, by round: kept while one looks elsewhere in Waymark. */
@Injectable({ providedIn: 'root' })
export class RulesDrafts {
  private readonly byRound = signal<ReadonlyMap<string, KeptDraft>>(new Map());

  of(roundId: string): KeptDraft | undefined {
    return this.byRound().get(roundId);
  }

  keep(roundId: string, draft: KeptDraft): void {
    this.byRound.update((all) => new Map(all).set(roundId, draft));
  }

  forget(roundId: string): void {
    this.byRound.update((all) => new Map([...all].filter(([id]) => id !== roundId)));
  }
}
