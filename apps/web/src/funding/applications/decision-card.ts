import { Component, computed, input } from '@angular/core';
import type { ApplicationDecision } from '@waymark/contracts';

/** What decided it and what would have changed it, with what the readers wrote for the applicant. */
@Component({
  selector: 'wm-decision-card',
  template: `
    <section class="card" aria-labelledby="decision-h">
      <div class="card__head">
        <h2 id="decision-h" i18n>How it was decided</h2>
        <span class="num" i18n>Score {{ score() }} of 100</span>
      </div>
      <div class="stack">
        @for (sentence of decision().because; track $index) {
          <p>{{ sentence }}</p>
        }
        @if (decision().comments.length) {
          <div>
            <h3>
              @if (mine()) {
                <ng-container i18n>What the readers wrote for you</ng-container>
              } @else {
                <ng-container i18n>What the readers wrote for the applicant</ng-container>
              }
            </h3>
            <ul>
              @for (comment of decision().comments; track $index) {
                <li class="said">{{ comment }}</li>
              }
            </ul>
          </div>
        }
      </div>
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    h3 {
      font-size: var(--wm-text-md);
    }
    ul {
      list-style: none;
    }
    li {
      margin-top: var(--wm-3);
      padding-inline-start: var(--wm-3);
      border-inline-start: 2px solid var(--wm-line-strong);
    }
    .said {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class DecisionCard {
  readonly decision = input.required<ApplicationDecision>();
  /** Whether the reader is the applicant. */
  readonly mine = input(false);
  /** In tenths, cut: 745 is 74.5. */
  protected readonly score = computed(() => (this.decision().score / 10).toFixed(1));
}
