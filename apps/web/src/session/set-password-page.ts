import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { passwordLinkView, sessionView, setPassword } from '@waymark/contracts';
import { Field, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { fieldWords } from '../shell/field-words';
import { ownPath } from '../shell/guards';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { PasswordControl } from './password-control';

/** From an invitation or a reset link: opening changes nothing, the button does. */
@Component({
  selector: 'wm-set-password-page',
  imports: [Field, FormField, PageHeader, PasswordControl, RouterLink, Skeleton, Trouble],
  template: `
    <div class="narrow centre">
      <wm-page-header [heading]="heading()" />
      @if (link.hasValue()) {
        <form class="card stack" novalidate (submit)="$event.preventDefault(); setPassword()">
          <wm-trouble [error]="setting.problem()" compact>
            @if (setting.problem()?.refusal === 'link-expired') {
              <p class="mt"><a routerLink="/password" i18n>Get a new link</a></p>
            }
          </wm-trouble>
          <div class="field">
            <label for="username" i18n>Your e-mail address</label>
            <input
              class="in"
              id="username"
              type="email"
              autocomplete="username"
              readonly
              [value]="link.value().email"
            />
          </div>
          <wm-field
            for="password"
            i18n-label
            label="New password"
            i18n-hint
            hint="At least 12 characters; length is what makes it strong. Three or four unrelated words do well."
            [error]="errors().password"
          >
            <wm-password-control
              controlId="password"
              autocomplete="new-password"
              [formField]="form.password"
              [refused]="!!errors().password"
              [describedBy]="'password-hint' + (errors().password ? ' password-error' : '')"
            />
          </wm-field>
          <p class="small quiet">{{ length() }}</p>
          <div class="acts">
            <button type="submit" class="btn btn--main" [attr.aria-disabled]="setting.busy() || null" i18n>
              Set password and go on
            </button>
          </div>
          <p class="small quiet" i18n>Wherever you were signed in before, you will be signed out.</p>
        </form>
      } @else if (link.error()) {
        <wm-trouble [error]="link.error()" i18n-heading heading="We could not open this link" (retry)="link.reload()">
          <p class="mt"><a routerLink="/password" i18n>Get a new link</a></p>
        </wm-trouble>
      } @else {
        <div class="card"><wm-skeleton [rows]="2" i18n-label label="Opening your link" /></div>
      }
    </div>
  `,
})
export class SetPasswordPage {
  private readonly router = inject(Router);
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  readonly token = input.required<string>();
  readonly next = input<string>();

  protected readonly link = httpResource(() => `/api/password-links/${encodeURIComponent(this.token())}`, {
    parse: (raw) => passwordLinkView.parse(raw),
  });
  protected readonly heading = computed(() =>
    this.link.hasValue() && this.link.value().purpose === 'invitation'
      ? $localize`Welcome to Waymark: set your password`
      : $localize`Set your password`,
  );

  private readonly typed = signal({ password: '' });
  protected readonly form = form(this.typed);
  protected readonly setting = new Deed();
  private readonly tried = signal(false);
  protected readonly length = computed(() => {
    const missing = 12 - this.typed().password.length;
    if (missing > 0) return $localize`${missing}:missing: more to go`;
    return $localize`Long enough`;
  });
  protected readonly errors = computed(() =>
    this.tried()
      ? fieldWords(
          setPassword,
          this.typed(),
          { password: $localize`Use at least 12 characters.` },
          this.setting.problem(),
        )
      : {},
  );

  protected async setPassword(): Promise<void> {
    this.tried.set(true);
    if (this.typed().password.length < 12) return document.getElementById('password')?.focus();
    const done = await this.setting.run(async () => {
      const url = `/api/password-links/${encodeURIComponent(this.token())}`;
      this.session.adopt(await this.commands.post(url, this.typed(), sessionView));
    });
    if (done) await this.router.navigateByUrl(ownPath(this.next()));
  }
}
