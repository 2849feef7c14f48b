import { Component, computed, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Icon } from '@waymark/ui';
import { Deed } from './deed';
import { Session } from './session';
import { Trouble } from './trouble';

/** On every page while somebody acts for another: both names, and the way back. Also once that has ended by itself. */
@Component({
  selector: 'wm-acting-banner',
  imports: [Icon, Trouble],
  template: `
    @if (acting(); as names) {
      <section class="acting" i18n-aria-label aria-label="Acting for somebody">
        <wm-icon name="person" />
        <p i18n>
          {{ names.by }}, you act for <b>{{ names.person }}</b>. What you do is done as {{ names.person }}, and recorded
          with both names.
        </p>
        <button type="button" class="btn btn--line btn--sm" [disabled]="stopping.busy()" (click)="stop()" i18n>
          Stop acting for {{ names.person }}
        </button>
      </section>
    } @else if (ended()) {
      <section class="acting" role="alert" i18n-aria-label aria-label="Acting for somebody has ended">
        <wm-icon name="clock" />
        <p i18n>
          <b>You no longer act for somebody.</b> It ended by itself: half an hour went by unused, the person can sign in
          now or has left, or your own role ended. Nothing was done since.
        </p>
        <button type="button" class="btn btn--main btn--sm" [disabled]="stopping.busy()" (click)="stop()" i18n>
          Go on as yourself
        </button>
      </section>
    }
    <wm-trouble [error]="stopping.problem()" compact />
  `,
  styles: `
    :host {
      display: block;
    }
    .acting {
      display: flex;
      flex-wrap: wrap;
      gap: var(--wm-2) var(--wm-3);
      align-items: center;
      background: var(--wm-due-bg);
      color: var(--wm-due);
      padding: 10px var(--wm-6);
      font-size: var(--wm-text-sm);
      border-bottom: 1px solid var(--wm-due);
    }
    p {
      flex: 1 1 16rem;
      color: var(--wm-ink);
      max-width: none;
    }
    @media (max-width: 599px) {
      .acting {
        padding: 10px var(--wm-4);
      }
      .btn {
        flex: 1 1 100%;
        white-space: normal;
      }
    }
  `,
})
export class ActingBanner {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  protected readonly stopping = new Deed();
  protected readonly acting = computed(() => {
    const session = this.session.signedIn();
    return session?.acting ? { person: session.person.name, by: session.acting.by.name } : null;
  });
  protected readonly ended = computed(() => this.session.signedIn()?.actingEnded ?? false);

  protected async stop(): Promise<void> {
    if (await this.stopping.run(() => this.session.stopActing())) await this.router.navigateByUrl('/');
  }
}
