import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { callDashboard, type CallView, poundsOf } from '@waymark/contracts';
import { Empty, Skeleton } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { whileTrue } from '../../shell/while-true';
import { figure } from '../../shell/words';
import { applicationStatusWords } from '../applications/application-words';
import { CountBars } from './count-bars';
import { barsOf, drawnDays } from './dashboard-bars';

/** What is in, day by day; the last hours before the close; and money asked against what there is. */
@Component({
  selector: 'wm-call-dashboard',
  imports: [CountBars, Empty, Skeleton, Trouble],
  templateUrl: './call-dashboard.html',
  styleUrl: './call-dashboard.css',
})
export class CallDashboardView {
  readonly call = input.required<CallView>();
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly figure = figure;
  protected readonly statusWords = applicationStatusWords;

  protected readonly resource = httpResource(() => `/api/funding/calls/${this.call().id}/dashboard`, {
    parse: (raw) => callDashboard.parse(raw),
  });
  protected readonly board = kept(this.resource);

  protected readonly drawn = computed(() => drawnDays(this.board()?.days ?? []));
  protected readonly series = computed(() => {
    const { by, days } = this.drawn();
    const dayWords = (day: string) =>
      by === 'week' ? $localize`week of ${this.dates.shortDay(day)}:day:` : this.dates.shortDay(day);
    const of = (what: 'received' | 'endorsed' | 'scored') =>
      barsOf(
        days,
        (each) => each[what],
        (each) => dayWords(each.day),
        (each) => this.dates.shortDay(each.day).replace(/^\S+ /, ''),
      );
    return [
      { name: $localize`Received`, what: 'received' as const, bars: of('received') },
      { name: $localize`Endorsed`, what: 'endorsed' as const, bars: of('endorsed') },
      { name: $localize`Scored`, what: 'scored' as const, bars: of('scored') },
    ].map((each) => ({ ...each, label: this.gist(each.name, each.bars) }));
  });
  protected readonly rush = computed(() =>
    barsOf(
      this.board()?.rush ?? [],
      ({ received }) => received,
      ({ hour }) => this.dates.moment(hour),
      ({ hour }) => this.dates.time(hour),
    ),
  );
  protected readonly rushSentence = computed(() => {
    const board = this.board();
    if (!board || board.received === 0) return '';
    const [inRush, all] = [board.rushReceived, board.received];
    const share = Math.floor((100 * inRush) / all);
    return this.call().moment === 'open' || this.call().moment === 'coming'
      ? $localize`${figure(inRush)}:count: of ${figure(all)}:all: came in the last 48 hours.`
      : $localize`${figure(inRush)}:count: of ${figure(all)}:all: (${share}:share:%) came in the last 48 hours before the close.`;
  });
  /** Sums beside one another: the longest is the full width. */
  protected readonly sums = computed(() => {
    const money = this.board()?.money;
    if (!money) return [];
    const rows = [
      { name: $localize`Asked for`, pence: money.askedPence, tone: 'asked' },
      { name: $localize`Of that, eligible`, pence: money.eligiblePence, tone: 'asked' },
      { name: $localize`Budget`, pence: money.budgetPence, tone: 'budget' },
      { name: $localize`Held or paid for awards`, pence: money.committedPence, tone: 'awarded' },
      { name: $localize`Available in the pot`, pence: money.potAvailablePence, tone: 'pot' },
    ];
    const most = Math.max(1, ...rows.map(({ pence }) => pence));
    return rows.map((row) => ({ ...row, percent: (100 * row.pence) / most }));
  });
  protected readonly moneySentence = computed(() => {
    const money = this.board()?.money;
    if (!money) return '';
    const { askedPence, budgetPence, potAvailablePence } = money;
    const times = Math.floor((10 * askedPence) / budgetPence) / 10;
    const asked =
      askedPence <= budgetPence
        ? $localize`What is asked for is within the budget.`
        : $localize`${times}:times: times the budget is asked for.`;
    const short = budgetPence - potAvailablePence - money.committedPence;
    return short > 0 ? `${asked} ${$localize`The pot has ${poundsOf(short)}:sum: less than the budget.`}` : asked;
  });

  constructor() {
    whileTrue(
      () => this.call().moment === 'open' || this.call().moment === 'scoring',
      60_000,
      () => this.resource.reload(),
    );
  }

  private gist(name: string, bars: readonly { count: number; words: string }[]): string {
    const all = bars.reduce((sum, { count }) => sum + count, 0);
    const top = bars.reduce<{ count: number; words: string } | null>(
      (best, bar) => (bar.count > (best?.count ?? 0) ? bar : best),
      null,
    );
    return top
      ? $localize`${name}:what:: ${figure(all)}:count: in all, most on ${top.words}:day: with ${figure(top.count)}:most:`
      : $localize`${name}:what:: none yet`;
  }
}
