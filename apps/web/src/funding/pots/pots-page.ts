import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { poundsOf, potSorts, potStatuses, potsPage } from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { PotForm } from './pot-form';
import { PotBar } from './pot-bar';
import { potStatusWords, yearWords } from './pot-words';

const pageSize = 25;

/** Where the fund's money is: every pot, and what they hold together. */
@Component({
  selector: 'wm-pots-page',
  imports: [PotForm, Chip, Empty, ExportLinks, PageHeader, Pager, PotBar, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './pots-page.html',
  styleUrls: ['../../shell/table-cards.css', './money-cards.css'],
})
export class PotsPage {
  protected readonly address = inject(Address);
  protected readonly mayManage = inject(Session).may('pots.manage');
  protected readonly adding = signal(false);
  private readonly focusLater = focusOnceDrawn();
  protected readonly statuses = potStatuses;
  protected readonly statusWords = potStatusWords;
  protected readonly sorts = potSorts;
  protected readonly sortWords: Readonly<Record<(typeof potSorts)[number], string>> = {
    year: $localize`Newest year first`,
    name: $localize`By name`,
    '-available': $localize`Most available first`,
    '-spent': $localize`Most spent first`,
  };
  protected readonly poundsOf = poundsOf;
  protected readonly yearWords = yearWords;

  protected readonly search = computed(() => this.address.text('search'));
  protected readonly status = computed(() => this.address.one('status', potStatuses));
  protected readonly year = computed(() => this.address.whole('year'));
  protected readonly sort = computed(() => this.address.one('sort', potSorts) ?? 'year');
  private readonly page = computed(() => this.address.page());
  protected readonly filtered = computed(() => Boolean(this.search() ?? this.status() ?? this.year()));

  private readonly filters = computed(() => {
    const [search, status, year] = [this.search(), this.status(), this.year()];
    return {
      ...(search === undefined ? {} : { search }),
      ...(status === undefined ? {} : { status }),
      ...(year === undefined ? {} : { year: String(year) }),
      sort: this.sort(),
    };
  });
  protected readonly resource = httpResource(
    () => ({ url: '/api/funding/pots', params: { page: this.page(), pageSize, ...this.filters() } }),
    { parse: (raw) => potsPage.parse(raw) },
  );
  protected readonly pots = kept(this.resource);
  protected readonly exportAddress = computed(() => exportAddress('/api/funding/pots/export', this.filters()));
  protected readonly journalAddress = computed(() => {
    const year = this.year();
    return year === undefined ? '/api/funding/journal' : `/api/funding/journal?year=${year}`;
  });

  protected choose(filter: 'status' | 'year' | 'sort', value: string): void {
    this.address.change({ [filter]: value, page: null });
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected clearFilters(): void {
    this.address.change({ search: null, status: null, year: null, page: null });
  }

  protected close(): void {
    this.adding.set(false);
    this.focusLater(() => document.getElementById('make-pot'));
  }
}
