import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { awardSorts, callAwardsPage, fundAwardStatuses, poundsOf } from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { awardStatusWords } from './award-words';

const pageSize = 25;

/** The awards of one call: who has answered, and where the money is. */
@Component({
  selector: 'wm-call-awards-page',
  imports: [Chip, Empty, ExportLinks, PageHeader, Pager, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './call-awards-page.html',
  styleUrls: ['../../shell/table-cards.css', '../pots/money-cards.css'],
})
export class CallAwardsPage {
  readonly id = input.required<string>();
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly statuses = fundAwardStatuses;
  protected readonly statusWords = awardStatusWords;
  protected readonly sorts = awardSorts;
  protected readonly sortWords: Readonly<Record<(typeof awardSorts)[number], string>> = {
    name: $localize`By name`,
    '-awarded': $localize`Largest first`,
    '-committed': $localize`Most still held first`,
    'claim-by': $localize`Earliest claim-by date first`,
  };
  protected readonly search = computed(() => this.address.text('search'));
  protected readonly status = computed(() => this.address.one('status', fundAwardStatuses));
  protected readonly sort = computed(() => this.address.one('sort', awardSorts) ?? 'name');
  protected readonly filtered = computed(() => Boolean(this.search() ?? this.status()));
  private readonly filters = computed<Record<string, string>>(() => {
    const all = { search: this.search(), status: this.status(), sort: this.sort() };
    return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
  });
  protected readonly resource = httpResource(
    () => ({
      url: `/api/funding/calls/${this.id()}/awards`,
      params: { page: this.address.page(), pageSize, ...this.filters() },
    }),
    { parse: (raw) => callAwardsPage.parse(raw) },
  );
  protected readonly awards = kept(this.resource);
  protected readonly exportAddress = computed(() =>
    exportAddress(`/api/funding/calls/${this.id()}/awards/export`, this.filters()),
  );

  protected choose(filter: string, value: string): void {
    this.address.change({ [filter]: value, page: null });
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected clearFilters(): void {
    this.address.change({ search: null, status: null, page: null });
  }
}
