import { Component, computed, input } from '@angular/core';
import { type ApplicationMoney, poundsOf } from '@waymark/contracts';

/** An application's money as one bar, asked, awarded, claimed and released, with its table. Claimed is what the fund has paid. */
@Component({
  selector: 'wm-application-money',
  template: `
    <span class="mb" role="img" [attr.aria-label]="words()">
      <span class="mb__ask all"></span>
      @if (awarded() > 0) {
        <span class="mb__got mb__got--part" [style.width.%]="share(awarded())"></span>
      }
      @if (money().spentPence > 0) {
        <span class="mb__got" [style.width.%]="share(money().spentPence)"></span>
      }
      @if (money().releasedPence > 0) {
        <span
          class="released"
          [style.left.%]="share(awarded() - money().releasedPence)"
          [style.width.%]="share(money().releasedPence)"
        ></span>
      }
      @if (money().leastPence; as least) {
        <span class="mb__least" [style.left.%]="share(least)"></span>
      }
    </span>
    <table class="dt dt--plain">
      <caption class="vh" i18n>
        The money of this application
      </caption>
      <tbody>
        @for (row of rows(); track row.name) {
          <tr>
            <th scope="row">
              <span class="name"><i [class]="'sw ' + row.swatch" aria-hidden="true"></i>{{ row.name }}</span>
            </th>
            <td class="r num">{{ row.pounds }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    :host {
      display: block;
    }
    .mb {
      height: 14px;
      margin-bottom: var(--wm-3);
    }
    .all {
      width: 100%;
    }
    .released {
      position: absolute;
      top: 0;
      bottom: 0;
      border: 1px dashed var(--wm-chart-1);
      border-radius: var(--wm-r-1);
      background: var(--wm-surface);
    }
    th {
      white-space: normal;
      font-weight: var(--wm-medium);
    }
    .name {
      display: flex;
      align-items: baseline;
    }
    .sw {
      flex: none;
      margin-right: var(--wm-2);
      border: 1px solid transparent;
    }
    .asked {
      border-color: var(--wm-line-strong);
      background: var(--wm-surface);
    }
    .awarded {
      background: repeating-linear-gradient(-45deg, var(--wm-chart-1) 0 4px, var(--wm-surface) 4px 6px);
      border-color: var(--wm-chart-1);
    }
    .claimed {
      background: var(--wm-chart-1);
    }
    .sw.back {
      border: 1px dashed var(--wm-chart-1);
    }
    .least {
      width: 2px;
      height: 14px;
      margin-inline: 6px calc(6px + var(--wm-2));
      border: 0;
      background: var(--wm-chart-2);
    }
    @media print {
      span,
      i {
        print-color-adjust: exact;
      }
    }
  `,
})
export class ApplicationMoneyBar {
  readonly money = input.required<ApplicationMoney>();

  protected readonly awarded = computed(() => this.money().awardedPence ?? 0);
  protected readonly rows = computed(() => {
    const { askedPence, leastPence, awardedPence, spentPence, releasedPence } = this.money();
    const row = (swatch: string, name: string, pence: number | null) =>
      pence === null ? [] : [{ swatch, name, pounds: poundsOf(pence) }];
    return [
      ...row('asked', $localize`Asked`, askedPence),
      ...row('least', $localize`Least that would still make it possible`, leastPence),
      ...row('awarded', $localize`Awarded`, awardedPence),
      ...(awardedPence === null
        ? []
        : [
            ...row('claimed', $localize`Claimed and paid`, spentPence),
            ...row('back', $localize`Released to the fund`, releasedPence),
          ]),
    ];
  });
  protected readonly words = computed(() =>
    this.rows()
      .map(({ name, pounds }) => `${name}: ${pounds}`)
      .join('; '),
  );

  protected share(pence: number): number {
    const whole = Math.max(this.money().askedPence ?? 0, this.awarded(), 1);
    return Math.max(0, Math.min(100, (100 * pence) / whole));
  }
}
