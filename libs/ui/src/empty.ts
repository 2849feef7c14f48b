import { Component, input } from '@angular/core';

export type EmptyArt = 'signpost' | 'search' | 'lost';

/** Nothing here: what will be, why it is worth it, and one way on (the default slot). */
@Component({
  selector: 'wm-empty',
  template: `
    <div class="empty" [class.empty--s]="art() === 'search'">
      @switch (art()) {
        @case ('signpost') {
          <svg class="art" viewBox="0 0 104 88" aria-hidden="true" focusable="false">
            <path class="ground" d="M4 78c14-10 26-3 38-9s20-16 34-11 14 12 24 9" />
            <rect class="post" x="48" y="14" width="6" height="58" rx="2" />
            <path class="plate" d="M36 20h36l9 8-9 8H36z" />
            <path class="back" d="M66 42H38l-8 7 8 7h28z" />
          </svg>
        }
        @case ('lost') {
          <svg class="art" viewBox="0 0 104 88" aria-hidden="true" focusable="false">
            <path class="ground" d="M4 78c14-10 26-3 38-9" />
            <path class="ground gone" d="M58 66c8-4 12-12 22-8s12 12 20 9" />
            <rect class="post" x="46" y="14" width="6" height="58" rx="2" />
            <path class="missing" d="M40 20h30l9 8-9 8H40z" />
          </svg>
        }
        @case ('search') {
          <svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="11" cy="11" r="6.5" />
            <path d="m16 16 5 5" />
          </svg>
        }
      }
      <h2>{{ heading() }}</h2>
      @if (text()) {
        <p>{{ text() }}</p>
      }
      <div class="row"><ng-content /></div>
    </div>
  `,
  styles: `
    h2 {
      font-size: var(--wm-text-md);
    }
    .ground {
      fill: none;
      stroke: var(--wm-line-strong);
      stroke-width: 2;
    }
    .gone {
      stroke-dasharray: 3 5;
    }
    .post {
      fill: var(--wm-ink-2);
    }
    .plate {
      fill: var(--wm-blaze);
    }
    .back {
      fill: var(--wm-primary-soft);
      stroke: var(--wm-primary);
      stroke-width: 1.5;
    }
    .missing {
      fill: var(--wm-surface);
      stroke: var(--wm-ink-3);
      stroke-width: 1.5;
      stroke-dasharray: 4 3;
    }
    .row:empty {
      display: none;
    }
  `,
})
export class Empty {
  readonly heading = input.required<string>();
  readonly text = input('');
  readonly art = input<EmptyArt>('signpost');
}
