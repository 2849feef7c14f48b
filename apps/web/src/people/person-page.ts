import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { personView } from '@waymark/contracts';
import { Chip, Icon, Message, PageHeader, Person, Skeleton, type ChipTone } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { pageTitle } from '../shell/page-title';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { RolesCard } from './roles-card';

const awardStatus: Readonly<Record<string, { tone: ChipTone; words: string }>> = {
  declared: { tone: 'wait', words: $localize`Declared, to be checked` },
  verified: { tone: 'done', words: $localize`Verified` },
  rejected: { tone: 'bad', words: $localize`Not confirmed` },
  lapsed: { tone: 'due', words: $localize`Lapsed` },
};

@Component({
  selector: 'wm-person-page',
  imports: [Chip, Icon, Message, PageHeader, Person, RolesCard, RouterLink, Skeleton, Trouble],
  templateUrl: './person-page.html',
  styles: `
    .reports {
      display: grid;
      gap: var(--wm-3);
    }
  `,
})
export class PersonPage {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  protected readonly dates = inject(Dates);
  readonly id = input.required<string>();

  protected readonly person = httpResource(() => `/api/people/${encodeURIComponent(this.id())}`, {
    parse: (raw) => personView.parse(raw),
  });
  private readonly newest = kept(this.person);
  /** Never another person's record while the next one loads. */
  protected readonly shown = computed(() => (this.newest()?.id === this.id() ? this.newest() : undefined));
  protected readonly mayEdit = computed(() => this.session.may('people.edit'));
  protected readonly isSelf = computed(() => this.session.signedIn()?.person.id === this.id());

  protected readonly heading = computed(() => this.shown()?.name ?? $localize`Person`);
  protected readonly initialFacts = computed(() => {
    const person = this.shown();
    return [person?.jobTitle, person?.unit].filter((fact): fact is string => Boolean(fact));
  });

  protected readonly awards = computed(() =>
    (this.shown()?.awards ?? []).map((award) => ({
      ...award,
      ...(awardStatus[award.status] ?? { tone: 'draft' as const, words: award.status }),
    })),
  );

  protected readonly inviting = new Deed();
  protected readonly invited = signal<string | null>(null);

  constructor() {
    pageTitle(() => this.shown()?.name);
  }

  protected async invite(): Promise<void> {
    const email = this.shown()?.email;
    if (!email) return;
    this.invited.set(null);
    const url = `/api/people/${this.id()}/invitation`;
    if (await this.inviting.run(() => this.commands.post(url, {}))) this.invited.set(email);
  }
}
