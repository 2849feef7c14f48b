import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { grantableRoles, rolesPage, roleStates, type RoleRow, type RoleState } from '@waymark/contracts';
import { Chip, type ChipTone, Empty, Icon, PageHeader, Pager, Person, Skeleton } from '@waymark/ui';
import { Address } from '../shell/address';
import { Dates } from '../shell/dates';
import { kept } from '../shell/kept';
import { roleWords } from '../shell/role-words';
import { SearchBox } from '../shell/search-box';
import { Trouble } from '../shell/trouble';
import { counted } from '../shell/words';

const stateWords: Readonly<Record<RoleState, string>> = {
  now: $localize`Held now`,
  later: $localize`Begins later`,
  past: $localize`Over`,
};
const stateTones: Readonly<Record<RoleState, ChipTone>> = { now: 'ok', later: 'wait', past: 'draft' };

/** Who holds which role, held it, and will. */
@Component({
  selector: 'wm-roles-page',
  imports: [Chip, Empty, Icon, PageHeader, Pager, Person, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './roles-page.html',
})
export class RolesPage {
  private readonly address = inject(Address);
  private readonly dates = inject(Dates);

  protected readonly search = computed(() => this.address.text('search'));
  protected readonly role = computed(() => this.address.one('role', grantableRoles));
  protected readonly state = computed(() => this.address.one('state', roleStates));
  private readonly filters = computed<Record<string, string>>(() => {
    const [search, role, state] = [this.search(), this.role(), this.state()];
    return { ...(search && { search }), ...(role && { role }), ...(state && { state }) };
  });
  protected readonly roles = httpResource(
    () => ({ url: '/api/roles', params: { ...this.filters(), page: this.address.page(), pageSize: 50 } }),
    { parse: (raw) => rolesPage.parse(raw) },
  );
  protected readonly shown = kept(this.roles);
  protected readonly rows = computed(() =>
    (this.shown()?.rows ?? []).map((row) => ({ ...row, words: roleWords[row.role], dates: this.datesOf(row) })),
  );
  protected readonly count = computed(() => counted(this.shown()?.total ?? 0, $localize`role`, $localize`roles`));
  protected readonly filtered = computed(() => Object.keys(this.filters()).length > 0);
  protected readonly exportUrl = computed(() => `/api/roles/export?${new URLSearchParams(this.filters()).toString()}`);

  protected readonly allRoles = grantableRoles;
  protected readonly states = roleStates;
  protected readonly roleWords = roleWords;
  protected readonly stateWords = stateWords;
  protected readonly stateTones = stateTones;
  protected readonly labels = {
    role: $localize`Role`,
    dates: $localize`Dates`,
    by: $localize`Given by`,
  };
  protected readonly fromStart = $localize`When Waymark was set up`;

  protected find(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected choose(name: 'role' | 'state', event: Event): void {
    this.address.change({ [name]: (event.target as HTMLSelectElement).value, page: null });
  }

  protected goTo(page: number): void {
    this.address.change({ page });
    scrollTo(0, 0);
  }

  protected clear(): void {
    this.address.change({ search: null, role: null, state: null, page: null });
  }

  private datesOf({ from, until, state }: RoleRow): string {
    if (until) return $localize`${this.dates.day(from)}:from: to ${this.dates.day(until)}:until:`;
    return state === 'later'
      ? $localize`From ${this.dates.day(from)}:from:`
      : $localize`Since ${this.dates.day(from)}:from:`;
  }
}
