import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, input, resource } from '@angular/core';
import { RunView, runPairsPage } from '@waymark/contracts';
import { Skeleton } from '@waymark/ui';
import { firstValueFrom } from 'rxjs';
import { Address } from '../../shell/address';
import { Trouble } from '../../shell/trouble';
import { counted, figure } from '../../shell/words';
import { methodWords } from '../methods/method-words';
import { ScoreBuckets } from './score-picture';
import { scoreBuckets } from './score-buckets';

/** Above this many pairs the picture would need too many pages of the list. */
const pairsAtMost = 1000;
const pageSize = 100;

/** How the scores of a run are spread, beside those of another run. */
@Component({
  selector: 'wm-run-scores',
  imports: [ScoreBuckets, Skeleton, Trouble],
  templateUrl: './run-scores.html',
  styleUrl: './run-scores.css',
})
export class RunScores {
  readonly run = input.required<RunView>();
  readonly runs = input.required<readonly RunView[]>();
  private readonly http = inject(HttpClient);
  protected readonly figure = figure;
  protected readonly methods = methodWords;

  protected readonly others = computed(() =>
    this.runs()
      .filter((each) => each.status === 'done' && each.id !== this.run().id)
      .sort((a, b) => b.number - a.number),
  );
  /** The run compared with, which the address names. */
  readonly otherId = input<string | null>(null);
  protected readonly address = inject(Address);
  protected readonly other = computed(() => this.others().find((each) => each.id === this.otherId()) ?? null);
  protected readonly tooMany = computed(() =>
    [this.run(), this.other()].some((each) => (each?.count ?? 0) > pairsAtMost),
  );

  /** Ids in one text, so that polling the round does not read the scores again. */
  private readonly compared = computed(() => [this.run().id, this.otherId()].filter(Boolean).join(' '));
  protected readonly scores = resource({
    params: () => (this.tooMany() ? undefined : this.compared()),
    loader: ({ params }) => Promise.all(params.split(' ').map((id) => this.scoresOf(id))),
  });

  protected readonly rows = computed(() => {
    const all = this.scores.hasValue() ? this.scores.value() : undefined;
    if (!all) return [];
    const most = Math.max(this.run().of, this.other()?.of ?? 0, ...all.flat());
    return [this.run(), this.other()]
      .map((run, at) => ({ run, scores: all[at] }))
      .filter((row): row is { run: RunView; scores: number[] } => row.run !== null && row.scores !== undefined)
      .map(({ run, scores }) => ({ name: $localize`Run ${run.number}:run:`, buckets: scoreBuckets(scores, most) }));
  });

  protected readonly sentence = computed(() => {
    const of = (run: RunView) => {
      if (!run.count) return $localize`Run ${run.number}:run: has no pairs.`;
      return $localize`Run ${run.number}:run: has ${counted(run.count ?? 0, $localize`pair`, $localize`pairs`)}:pairs:, from ${run.lowest ?? 0}:lowest: to ${run.highest ?? 0}:highest: points.`;
    };
    const other = this.other();
    return other ? `${of(this.run())} ${of(other)}` : of(this.run());
  });

  protected readonly measures = computed(() => {
    const [now, before] = [this.run(), this.other()];
    if (!before) return [];
    const row = (
      name: string,
      a: number | null,
      b: number | null,
      better: 'more' | 'fewer',
      of: 'people' | 'score',
    ) => {
      const change = a === null || b === null ? null : a - b;
      const good = change !== null && change !== 0 && change > 0 === (better === 'more');
      return {
        name,
        now: a === null ? '–' : figure(a),
        before: b === null ? '–' : figure(b),
        tone: change === null || change === 0 ? 'quiet' : good ? 't-ok' : 't-bad',
        change: this.changeWords(change, of),
      };
    };
    return [
      row($localize`Pairs`, now.count, before.count, 'more', 'people'),
      row($localize`People paired`, now.menteesPaired, before.menteesPaired, 'more', 'people'),
      row($localize`Left out`, now.leftOut, before.leftOut, 'fewer', 'people'),
      row($localize`Lowest score`, now.lowest, before.lowest, 'more', 'score'),
      row($localize`Highest score`, now.highest, before.highest, 'more', 'score'),
      ...(now.total !== null && before.total !== null
        ? [row($localize`Points of all pairs`, now.total, before.total, 'more', 'people')]
        : [
            row($localize`Points of all pairs, identity left out`, now.shownTotal, before.shownTotal, 'more', 'people'),
          ]),
    ];
  });

  private changeWords(change: number | null, of: 'people' | 'score'): string {
    if (change === null) return $localize`not comparable`;
    if (change === 0) return $localize`the same`;
    if (of === 'score') {
      return change > 0 ? $localize`${figure(change)}:count: higher` : $localize`${figure(-change)}:count: lower`;
    }
    return change > 0 ? $localize`${figure(change)}:count: more` : $localize`${figure(-change)}:count: fewer`;
  }

  private async scoresOf(runId: string): Promise<number[]> {
    const scores: number[] = [];
    for (let page = 1; ; page += 1) {
      const raw = await firstValueFrom(
        this.http.get(`/api/mentoring/runs/${runId}/pairs`, { params: { page, pageSize, sort: 'score' } }),
      );
      const { rows, total } = runPairsPage.parse(raw);
      scores.push(...rows.map((row) => row.score));
      if (rows.length === 0 || scores.length >= Math.min(total, pairsAtMost)) return scores;
    }
  }
}
