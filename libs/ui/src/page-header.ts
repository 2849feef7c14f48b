import { Component, input } from '@angular/core';

/**
 * A page's head: trail, the one `h1`, a line of facts, at most two actions. Slots: `[trail]`, `[meta]`, `[actions]`.
 * The `h1` takes focus when a page is entered.
 */
@Component({
  selector: 'wm-page-header',
  template: `
    <div class="ph">
      <div class="ph__trail"><ng-content select="[trail]" /></div>
      <div class="ph__title">
        <h1 tabindex="-1">{{ heading() }}</h1>
        <div class="ph__meta"><ng-content select="[meta]" /></div>
      </div>
      <div class="ph__acts"><ng-content select="[actions]" /></div>
    </div>
  `,
})
export class PageHeader {
  readonly heading = input.required<string>();
}
