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
          <div class="stack-2">
            <h3 i18n>What the readers wrote for you</h3>
            @for (comment of decision().comments; track $index) {
              <blockquote class="said">{{ comment }}</blockquote>
            }
          </div>
        }
      </div>
    </section>
  `,
  styles: `
    h3 {
      font-size: var(--wm-text-md);
    }
    blockquote {
      margin: 0;
      padding-inline-start: var(--wm-3);
      border-inline-start: 2px solid var(--wm-line-strong);
    }
  `,
})
export class DecisionCard {
  readonly decision = input.required<ApplicationDecision>();
  /** In tenths, cut: 745 is 74.5. */
  protected readonly score = computed(() => (this.decision().score / 10).toFixed(1));
}
