import { Component, computed, input } from '@angular/core';
import { ScoreBucket } from './score-buckets';

const [width, base] = [760, 72] as const;
const [left, right] = [4, 4] as const;

/** One run's scores as bars. Its numbers stand in the table beside it; the label says the gist. */
@Component({
  selector: 'wm-score-buckets',
  template: `
    <b aria-hidden="true">{{ name() }}</b>
    <div class="picture">
      <svg class="chart" viewBox="0 0 760 96" preserveAspectRatio="none" role="img" [attr.aria-label]="label()">
        <line class="axis" [attr.x1]="left" [attr.x2]="width - right" [attr.y1]="base" [attr.y2]="base" />
        @for (bar of bars(); track bar.x) {
          <rect
            [attr.class]="'c' + series()"
            [attr.x]="bar.x"
            [attr.y]="bar.y"
            [attr.width]="bar.width"
            [attr.height]="bar.height"
            rx="2"
          />
        }
      </svg>
      <div class="ticks num" aria-hidden="true">
        @for (bar of bars(); track bar.x) {
          <span [style.left.%]="bar.middle" [class.odd]="$odd">{{ bar.from }}</span>
        }
        @for (bar of bars(); track bar.x) {
          @if (bar.pairs) {
            <i [style.left.%]="bar.middle" [style.top.px]="bar.top">{{ bar.pairs }}</i>
          }
        }
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .picture {
      position: relative;
      height: 104px;
    }
    svg {
      width: 100%;
      height: 96px;
    }
    .ticks {
      position: absolute;
      inset: 0;
      font-size: var(--wm-text-xs);
      color: var(--wm-ink-2);
    }
    b {
      font-size: var(--wm-text-xs);
    }
    span {
      position: absolute;
      top: 76px;
      transform: translateX(-50%);
    }
    i {
      position: absolute;
      transform: translate(-50%, -100%);
      font-style: normal;
      line-height: 1.2;
    }
    @media (max-width: 599px) {
      .odd {
        display: none;
      }
    }
  `,
})
export class ScoreBuckets {
  readonly name = input.required<string>();
  readonly buckets = input.required<readonly ScoreBucket[]>();
  /** Which of the chart colours. */
  readonly series = input(1);
  protected readonly left = left;
  protected readonly right = right;
  protected readonly width = width;
  protected readonly base = base;

  protected readonly bars = computed(() => {
    const buckets = this.buckets();
    const most = Math.max(1, ...buckets.map((bucket) => bucket.pairs));
    const step = (width - left - right) / Math.max(1, buckets.length);
    return buckets.map((bucket, at) => {
      const tall = (bucket.pairs / most) * (base - 20);
      const x = left + at * step;
      return {
        ...bucket,
        x: x + step * 0.12,
        y: base - tall,
        width: step * 0.76,
        height: tall,
        middle: (100 * (x + step / 2)) / width,
        top: base - tall - 2,
      };
    });
  });

  protected readonly label = computed(() => {
    const held = this.buckets().filter((bucket) => bucket.pairs > 0);
    const parts = held.map(
      (bucket) => $localize`${bucket.pairs}:pairs: at ${bucket.from}:from: to ${bucket.to}:to: points`,
    );
    return $localize`${this.name()}:run:, pairs by score: ${parts.join('; ')}:pairs:`;
  });
}
