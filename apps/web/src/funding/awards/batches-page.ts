import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { batchesPage, batchStatuses, batchView, poundsOf } from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { batchStatusWords } from './award-words';

const pageSize = 25;

/** Payments made together, and what waits to be put into one. */
@Component({
  selector: 'wm-batches-page',
  imports: [Chip, Empty, PageHeader, Pager, RouterLink, Skeleton, Trouble],
  template: `
    <wm-page-header i18n-heading heading="Batches">
      <ng-container meta>
        <span i18n>A batch is one payment run: approved claims, by cost code, as the finance system takes them.</span>
      </ng-container>
      <ng-container actions>
        @if (mayDecide && waiting() > 0) {
          <button type="button" class="btn btn--main" [disabled]="making.busy()" (click)="make()" i18n>
            Make a batch
          </button>
        }
      </ng-container>
    </wm-page-header>
    <div class="stack-5">
      <wm-trouble [error]="making.problem()" />
      @if (batches(); as page) {
        <section class="card" aria-labelledby="waiting-h">
          <h2 id="waiting-h" class="card__head" i18n>Approved, in no batch yet</h2>
          <p class="num">
            @if (page.waiting.claims > 0) {
              <b>{{ poundsOf(page.waiting.pence) }}</b>
              <ng-container i18n
                >in
                {page.waiting.claims, plural,
                  =1 {1 claim or advance}
                  other {{{ page.waiting.claims }} claims and advances}
                }</ng-container
              >
            } @else {
              <span class="quiet" i18n>Nothing waits.</span>
            }
          </p>
        </section>
      }
      <section class="card card--flush" aria-labelledby="batches-h">
        <div class="card__head"><h2 id="batches-h" i18n>All batches</h2></div>
        <div class="filters pf">
          <div class="field">
            <label for="batches-status" i18n>Status</label>
            <select
              #chosen
              id="batches-status"
              class="in in--sm"
              (change)="address.change({ status: chosen.value, page: null })"
            >
              <option value="" [selected]="!status()" i18n>Any status</option>
              @for (each of statuses; track each) {
                <option [value]="each" [selected]="each === status()">{{ statusWords[each].text }}</option>
              }
            </select>
          </div>
        </div>
        @if (resource.error()) {
          <wm-trouble
            class="pf"
            [error]="resource.error()"
            i18n-heading
            heading="We could not load the batches"
            (retry)="resource.reload()"
          />
        } @else if (batches(); as page) {
          @if (page.rows.length) {
            <table role="table" class="dt cards" [attr.aria-busy]="resource.isLoading()">
              <caption class="vh" i18n>
                Batches, the newest first
              </caption>
              <thead role="rowgroup">
                <tr role="row">
                  <th scope="col" role="columnheader" i18n>Batch</th>
                  <th scope="col" role="columnheader" i18n>Status</th>
                  <th scope="col" role="columnheader" class="r" i18n>Claims</th>
                  <th scope="col" role="columnheader" class="r" i18n>Pays</th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                @for (batch of page.rows; track batch.id) {
                  <tr role="row">
                    <th scope="row" role="rowheader">
                      <a class="rowlink" [routerLink]="['/funding/batches', batch.id]" i18n>Batch {{ batch.number }}</a>
                      <span class="sub">{{ madeWords(batch.madeAt, batch.madeBy) }}</span>
                    </th>
                    <td role="cell" class="end chip-of-card">
                      <wm-chip [tone]="statusWords[batch.status].tone" [icon]="statusWords[batch.status].icon">{{
                        statusWords[batch.status].text
                      }}</wm-chip>
                    </td>
                    <td role="cell" class="r num ends">
                      <span class="mobile-label" i18n>Claims</span>{{ batch.claims }}
                    </td>
                    <td role="cell" class="r num ends">
                      <span class="mobile-label" i18n>Pays</span>{{ poundsOf(batch.pence) }}
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
          } @else if (status()) {
            <wm-empty art="search" i18n-heading heading="No batch fits this filter">
              <button type="button" class="btn btn--line" (click)="address.change({ status: null })" i18n>
                Show all
              </button>
            </wm-empty>
          } @else {
            <wm-empty
              i18n-heading
              heading="No batches yet"
              i18n-text
              text="Approve claims, then put them into a batch for the next payment run."
            />
          }
        } @else {
          <div class="pf"><wm-skeleton [rows]="4" i18n-label label="Loading the batches" /></div>
        }
      </section>
    </div>
  `,
  styleUrls: ['../../shell/table-cards.css', '../pots/money-cards.css'],
})
export class BatchesPage {
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly mayDecide = inject(Session).may('claims.decide');
  protected readonly poundsOf = poundsOf;
  protected readonly statuses = batchStatuses;
  protected readonly statusWords = batchStatusWords;
  protected readonly status = computed(() => this.address.one('status', batchStatuses));
  protected readonly resource = httpResource(
    () => {
      const status = this.status();
      const filters: Record<string, string> = status === undefined ? {} : { status };
      return { url: '/api/funding/batches', params: { page: this.address.page(), pageSize, ...filters } };
    },
    { parse: (raw) => batchesPage.parse(raw) },
  );
  protected readonly batches = kept(this.resource);
  protected readonly waiting = computed(() => this.batches()?.waiting.claims ?? 0);
  protected readonly making = new Deed();

  protected madeWords(at: string, by: string | null): string {
    const day = this.dates.shortDayAndYear(this.dates.calendarDay(at));
    return by ? $localize`Made ${day}:day: by ${by}:name:` : $localize`Made ${day}:day:`;
  }

  protected async make(): Promise<void> {
    const made = await this.making.run(async () => {
      const batch = await this.commands.post('/api/funding/batches', {}, batchView);
      await this.router.navigate(['/funding/batches', batch.id]);
    });
    if (!made) this.resource.reload();
  }
}
