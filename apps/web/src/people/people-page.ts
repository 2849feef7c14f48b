import { httpResource } from '@angular/common/http';
import { Component, DestroyRef, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { grantableRoles, peoplePage, peopleQuery, unitsView, type GrantableRole } from '@waymark/contracts';
import { Chip, Empty, Icon, PageHeader, Pager, Person, Skeleton } from '@waymark/ui';
import { kept } from '../shell/kept';
import { roleWords } from '../shell/role-words';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { unitOptions } from './unit-options';

const typingPauseMs = 250;
const isGrantable = (role: string): role is GrantableRole => (grantableRoles as readonly string[]).includes(role);

@Component({
  selector: 'wm-people-page',
  imports: [Chip, Empty, Icon, PageHeader, Pager, Person, RouterLink, Skeleton, Trouble],
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
  readonly role = input<string>();
  readonly sort = input<string>();
  readonly page = input<string>();

  protected readonly query = computed(() => {
    const asked = {
      search: this.search() || undefined,
      unit: this.unit() || undefined,
      role: this.role() || undefined,
      sort: this.sort() || undefined,
      page: this.page() || undefined,
      pageSize: 50,
    };
    const parsed = peopleQuery.safeParse(asked);
    return parsed.success ? parsed.data : peopleQuery.parse({ pageSize: 50 });
  });
  private readonly filters = computed<Record<string, string>>(() => {
    const { search, unit, role, sort } = this.query();
    return { ...(search && { search }), ...(unit && { unit }), ...(role && { role }), sort };
  });

  protected readonly people = httpResource(
    () => ({
      url: '/api/people',
      params: { ...this.filters(), page: this.query().page, pageSize: this.query().pageSize },
    }),
    { parse: (raw) => peoplePage.parse(raw) },
  );
  protected readonly shown = kept(this.people);
  private readonly units = httpResource(() => '/api/units', { parse: (raw) => unitsView.parse(raw) });
  protected readonly unitOptions = computed(() => (this.units.hasValue() ? unitOptions(this.units.value().units) : []));

  protected readonly rows = computed(() =>
    (this.shown()?.rows ?? []).map((row) => ({ ...row, held: row.roles.filter(isGrantable) })),
  );
  protected readonly filtered = computed(() => {
    const { search, unit, role } = this.query();
    return Boolean(search ?? unit ?? role);
  });
  protected readonly exportUrl = computed(() => `/api/people/export?${new URLSearchParams(this.filters()).toString()}`);
  protected readonly mayEdit = computed(() => this.session.may('people.edit'));
  protected readonly roles = grantableRoles;
  protected readonly roleWords = roleWords;
  protected readonly noEmail = $localize`No e-mail address`;
  protected readonly labels = { jobTitle: $localize`Job title`, unit: $localize`Unit`, grade: $localize`Grade` };

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.typing));
  }

  protected type(event: Event): void {
    const search = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.filter({ search }), typingPauseMs);
  }

  protected choose(name: 'unit' | 'role' | 'sort', event: Event): void {
    this.filter({ [name]: (event.target as HTMLSelectElement).value });
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
