import { Component, ElementRef, computed, inject, input, output, signal } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { grantableRoles, personView, type GrantableRole, type PersonView } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { focusOnceDrawn } from '../shell/focus-once-drawn';
import { roleWords } from '../shell/role-words';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';

type Held = PersonView['rolesHeld'][number];

/** Roles held, with dates; whoever may, gives another or ends one. Nobody gives a role to themselves. */
@Component({
  selector: 'wm-roles-card',
  imports: [Field, FormField, Trouble],
  templateUrl: './roles-card.html',
  styles: `
    .end {
      display: grid;
      gap: var(--wm-2);
      flex: 1;
    }
    .end p {
      font-size: var(--wm-text-sm);
    }
    .give {
      border-top: 1px solid var(--wm-line);
      margin-top: var(--wm-4);
      padding-top: var(--wm-4);
    }
  `,
})
export class RolesCard {
  private readonly commands = inject(Commands);
  private readonly dates = inject(Dates);
  private readonly session = inject(Session);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly focusLater = focusOnceDrawn();
  readonly person = input.required<PersonView>();
  readonly isSelf = input.required<boolean>();
  readonly changed = output<PersonView>();

  protected readonly mayGrant = computed(() => this.session.may('people.grant-role'));
  protected readonly roleWords = roleWords;
  protected readonly held = computed(() =>
    this.person().rolesHeld.map((held) => ({ ...held, words: roleWords[held.role], dates: this.datesOf(held) })),
  );
  protected readonly open = computed(() => {
    const held = new Set<GrantableRole>(this.person().rolesHeld.map(({ role }) => role));
    return grantableRoles.filter((role) => !held.has(role));
  });

  private readonly typed = signal({ role: '', from: '', until: '' });
  protected readonly form = form(this.typed);
  protected readonly granting = new Deed();
  protected readonly ending = new Deed();
  protected readonly toEnd = signal<string | null>(null);
  private readonly tried = signal(false);
  protected readonly roleError = computed(() =>
    this.tried() && !this.typed().role ? $localize`Choose a role.` : null,
  );

  /** The server names the day that cannot be. */
  protected readonly datesError = computed(() => {
    const [field] = this.granting.problem()?.fields ?? [];
    switch (field?.code) {
      case 'in-the-past':
        return $localize`A role begins today at the earliest.`;
      case 'before-the-first':
        return $localize`The last day lies before the first.`;
      default:
        return null;
    }
  });

  protected askToEnd(held: Held): void {
    this.ending.forget();
    this.toEnd.set(held.id);
    this.focus('.end button');
  }

  protected keep(): void {
    this.toEnd.set(null);
    this.focus('h2');
  }

  protected async end(held: Held): Promise<void> {
    await this.ending.run(async () => {
      const url = `/api/people/${this.person().id}/roles/${held.id}`;
      this.changed.emit(await this.commands.delete(url, personView));
      this.keep();
    });
  }

  protected async grant(): Promise<void> {
    this.tried.set(true);
    const { role, from, until } = this.typed();
    if (!role) return document.getElementById('grant-role')?.focus();
    await this.granting.run(async () => {
      const body = { role, from: from || null, until: until || null };
      this.changed.emit(await this.commands.post(`/api/people/${this.person().id}/roles`, body, personView));
      this.typed.set({ role: '', from: '', until: '' });
      this.tried.set(false);
    });
  }

  private datesOf({ from, until }: Held): string {
    const today = this.dates.calendarDay(new Date().toISOString());
    if (!until && from > today) return $localize`From ${this.dates.day(from)}:from:`;
    return until
      ? $localize`${this.dates.day(from)}:from: to ${this.dates.day(until)}:until:`
      : $localize`Since ${this.dates.day(from)}:from:`;
  }

  private focus(selector: string): void {
    this.focusLater(() => this.host.nativeElement.querySelector<HTMLElement>(selector));
  }
}
