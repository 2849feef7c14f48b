import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { dataRequestsPage, suggestedPage } from '@waymark/contracts';
import { Chip, Empty, Icon, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { daysWords } from '../settings-words';
import { erasureReasonWords, requestKindWords, requestStatusWords } from './data-request-words';

const kinds = ['export', 'erasure'] as const;

/** Copies of data and erasures, and the leavers whose time has run out. */
@Component({
  selector: 'wm-data-requests-page',
  imports: [Chip, Empty, Icon, PageHeader, Pager, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './data-requests-page.html',
})
export class DataRequestsPage {
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly kinds = kinds;
  protected readonly days = daysWords;
  protected readonly kindWords = requestKindWords;
  protected readonly statusWords = requestStatusWords;
  protected readonly reasonWords = erasureReasonWords;
  protected readonly labels = { asked: $localize`Asked for`, by: $localize`Asked by`, done: $localize`Done` };

  protected readonly search = computed(() => this.address.text('search') ?? '');
  protected readonly kind = computed(() => this.address.one('kind', kinds));
  private readonly filters = computed<Record<string, string>>(() => {
    const [search, kind] = [this.search(), this.kind()];
    return { ...(search && { search }), ...(kind && { kind }) };
  });

  protected readonly requests = httpResource(
    () => ({ url: '/api/data-requests', params: { ...this.filters(), page: this.address.page(), pageSize: 25 } }),
    { parse: (raw) => dataRequestsPage.parse(raw) },
  );
  protected readonly shown = kept(this.requests);
  protected readonly suggested = httpResource(
    () => ({ url: '/api/data-requests/suggested', params: { page: this.address.page('suggested'), pageSize: 10 } }),
    { parse: (raw) => suggestedPage.parse(raw) },
  );
  protected readonly overdue = kept(this.suggested);
  protected readonly filtered = computed(() => Object.keys(this.filters()).length > 0);

  protected exportUrl(format: 'csv' | 'xlsx'): string {
    return `/api/data-requests/list?${new URLSearchParams({ ...this.filters(), format }).toString()}`;
  }

  protected find(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected choose(event: Event): void {
    this.address.change({ kind: (event.target as HTMLSelectElement).value, page: null });
  }

  protected goTo(page: number): void {
    this.address.change({ page });
  }

  protected goToSuggested(page: number): void {
    this.address.change({ suggested: page });
  }

  protected clear(): void {
    this.address.change({ search: null, kind: null, page: null });
  }
}
