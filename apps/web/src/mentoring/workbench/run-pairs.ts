import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, output } from '@angular/core';
import { RoundView, RunPairRow, RunPairsQuery, RunView, runPairsPage, unitsView } from '@waymark/contracts';
import { Chip, Empty, Icon, Pager, Person, ScoreBar, Skeleton } from '@waymark/ui';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { Address } from '../../shell/address';
import { SearchBox } from '../../shell/search-box';
import { unitAndGrade } from '../../shell/words';
import type { Asked } from '../choices/asked';
import { legendOf, shownParts } from './score-words';

const pageSize = 25;
const sorts = ['score', '-score', 'mentee', 'mentor'] as const satisfies readonly RunPairsQuery['sort'][];

/** Who is paired with whom in a run, and how well. */
@Component({
  selector: 'wm-run-pairs',
  imports: [Chip, Empty, Icon, Pager, Person, ScoreBar, SearchBox, Skeleton, Trouble],
  templateUrl: './run-pairs.html',
  styleUrls: ['../../shell/table-cards.css', './run-pairs.css'],
})
export class RunPairs {
  readonly run = input.required<RunView>();
  readonly round = input.required<RoundView>();
  readonly asked = output<Asked>();
  protected readonly address = inject(Address);
  protected readonly fact = unitAndGrade;

  protected readonly sorts: readonly { value: (typeof sorts)[number]; text: string }[] = [
    { value: 'score', text: $localize`Lowest first` },
    { value: '-score', text: $localize`Highest first` },
    { value: 'mentee', text: $localize`Mentee, A to Z` },
    { value: 'mentor', text: $localize`Mentor, A to Z` },
  ];
  protected readonly search = computed(() => this.address.text('search'));
  protected readonly unit = computed(() => this.address.text('unit'));
  protected readonly below = computed(() => this.address.whole('below'));
  protected readonly pinned = computed(() => this.address.text('pinned') === 'true');
  protected readonly sort = computed(() => this.address.one('sort', sorts) ?? 'score');
  protected readonly filtered = computed(() =>
    [this.search(), this.unit(), this.below(), this.pinned() || undefined].some((value) => value !== undefined),
  );
  protected readonly legend = computed(() => legendOf(this.run().rules));

  private readonly units = httpResource(() => '/api/units', { parse: (raw) => unitsView.parse(raw) });
  protected readonly unitNames = computed(() => {
    const known = this.units.hasValue() ? this.units.value().units.map((unit) => unit.name) : [];
    const chosen = this.unit();
    return [...new Set([...known, ...(chosen ? [chosen] : [])])].sort((a, b) => a.localeCompare(b));
  });

  /** Apart, so that polling the round does not read the pairs again. */
  private readonly runId = computed(() => this.run().id);
  protected readonly resource = httpResource(
    () => {
      const [search, unit, below, pinned] = [this.search(), this.unit(), this.below(), this.pinned()];
      return {
        url: `/api/mentoring/runs/${this.runId()}/pairs`,
        params: {
          page: this.address.page(),
          pageSize,
          sort: this.sort(),
          ...(search && { search }),
          ...(unit && { unit }),
          ...(below !== undefined && { below }),
          ...(pinned && { pinned }),
        },
      };
    },
    { parse: (raw) => runPairsPage.parse(raw) },
  );
  protected readonly pairs = kept(this.resource);

  protected parts(pair: RunPairRow) {
    return shownParts(this.run().rules, pair.parts);
  }

  protected ask(about: Asked['about'], { mentee, mentor }: RunPairRow): void {
    this.asked.emit({ about, mentee, mentor });
  }

  protected pinLabel({ mentee, mentor }: RunPairRow): string {
    return $localize`Pin ${mentee.name}:mentee: with ${mentor.name}:mentor:`;
  }

  protected forbidLabel({ mentee, mentor }: RunPairRow): string {
    return $localize`Forbid ${mentee.name}:mentee: with ${mentor.name}:mentor:`;
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected filterByUnit(unit: string): void {
    this.address.change({ unit, page: null });
  }

  protected filterBelow(typed: string): void {
    this.address.change({ below: /^\d{1,6}$/.test(typed.trim()) ? typed.trim() : null, page: null }, 'typing');
  }

  protected sortBy(sort: string): void {
    this.address.change({ sort: sort === 'score' ? null : sort, page: null });
  }

  protected clearFilters(): void {
    this.address.change({ search: null, unit: null, below: null, pinned: null, page: null });
  }
}
