import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { ComparisonChange, ComparisonRow, RunView, comparisonChanges, comparisonView } from '@waymark/contracts';
import { Chip, Icon, Pager, Person, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import type { StatusWords } from '../../shell/status-words';
import { Trouble } from '../../shell/trouble';
import { counted, figure, listed } from '../../shell/words';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { methodWords } from '../methods/method-words';
import { rulesDifference } from '../rules/rules-words';

const pageSize = 10;
const sorts = ['mentee', 'difference', '-difference'] as const;

const changeWords: Readonly<Record<ComparisonChange, StatusWords>> = {
  gained: { text: $localize`Has a mentor now`, tone: 'ok', icon: 'plus' },
  lost: { text: $localize`Has none any more`, tone: 'bad', icon: 'close' },
  moved: { text: $localize`Has another mentor`, tone: 'wait', icon: 'people' },
};

/** What one run has that another of the round had not: in rules and choices, in counts as a picture, and mentee by mentee. */
@Component({
  selector: 'wm-run-compare',
  imports: [Chip, ExportLinks, Icon, Pager, Person, SearchBox, Skeleton, Trouble],
  templateUrl: './run-compare.html',
  styleUrls: ['../../shell/table-cards.css', './run-compare.css'],
})
export class RunCompare {
  readonly run = input.required<RunView>();
  readonly other = input.required<RunView>();
  protected readonly address = inject(Address);
  protected readonly words = changeWords;
  protected readonly changes = comparisonChanges;
  protected readonly figure = figure;

  protected readonly search = computed(() => this.address.text('moved-search'));
  protected readonly change = computed(() => this.address.one('moved', comparisonChanges));
  protected readonly sort = computed(() => this.address.one('moved-sort', sorts) ?? 'mentee');
  protected readonly sorts: readonly { value: (typeof sorts)[number]; text: string }[] = [
    { value: 'mentee', text: $localize`Mentee, A to Z` },
    { value: 'difference', text: $localize`Most points lost first` },
    { value: '-difference', text: $localize`Most points gained first` },
  ];

  private readonly runIds = computed(() => [this.run().id, this.other().id].join(' '));
  protected readonly resource = httpResource(
    () => {
      const [id, otherId] = this.runIds().split(' ');
      const [search, change] = [this.search(), this.change()];
      return {
        url: `/api/mentoring/runs/${id}/comparison`,
        params: {
          with: otherId ?? '',
          page: this.address.page('moved-page'),
          pageSize,
          sort: this.sort(),
          ...(search && { search }),
          ...(change && { change }),
        },
      };
    },
    { parse: (raw) => comparisonView.parse(raw) },
  );
  protected readonly view = kept(this.resource);
  protected readonly exportAddress = computed(() =>
    exportAddress(`/api/mentoring/runs/${this.run().id}/comparison/export`, {
      with: this.other().id,
      search: this.search(),
      change: this.change(),
    }),
  );

  protected readonly rules = computed(() => rulesDifference(this.run().rules, this.other().rules));
  protected readonly choices = computed(() =>
    (this.view()?.choices ?? []).map((choice) => {
      const [mentee, mentor] = [choice.mentee.name, choice.mentor.name];
      const number = choice.in === 'now' ? this.run().number : this.other().number;
      return choice.kind === 'pin'
        ? $localize`${mentee}:mentee: with ${mentor}:mentor: is pinned in run ${number}:run: alone`
        : $localize`${mentee}:mentee: with ${mentor}:mentor: is forbidden in run ${number}:run: alone`;
    }),
  );
  protected readonly methods = computed(() => {
    const [run, other] = [this.run(), this.other()];
    return run.method === other.method
      ? []
      : [run, other].map(({ number, method }) => ({ number, ...methodWords[method] }));
  });
  /** Nobody changed, whatever the filters: there is nothing to search, order or keep. */
  protected readonly nobodyMoved = computed(() => {
    const counts = this.view()?.counts;
    return counts !== undefined && counts.moved + counts.gained + counts.lost === 0;
  });
  protected readonly sameMaking = computed(() => this.rules().length === 0 && this.choices().length === 0);

  /** The picture: each mentee who is paired in either run, by what became of them, as parts of one bar. */
  protected readonly parts = computed(() => {
    const counts = this.view()?.counts;
    if (!counts) return [];
    const all = counts.same + counts.moved + counts.gained + counts.lost;
    return [
      { key: 'same', label: $localize`The same mentor`, count: counts.same },
      { key: 'moved', label: $localize`Another mentor`, count: counts.moved },
      { key: 'gained', label: $localize`A mentor now, none before`, count: counts.gained },
      { key: 'lost', label: $localize`None now, one before`, count: counts.lost },
    ].map((part) => ({ ...part, width: all === 0 ? 0 : (100 * part.count) / all }));
  });
  /** Whether anybody is paired in either run: without, there is no picture. */
  protected readonly compared = computed(() => this.parts().some(({ count }) => count > 0));
  protected readonly gist = computed(() => {
    const counts = this.view()?.counts;
    if (!counts) return '';
    const people = (count: number) => counted(count, $localize`person`, $localize`people`);
    if (this.nobodyMoved()) return $localize`Nobody has another mentor than before.`;
    return $localize`Against run ${this.other().number}:run:, ${people(counts.moved)}:moved: would have another mentor, ${people(counts.gained)}:gained: would have one at last, and ${people(counts.lost)}:lost: would have none any more; for ${people(counts.same)}:same: nothing changes.`;
  });
  /** Of those who have a mentor in both. */
  protected readonly pointsGist = computed(() => {
    const points = this.view()?.points;
    if (!points || points.more + points.fewer === 0) return '';
    const people = (count: number) => counted(count, $localize`person has`, $localize`people have`);
    return $localize`Of those with a mentor in both, ${people(points.more)}:more: more points than in run ${this.other().number}:run:, and ${people(points.fewer)}:fewer: fewer.`;
  });

  protected names(list: ComparisonRow['now']): string {
    return list.length === 0 ? $localize`nobody` : listed(list.map(({ mentor }) => mentor.name));
  }

  protected points(list: ComparisonRow['now']): string {
    return list.length === 0 ? '' : figure(list.reduce((sum, { score }) => sum + score, 0));
  }

  protected pinned(list: ComparisonRow['now']): boolean {
    return list.some((each) => each.pinned);
  }

  protected difference(row: ComparisonRow): string {
    return row.difference > 0 ? `+${figure(row.difference)}` : figure(row.difference);
  }

  protected searchFor(search: string): void {
    this.address.change({ 'moved-search': search, 'moved-page': null }, 'typing');
  }
}
