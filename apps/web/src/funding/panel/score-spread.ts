import { Component, computed, input } from '@angular/core';
import { scoreOf } from './panel-words';

/** Scores on a line from 0 to 100: a dot each, the mean as a stroke. The words beside it say the same. */
@Component({
  selector: 'wm-score-spread',
  template: `
    <svg viewBox="-30 0 1060 24" preserveAspectRatio="none" role="img" [attr.aria-label]="words()">
      <line class="axis" x1="0" x2="1000" y1="12" y2="12" />
      <line class="range" [attr.x1]="low()" [attr.x2]="high()" y1="12" y2="12" />
      <line class="mean" [attr.x1]="mean()" [attr.x2]="mean()" y1="2" y2="22" />
      @for (score of scores(); track $index) {
        <line class="dot" [attr.x1]="score" [attr.x2]="score" y1="12" y2="12" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
      min-width: 120px;
    }
    svg {
      display: block;
      width: 100%;
      height: 20px;
    }
    line {
      vector-effect: non-scaling-stroke;
    }
    .axis {
      stroke: var(--wm-line-strong);
      stroke-width: 1;
    }
    .range {
      stroke: var(--wm-chart-1);
      stroke-width: 3;
    }
    .mean {
      stroke: var(--wm-ink);
      stroke-width: 2;
    }
    .dot {
      stroke: var(--wm-chart-1);
      stroke-width: 11;
      stroke-linecap: round;
    }
  `,
})
export class ScoreSpread {
  readonly scores = input.required<readonly number[]>();
  readonly mean = input.required<number>();
  protected readonly low = computed(() => Math.min(...this.scores()));
  protected readonly high = computed(() => Math.max(...this.scores()));
  protected readonly words = computed(
    () =>
      $localize`Scores from ${scoreOf(this.low())}:low: to ${scoreOf(this.high())}:high:, mean ${scoreOf(this.mean())}:mean:`,
  );
}
