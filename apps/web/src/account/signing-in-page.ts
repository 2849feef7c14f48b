import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { accountView, changePassword } from '@waymark/contracts';
import { Chip, Field, Message, PageHeader, Skeleton } from '@waymark/ui';
import { PasswordControl } from '../session/password-control';
import { Commands } from '../shell/commands';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { fieldWords } from '../shell/field-words';
import { kept } from '../shell/kept';
import { Trouble } from '../shell/trouble';

const nothing = { current: '', password: '' };

/** How one signs in: another password, and where one is signed in. */
@Component({
  selector: 'wm-signing-in-page',
  imports: [Chip, Field, FormField, Message, PageHeader, PasswordControl, Skeleton, Trouble],
  templateUrl: './signing-in-page.html',
})
export class SigningInPage {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  protected readonly account = httpResource(() => '/api/account', { parse: (raw) => accountView.parse(raw) });
  protected readonly shown = kept(this.account);
  protected readonly others = computed(() => (this.shown()?.sessions ?? []).filter(({ thisOne }) => !thisOne).length);

  private readonly typed = signal({ ...nothing });
  protected readonly form = form(this.typed);
  protected readonly changing = new Deed();
  protected readonly ending = new Deed();
  protected readonly changed = signal(false);
  private readonly tried = signal(false);
  protected readonly errors = computed(() =>
    this.tried()
      ? fieldWords(
          changePassword,
          this.typed(),
          {
            current: $localize`Type the password that you have now.`,
            password: $localize`Use at least 12 characters.`,
          },
          this.changing.problem(),
        )
      : {},
  );

  protected async change(): Promise<void> {
    this.tried.set(true);
    this.changed.set(false);
    const [wrong] = Object.keys(this.errors());
    if (wrong) return document.getElementById(wrong)?.focus();
    const done = await this.changing.run(async () => {
      await this.commands.post('/api/account/password', this.typed());
    });
    if (!done) return;
    this.typed.set({ ...nothing });
    this.tried.set(false);
    this.changed.set(true);
    this.account.reload();
  }

  protected async signOutElsewhere(): Promise<void> {
    await this.ending.run(() => this.commands.delete('/api/account/sessions'));
    this.account.reload();
  }

  protected async end(id: string): Promise<void> {
    await this.ending.run(() => this.commands.delete(`/api/account/sessions/${id}`));
    this.account.reload();
  }
}
