import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { comparedScenarios, type ComparedScenarios, poundsOf, type ScenarioRow } from '@waymark/contracts';
import { Chip, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { AllocationStore } from './allocation-store';
import { awardOf, makingWords, methodWords, outcomeWords, scenarioStatusWords, scoreOf } from './allocation-words';

const pageSize = 25;

/** Two or three scenarios side by side: who has another outcome or amount in them, and what each comes to. */
@Component({
  selector: 'wm-compare-scenarios',
  imports: [Chip, Pager, Skeleton, Trouble],
  templateUrl: './compare-scenarios.html',
  styleUrls: ['../../shell/table-cards.css', './compare-scenarios.css'],
})
export class CompareScenarios {
  readonly scenario = input.required<ScenarioRow>();
  private readonly store = inject(AllocationStore);
  protected readonly address = inject(Address);
  protected readonly methods = methodWords;
  protected readonly outcomes = outcomeWords;
  protected readonly status = scenarioStatusWords;
  protected readonly making = makingWords;
  protected readonly awardOf = awardOf;
  protected readonly figure = figure;

  protected readonly others = computed(() =>
    (this.store.bench()?.scenarios ?? []).filter(
      ({ id, computing }) => id !== this.scenario().id && computing === 'done',
    ),
  );
  protected readonly second = computed(() => {
    const asked = this.address.text('with');
    return this.others().find(({ name }) => name === asked) ?? this.others()[0];
  });
  protected readonly third = computed(() => {
    const asked = this.address.text('and');
    return this.others().find(({ name, id }) => name === asked && id !== this.second()?.id);
  });
  protected readonly compared = computed(() =>
    [this.scenario(), this.second(), this.third()].filter((each) => each !== undefined),
  );
  private readonly ids = computed(() =>
    this.compared()
      .map(({ id }) => id)
      .join(','),
  );
  protected readonly resource = httpResource(
    () => {
      this.store.changed();
      const of = this.ids();
      const callId = this.store.callId();
      if (!of.includes(',') || !callId || !this.store.linesThere()) return undefined;
      return {
        url: `/api/funding/calls/${callId}/scenarios/compare`,
        params: { of, page: this.address.page('moves-page'), pageSize },
      };
    },
    { parse: (raw) => comparedScenarios.parse(raw) },
  );
  protected readonly view = kept(this.resource);
  protected readonly gist = computed(() => {
    const view = this.view();
    if (!view) return '';
    const moving = view.applications - view.same;
    if (moving === 0) return $localize`Everybody has the same outcome in all of them.`;
    return $localize`${figure(moving)}:moving: of ${figure(view.applications)}:all: applications; the other ${figure(view.same)}:same: come out the same.`;
  });
  protected readonly sums = computed(() => {
    const totals = (this.view()?.scenarios ?? []).map((each) => each.totals);
    const of = (head: string, says: (each: ComparedScenarios['scenarios'][number]['totals']) => string) => ({
      head,
      cells: totals.map(says),
    });
    return [
      of($localize`People funded`, ({ people }) => figure(people)),
      of($localize`Total score of those funded`, ({ totalScore }) => scoreOf(totalScore)),
      of($localize`Committed`, ({ awardedPence }) => poundsOf(awardedPence)),
      of($localize`Left in the budget`, ({ leftPence }) => poundsOf(leftPence)),
      of($localize`Lowest rank funded`, ({ lowestRank }) => (lowestRank === null ? '–' : figure(lowestRank))),
    ];
  });

  protected choose(name: 'with' | 'and', value: string): void {
    this.address.change({ [name]: value, 'moves-page': null });
  }
}
