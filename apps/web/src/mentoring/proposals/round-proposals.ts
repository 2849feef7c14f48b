import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { ProposalRow, RoundView, proposalStatuses, proposalsPage } from '@waymark/contracts';
import { Chip, Empty, Pager, Person, Skeleton } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { Address } from '../../shell/address';
import { SearchBox } from '../../shell/search-box';
import { figure, unitAndGrade } from '../../shell/words';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { declineReasonWords, proposalStatusWords } from './proposal-words';

const pageSize = 25;

/** What became of a released round's proposals, for the coordinator. */
@Component({
  selector: 'wm-round-proposals',
  imports: [Chip, Empty, ExportLinks, Pager, Person, SearchBox, Skeleton, Trouble],
  templateUrl: './round-proposals.html',
  styleUrls: ['../../shell/table-cards.css', './round-proposals.css'],
})
export class RoundProposals {
  readonly round = input.required<RoundView>();
  protected readonly address = inject(Address);
  protected readonly fact = unitAndGrade;
  protected readonly dates = inject(Dates);
  protected readonly statuses = proposalStatuses;
  protected readonly statusWords = proposalStatusWords;
  protected readonly reasonWords = declineReasonWords;

  protected readonly search = computed(() => this.address.text('search'));
  protected readonly status = computed(() => this.address.one('status', proposalStatuses));
  protected readonly filtered = computed(() => this.search() !== undefined || this.status() !== undefined);
  protected readonly figures = computed(() => {
    const counts = this.round().proposals;
    if (!counts) return [];
    return [
      {
        term: $localize`Waiting for an answer`,
        value: figure(counts.proposed),
        note: $localize`mentors have 10 working days`,
      },
      { term: $localize`Accepted`, value: figure(counts.accepted), note: $localize`agreement still to come` },
      { term: $localize`Pairs begun`, value: figure(counts.agreed), note: $localize`agreement confirmed by both` },
      {
        term: $localize`Declined`,
        value: figure(counts.declined),
        note: $localize`and ${figure(counts.other)}:count: expired, withdrawn or overtaken`,
      },
    ];
  });

  private readonly roundId = computed(() => this.round().id);
  protected readonly resource = httpResource(
    () => {
      const [search, status] = [this.search(), this.status()];
      return {
        url: `/api/mentoring/rounds/${this.roundId()}/proposals`,
        params: { page: this.address.page(), pageSize, ...(search && { search }), ...(status && { status }) },
      };
    },
    { parse: (raw) => proposalsPage.parse(raw) },
  );
  protected readonly proposals = kept(this.resource);
  protected readonly exportAddress = computed(() =>
    exportAddress(`/api/mentoring/rounds/${this.roundId()}/proposals/export`, {
      search: this.search(),
      status: this.status(),
    }),
  );

  protected when(row: ProposalRow): string {
    if (row.answeredAt) return $localize`answered ${this.dates.shortDayOf(row.answeredAt)}:day:`;
    return row.answerBy ? $localize`by ${this.dates.shortDayOf(row.answerBy)}:day:` : '';
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected filterByStatus(status: string): void {
    this.address.change({ status, page: null });
  }

  protected clearFilters(): void {
    this.address.change({ search: null, status: null, page: null });
  }
}
