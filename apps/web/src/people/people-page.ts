import { httpResource } from '@angular/common/http';
import { Component, DestroyRef, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  awardNames,
  gradesView,
  grantableRoles,
  peoplePage,
  peopleQuery,
  personPage,
  recordFilters,
  unitsView,
  type GrantableRole,
  type PeopleQuery,
} from '@waymark/contracts';
import { Chip, Empty, Icon, PageHeader, Pager, Person, Skeleton } from '@waymark/ui';
import { kept } from '../shell/kept';
import { roleWords } from '../shell/role-words';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { figure } from '../shell/words';
import { PersonPicker, type Picked } from './person-picker';
import { SkillInput } from './skill-input';
import { UnitBrowser } from './unit-browser';

const typingPauseMs = 250;
const pageSize = 25;
const isGrantable = (role: string): role is GrantableRole => (grantableRoles as readonly string[]).includes(role);
const filterNames = ['search', 'unit', 'skill', 'award', ...recordFilters] as const;
type FilterName = (typeof filterNames)[number];

/** The directory: everybody finds colleagues; who may see records sifts by those too. All of it lives in the address. */
@Component({
  selector: 'wm-people-page',
  imports: [
    Chip,
    Empty,
    Icon,
    PageHeader,
    Pager,
    Person,
    PersonPicker,
    RouterLink,
    SkillInput,
    Skeleton,
    Trouble,
    UnitBrowser,
  ],
  templateUrl: './people-page.html',
  styleUrl: './people-page.css',
})
export class PeoplePage {
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private typing: ReturnType<typeof setTimeout> | undefined;

  // From the address.
  readonly search = input<string>();
  readonly unit = input<string>();
  readonly skill = input<string>();
  readonly award = input<string>();
  readonly grade = input<string>();
  readonly role = input<string>();
  readonly technician = input<string>();
  readonly manager = input<string>();
  readonly status = input<string>();
  readonly contractBefore = input<string>();
  readonly externallyFunded = input<string>();
  readonly withoutEmail = input<string>();
  readonly sort = input<string>();
  readonly page = input<string>();

  protected readonly records = computed(() => this.session.may('people.see'));
  protected readonly mayEdit = computed(() => this.session.may('people.edit'));
  protected readonly mayVerify = computed(() => this.session.may('awards.verify'));

  /** What the address says, as far as this person may ask for it. */
  private readonly asked = computed<Record<string, string>>(() => {
    const given: Record<FilterName | 'sort', string | undefined> = {
      search: this.search(),
      unit: this.unit(),
      skill: this.skill(),
      award: this.award(),
      grade: this.grade(),
      role: this.role(),
      technician: this.technician(),
      manager: this.manager(),
      status: this.status(),
      contractBefore: this.contractBefore(),
      externallyFunded: this.externallyFunded(),
      withoutEmail: this.withoutEmail(),
      sort: this.sort(),
    };
    const forRecords: readonly string[] = recordFilters;
    const entries = Object.entries(given).filter(
      (entry): entry is [string, string] =>
        Boolean(entry[1]?.trim()) &&
        (this.records() || !(forRecords.includes(entry[0]) || (entry[0] === 'sort' && entry[1] === 'grade'))),
    );
    // One that cannot be is left out; the others stand.
    return Object.fromEntries(entries.filter(([name, value]) => peopleQuery.safeParse({ [name]: value }).success));
  });
  protected readonly query = computed<PeopleQuery>(() => {
    const parsed = peopleQuery.safeParse({ ...this.asked(), page: this.page() || undefined, pageSize });
    return parsed.success ? parsed.data : peopleQuery.parse({ ...this.asked(), pageSize });
  });
  protected readonly order = computed(() => this.query().sort ?? (this.query().search ? 'match' : 'name'));

  protected readonly people = httpResource(
    () => ({ url: '/api/people', params: { ...this.asked(), page: this.query().page, pageSize } }),
    { parse: (raw) => peoplePage.parse(raw) },
  );
  protected readonly shown = kept(this.people);
  private readonly unitsRead = httpResource(() => '/api/units', { parse: (raw) => unitsView.parse(raw) });
  protected readonly units = computed(() => (this.unitsRead.hasValue() ? this.unitsRead.value().units : []));
  protected readonly unitName = computed(() => this.units().find(({ id }) => id === this.query().unit)?.name);
  private readonly awardsRead = httpResource(() => '/api/awards/names', { parse: (raw) => awardNames.parse(raw) });
  protected readonly awards = computed(() => {
    const names = this.awardsRead.hasValue() ? this.awardsRead.value().awards.map(({ award }) => award) : [];
    const chosen = this.query().award;
    return chosen && !names.includes(chosen) ? [chosen, ...names] : names;
  });
  private readonly gradesRead = httpResource(() => (this.records() ? '/api/grades' : undefined), {
    parse: (raw) => gradesView.parse(raw),
  });
  protected readonly grades = computed(() =>
    this.gradesRead.hasValue() ? [...this.gradesRead.value().grades].reverse() : [],
  );
  private readonly managerRead = httpResource(
    () => (this.query().manager ? `/api/people/${this.query().manager}` : undefined),
    { parse: (raw) => personPage.parse(raw) },
  );
  protected readonly managerPicked = computed<Picked | null>(() =>
    this.query().manager && this.managerRead.hasValue() ? this.managerRead.value() : null,
  );

  protected readonly rows = computed(() => {
    let similarBegan = false;
    return (this.shown()?.rows ?? []).map((row) => {
      const firstSimilar = row.similar && !similarBegan;
      similarBegan ||= row.similar;
      return { ...row, firstSimilar, held: (row.record?.roles ?? []).filter(isGrantable) };
    });
  });
  protected readonly columns = computed(() => (this.records() ? 6 : 5));
  protected readonly filtered = computed(() => filterNames.some((name) => this.query()[name] !== undefined));
  protected readonly recordsFiltered = computed(
    () => recordFilters.filter((name) => this.query()[name] !== undefined).length,
  );
  protected readonly exportUrl = computed(() => {
    const params = new URLSearchParams(this.asked()).toString();
    return (format: 'csv' | 'xlsx') => `/api/people/export?${params}${params ? '&' : ''}format=${format}`;
  });

  protected readonly figure = figure;
  protected readonly roles = grantableRoles;
  protected readonly roleWords = roleWords;
  protected readonly noEmail = $localize`No e-mail address`;
  protected readonly labels = {
    jobTitle: $localize`Job title`,
    unit: $localize`Unit`,
    grade: $localize`Grade`,
    skills: $localize`Skills`,
  };

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.typing));
  }

  protected type(event: Event): void {
    const search = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    // Another order than by name was chosen for another list: a search begins with its best matches.
    this.typing = setTimeout(() => this.filter({ search, sort: '' }), typingPauseMs);
  }

  protected choose(name: FilterName | 'sort', event: Event): void {
    this.filter({ [name]: (event.target as HTMLSelectElement | HTMLInputElement).value });
  }

  protected tick(name: FilterName, event: Event): void {
    this.filter({ [name]: (event.target as HTMLInputElement).checked ? 'true' : '' });
  }

  protected set(name: FilterName, value: string | null | undefined): void {
    if ((value ?? '') !== (this.asked()[name] ?? '')) this.filter({ [name]: value ?? '' });
  }

  protected goTo(page: number): void {
    void this.router.navigate([], { queryParams: { page }, queryParamsHandling: 'merge' });
    scrollTo(0, 0);
  }

  protected clear(): void {
    void this.router.navigate([], { queryParams: {} });
  }

  private filter(change: Record<string, string>): void {
    const queryParams = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value || null]));
    void this.router.navigate([], {
      queryParams: { ...queryParams, page: null },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }
}
