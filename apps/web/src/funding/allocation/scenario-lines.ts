import { httpResource } from '@angular/common/http';
import { Component, computed, effect, inject, input } from '@angular/core';
import {
  allocationOutcomes,
  type AllocationOutcome,
  poundsOf,
  scenarioLinesPage,
  scenarioLineSorts,
  type ScenarioLineRow,
  type ScenarioRow,
} from '@waymark/contracts';
import { Chip, Empty, Icon, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { AllocationStore } from './allocation-store';
import { awardOf, methodWords, outcomeText, outcomeWords, scoreOf, totalsWords } from './allocation-words';
import { queueOf } from './queue-blocks';

const pageSize = 50;
type Sort = (typeof scenarioLineSorts)[number];

interface Shown {
  readonly row: ScenarioLineRow;
  readonly outcome: AllocationOutcome;
  readonly amountPence: number;
  readonly reserveRank: number | null;
  /** In the scenario it is compared with; null: the same. */
  readonly other: { readonly words: string; readonly up: boolean | null } | null;
  /** Beyond the last that is funded: the budget line stands above this row. */
  readonly lineAbove: boolean;
  readonly barAbove: boolean;
}

/** Everybody by rank: what they asked, what makes it possible, what they get and why in a word, and what they get elsewhere. */
@Component({
  selector: 'wm-scenario-lines',
  imports: [Chip, Empty, ExportLinks, Icon, Pager, SearchBox, Skeleton, Trouble],
  templateUrl: './scenario-lines.html',
  styleUrls: ['../../shell/table-cards.css', './scenario-lines.css'],
})
export class ScenarioLines {
  readonly scenario = input.required<ScenarioRow>();
  protected readonly store = inject(AllocationStore);
  protected readonly address = inject(Address);
  protected readonly outcomes = allocationOutcomes;
  protected readonly outcomeWords = outcomeWords;
  protected readonly outcomeText = outcomeText;
  protected readonly scoreOf = scoreOf;
  protected readonly awardOf = awardOf;
  protected readonly poundsOf = poundsOf;
  protected readonly sorts: readonly { value: Sort; text: string }[] = [
    { value: 'rank', text: $localize`Rank` },
    { value: 'name', text: $localize`Name, A to Z` },
    { value: 'unit', text: $localize`Unit` },
    { value: '-asked', text: $localize`Most asked first` },
    { value: '-award', text: $localize`Largest award first` },
  ];

  protected readonly search = computed(() => this.address.text('search'));
  protected readonly outcome = computed(() => this.address.one('outcome', allocationOutcomes));
  protected readonly unitId = computed(() => {
    const asked = this.address.text('unit');
    return this.store.bench()?.units.find(({ id }) => id === asked)?.id;
  });
  protected readonly moved = computed(() => this.address.one('moved', ['true']));
  protected readonly sort = computed(() => this.address.one('sort', scenarioLineSorts) ?? 'rank');
  private readonly filters = computed<Record<string, string | undefined>>(() => ({
    search: this.search(),
    outcome: this.outcome(),
    unitId: this.unitId(),
    moved: this.moved(),
  }));
  protected readonly filtered = computed(() => Object.values(this.filters()).some((each) => each !== undefined));

  private readonly scenarioId = computed(() => this.scenario().id);
  protected readonly resource = httpResource(
    () => {
      this.store.changed();
      const set = Object.entries(this.filters()).filter((each): each is [string, string] => each[1] !== undefined);
      return {
        url: `/api/funding/scenarios/${this.scenarioId()}/lines`,
        params: { page: this.address.page(), pageSize, sort: this.sort(), ...Object.fromEntries(set) },
      };
    },
    { parse: (raw) => scenarioLinesPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);
  protected readonly exportAddress = computed(() =>
    exportAddress(`/api/funding/scenarios/${this.scenarioId()}/lines/export`, {
      ...this.filters(),
      sort: this.sort() === 'rank' ? undefined : this.sort(),
    }),
  );

  protected readonly selected = computed(() => this.address.text('line') ?? null);
  /** The kept scenario while something is tried; else the one to compare with. */
  protected readonly other = computed(() => {
    const { id } = this.scenario();
    if (this.store.trial()) return this.scenario();
    const others = (this.store.view()?.others ?? []).filter((each) => each.id !== id);
    const asked = this.address.text('with');
    return others.find(({ name }) => name === asked) ?? others[0] ?? null;
  });
  protected readonly otherHead = computed(() => {
    const other = this.other();
    if (!other) return '';
    return this.store.trial()
      ? $localize`Against ${other.name}:scenario:`
      : $localize`In ${other.name}:scenario:, ${methodWords[other.method].inLine}:method:`;
  });

  private readonly tried = computed(() => {
    const [trial, kept] = [this.store.trial(), this.store.view()?.queue];
    if (!trial || !kept) return null;
    let reserves = 0;
    return queueOf(trial.queue, kept).map((each) => ({
      ...each,
      reserveRank: each.outcome === 'reserve' ? (reserves += 1) : null,
    }));
  });
  private readonly mostAsked = computed(() => Math.max(1, ...(this.store.view()?.queue?.askedPence ?? [])));
  protected readonly totals = computed(() => this.store.totals());
  protected readonly lineWords = computed(() => {
    const totals = this.totals();
    return totals ? totalsWords(totals) : '';
  });
  protected readonly budget = computed(() => {
    const making = this.store.making();
    return $localize`Budget line ${poundsOf(making?.parameters.budgetPence ?? 0, 'short')}:budget:`;
  });
  protected readonly barWords = computed(() => {
    const bar = this.store.making()?.parameters.bar ?? 0;
    return $localize`The bar: ${scoreOf(bar)}:score: points. Applications below it go on no list.`;
  });
  /** Where the budget line is, in a long list: only of all, by rank. */
  protected readonly linePage = computed(() => {
    const lowest = this.totals()?.lowestRank;
    if (!lowest || this.filtered() || this.sort() !== 'rank') return null;
    const page = Math.ceil(lowest / pageSize);
    return page === this.address.page() ? null : page;
  });

  protected readonly shown = computed<readonly Shown[]>(() => {
    const rows = this.page()?.rows ?? [];
    const tried = this.tried();
    const inOrder = this.sort() === 'rank' && !this.filtered();
    const lowest = this.totals()?.lowestRank ?? 0;
    return rows.map((row, at) => {
      const trial = tried?.[row.rank - 1];
      const now = trial?.askedPence === row.askedPence ? trial : null;
      const shown = now ?? row;
      const before = rows[at - 1];
      const belowBar = now ? now.belowBar : row.belowBar;
      const beforeTried = before && now ? tried?.[before.rank - 1] : null;
      return {
        row,
        outcome: shown.outcome,
        amountPence: shown.amountPence,
        reserveRank: shown.reserveRank,
        other: this.elsewhere(row, shown.outcome, shown.amountPence, now !== null),
        lineAbove: inOrder && lowest > 0 && row.rank === lowest + 1,
        barAbove: inOrder && belowBar && before !== undefined && !(beforeTried ?? before).belowBar,
      };
    });
  });
  /** The last that is funded is the last of this page: the line stands at its end. */
  protected readonly lineAtEnd = computed(() => {
    const page = this.page();
    const lowest = this.totals()?.lowestRank ?? 0;
    const inOrder = this.sort() === 'rank' && !this.filtered();
    return inOrder && lowest > 0 && page?.rows.at(-1)?.rank === lowest;
  });

  constructor() {
    effect(() => {
      if (this.page() || this.resource.error()) this.store.linesThere.set(true);
    });
  }

  /** A share of the bar's length, as far as 100. */
  protected wide(pence: number): number {
    return (100 * pence) / this.mostAsked();
  }

  protected open(row: ScenarioLineRow): void {
    this.address.change({ line: row.applicationId });
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected clearFilters(): void {
    this.address.change({ search: null, outcome: null, unit: null, moved: null, page: null });
  }

  private elsewhere(
    row: ScenarioLineRow,
    outcome: AllocationOutcome,
    amountPence: number,
    tried: boolean,
  ): Shown['other'] {
    const other = this.other();
    const found = tried ? row : row.elsewhere.find(({ scenarioId }) => scenarioId === other?.id);
    if (!found || (found.outcome === outcome && found.amountPence === amountPence)) return null;
    if (found.amountPence === amountPence)
      return { words: outcomeText(found.outcome, tried ? row.reserveRank : null), up: null };
    const pounds = poundsOf(found.amountPence, 'short');
    // While something is tried the arrow says which way it moves people; else which way the other scenario would.
    return tried
      ? { words: $localize`was ${pounds}:sum:`, up: amountPence > found.amountPence }
      : { words: pounds, up: found.amountPence > amountPence };
  }
}
