import { Component, computed, inject, signal } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { askPasswordLink } from '@waymark/contracts';
import { Field, Message, PageHeader } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { fieldWords } from '../shell/field-words';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';

@Component({
  selector: 'wm-ask-password-link-page',
  imports: [Field, FormField, Message, PageHeader, RouterLink, Trouble],
  template: `
    <div class="narrow centre">
      <wm-page-header i18n-heading heading="Get a password link">
        <a trail routerLink="/sign-in" i18n>Sign in</a>
      </wm-page-header>
      @if (sentTo(); as address) {
        <wm-message tone="ok" i18n-heading heading="Look at your e-mail" icon="mail">
          <p i18n>
            If somebody here has the address {{ address }}, a link is on its way to it. It works once, for a limited
            time.
          </p>
          @if (demonstration()) {
            <p class="mt">
              <a routerLink="/demonstration/mail" [queryParams]="{ to: address }" i18n
                >Read it among the demonstration's messages</a
              >
            </p>
          }
        </wm-message>
        <div class="acts">
          <button type="button" class="btn btn--line" (click)="sentTo.set(null)" i18n>Use another address</button>
        </div>
      } @else {
        <form class="card stack" novalidate (submit)="$event.preventDefault(); ask()">
          <wm-trouble [error]="asking.problem()" compact />
          <wm-field
            for="email"
            i18n-label
            label="E-mail address"
            i18n-hint
            hint="The one your institution knows you by. The link lets you set a new password."
            [error]="errors().email"
          >
            <input
              class="in"
              id="email"
              type="email"
              autocomplete="username"
              [formField]="form.email"
              [attr.aria-invalid]="errors().email ? true : null"
              [attr.aria-describedby]="'email-hint' + (errors().email ? ' email-error' : '')"
            />
          </wm-field>
          <div class="acts">
            <button type="submit" class="btn btn--main" [attr.aria-disabled]="asking.busy() || null" i18n>
              Send the link
            </button>
          </div>
        </form>
      }
    </div>
  `,
})
export class AskPasswordLinkPage {
  private readonly commands = inject(Commands);
  protected readonly demonstration = inject(Session).demonstration;

  private readonly typed = signal({ email: '' });
  protected readonly form = form(this.typed);
  protected readonly asking = new Deed();
  protected readonly sentTo = signal<string | null>(null);
  private readonly tried = signal(false);
  protected readonly errors = computed(() =>
    this.tried()
      ? fieldWords(askPasswordLink, this.typed(), {
          email: $localize`Type an e-mail address, for example a.name@university.ac.uk.`,
        })
      : {},
  );

  protected async ask(): Promise<void> {
    this.tried.set(true);
    if (this.errors().email) return document.getElementById('email')?.focus();
    const email = this.typed().email.trim();
    if (await this.asking.run(() => this.commands.post('/api/password-links', { email }))) this.sentTo.set(email);
  }
}
