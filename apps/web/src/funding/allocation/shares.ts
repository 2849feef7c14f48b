import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { poundsOf, type ScenarioRow, type ShareRow, sharesView } from '@waymark/contracts';
import { Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { AllocationStore } from './allocation-store';
import { percentOf, shareName, shareWords } from './share-words';

const bys = ['unit', 'grade'] as const;

/** What goes to each unit or grade beside its share of technicians, as it will be published: small numbers are never shown. */
@Component({
  selector: 'wm-shares',
  imports: [Skeleton, Trouble],
  template: `
    <section class="card" aria-labelledby="shares-h">
      <div class="card__head">
        <h2 id="shares-h">
          @if (by() === 'unit') {
            <ng-container i18n>Shares by department</ng-container>
          } @else {
            <ng-container i18n>Shares by grade</ng-container>
          }
        </h2>
        <label class="vh" for="shares-by" i18n>Shares by</label>
        <select #chosen id="shares-by" class="in in--sm by" (change)="choose(chosen.value)">
          <option value="unit" [selected]="by() === 'unit'" i18n>Department</option>
          <option value="grade" [selected]="by() === 'grade'" i18n>Grade</option>
        </select>
      </div>
      <p class="small quiet lead">
        @if (scenario().publishedAt) {
          <ng-container i18n
            >As scenario {{ scenario().name }} was published. Fewer than 8 people are never shown, nor what would let
            them be worked out.</ng-container
          >
        } @else {
          <ng-container i18n
            >As scenario {{ scenario().name }} would be published. Fewer than 8 people are never shown, nor what would
            let them be worked out.</ng-container
          >
        }
      </p>
      @if (resource.error()) {
        <wm-trouble
          [error]="resource.error()"
          i18n-heading
          heading="We could not load the shares"
          (retry)="resource.reload()"
        />
      } @else if (view(); as view) {
        @if (view.tooFew) {
          <p class="small" i18n>Fewer than 8 people applied and were scored, so no shares are shown.</p>
        } @else {
          <table class="dt dt--plain deps">
            <caption class="vh" i18n>
              Money awarded and technicians, by group
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  @if (by() === 'unit') {
                    <ng-container i18n>Department</ng-container>
                  } @else {
                    <ng-container i18n>Grade</ng-container>
                  }
                </th>
                <th scope="col" class="r" i18n>Award</th>
                <th scope="col" i18n>Money / staff</th>
              </tr>
            </thead>
            <tbody>
              @for (row of view.rows; track $index) {
                <tr>
                  <th scope="row">
                    {{ nameOf(row)
                    }}<span class="sub" i18n>{row.people, plural,
                      =1 {1 person}
                      other {{{ figure(row.people) }} people}
                    }</span>
                  </th>
                  <td class="r num">
                    {{ poundsOf(row.awardedPence, 'short')
                    }}<span class="sub" i18n>of {{ poundsOf(row.askedPence, 'short') }}</span>
                  </td>
                  <td>
                    <span class="shbar" aria-hidden="true"
                      ><span [style.width.%]="wide(row.moneyShare)"></span>
                      @if (row.staffShare !== null) {
                        <i [style.left.%]="wide(row.staffShare)"></i>
                      }
                    </span>
                    <span class="num small" aria-hidden="true"
                      ><span class="nowrap">{{ percentOf(row.moneyShare) }}</span>
                      <span class="quiet nowrap">/ {{ percentOf(row.staffShare) }}</span></span
                    >
                    <span class="vh">{{ wordsOf(row) }}</span>
                  </td>
                </tr>
              }
            </tbody>
            <tbody class="sum">
              <tr>
                <th scope="row">
                  <ng-container i18n>All</ng-container
                  ><span class="sub" i18n>{view.total.people, plural,
                    =1 {1 person}
                    other {{{ figure(view.total.people) }} people}
                  }</span>
                </th>
                <td class="r num">
                  {{ poundsOf(view.total.awardedPence, 'short')
                  }}<span class="sub" i18n>of {{ poundsOf(view.total.askedPence, 'short') }}</span>
                </td>
                <td></td>
              </tr>
            </tbody>
          </table>
          <p class="xs quiet note">
            @if (together()) {
              <ng-container i18n
                >* Shown together: alone, each would be under 8 people or give another away.</ng-container
              >&ngsp;
            }
            <ng-container i18n
              >The mark on each bar is the group’s share of technicians; shares are cut, not rounded.</ng-container
            >
          </p>
        }
      } @else {
        <wm-skeleton [rows]="4" i18n-label label="Loading the shares" />
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .lead {
      margin-bottom: var(--wm-2);
    }
    .by {
      margin-left: auto;
      width: auto;
    }
    .deps {
      table-layout: fixed;
    }
    .deps td,
    .deps th {
      padding-left: 3px;
      padding-right: 3px;
    }
    .deps th:first-child {
      width: 38%;
    }
    .deps th:nth-child(2) {
      width: 30%;
    }
    .deps .num .sub {
      white-space: normal;
    }
    .deps tbody th {
      overflow-wrap: anywhere;
      hyphens: auto;
      white-space: normal;
      font-weight: var(--wm-medium);
    }
    .sum > tr > * {
      border-top: 2px solid var(--wm-line-strong);
    }
    .shbar {
      position: relative;
      display: block;
      height: 10px;
      background: var(--wm-sunk);
      border-radius: 2px;
      margin-bottom: 2px;
    }
    .shbar span {
      position: absolute;
      inset: 0 auto 0 0;
      background: var(--wm-chart-1);
      border-radius: 2px;
    }
    .shbar i {
      position: absolute;
      top: -3px;
      bottom: -3px;
      width: 2px;
      background: var(--wm-chart-target);
      box-shadow: 0 0 0 1px var(--wm-surface);
    }
    .note {
      margin-top: var(--wm-2);
    }
    @media print {
      .shbar,
      .shbar span,
      .shbar i {
        print-color-adjust: exact;
      }
    }
  `,
})
export class Shares {
  readonly scenario = input.required<ScenarioRow>();
  private readonly store = inject(AllocationStore);
  private readonly address = inject(Address);
  protected readonly figure = figure;
  protected readonly poundsOf = poundsOf;
  protected readonly percentOf = percentOf;
  protected readonly by = computed(() => this.address.one('by', bys) ?? 'unit');
  private readonly scenarioId = computed(() => this.scenario().id);
  protected readonly resource = httpResource(
    () => {
      this.store.changed();
      if (!this.store.linesThere()) return undefined;
      return { url: `/api/funding/scenarios/${this.scenarioId()}/shares`, params: { by: this.by() } };
    },
    { parse: (raw) => sharesView.parse(raw) },
  );
  protected readonly view = kept(this.resource);
  protected readonly together = computed(() => this.view()?.rows.some(({ groups }) => groups.length > 1) ?? false);
  private readonly widest = computed(() =>
    Math.max(
      1,
      ...(this.view()?.rows ?? []).flatMap(({ moneyShare, staffShare }) => [moneyShare ?? 0, staffShare ?? 0]),
    ),
  );

  protected choose(by: string): void {
    this.address.change({ by: by === 'grade' ? 'grade' : null });
  }

  protected nameOf(row: ShareRow): string {
    return shareName(row, this.view()?.by ?? 'unit');
  }

  protected wordsOf(row: ShareRow): string {
    return shareWords(row);
  }

  protected wide(share: number | null): number {
    return (96 * (share ?? 0)) / this.widest();
  }
}
