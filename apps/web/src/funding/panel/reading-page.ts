import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { poundsOf, readingView } from '@waymark/contracts';
import { Chip, Empty, Icon, Message, PageHeader, Pager, Progress, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { Trouble } from '../../shell/trouble';
import { reviewStatusWords, scoreOf } from './panel-words';

const pageSize = 50;
const statuses = ['assigned', 'drafting', 'submitted', 'locked'] as const;

/** What a panelist has to read, how far they are, and the one that comes next. */
@Component({
  selector: 'wm-reading-page',
  imports: [Chip, Empty, ExportLinks, Icon, Message, PageHeader, Pager, Progress, RouterLink, Skeleton, Trouble],
  templateUrl: './reading-page.html',
  styleUrl: '../../shell/table-cards.css',
})
export class ReadingPage {
  readonly id = input.required<string>();
  protected readonly address = inject(Address);
  protected readonly poundsOf = poundsOf;
  protected readonly scoreOf = scoreOf;
  protected readonly words = reviewStatusWords;
  protected readonly statuses = statuses;
  protected readonly pageSize = pageSize;

  protected readonly status = computed(() => this.address.one('status', statuses));
  private readonly filters = computed<Record<string, string>>(() => {
    const status = this.status();
    const none: Record<string, string> = {};
    return status === undefined ? none : { status };
  });
  protected readonly resource = httpResource(
    () => ({
      url: `/api/funding/reading/${this.id()}`,
      params: { page: this.address.page(), pageSize, ...this.filters() },
    }),
    { parse: (raw) => readingView.parse(raw) },
  );
  protected readonly view = kept(this.resource);
  protected readonly all = computed(() => {
    const counts = this.view()?.counts;
    return counts ? counts.assigned + counts.drafting + counts.submitted + counts.locked : 0;
  });
  protected readonly done = computed(() => {
    const counts = this.view()?.counts;
    return counts ? counts.submitted + counts.locked : 0;
  });
  protected readonly progress = computed(
    () => $localize`${this.done()}:done: of ${this.all()}:all: applications scored and submitted`,
  );
  protected readonly parts = computed(() => Array.from({ length: this.view()?.packs ?? 0 }, (_, at) => at + 1));
  protected readonly exportAddress = computed(() =>
    exportAddress(`/api/funding/reading/${this.id()}/export`, this.filters()),
  );

  constructor() {
    pageTitle(() => this.view()?.call.name);
  }
}
