import { HttpClient } from '@angular/common/http';
import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import {
  type ApplicationDraft,
  type ApplicationView,
  type RuleResult,
  applicationView,
  draftSaved,
} from '@waymark/contracts';
import { firstValueFrom } from 'rxjs';
import { Commands } from '../../shell/commands';
import { KeptDrafts } from '../../shell/kept-drafts';
import { Online } from '../../shell/online';
import { Problem, problemFrom } from '../../shell/problem';
import { Session } from '../../shell/session';
import { chosen, differences, type DraftDifference, type DraftFieldId, sameDraft } from './draft-fields';
import { DraftTabs } from './draft-tabs';
import { keptDraft, keptKey } from './kept-draft';

/** After the last key, and at the latest after the first that is not saved, in milliseconds. */
const restMs = 700;
const patienceMs = 5000;
/** Between tries while Waymark cannot be reached, though the browser believes that there is a connection. */
const triesMs = [3000, 6000, 12_000, 30_000] as const;

const unansweredMost = 3;

/** Worth trying again by itself: nothing was answered, or something broke that may be whole again soon. */
const passes = ({ refusal, status }: Problem): boolean =>
  refusal === 'offline' || refusal === 'not-ready' || status === 429 || status >= 500;

/** A draft as the server has it, with its rules as they were judged then. */
export interface SavedDraft {
  readonly draft: ApplicationDraft;
  readonly draftVersion: number;
  readonly savedAt: string;
  readonly rules: readonly RuleResult[];
}

/** Two versions of one draft: what each field holds in either. */
export interface DraftConflict {
  readonly theirs: SavedDraft;
  readonly differences: readonly DraftDifference[];
}

export type DraftState = 'saved' | 'waiting' | 'saving' | 'unreachable' | 'conflict' | 'refused';

/**
 * What is being written. Every change is kept on this device at once and goes to the server when the typing rests: in
 * order, one at a time, each on top of the version before. A version that is not ours is laid beside what was typed; nothing
 * is overwritten by either.
 */
@Injectable()
export class DraftStore {
  private readonly commands = inject(Commands);
  private readonly http = inject(HttpClient);
  private readonly kept = inject(KeptDrafts);
  private readonly online = inject(Online);
  private readonly session = inject(Session);
  readonly tabs = inject(DraftTabs);

  private id = '';
  private readonly typed = signal<ApplicationDraft | null>(null);
  private readonly base = signal<SavedDraft | null>(null);
  private readonly clash = signal<{ theirs: SavedDraft; base: ApplicationDraft } | null>(null);
  private readonly ended = signal<Problem | null>(null);
  private readonly lost = signal(false);
  private readonly sending = signal(false);
  private readonly recoveredAt = signal<string | null>(null);
  private readonly unkept = signal(false);
  private readonly gone = signal(false);
  /** What was sent and never answered: it may have arrived, and then its version is ours. The newest first. */
  private unanswered: readonly ApplicationDraft[] = [];
  private waitingSince: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  private run: Promise<void> | null = null;

  readonly draft = this.typed.asReadonly();
  readonly saved = this.base.asReadonly();
  /** What is typed while it lasts is part of it. */
  readonly conflict = computed<DraftConflict | null>(() => {
    const [clash, typed] = [this.clash(), this.typed()];
    if (!clash || !typed) return null;
    return { theirs: clash.theirs, differences: differences(clash.base, typed, clash.theirs.draft) };
  });
  /** Why the server will not take it: it was sent already, the session ended, or something broke. */
  readonly problem = this.ended.asReadonly();
  /** When what was found on this device had been typed; null where nothing was found. */
  readonly recovered = this.recoveredAt.asReadonly();
  /** The browser keeps nothing: what is typed lives as long as this page. */
  readonly notKept = this.unkept.asReadonly();
  /** It can be written no more: another window sent or withdrew it. */
  readonly sentElsewhere = this.gone.asReadonly();
  readonly dirty = computed(() => {
    const [typed, saved] = [this.typed(), this.base()];
    return typed !== null && saved !== null && typed !== saved.draft && !sameDraft(typed, saved.draft);
  });
  readonly state = computed<DraftState>(() => {
    if (this.clash()) return 'conflict';
    if (this.ended()) return 'refused';
    if (!this.dirty()) return 'saved';
    if (!this.online.online() || this.lost()) return 'unreachable';
    return this.sending() ? 'saving' : 'waiting';
  });

  constructor() {
    effect(() => {
      if (this.online.online()) untracked(() => this.again());
    });
    const hidden = () => {
      if (document.hidden && this.dirty()) void this.flush();
    };
    const flush = () => this.flush();
    document.addEventListener('visibilitychange', hidden);
    this.kept.beforeSignOut.add(flush);
    this.tabs.heard = ({ kind, draftVersion }) => {
      if (kind === 'sent') this.gone.set(true);
      else void this.heardOfVersion(draftVersion);
    };
    inject(DestroyRef).onDestroy(() => {
      document.removeEventListener('visibilitychange', hidden);
      this.kept.beforeSignOut.delete(flush);
      clearTimeout(this.timer);
      if (this.dirty()) void this.flush();
    });
  }

  /** Begins with what the server has, and with what this device kept of it. */
  async open(view: ApplicationView): Promise<void> {
    const saved = savedOf(view);
    if (!saved) return;
    clearTimeout(this.timer);
    const { id } = view;
    this.id = id;
    this.base.set(saved);
    this.typed.set(saved.draft);
    this.unanswered = [];
    this.clash.set(null);
    this.ended.set(null);
    this.recoveredAt.set(null);
    this.gone.set(false);
    // What this very window kept comes back at once, before another key can be struck; what others left, once they are known.
    this.recover((tab) => tab === this.tabs.tab);
    await this.tabs.open(id);
    if (this.id === id && !this.dirty()) this.recover((tab) => !this.tabs.isOpenIn(tab));
  }

  change(change: (draft: ApplicationDraft) => ApplicationDraft): void {
    const typed = this.typed();
    if (!typed) return;
    this.typed.set(change(typed));
    this.keep();
    if (this.ended()?.refusal === 'invalid-input') this.ended.set(null);
    this.later();
  }

  /** Sends what is not saved yet, and answers once it is, or cannot be. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    await this.run;
    if (this.dirty()) await this.send();
    return !this.dirty() && !this.clash();
  }

  /** After "Try again", or once there is a connection. */
  again(): void {
    this.lost.set(false);
    this.tries = 0;
    if (!this.dirty() || this.clash()) return;
    this.ended.set(null);
    void this.send();
  }

  /** Two versions become one: their draft with the fields chosen from mine, on top of their version. */
  settle(fromMine: ReadonlySet<DraftFieldId>): void {
    const [conflict, mine] = [this.clash(), this.typed()];
    if (!conflict || !mine) return;
    this.base.set(conflict.theirs);
    this.typed.set(chosen(mine, conflict.theirs.draft, fromMine));
    this.clash.set(null);
    this.keep();
    void this.send();
  }

  /** It was sent, or withdrawn: nothing is kept of it. */
  done(): void {
    clearTimeout(this.timer);
    this.forget();
    this.base.update((saved) => saved && { ...saved, draft: this.typed() ?? saved.draft });
    this.tabs.say('sent', this.base()?.draftVersion ?? 0);
  }

  private later(): void {
    clearTimeout(this.timer);
    if (this.clash() || this.run || this.ended()) return;
    const now = Date.now();
    this.waitingSince ??= now;
    const ms = Math.max(0, Math.min(restMs, this.waitingSince + patienceMs - now));
    this.timer = setTimeout(() => void this.send(), ms);
  }

  /** One at a time; what is typed meanwhile goes after it. */
  private send(): Promise<void> {
    clearTimeout(this.timer);
    this.run ??= this.sendAll().finally(() => {
      this.run = null;
      this.sending.set(false);
      if (this.dirty() && !this.lost() && this.online.online()) this.later();
    });
    return this.run;
  }

  private async sendAll(): Promise<void> {
    const [typed, saved] = [this.typed(), this.base()];
    if (!typed || !saved || this.clash() || !this.dirty() || !this.online.online()) return;
    const id = this.id;
    this.sending.set(true);
    this.waitingSince = null;
    this.unanswered = [typed, ...this.unanswered].slice(0, unansweredMost);
    this.keep();
    try {
      const body = { draftVersion: saved.draftVersion, draft: typed };
      const { draftVersion, savedAt, rules } = await this.commands.put(
        `/api/funding/applications/${id}/draft`,
        body,
        draftSaved,
      );
      if (this.id === id) this.arrived({ draft: typed, draftVersion, savedAt, rules });
    } catch (thrown) {
      if (this.id === id) await this.failed(problemFrom(thrown));
    }
  }

  private arrived(saved: SavedDraft): void {
    this.base.set(saved);
    this.unanswered = [];
    this.lost.set(false);
    this.ended.set(null);
    this.tries = 0;
    if (this.dirty()) this.keep();
    else this.forget();
    this.tabs.say('saved', saved.draftVersion);
  }

  private async failed(problem: Problem): Promise<void> {
    if (problem.refusal === 'changed-meanwhile') return this.compare();
    if (passes(problem)) {
      this.lost.set(true);
      const ms = triesMs[Math.min(this.tries, triesMs.length - 1)];
      this.tries += 1;
      this.timer = setTimeout(() => void this.send(), ms);
    } else {
      this.unanswered = [];
      this.ended.set(problem);
    }
    this.keep();
  }

  /** Somebody saved it meanwhile: another window, or ourselves where only the answer was lost. */
  private async compare(): Promise<void> {
    try {
      const theirs = await this.read();
      const [typed, saved] = [this.typed(), this.base()];
      if (!typed || !saved) return;
      const ours = this.unanswered.find((draft) => sameDraft(draft, theirs.draft));
      if (ours) this.arrived({ ...theirs, draft: ours });
      else if (sameDraft(typed, theirs.draft)) this.arrived({ ...theirs, draft: typed });
      else this.clash.set({ theirs, base: saved.draft });
      this.later();
    } catch (thrown) {
      await this.failed(problemFrom(thrown));
    }
  }

  private async read(): Promise<SavedDraft> {
    const raw = await firstValueFrom(this.http.get(`/api/funding/applications/${this.id}`));
    const saved = savedOf(applicationView.parse(raw));
    if (saved) return saved;
    this.gone.set(true);
    throw new Problem('status-refused', 409);
  }

  /** Another window saved it. Where nothing waits here, its words are taken over; else they are laid beside ours. */
  private async heardOfVersion(draftVersion: number): Promise<void> {
    if ((this.base()?.draftVersion ?? 0) >= draftVersion || this.run || this.clash()) return;
    if (this.dirty()) {
      await this.compare();
      return;
    }
    try {
      const theirs = await this.read();
      if (this.dirty()) return await this.compare();
      this.base.set(theirs);
      this.typed.set(theirs.draft);
    } catch {
      // The next save of ours finds out.
    }
  }

  private recover(from: (tab: string) => boolean): void {
    const [saved, account] = [this.base(), this.account()];
    if (!saved) return;
    const all = keptKey(account, this.id, '');
    const own = all + this.tabs.tab;
    const found = this.kept
      .keysBelow(all)
      .filter((key) => from(key.slice(all.length)))
      .flatMap((key) => {
        const parsed = keptDraft.safeParse(this.kept.read(key));
        return parsed.success ? [{ key, ...parsed.data }] : [];
      })
      .filter(({ key, draft }) => {
        const arrived = sameDraft(draft, saved.draft);
        if (arrived) this.kept.remove(key);
        return !arrived;
      })
      .sort((a, b) => b.at.localeCompare(a.at));
    const [newest] = found;
    if (!newest) return;
    this.recoveredAt.set(newest.at);
    this.unanswered = newest.unanswered;
    this.typed.set(newest.draft);
    // It was typed on top of an older version: what changed since is shown beside it, unless that was ours.
    if (newest.base.draftVersion !== saved.draftVersion) {
      this.base.set({ ...saved, ...newest.base });
      this.keep();
      if (newest.key !== own) this.kept.remove(newest.key);
      void this.compare();
      return;
    }
    this.keep();
    if (newest.key !== own) this.kept.remove(newest.key);
    void this.send();
  }

  private keep(): void {
    const [typed, saved] = [this.typed(), this.base()];
    if (!typed || !saved) return;
    const value = {
      base: { draft: saved.draft, draftVersion: saved.draftVersion },
      draft: typed,
      unanswered: this.unanswered,
      at: new Date().toISOString(),
    };
    this.unkept.set(!this.kept.write(keptKey(this.account(), this.id, this.tabs.tab), value));
  }

  private forget(): void {
    this.kept.remove(keptKey(this.account(), this.id, this.tabs.tab));
  }

  /** Whose words they are: the person's, or those of somebody who acts for them. */
  private account(): string {
    const session = this.session.signedIn();
    return session ? [session.person.id, session.acting?.by.id].filter(Boolean).join('.') : '';
  }
}

const savedOf = ({ draft, draftVersion, draftSavedAt, rules }: ApplicationView): SavedDraft | null =>
  draft && { draft, draftVersion, savedAt: draftSavedAt, rules };
