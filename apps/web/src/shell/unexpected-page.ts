import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';
import { Problem } from './problem';
import { Trouble } from './trouble';

/** A page that could not be opened at all. */
@Component({
  selector: 'wm-unexpected-page',
  imports: [PageHeader, Trouble],
  template: `
    <wm-page-header i18n-heading heading="Something went wrong" />
    <div class="card">
      <wm-trouble [error]="problem" i18n-heading heading="We could not open this page" (retry)="reload()" />
    </div>
  `,
})
export class UnexpectedPage {
  protected readonly problem = new Problem(navigator.onLine ? 'unexpected' : 'offline', 0);

  protected reload(): void {
    location.reload();
  }
}
