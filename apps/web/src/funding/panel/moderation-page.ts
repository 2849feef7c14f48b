import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type ModerationRow, moderationSorts, moderationView, poundsOf } from '@waymark/contracts';
import { Empty, Icon, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { SearchBox } from '../../shell/search-box';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { calibrationWords, offsetOf, scoreOf } from './panel-words';
import { ScoreSpread } from './score-spread';

const pageSize = 25;
type Sort = (typeof moderationSorts)[number];

/** After scoring: where readers differ most, and how each of them scores beside the others. */
@Component({
  selector: 'wm-moderation-page',
  imports: [Empty, ExportLinks, Icon, PageHeader, Pager, RouterLink, ScoreSpread, SearchBox, Skeleton, Trouble],
  templateUrl: './moderation-page.html',
  styleUrl: '../../shell/table-cards.css',
})
export class ModerationPage {
  readonly id = input.required<string>();
  protected readonly address = inject(Address);
  /** A chair has no role: neither the call's own page nor the workbench is theirs. */
  protected readonly seesCalls = inject(Session).may('calls.see');
  protected readonly allocates = inject(Session).may('allocation.see');
  protected readonly poundsOf = poundsOf;
  protected readonly scoreOf = scoreOf;
  protected readonly offsetOf = offsetOf;
  protected readonly figure = figure;
  protected readonly calibrationWords = calibrationWords;
  protected readonly sorts = moderationSorts;
  protected readonly spreads = [100, 200, 300, 400] as const;
  protected readonly sortWords: Readonly<Record<Sort, string>> = {
    '-spread': $localize`Readers differ most`,
    '-mean': $localize`Highest mean`,
    mean: $localize`Lowest mean`,
    reference: $localize`Reference`,
  };
  protected readonly search = computed(() => this.address.text('search'));
  protected readonly sort = computed(() => this.address.one('sort', moderationSorts) ?? '-spread');
  protected readonly spread = computed(() => this.address.whole('spread'));
  protected readonly reader = computed(() => this.address.text('reader'));
  private readonly filters = computed<Record<string, string>>(() => {
    const entries = Object.entries({
      search: this.search(),
      spreadAtLeast: this.spread()?.toString(),
      panelistId: this.reader(),
      sort: this.sort(),
    });
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
  });
  protected readonly resource = httpResource(
    () => ({
      url: `/api/funding/calls/${this.id()}/moderation`,
      params: { page: this.address.page(), pageSize, ...this.filters() },
    }),
    { parse: (raw) => moderationView.parse(raw) },
  );
  protected readonly view = kept(this.resource);
  protected readonly exportAddress = computed(() =>
    exportAddress(`/api/funding/calls/${this.id()}/moderation/export`, this.filters()),
  );
  protected readonly readerName = computed(
    () => this.view()?.calibration.find(({ panelistId }) => panelistId === this.reader())?.name,
  );

  protected readonly scoresOf = ({ reviews }: ModerationRow): string =>
    reviews.map(({ panelist, score }) => `${panelist} ${scoreOf(score)}`).join('; ');

  constructor() {
    pageTitle(() => {
      const name = this.view()?.call.name;
      return name === undefined ? undefined : $localize`Moderation of ${name}:call:`;
    });
  }
}
