import { HttpClient } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { sessionView, type Permission, type SessionView, type SignedIn } from '@waymark/contracts';
import { firstValueFrom } from 'rxjs';
import { Commands } from './commands';
import { KeptDrafts } from './kept-drafts';
import { problemFrom, type Problem } from './problem';

/** Who is signed in, and what they may do. The server decides each time; this decides what is offered. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly http = inject(HttpClient);
  private readonly commands = inject(Commands);
  private readonly keptDrafts = inject(KeptDrafts);
  private readonly current = signal<SessionView | null>(null);
  private readonly failed = signal<Problem | null>(null);

  readonly view = this.current.asReadonly();
  /** Why the session could not be read at all. */
  readonly failure = this.failed.asReadonly();
  readonly signedIn = computed<SignedIn | null>(() => {
    const view = this.current();
    return view?.signedIn ? view : null;
  });
  readonly demonstration = computed(() => this.current()?.demonstration ?? false);
  readonly setUpNeeded = computed(() => {
    const view = this.current();
    return view !== null && !view.signedIn && view.setUpNeeded;
  });
  private readonly permissions = computed(() => new Set<Permission>(this.signedIn()?.permissions));

  may(permission: Permission): boolean {
    return this.permissions().has(permission);
  }

  /** Asks the server; never throws, so that the shell can always start and say what is wrong. */
  async load(): Promise<void> {
    this.failed.set(null);
    try {
      this.current.set(sessionView.parse(await firstValueFrom(this.http.get('/api/session'))));
    } catch (thrown) {
      this.failed.set(problemFrom(thrown));
    }
  }

  /** Takes the session that signing in, setting a password or setting up answered with. */
  adopt(view: SessionView): void {
    this.current.set(view);
  }

  async signIn(email: string, password: string): Promise<void> {
    this.adopt(await this.commands.post('/api/session', { email, password }, sessionView));
  }

  /** From the answer on, everything is done as that person. */
  async actFor(personId: string): Promise<void> {
    this.adopt(await this.commands.post(`/api/people/${personId}/act`, {}, sessionView));
  }

  async stopActing(): Promise<void> {
    this.adopt(await this.commands.delete('/api/session/acting', sessionView));
  }

  async signOut(): Promise<void> {
    await this.keptDrafts.sendBeforeSignOut();
    await this.commands.delete('/api/session');
    this.keptDrafts.forgetAll();
    this.ended();
  }

  /** The server no longer knows us. */
  ended(): void {
    this.current.set({ signedIn: false, demonstration: this.demonstration(), setUpNeeded: false });
  }
}
