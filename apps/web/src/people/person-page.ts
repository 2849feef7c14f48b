import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { personPage, type OwnAwards, type PersonPageView } from '@waymark/contracts';
import { Chip, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { pageTitle } from '../shell/page-title';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { ActFor } from './act-for';
import { AwardsCard } from './awards-card';
import { DelegatesCard } from './delegates-card';
import { FactsCard } from './facts-card';
import { LeavingCard } from './leaving/leaving-card';
import { ReportsCard } from './reports-card';
import { RolesCard } from './roles-card';
import { SkillsCard } from './skills-card';

/** A person: as much as the viewer may see, each part a card of its own. */
@Component({
  selector: 'wm-person-page',
  imports: [
    ActFor,
    AwardsCard,
    Chip,
    DelegatesCard,
    FactsCard,
    Icon,
    LeavingCard,
    Message,
    PageHeader,
    ReportsCard,
    RolesCard,
    RouterLink,
    SkillsCard,
    Skeleton,
    Trouble,
  ],
  templateUrl: './person-page.html',
  // Every card keeps its distance, whatever its own element is; one that shows nothing takes no room.
  styles: `
    .stack-5 > :not(:empty) {
      display: block;
    }
  `,
})
export class PersonPage {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  protected readonly dates = inject(Dates);
  readonly id = input.required<string>();

  protected readonly person = httpResource<PersonPageView>(() => `/api/people/${encodeURIComponent(this.id())}`, {
    parse: (raw) => personPage.parse(raw),
  });
  private readonly newest = kept(this.person);
  /** Never another person's record while the next one loads. */
  protected readonly shown = computed(() => (this.newest()?.id === this.id() ? this.newest() : undefined));
  /** What managers see, and more. */
  protected readonly managed = computed(() => {
    const person = this.shown();
    return person && person.seenAs !== 'colleague' ? person : null;
  });
  /** Everything: for the person themself and those who may see records. Cards about records hang on this. */
  protected readonly whole = computed(() => {
    const person = this.shown();
    return person && (person.seenAs === 'self' || person.seenAs === 'records') ? person : null;
  });
  protected readonly mayEdit = computed(() => this.session.may('people.edit'));
  protected readonly mayErase = computed(() => this.session.may('people.erase'));
  protected readonly isSelf = computed(() => this.session.signedIn()?.person.id === this.id());

  protected readonly heading = computed(() => this.shown()?.name ?? $localize`Person`);
  protected readonly initialFacts = computed(() => {
    const person = this.shown();
    return [person?.jobTitle, person?.unit].filter((fact): fact is string => Boolean(fact));
  });
  protected readonly awayHeading = computed(() => {
    const person = this.shown();
    return person?.away
      ? $localize`${person.givenName}:name: is away until ${this.dates.day(person.away.until)}:day:`
      : '';
  });

  protected readonly inviting = new Deed();
  protected readonly invited = signal<string | null>(null);

  constructor() {
    pageTitle(() => this.shown()?.name);
  }

  protected takeAwards(awards: OwnAwards['awards']): void {
    const person = this.whole();
    if (person) this.person.set({ ...person, awards });
  }

  protected async invite(): Promise<void> {
    const email = this.shown()?.email;
    if (!email) return;
    this.invited.set(null);
    const url = `/api/people/${this.id()}/invitation`;
    if (await this.inviting.run(() => this.commands.post(url, {}))) this.invited.set(email);
  }
}
