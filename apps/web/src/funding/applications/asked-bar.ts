import { Component, computed, input } from '@angular/core';
import { poundsOf } from '@waymark/contracts';

/** What is asked of what it costs, other funding beside it, and the least amount as a line; its words carry every part. */
@Component({
  selector: 'wm-asked-bar',
  template: `
    <span class="mb" role="img" [attr.aria-label]="words()">
      <span class="mb__ask all"></span>
      @if (costsPence() > 0 && askedPence() > 0) {
        <span class="mb__got" [style.width.%]="share(askedPence())"></span>
      }
      @if (leastPence(); as least) {
        <span class="mb__least" [style.left.%]="share(least)"></span>
      }
    </span>
    <span class="legend" aria-hidden="true">
      <span><i class="sw asked"></i><ng-container i18n>Asked</ng-container></span>
      <span><i class="sw other"></i><ng-container i18n>Other funding</ng-container></span>
      @if (leastPence(); as least) {
        <span
          ><i class="sw least"></i><ng-container i18n>Least amount, {{ pounds(least) }}</ng-container></span
        >
      }
    </span>
  `,
  styles: `
    :host {
      display: block;
    }
    .mb {
      height: 14px;
      margin: var(--wm-2) 0;
    }
    .all {
      width: 100%;
    }
    .asked {
      background: var(--wm-chart-1);
    }
    .other {
      border: 1px solid var(--wm-line-strong);
    }
    .least {
      width: 2px;
      height: 14px;
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
export class AskedBar {
  readonly costsPence = input.required<number>();
  readonly askedPence = input.required<number>();
  readonly otherPence = input.required<number>();
  readonly leastPence = input<number | null>(null);

  protected readonly pounds = (pence: number): string => poundsOf(pence);
  protected readonly words = computed(() => {
    const [costs, asked, other, least] = [this.costsPence(), this.askedPence(), this.otherPence(), this.leastPence()];
    if (costs === 0) return $localize`No costs yet`;
    const sums = $localize`Of ${poundsOf(costs)}:costs:, ${poundsOf(asked)}:asked: is asked from the fund and ${poundsOf(other)}:other: comes from other funding.`;
    return least === null ? sums : $localize`${sums}:sums: The least amount is ${poundsOf(least)}:least:.`;
  });

  protected share(pence: number): number {
    return Math.max(0, Math.min(100, (100 * pence) / Math.max(1, this.costsPence())));
  }
}
