import { httpResource } from '@angular/common/http';
import { Component, computed, input, signal } from '@angular/core';
import { UnlocksView, unlocksView } from '@waymark/contracts';
import { Skeleton } from '@waymark/ui';
import { Trouble } from '../../shell/trouble';
import { someNames } from '../words';

const atFirst = 5;

/** What one more place would change: with whom, and whom it would serve. */
@Component({
  selector: 'wm-run-unlocks',
  imports: [Skeleton, Trouble],
  template: `
    <section class="card" aria-labelledby="unlock-h">
      <h2 id="unlock-h" class="card__head" i18n>What one more place would unlock</h2>
      @if (resource.error()) {
        <wm-trouble [error]="resource.error()" [compact]="true" i18n-heading heading="We could not work this out">
          <button type="button" class="btn btn--line btn--sm" (click)="resource.reload()" i18n>Try again</button>
        </wm-trouble>
      } @else if (resource.hasValue()) {
        @if (shown().length) {
          <ul class="plain ul">
            @for (each of shown(); track each.mentor.id) {
              <li>
                <span class="big num" aria-hidden="true">+1</span>
                <p i18n>
                  <b>One more place with {{ each.mentor.name }}</b> would serve one of {{ each.servesCount }}:
                  {{ names(each) }}.
                </p>
              </li>
            }
          </ul>
          @if (rest() > 0) {
            <button type="button" class="btn btn--text btn--sm" (click)="all.set(true)" i18n>
              Show {{ rest() }} more
            </button>
          }
        } @else {
          <p class="small quiet" i18n>
            No single place more would serve anyone: those left out are kept apart from every mentor by the rules, or
            nobody is left out.
          </p>
        }
      } @else {
        <wm-skeleton [rows]="2" i18n-label label="Working out what would help" />
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .ul li {
      display: grid;
      grid-template-columns: 44px 1fr;
      gap: 12px;
      padding: 12px 0;
      border-top: 1px solid var(--wm-line);
      font-size: 0.9375rem;
      align-items: start;
    }
    .ul li:first-child {
      border: 0;
      padding-top: 0;
    }
    .ul b {
      font-weight: 500;
    }
    .big {
      font-size: 1.375rem;
      font-weight: 700;
      width: 44px;
      height: 44px;
      display: grid;
      place-items: center;
      background: var(--wm-primary-soft);
      color: var(--wm-on-primary-soft);
      border-radius: 6px;
    }
  `,
})
export class RunUnlocks {
  readonly runId = input.required<string>();
  protected readonly all = signal(false);
  protected readonly resource = httpResource(() => `/api/mentoring/runs/${this.runId()}/unlocks`, {
    parse: (raw) => unlocksView.parse(raw),
  });
  private readonly unlocks = computed(() => (this.resource.hasValue() ? this.resource.value().unlocks : []));
  protected readonly shown = computed(() => (this.all() ? this.unlocks() : this.unlocks().slice(0, atFirst)));
  protected readonly rest = computed(() => this.unlocks().length - this.shown().length);

  protected names(each: UnlocksView['unlocks'][number]): string {
    return someNames(
      each.serves.map((person) => person.name),
      each.servesCount,
      4,
    );
  }
}
