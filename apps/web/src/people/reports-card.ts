import { Component, input } from '@angular/core';
import type { PersonView } from '@waymark/contracts';
import { Person } from '@waymark/ui';

/** Who reports to somebody, directly. */
@Component({
  selector: 'wm-reports-card',
  imports: [Person],
  template: `
    <section class="card" aria-labelledby="reports">
      <div class="card__head">
        <h2 id="reports" i18n>Reports to {{ givenName() }}</h2>
        @if (reports().length) {
          <span class="small quiet" i18n>{reports().length, plural,
            =1 {1 person}
            other {{{ reports().length }} people}
          }</span>
        }
      </div>
      @if (reports().length) {
        <ul class="plain reports">
          @for (report of reports(); track report.id) {
            <li><wm-person [name]="report.name" [fact]="report.unit" [link]="['/people', report.id]" /></li>
          }
        </ul>
      } @else {
        <p class="quiet" i18n>Nobody reports to {{ givenName() }}.</p>
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .reports {
      display: grid;
      gap: var(--wm-3);
    }
  `,
})
export class ReportsCard {
  readonly givenName = input.required<string>();
  readonly reports = input.required<PersonView['reports']>();
}
