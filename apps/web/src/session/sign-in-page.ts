import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { demonstrationAccounts, signIn, type DemonstrationAccounts } from '@waymark/contracts';
import { Field, PageHeader, Skeleton } from '@waymark/ui';
import { Deed } from '../shell/deed';
import { fieldWords } from '../shell/field-words';
import { ownPath } from '../shell/guards';
import { roleWords } from '../shell/role-words';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { PasswordControl } from './password-control';

type Account = DemonstrationAccounts['accounts'][number];

@Component({
  selector: 'wm-sign-in-page',
  imports: [Field, FormField, PageHeader, PasswordControl, RouterLink, Skeleton, Trouble],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.css',
})
export class SignInPage {
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  /** Where the person wanted to go. */
  readonly next = input<string>();

  protected readonly demonstration = this.session.demonstration;
  protected readonly accounts = httpResource(() => (this.demonstration() ? '/api/demonstration/accounts' : undefined), {
    parse: (raw) => demonstrationAccounts.parse(raw),
  });
  protected readonly roleWords = roleWords;

  private readonly typed = signal({ email: '', password: '' });
  protected readonly form = form(this.typed);
  protected readonly signingIn = new Deed();
  private readonly tried = signal(false);
  protected readonly errors = computed(() =>
    this.tried()
      ? fieldWords(signIn, this.typed(), {
          email: $localize`Type your e-mail address, for example a.name@university.ac.uk.`,
          password: $localize`Type your password.`,
        })
      : {},
  );

  protected async signIn(): Promise<void> {
    this.tried.set(true);
    if (Object.keys(this.errors()).length)
      return document.getElementById(this.errors().email ? 'email' : 'password')?.focus();
    const { email, password } = this.typed();
    await this.enter(email, password);
  }

  protected async signInAs(account: Account): Promise<void> {
    await this.enter(account.email, account.password);
  }

  private async enter(email: string, password: string): Promise<void> {
    if (await this.signingIn.run(() => this.session.signIn(email, password)))
      await this.router.navigateByUrl(ownPath(this.next()));
  }
}
