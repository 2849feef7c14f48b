import { httpResource } from '@angular/common/http';
import { Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { panelApplicationStates, panelApplicationsPage, type PanelistRow } from '@waymark/contracts';
import { Chip, Empty, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { reviewStatusWords } from './panel-words';

const pageSize = 25;
type State = (typeof panelApplicationStates)[number];

/** Each application with its readers and how far they are; never a score. */
@Component({
  selector: 'wm-panel-applications-list',
  imports: [Chip, Empty, ExportLinks, Pager, SearchBox, Skeleton, Trouble],
  template: `
    <section class="card card--flush" aria-labelledby="by-application-h">
      <div class="card__head"><h2 id="by-application-h" i18n>By application</h2></div>
      <div class="filters pf">
        <wm-search-box
          for="reference"
          i18n-label
          label="Reference"
          [value]="search() ?? ''"
          (searched)="address.change({ search: $event, page: null }, 'typing')"
        />
        <div class="field">
          <label for="state" i18n>How far</label>
          <select #chosen id="state" class="in in--sm" (change)="address.change({ state: chosen.value, page: null })">
            <option value="" [selected]="!state()" i18n>However far</option>
            @for (each of states; track each) {
              <option [value]="each" [selected]="each === state()">{{ stateWords[each] }}</option>
            }
          </select>
        </div>
        <div class="field">
          <label for="reader" i18n>Reader</label>
          <select
            #chosenReader
            id="reader"
            class="in in--sm"
            (change)="address.change({ reader: chosenReader.value, page: null })"
          >
            <option value="" [selected]="!reader()" i18n>Anybody</option>
            @for (each of panelists(); track each.id) {
              <option [value]="each.id" [selected]="each.id === reader()">{{ each.name }}</option>
            }
          </select>
        </div>
        <wm-export-links class="export" [address]="exportAddress()" />
      </div>
      @if (resource.error()) {
        <wm-trouble class="pf" [error]="resource.error()" (retry)="resource.reload()" />
      } @else if (page(); as page) {
        @if (page.rows.length > 0) {
          <table role="table" class="dt cards" [attr.aria-busy]="resource.isLoading()">
            <caption class="vh" i18n>
              Applications by reference, with their readers
            </caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader" i18n>Application</th>
                <th scope="col" role="columnheader" class="r" i18n>Reviews in</th>
                <th scope="col" role="columnheader" i18n>Readers</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              @for (row of page.rows; track row.applicationId) {
                <tr role="row">
                  <th scope="row" role="rowheader">
                    {{ row.reference }}
                    @if (row.applicant) {
                      <span class="sub">{{ row.applicant }}</span>
                    }
                  </th>
                  <td role="cell" class="r num end" i18n>{{ row.submitted }} of {{ row.wanted }}</td>
                  <td role="cell" class="wide">
                    <ul class="plain readers">
                      @for (review of row.reviews; track review.id) {
                        <li>
                          <wm-chip [tone]="words[review.status].tone" [icon]="words[review.status].icon">{{
                            words[review.status].text
                          }}</wm-chip>
                          {{ review.panelist }}
                          @if (mayReassign() && review.status !== 'locked') {
                            <button
                              type="button"
                              class="btn btn--text btn--sm"
                              [attr.aria-label]="reassignLabel(row.reference, review.panelist)"
                              (click)="reassign.emit(review.id)"
                              i18n
                            >
                              Reassign
                            </button>
                          }
                        </li>
                      } @empty {
                        <li class="quiet small" i18n>Nobody yet</li>
                      }
                    </ul>
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
            art="search"
            i18n-heading
            heading="No application like that"
            i18n-text
            text="Take a filter out to see more."
          />
        }
      } @else {
        <wm-skeleton />
      }
    </section>
  `,
  styleUrl: '../../shell/table-cards.css',
  styles: `
    /* State, name and what can be done stay on one line; a long name breaks within its own column. */
    .readers li {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 2px var(--wm-2);
      align-items: center;
      min-height: 36px;
    }
  `,
})
export class PanelApplicationsList {
  readonly callId = input.required<string>();
  readonly panelists = input.required<readonly PanelistRow[]>();
  readonly mayReassign = input.required<boolean>();
  /** The list is read again whenever it changes. */
  readonly stamp = input.required<unknown>();
  readonly reassign = output<string>();
  protected readonly address = inject(Address);
  protected readonly words = reviewStatusWords;
  protected readonly states = panelApplicationStates;
  protected readonly stateWords: Readonly<Record<State, string>> = {
    short: $localize`Lacks a reader`,
    waiting: $localize`Waits for reviews`,
    complete: $localize`All reviews in`,
  };
  protected readonly search = computed(() => this.address.text('search'));
  protected readonly state = computed(() => this.address.one('state', panelApplicationStates));
  protected readonly reader = computed(() => this.panelists().find(({ id }) => id === this.address.text('reader'))?.id);
  private readonly filters = computed<Record<string, string>>(() => {
    const entries = Object.entries({ search: this.search(), state: this.state(), panelistId: this.reader() });
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
  });
  protected readonly resource = httpResource(
    () => ({
      url: `/api/funding/calls/${this.callId()}/panel/applications`,
      params: { page: this.address.page(), pageSize, ...this.filters() },
    }),
    { parse: (raw) => panelApplicationsPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);
  protected readonly exportAddress = computed(() =>
    exportAddress(`/api/funding/calls/${this.callId()}/panel/applications/export`, this.filters()),
  );

  constructor() {
    let first = true;
    effect(() => {
      this.stamp();
      if (!first) untracked(() => this.resource.reload());
      first = false;
    });
  }

  protected reassignLabel = (reference: string, panelist: string): string =>
    $localize`Reassign ${reference}:reference:, with ${panelist}:panelist:`;
}
