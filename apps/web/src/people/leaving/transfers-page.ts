import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { transfersPage, transferStatuses } from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { transferStatusWords } from './transfer-words';

const pageSize = 25;

/** Who moves to another institution, and who would come from one. */
@Component({
  selector: 'wm-transfers-page',
  imports: [Chip, Empty, PageHeader, Pager, RouterLink, Skeleton, Trouble],
  template: `
    <wm-page-header i18n-heading heading="Transfers">
      <a trail routerLink="/people" i18n>People</a>
      <ng-container meta>
        <span i18n>People who move between your institution and others of a shared network.</span>
      </ng-container>
    </wm-page-header>
    <section class="card card--flush" aria-labelledby="transfers-h">
      <div class="card__head"><h2 id="transfers-h" i18n>All transfers</h2></div>
      <div class="filters pf">
        <div class="field">
          <label for="transfers-status" i18n>Status</label>
          <select #chosen id="transfers-status" class="in in--sm" (change)="filter(chosen.value)">
            <option value="" [selected]="!status()" i18n>Any status</option>
            @for (each of statuses; track each) {
              <option [value]="each" [selected]="each === status()">{{ words[each].text }}</option>
            }
          </select>
        </div>
      </div>
      @if (resource.error()) {
        <wm-trouble
          class="pf"
          [error]="resource.error()"
          i18n-heading
          heading="We could not load the transfers"
          (retry)="resource.reload()"
        />
      } @else if (shown(); as page) {
        @if (page.rows.length) {
          <table role="table" class="dt cards" [attr.aria-busy]="resource.isLoading()">
            <caption class="vh" i18n>
              Transfers, those that wait for an answer first
            </caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader" i18n>Person</th>
                <th scope="col" role="columnheader" i18n>Status</th>
                <th scope="col" role="columnheader" i18n>From</th>
                <th scope="col" role="columnheader" i18n>To</th>
                <th scope="col" role="columnheader" i18n>Last day</th>
                <th scope="col" role="columnheader" i18n>First day</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              @for (row of page.rows; track row.id) {
                <tr role="row">
                  <th scope="row" role="rowheader">
                    <a class="rowlink" [routerLink]="['/people/transfers', row.id]">{{ row.name || nobody }}</a>
                  </th>
                  <td role="cell" class="end">
                    <wm-chip [tone]="words[row.status].tone">{{ words[row.status].text }}</wm-chip>
                  </td>
                  <td role="cell" class="wide"><span class="mobile-label" i18n>From </span>{{ row.from }}</td>
                  <td role="cell" class="wide"><span class="mobile-label" i18n>To </span>{{ row.to }}</td>
                  <td role="cell" class="wide">
                    <span class="mobile-label" i18n>Last day </span>{{ dates.day(row.lastDay) }}
                  </td>
                  <td role="cell" class="wide">
                    <span class="mobile-label" i18n>First day </span>{{ dates.day(row.firstDay) }}
                  </td>
                </tr>
              }
            </tbody>
          </table>
          <wm-pager
            [page]="page.page"
            [pageSize]="page.pageSize"
            [total]="page.total"
            (goTo)="address.change({ page: $event })"
          />
        } @else {
          <wm-empty
            i18n-heading
            heading="Nobody moves"
            i18n-text
            text="When somebody moves to another institution of a network, or comes from one, it stands here."
          />
        }
      } @else {
        <div class="pf"><wm-skeleton [rows]="4" i18n-label label="Loading the transfers" /></div>
      }
    </section>
  `,
  styleUrls: ['../../shell/table-cards.css'],
})
export class TransfersPage {
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly statuses = transferStatuses;
  protected readonly words = transferStatusWords;
  protected readonly nobody = $localize`Somebody not named any more`;
  protected readonly status = computed(() => this.address.one('status', transferStatuses));
  protected readonly resource = httpResource(
    () => {
      const status = this.status();
      return { url: '/api/transfers', params: { page: this.address.page(), pageSize, ...(status && { status }) } };
    },
    { parse: (raw) => transfersPage.parse(raw) },
  );
  protected readonly shown = kept(this.resource);

  protected filter(status: string): void {
    this.address.change({ status, page: null });
  }
}
