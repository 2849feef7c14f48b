import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { callKinds, callMoments, callSorts, callsPage, poundsOf } from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { yearWords } from '../pots/pot-words';
import { callKindWords, callMomentWords } from './call-words';

const pageSize = 25;

/** Every call of the fund, and how far it is. */
@Component({
  selector: 'wm-calls-page',
  imports: [Chip, Empty, ExportLinks, PageHeader, Pager, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './calls-page.html',
  styleUrls: ['../../shell/table-cards.css'],
})
export class CallsPage {
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly mayManage = inject(Session).may('calls.manage');
  protected readonly poundsOf = poundsOf;
  protected readonly figure = figure;
  protected readonly yearWords = yearWords;
  protected readonly moments = callMoments;
  protected readonly momentWords = callMomentWords;
  protected readonly kinds = callKinds;
  protected readonly kindWords = callKindWords;
  protected readonly sorts = callSorts;
  protected readonly sortWords: Readonly<Record<(typeof callSorts)[number], string>> = {
    '-opens': $localize`Newest first`,
    opens: $localize`Oldest first`,
    name: $localize`By name`,
    closes: $localize`Closing first`,
    '-budget': $localize`Largest budget first`,
    '-applications': $localize`Most applications first`,
  };

  protected readonly search = computed(() => this.address.text('search'));
  protected readonly moment = computed(() => this.address.one('moment', callMoments));
  protected readonly kind = computed(() => this.address.one('kind', callKinds));
  protected readonly sort = computed(() => this.address.one('sort', callSorts) ?? '-opens');
  protected readonly filtered = computed(() => Boolean(this.search() ?? this.moment() ?? this.kind()));
  private readonly filters = computed(() => {
    const [search, moment, kind] = [this.search(), this.moment(), this.kind()];
    return {
      ...(search === undefined ? {} : { search }),
      ...(moment === undefined ? {} : { moment }),
      ...(kind === undefined ? {} : { kind }),
      sort: this.sort(),
    };
  });
  protected readonly resource = httpResource(
    () => ({ url: '/api/funding/calls', params: { page: this.address.page(), pageSize, ...this.filters() } }),
    { parse: (raw) => callsPage.parse(raw) },
  );
  protected readonly calls = kept(this.resource);
  protected readonly exportAddress = computed(() => exportAddress('/api/funding/calls/export', this.filters()));

  protected choose(filter: 'moment' | 'kind' | 'sort', value: string): void {
    this.address.change({ [filter]: value, page: null });
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected clearFilters(): void {
    this.address.change({ search: null, moment: null, kind: null, page: null });
  }
}
