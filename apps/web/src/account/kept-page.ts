import { httpResource } from '@angular/common/http';
import { Component, computed } from '@angular/core';
import { keptView } from '@waymark/contracts';
import { PageHeader, Skeleton } from '@waymark/ui';
import { Trouble } from '../shell/trouble';

const erasureWords = {
  delete: $localize`Deleted`,
  empty: $localize`Words and facts are emptied`,
  keep: $localize`Stays without the name`,
} as const;

/** Every kind of record about a person: what for, until when, and what an erasure does with it. */
@Component({
  selector: 'wm-kept-page',
  imports: [PageHeader, Skeleton, Trouble],
  template: `
    <wm-page-header i18n-heading heading="How long things are kept">
      <span meta i18n>Every kind of record that Waymark can hold about you.</span>
    </wm-page-header>
    @if (kinds(); as all) {
      <div class="card card--flush">
        <div class="dt-wrap">
          <table class="dt dt--cards" role="table">
            <caption class="vh" i18n>
              Kinds of records, what they are for, and until when they are kept
            </caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader" i18n>Kind</th>
                <th scope="col" role="columnheader" i18n>What it is for</th>
                <th scope="col" role="columnheader" i18n>Kept</th>
                <th scope="col" role="columnheader" i18n>If you are erased</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              @for (kind of all; track kind.title) {
                <tr role="row">
                  <th scope="row" role="rowheader">{{ kind.title }}</th>
                  <td role="cell" i18n-data-l data-l="What it is for">
                    {{ kind.for }}
                    @if (kind.leftOut) {
                      <span class="small quiet left-out">{{ kind.leftOut }}</span>
                    }
                  </td>
                  <td role="cell" i18n-data-l data-l="Kept">{{ kind.until }}</td>
                  <td role="cell" i18n-data-l data-l="If you are erased">
                    @for (each of kind.erased; track each.words + each.why) {
                      <span class="then"
                        >{{ each.words }}. <span class="small quiet">{{ each.why }}</span></span
                      >
                    }
                  </td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      </div>
    } @else if (view.error()) {
      <div class="card">
        <wm-trouble [error]="view.error()" i18n-heading heading="We could not load this list" (retry)="view.reload()" />
      </div>
    } @else {
      <div class="card"><wm-skeleton [rows]="8" i18n-label label="Loading what is kept" /></div>
    }
  `,
  styles: `
    th[scope='row'] {
      min-width: 9rem;
      white-space: normal;
      vertical-align: top;
    }
    td {
      vertical-align: top;
      white-space: normal;
      min-width: 12rem;
    }
    .then {
      display: block;
    }
    .left-out {
      display: block;
    }
  `,
})
export class KeptPage {
  protected readonly view = httpResource(() => '/api/account/kept', { parse: (raw) => keptView.parse(raw) });
  protected readonly kinds = computed(() =>
    this.view.hasValue()
      ? this.view.value().kinds.map((kind) => ({
          ...kind,
          erased: unlike(kind.erasure.map(({ does, why }) => ({ words: erasureWords[does], why }))),
        }))
      : undefined,
  );
}

/** Each only once: several parts of a kind often end alike. */
const unlike = <Item extends { words: string; why: string }>(items: readonly Item[]): Item[] =>
  items.filter((item, at) => items.findIndex(({ words, why }) => words === item.words && why === item.why) === at);
