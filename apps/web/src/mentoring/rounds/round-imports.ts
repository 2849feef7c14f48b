import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { importsPage } from '@waymark/contracts';
import { Chip, Pager, Skeleton } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { Address } from '../../shell/address';
import { importStatusWords, sideWords } from '../imports/import-words';
import { counted } from '../../shell/words';

const pageSize = 10;

/** The files loaded into a round so far, and those left half done. */
@Component({
  selector: 'wm-round-imports',
  imports: [Chip, Pager, RouterLink, Skeleton, Trouble],
  template: `
    <section class="card card--flush" aria-labelledby="imports-h">
      <div class="card__head"><h2 id="imports-h" i18n>Files loaded so far</h2></div>
      @if (resource.error()) {
        <wm-trouble
          class="pf"
          [error]="resource.error()"
          i18n-heading
          heading="We could not load the list of files"
          (retry)="resource.reload()"
        />
      } @else if (imports(); as page) {
        @if (page.rows.length) {
          <table role="table" class="dt cards">
            <caption class="vh" i18n>
              Files loaded so far, newest first
            </caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader" i18n>File</th>
                <th scope="col" role="columnheader" i18n>Status</th>
                <th scope="col" role="columnheader" i18n>Side</th>
                <th scope="col" role="columnheader" class="r" i18n>Rows</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              @for (each of page.rows; track each.id) {
                <tr role="row">
                  <th scope="row" role="rowheader">
                    <a class="rowlink" [routerLink]="['/mentoring/imports', each.id]">{{ each.fileName }}</a>
                    <span class="sub"
                      >{{ each.uploadedBy }}, {{ dates.shortDayOf(each.uploadedAt) }},
                      {{ dates.time(each.uploadedAt) }}</span
                    >
                  </th>
                  <td role="cell" class="end">
                    <wm-chip [tone]="status[each.status].tone" [icon]="status[each.status].icon">{{
                      status[each.status].text
                    }}</wm-chip>
                  </td>
                  <td role="cell">{{ sides[each.side].title }}</td>
                  <td role="cell" class="r num end">
                    <span class="mobile-label">{{ rows(each.rows) }}</span><span class="only-wide">{{
                      each.rows
                    }}</span>
                  </td>
                </tr>
              }
            </tbody>
          </table>
          <wm-pager
            i18n-label
            label="Pages of files"
            [page]="page.page"
            [pageSize]="page.pageSize"
            [total]="page.total"
            (goTo)="address.change({ 'files-page': $event })"
          />
        } @else {
          <p class="pf quiet" i18n>None yet. A file is checked row by row before anything is loaded.</p>
        }
      } @else {
        <div class="pf"><wm-skeleton [rows]="2" i18n-label label="Loading the list of files" /></div>
      }
    </section>
  `,
  styleUrls: ['../../shell/table-cards.css'],
})
export class RoundImports {
  readonly roundId = input.required<string>();
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly status = importStatusWords;
  protected readonly sides = sideWords;
  private readonly page = computed(() => this.address.page('files-page'));

  protected readonly resource = httpResource(
    () => ({ url: `/api/mentoring/rounds/${this.roundId()}/imports`, params: { page: this.page(), pageSize } }),
    { parse: (raw) => importsPage.parse(raw) },
  );
  protected readonly imports = kept(this.resource);

  protected rows(count: number): string {
    return counted(count, $localize`row`, $localize`rows`);
  }
}
