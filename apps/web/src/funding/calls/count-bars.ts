import { Component, computed, input } from '@angular/core';

export interface CountBar {
  /** What a bar stands for, in full, for those who cannot see it. */
  words: string;
  /** What stands below it; empty for most. */
  tick: string;
  count: number;
}

const [width, base] = [760, 68] as const;

/** Counts side by side as bars. Their figures stand in a table beside them; the label says the gist. */
@Component({
  selector: 'wm-count-bars',
  template: `
    <p class="name small" aria-hidden="true">
      <b>{{ name() }}</b> <span class="quiet num">{{ most() }} <ng-container i18n>at most</ng-container></span>
    </p>
    <div class="picture">
      <svg viewBox="0 0 760 88" preserveAspectRatio="none" role="img" [attr.aria-label]="label()">
        <line class="axis" x1="0" [attr.x2]="width" [attr.y1]="base" [attr.y2]="base" />
        @for (bar of drawn(); track $index) {
          <rect
            [attr.class]="'c' + series()"
            [attr.x]="bar.x"
            [attr.y]="bar.y"
            [attr.width]="bar.width"
            [attr.height]="bar.height"
          />
        }
      </svg>
      <div class="ticks num" aria-hidden="true">
        @for (bar of drawn(); track $index) {
          @if (bar.tick) {
            <span [style.left.%]="bar.middle">{{ bar.tick }}</span>
          }
        }
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .name {
      display: flex;
      justify-content: space-between;
      gap: var(--wm-3);
      max-width: none;
    }
    .picture {
      position: relative;
      height: 92px;
    }
    svg {
      display: block;
      width: 100%;
      height: 88px;
    }
    .axis {
      stroke: var(--wm-line-strong);
    }
    .c1 {
      fill: var(--wm-chart-1);
    }
    .c2 {
      fill: var(--wm-chart-2);
    }
    .c3 {
      fill: var(--wm-chart-3);
    }
    .ticks span {
      position: absolute;
      top: 70px;
      transform: translateX(-50%);
      white-space: nowrap;
      font-size: var(--wm-text-xs);
      color: var(--wm-ink-2);
    }
    .ticks span:first-child {
      transform: none;
    }
    .ticks span:last-child {
      transform: translateX(-100%);
    }
    .ticks span:only-child {
      transform: translateX(-50%);
    }
    @media (max-width: 599px) {
      /* The first, the last, and the one in the middle where there is one. */
      .ticks span:not(:first-child, :last-child, :nth-child(3):nth-last-child(3)) {
        display: none;
      }
    }
  `,
})
export class CountBars {
  readonly name = input.required<string>();
  readonly bars = input.required<readonly CountBar[]>();
  /** Which of the chart colours. */
  readonly series = input(1);
  /** The gist in a sentence. */
  readonly label = input.required<string>();
  protected readonly width = width;
  protected readonly base = base;

  protected readonly most = computed(() => Math.max(0, ...this.bars().map(({ count }) => count)));
  protected readonly drawn = computed(() => {
    const bars = this.bars();
    const step = width / Math.max(1, bars.length);
    const most = Math.max(1, this.most());
    // A single day is a bar, not a wall.
    const wide = Math.min(step * 0.8, 40);
    return bars.map(({ count, tick }, at) => {
      // What is there at all is seen.
      const tall = count === 0 ? 0 : Math.max(2, (count / most) * (base - 4));
      return {
        tick,
        x: at * step + (step - wide) / 2,
        y: base - tall,
        width: wide,
        height: tall,
        middle: (100 * (at + 0.5)) / Math.max(1, bars.length),
      };
    });
  });
}
