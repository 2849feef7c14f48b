import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { type ClaimLineDraft, claimLineDraft, claimSaved, type ClaimView, readPounds } from '@waymark/contracts';
import { z } from 'zod';
import { Commands } from '../../shell/commands';
import { KeptDrafts } from '../../shell/kept-drafts';
import { type Problem, problemFrom } from '../../shell/problem';

export type SaveState = 'saved' | 'waiting' | 'saving' | 'unreachable' | 'conflict' | 'refused';

/** Typing rests so long before it is saved. */
const restMs = 700;
/** What could not be sent is tried again. */
const againMs = 5_000;

const keptDraft = z.object({ lines: z.array(claimLineDraft), last: z.boolean() });

/**
 * A claim as it is being written: saved by itself when typing rests, kept on this device while the server cannot be reached, and
 * never over what another tab has saved since.
 */
@Injectable()
export class ClaimDraft {
  private readonly commands = inject(Commands);
  private readonly kept = inject(KeptDrafts);
  private claimId = '';
  private version = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> = Promise.resolve();

  readonly lines = signal<readonly ClaimLineDraft[]>([]);
  readonly last = signal(false);
  readonly state = signal<SaveState>('saved');
  readonly savedAt = signal<string | null>(null);
  readonly problem = signal<Problem | null>(null);
  /** What the lines come to, so far as they can be read, in pence. */
  readonly totalPence = computed(() =>
    this.lines().reduce((sum, { amount }) => {
      const read = readPounds(amount);
      return sum + ('pence' in read ? read.pence : 0);
    }, 0),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
      if (this.state() === 'waiting') void this.save();
    });
  }

  /** Begins with what the server has; what was typed here and never arrived goes before it. */
  begin(claim: ClaimView): void {
    if (this.claimId === claim.id && this.version >= claim.version) return;
    clearTimeout(this.timer);
    this.claimId = claim.id;
    this.version = claim.version;
    const typed = keptDraft.safeParse(this.kept.read(this.key()));
    this.lines.set(typed.success ? typed.data.lines : claim.lines.map(({ amountPence: _, ...line }) => line));
    this.last.set(typed.success ? typed.data.last : claim.last);
    this.state.set('saved');
    this.problem.set(null);
    if (typed.success) this.soon(0);
  }

  change(id: string, some: Partial<ClaimLineDraft>): void {
    this.lines.update((lines) => lines.map((line) => (line.id === id ? { ...line, ...some } : line)));
    this.soon(restMs);
  }

  add(): string {
    const id = crypto.randomUUID();
    const line: ClaimLineDraft = { id, category: null, what: '', amount: '', fileIds: [], noReceiptBecause: '' };
    this.lines.update((lines) => [...lines, line]);
    this.soon(restMs);
    return id;
  }

  remove(id: string): void {
    this.lines.update((lines) => lines.filter((line) => line.id !== id));
    this.soon(restMs);
  }

  /** Puts a line back where it was. */
  restore(line: ClaimLineDraft, at: number): void {
    this.lines.update((lines) => lines.toSpliced(at, 0, line));
    this.soon(restMs);
  }

  setLast(last: boolean): void {
    this.last.set(last);
    this.soon(restMs);
  }

  /** Once nothing is on its way, what is to be sent: the newest revision, with all that is typed. */
  async settled(): Promise<{ version: number; lines: readonly ClaimLineDraft[]; last: boolean }> {
    clearTimeout(this.timer);
    await this.running;
    return { version: this.version, lines: this.lines(), last: this.last() };
  }

  /** It was sent: nothing of it is kept here. */
  sent(): void {
    clearTimeout(this.timer);
    this.state.set('saved');
    this.kept.remove(this.key());
  }

  /** Somebody chose what is here over what another tab has saved. */
  async keepMine(newest: ClaimView): Promise<void> {
    this.version = newest.version;
    await this.save();
  }

  takeTheirs(newest: ClaimView): void {
    this.kept.remove(this.key());
    this.version = 0;
    this.begin(newest);
  }

  private key(): string {
    return `claim.${this.claimId}`;
  }

  private soon(ms: number): void {
    if (this.state() === 'conflict') return;
    this.kept.write(this.key(), { lines: this.lines(), last: this.last() });
    this.state.set('waiting');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), ms);
  }

  /** One after the other, each with all that is typed by then. */
  private save(): Promise<void> {
    clearTimeout(this.timer);
    this.running = this.running.then(() => this.send());
    return this.running;
  }

  private async send(): Promise<void> {
    const [lines, last] = [this.lines(), this.last()];
    this.state.set('saving');
    this.problem.set(null);
    try {
      const body = { version: this.version, lines, last };
      const saved = await this.commands.put(`/api/funding/claims/${this.claimId}/draft`, body, claimSaved);
      this.version = saved.version;
      this.savedAt.set(saved.savedAt);
      if (this.lines() !== lines || this.last() !== last) return;
      this.kept.remove(this.key());
      this.state.set('saved');
    } catch (thrown) {
      const problem = problemFrom(thrown);
      if (problem.refusal === 'offline' || problem.refusal === 'not-ready') {
        this.state.set('unreachable');
        this.timer = setTimeout(() => void this.save(), againMs);
      } else if (problem.refusal === 'changed-meanwhile') this.state.set('conflict');
      else {
        this.state.set('refused');
        this.problem.set(problem);
      }
    }
  }
}
