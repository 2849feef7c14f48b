import { Component, computed, input } from '@angular/core';
import { type AwardFigures, poundsOf } from '@waymark/contracts';

/** The money of an award as one bar, paid, held and released of what was awarded, with its table. It always adds up. */
@Component({
  selector: 'wm-award-money',
  template: `
    <span class="track" role="img" [attr.aria-label]="words()">
      @for (part of parts(); track part.class) {
        <i [class]="part.class" [style.flex-grow]="part.pence"></i>
      }
    </span>
    <table class="dt dt--plain">
      <caption class="vh" i18n>
        The money of this award
      </caption>
      <tbody>
        @for (row of rows(); track row.name) {
          <tr [class.total]="row.total">
            <th scope="row">
              @if (row.swatch) {
                <i [class]="'sw ' + row.swatch" aria-hidden="true"></i>
              }
              {{ row.name }}
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
    .track {
      display: flex;
      gap: 2px;
      height: 14px;
      margin-bottom: var(--wm-3);
      border-radius: var(--wm-r-1);
      background: var(--wm-sunk);
      overflow: hidden;
    }
    .track i {
      flex: 0 1 0;
      min-width: 3px;
    }
    .track i,
    .sw {
      box-sizing: border-box;
      border: 1px solid var(--wm-chart-1);
      border-radius: var(--wm-r-1);
    }
    .sw {
      margin-right: var(--wm-2);
    }
    .paid {
      background: var(--wm-chart-1);
    }
    .held {
      background: repeating-linear-gradient(-45deg, var(--wm-chart-1) 0 4px, var(--wm-surface) 4px 6px);
    }
    .track .back,
    .sw.back {
      border-style: dashed;
      background: var(--wm-surface);
    }
    th {
      white-space: normal;
      font-weight: var(--wm-medium);
    }
    .total th,
    .total td {
      border-top: 2px solid var(--wm-line-strong);
      font-weight: var(--wm-bold, 700);
    }
    @media print {
      i {
        print-color-adjust: exact;
      }
    }
  `,
})
export class AwardMoney {
  readonly figures = input.required<AwardFigures>();

  protected readonly parts = computed(() =>
    [
      { class: 'paid', pence: this.figures().spentPence },
      { class: 'held', pence: this.figures().committedPence },
      { class: 'back', pence: this.figures().releasedPence },
    ].filter(({ pence }) => pence > 0),
  );
  protected readonly rows = computed(() => {
    const money = this.figures();
    const row = (name: string, pence: number, swatch = '', total = false) => ({
      name,
      swatch,
      total,
      pounds: poundsOf(pence),
    });
    return [
      row($localize`Asked`, money.askedPence),
      row($localize`Paid`, money.spentPence, 'paid'),
      ...(money.advancedPence > 0 ? [row($localize`of it in advance`, money.advancedPence)] : []),
      row($localize`Held`, money.committedPence, 'held'),
      row($localize`Back to the fund`, money.releasedPence, 'back'),
      row($localize`Awarded`, money.awardedPence, '', true),
      ...(money.claimedPence > 0 ? [row($localize`Claimed so far`, money.claimedPence)] : []),
    ];
  });
  protected readonly words = computed(() => {
    const { awardedPence, spentPence, committedPence, releasedPence } = this.figures();
    return $localize`Of ${poundsOf(awardedPence)}:awarded:: ${poundsOf(spentPence)}:paid: paid, ${poundsOf(committedPence)}:held: held, ${poundsOf(releasedPence)}:back: back to the fund`;
  });
}
