import { httpResource } from '@angular/common/http';
import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { peopleWithoutManager } from '@waymark/contracts';
import { Empty, PageHeader, Pager, Person, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { unitAndGrade } from '../../shell/words';

/** People whose line manager has left with nobody above: each is given another. */
@Component({
  selector: 'wm-without-manager-page',
  imports: [Empty, PageHeader, Pager, Person, RouterLink, Skeleton, Trouble],
  template: `
    <div class="narrow">
      <wm-page-header i18n-heading heading="People without a line manager">
        <a trail routerLink="/people" i18n>People</a>
        <ng-container meta>
          <span i18n
            >Their line manager has left, and nobody stands above. Until each has another, nobody approves for
            them.</span
          >
        </ng-container>
      </wm-page-header>
      <section class="card" i18n-aria-label aria-label="People without a line manager">
        @if (resource.error()) {
          <wm-trouble
            [error]="resource.error()"
            i18n-heading
            heading="We could not load the list"
            (retry)="resource.reload()"
          />
        } @else if (shown(); as page) {
          @if (page.rows.length) {
            <ul class="lines">
              @for (row of page.rows; track row.id) {
                <li>
                  <wm-person [name]="row.name" [fact]="factOf(row)" [link]="['/people', row.id]" />
                  <a class="btn btn--line btn--sm" [routerLink]="['/people', row.id, 'change']">
                    <ng-container i18n>Choose a manager</ng-container><span class="vh">: {{ row.name }}</span>
                  </a>
                </li>
              }
            </ul>
            <wm-pager
              [page]="page.page"
              [pageSize]="page.pageSize"
              [total]="page.total"
              (goTo)="address.change({ page: $event })"
            />
          } @else {
            <wm-empty i18n-heading heading="Everybody has a line manager who is here" />
          }
        } @else {
          <wm-skeleton [rows]="4" i18n-label label="Loading the list" />
        }
      </section>
    </div>
  `,
})
export class WithoutManagerPage {
  protected readonly address = inject(Address);
  protected readonly resource = httpResource(
    () => ({ url: '/api/people/without-manager', params: { page: this.address.page(), pageSize: 25 } }),
    { parse: (raw) => peopleWithoutManager.parse(raw) },
  );
  protected readonly shown = kept(this.resource);

  protected factOf(row: { unit: string | null; grade: string | null; manager: string }): string {
    const reported = $localize`reported to ${row.manager}:manager:`;
    return [unitAndGrade(row), reported].filter(Boolean).join(' · ');
  }
}
