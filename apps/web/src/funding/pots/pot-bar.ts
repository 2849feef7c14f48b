import { Component, computed, input } from '@angular/core';
import { poundsOf, type PotFigures } from '@waymark/contracts';

/** A pot as one bar: spent, committed, and what is left; its words carry every part for those who cannot see it. */
@Component({
  selector: 'wm-pot-bar',
  template: `
    <span class="track" role="img" [attr.aria-label]="words()">
      @for (part of parts(); track part.class) {
        <i [class]="part.class" [style.flex-grow]="part.pence"></i>
      }
    </span>
    @if (legend()) {
      <span class="legend" aria-hidden="true">
        <span><i class="sw spent"></i><ng-container i18n>Spent</ng-container></span>
        <span><i class="sw committed"></i><ng-container i18n>Committed</ng-container></span>
        <span><i class="sw available"></i><ng-container i18n>Available</ng-container></span>
      </span>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .track {
      display: flex;
      gap: 2px;
      height: 12px;
      min-width: 96px;
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
    .spent {
      background: var(--wm-chart-1);
    }
    .committed {
      background: repeating-linear-gradient(-45deg, var(--wm-chart-1) 0 4px, var(--wm-surface) 4px 6px);
    }
    .track .available,
    .sw.available {
      border-color: var(--wm-line-strong);
      background: var(--wm-surface);
    }
    .legend {
      margin-top: var(--wm-2);
    }
    @media print {
      i {
        print-color-adjust: exact;
      }
    }
  `,
})
export class PotBar {
  readonly figures = input.required<PotFigures>();
  /** Whether it says below which part is which. */
  readonly legend = input(false);

  protected readonly parts = computed(() =>
    [
      { class: 'spent', pence: this.figures().spentPence },
      { class: 'committed', pence: this.figures().committedPence },
      { class: 'available', pence: this.figures().availablePence },
    ].filter(({ pence }) => pence > 0),
  );
  protected readonly words = computed(() => {
    const { fundedPence, availablePence, committedPence, spentPence } = this.figures();
    if (fundedPence === 0) return $localize`Nothing in it`;
    return $localize`Of ${poundsOf(fundedPence)}:funded:: ${poundsOf(spentPence)}:spent: spent, ${poundsOf(committedPence)}:committed: committed, ${poundsOf(availablePence)}:available: available`;
  });
}
