import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { RoundRow, roundStatuses, roundsPage } from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { Address } from '../../shell/address';
import { SearchBox } from '../../shell/search-box';
import { figure } from '../../shell/words';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { roundStatusWords } from './round-words';
import { StartRound } from './start-round';

const pageSize = 25;

/** All rounds of the institution, newest first. */
@Component({
  selector: 'wm-rounds-page',
  imports: [Chip, Empty, ExportLinks, PageHeader, Pager, RouterLink, SearchBox, Skeleton, StartRound, Trouble],
  templateUrl: './rounds-page.html',
  styleUrls: ['../../shell/table-cards.css'],
})
export class RoundsPage {
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly mayStart = inject(Session).may('rounds.run');
  protected readonly starting = signal(false);
  protected readonly statuses = roundStatuses;
  protected readonly statusWords = roundStatusWords;
  protected readonly figure = figure;

  protected readonly search = computed(() => this.address.text('search'));
  protected readonly status = computed(() => this.address.one('status', roundStatuses));
  private readonly page = computed(() => this.address.page());
  protected readonly filtered = computed(() => this.search() !== undefined || this.status() !== undefined);

  protected readonly resource = httpResource(
    () => {
      const [search, status] = [this.search(), this.status()];
      return {
        url: '/api/mentoring/rounds',
        params: { page: this.page(), pageSize, ...(search && { search }), ...(status && { status }) },
      };
    },
    { parse: (raw) => roundsPage.parse(raw) },
  );
  protected readonly rounds = kept(this.resource);
  protected readonly exportAddress = computed(() =>
    exportAddress('/api/mentoring/rounds/export', { search: this.search(), status: this.status() }),
  );

  protected filterByStatus(status: string): void {
    this.address.change({ status, page: null });
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected clearFilters(): void {
    this.address.change({ search: null, status: null, page: null });
  }

  protected pairedOf(round: RoundRow): string {
    if (round.paired === null) return $localize`not matched yet`;
    return $localize`${figure(round.paired)}:paired: of ${figure(round.mentees)}:all:`;
  }
}
