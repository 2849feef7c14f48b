import { Injectable, signal } from '@angular/core';
import type { CallDraft } from './call-draft';

export interface KeptCallDraft {
  draft: CallDraft;
  /** The version of the call from which it was begun. */
  version: number;
}

/** Changed calls that are not saved yet: kept while one looks elsewhere in Waymark. */
@Injectable({ providedIn: 'root' })
export class CallDrafts {
  private readonly byCall = signal<ReadonlyMap<string, KeptCallDraft>>(new Map());

  of(callId: string): KeptCallDraft | undefined {
    return this.byCall().get(callId);
  }

  keep(callId: string, draft: KeptCallDraft): void {
    this.byCall.update((all) => new Map(all).set(callId, draft));
  }

  forget(callId: string): void {
    this.byCall.update((all) => new Map([...all].filter(([id]) => id !== callId)));
  }
}
