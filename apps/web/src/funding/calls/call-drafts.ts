import { Injectable, inject, signal } from '@angular/core';
import { letterKinds } from '@waymark/contracts';
import { z } from 'zod';
import { KeptDrafts } from '../../shell/kept-drafts';
import { Session } from '../../shell/session';
import { rememberedTab } from '../applications/draft-tabs';
import type { CallDraft } from './call-draft';

export interface KeptCallDraft {
  draft: CallDraft;
  /** The version of the call from which it was begun. */
  version: number;
}

/** As this device keeps it. What an older Waymark kept otherwise is passed over. */
const onDevice = z.object({
  version: z.number(),
  at: z.string(),
  draft: z.object({
    ...{ name: z.string(), potId: z.string(), budget: z.string(), opens: z.string(), closes: z.string() },
    ...{ returnGraceDays: z.string(), endorseBy: z.string(), decideBy: z.string(), reserveUntil: z.string() },
    ...{ claimBy: z.string(), nextOpensOn: z.string(), nextClosesOn: z.string(), rollsUntil: z.string() },
    cap: z.string(),
    techniciansOnly: z.boolean(),
    unitIds: z.array(z.string()),
    gradeIds: z.array(z.string()),
    rules: z.array(
      z.enum([
        'one-application',
        'not-retrospective',
        'contract-outlasts-event',
        'no-overdue-report',
        'not-funded-lately',
      ]),
    ),
    notRetrospectiveDays: z.string(),
    notFundedCalls: z.string(),
    criteria: z.array(z.object({ id: z.string(), name: z.string(), guidance: z.string(), weight: z.string() })),
    questions: z.array(
      z.object({
        ...{ id: z.string(), label: z.string(), help: z.string(), required: z.boolean() },
        kind: z.enum(['short', 'long', 'choice', 'yes-no']),
        ...{ wordsMost: z.string(), options: z.string() },
      }),
    ),
    ...{ blind: z.boolean(), reviewersEach: z.string(), partAwards: z.boolean(), bar: z.string() },
    ...{ caseWordsMost: z.string(), objectivesLeast: z.string() },
    letters: z.record(z.enum(letterKinds), z.string()),
  }),
});

/**
 * Changed calls that are not saved yet. They are saved by hand, since what is saved of an open call holds for everybody at once;
 * until then they are kept on this device, by person and window, so that neither a reload nor a link loses them.
 */
@Injectable({ providedIn: 'root' })
export class CallDrafts {
  private readonly device = inject(KeptDrafts);
  private readonly session = inject(Session);
  private readonly tab = rememberedTab();
  private readonly byKey = signal<ReadonlyMap<string, KeptCallDraft>>(new Map());
  /** Where a draft was taken up from another window that is gone. */
  private readonly takenFrom = new Map<string, string>();
  private readonly refused = signal(false);
  /** The browser keeps nothing: what is typed lives as long as this page. */
  readonly notKept = this.refused.asReadonly();

  of(callId: string): KeptCallDraft | undefined {
    return this.byKey().get(this.start(callId));
  }

  keep(callId: string, draft: KeptCallDraft): void {
    const start = this.start(callId);
    this.byKey.update((all) => new Map(all).set(start, draft));
    this.refused.set(!this.device.write(start + this.tab, { ...draft, at: new Date().toISOString() }));
  }

  /** Takes up what this device kept, this window's own before the newest of others; answers when that was typed. */
  recover(callId: string): string | null {
    if (this.of(callId)) return null;
    const start = this.start(callId);
    const found = this.device.keysBelow(start).flatMap((key) => {
      const kept = onDevice.safeParse(this.device.read(key));
      return kept.success ? [{ key, ...kept.data }] : [];
    });
    const [newest] = found.sort((a, b) => b.at.localeCompare(a.at));
    const mine = found.find(({ key }) => key === start + this.tab) ?? newest;
    if (!mine) return null;
    this.takenFrom.set(start, mine.key);
    this.byKey.update((all) => new Map(all).set(start, { draft: mine.draft, version: mine.version }));
    return mine.at;
  }

  forget(callId: string): void {
    const start = this.start(callId);
    this.byKey.update((all) => new Map([...all].filter(([key]) => key !== start)));
    this.device.remove(start + this.tab);
    const other = this.takenFrom.get(start);
    if (other) this.device.remove(other);
    this.takenFrom.delete(start);
  }

  /** Nobody meets what somebody else typed, whoever signs in next in this window. */
  private start(callId: string): string {
    return `call.${this.session.signedIn()?.person.id ?? ''}.${callId}.`;
  }
}
