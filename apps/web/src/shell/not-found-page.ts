import { Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Empty, PageHeader } from '@waymark/ui';

@Component({
  selector: 'wm-not-found-page',
  imports: [Empty, PageHeader, RouterLink],
  template: `
    <wm-page-header i18n-heading heading="Page not found" />
    <div class="card">
      <wm-empty art="lost" i18n-heading heading="This path ends here" [text]="text">
        <a class="btn btn--main" routerLink="/" i18n>Go to what next</a>
      </wm-empty>
    </div>
  `,
})
export class NotFoundPage {
  private readonly path = inject(Router).url.split('?')[0] ?? '';
  protected readonly text = $localize`There is no page at ${this.path}:path:. It may have moved, or it belongs to another institution.`;
}
