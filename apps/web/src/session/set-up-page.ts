import { Component, computed, effect, inject, input, signal, viewChild } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { sessionView, setUp, type SetUp } from '@waymark/contracts';
import { Field, Message, PageHeader } from '@waymark/ui';
import { Attention } from '../shell/attention';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { fieldWords, type FieldWords } from '../shell/field-words';
import { focusOnceDrawn } from '../shell/focus-once-drawn';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { PasswordControl } from './password-control';

const fieldsOfStep: readonly (readonly (keyof SetUp)[])[] = [
  ['code', 'institutionName', 'nation'],
  ['givenName', 'familyName', 'email', 'password', 'alsoCoordinator'],
];

/** The empty installation: first the institution, then the person who looks after it. */
@Component({
  selector: 'wm-set-up-page',
  imports: [Attention, Field, FormField, Message, PageHeader, PasswordControl, RouterLink, Trouble],
  templateUrl: './set-up-page.html',
  styleUrl: './set-up-page.css',
})
export class SetUpPage {
  private readonly router = inject(Router);
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  private readonly focusLater = focusOnceDrawn();
  private readonly attention = viewChild(Attention);
  /** The code that the server printed, from the address. */
  readonly code = input<string>();

  protected readonly needed = this.session.setUpNeeded;
  protected readonly signedIn = this.session.signedIn;
  protected readonly nations: readonly { value: SetUp['nation']; words: string }[] = [
    { value: 'england-and-wales', words: $localize`England or Wales` },
    { value: 'scotland', words: $localize`Scotland` },
    { value: 'northern-ireland', words: $localize`Northern Ireland` },
  ];

  protected readonly typed = signal<SetUp>({
    code: '',
    institutionName: '',
    nation: 'england-and-wales',
    givenName: '',
    familyName: '',
    email: '',
    password: '',
    alsoCoordinator: true,
  });
  protected readonly form = form(this.typed);
  protected readonly step = signal<0 | 1>(0);
  protected readonly settingUp = new Deed();
  private readonly tried = signal(false);

  private readonly words: FieldWords<SetUp> = {
    code: $localize`Type the code that the server printed.`,
    institutionName: $localize`Give the institution's name.`,
    nation: $localize`Say where it is; bank holidays follow from it.`,
    givenName: $localize`Give your first name.`,
    familyName: $localize`Give your last name.`,
    email: $localize`Give your e-mail address, for example a.name@university.ac.uk.`,
    password: $localize`Use at least 12 characters.`,
  };
  protected readonly errors = computed<FieldWords<SetUp>>(() => {
    if (!this.tried()) return {};
    const all = fieldWords(setUp, this.typed(), this.words, this.settingUp.problem());
    const here = fieldsOfStep[this.step()] ?? [];
    return Object.fromEntries(Object.entries(all).filter(([name]) => here.includes(name as keyof SetUp)));
  });

  constructor() {
    effect(() => {
      const code = this.code();
      if (code) this.typed.update((typed) => ({ ...typed, code }));
    });
  }

  protected goOn(): void {
    this.tried.set(true);
    if (Object.keys(this.errors()).length) return this.attention()?.focus();
    this.tried.set(false);
    this.toStep(1);
  }

  protected toStep(step: 0 | 1): void {
    this.step.set(step);
    this.focusLater(() => document.getElementById(step === 0 ? 'institutionName' : 'givenName'));
  }

  protected async setUp(): Promise<void> {
    this.tried.set(true);
    if (Object.keys(this.errors()).length) return this.attention()?.focus();
    const done = await this.settingUp.run(async () => {
      this.session.adopt(await this.commands.post('/api/set-up', setUp.parse(this.typed()), sessionView));
    });
    if (done) await this.router.navigateByUrl('/');
  }
}
