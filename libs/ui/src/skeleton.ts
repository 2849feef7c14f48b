import { Component, computed, input } from '@angular/core';

/** Grey rows while a page loads; the label is what a screen reader hears. */
@Component({
  selector: 'wm-skeleton',
  template: `
    <div aria-busy="true">
      <p class="vh" role="status">{{ label() }}</p>
      <div class="skel h" aria-hidden="true"></div>
      @for (row of widths(); track $index) {
        <div class="skrow" aria-hidden="true">
          <div class="skel c"></div>
          <div>
            <div class="skel" [style.width.%]="row[0]"></div>
            <div class="skel s" [style.width.%]="row[1]"></div>
          </div>
          <div class="skel b"></div>
        </div>
      }
    </div>
  `,
  styles: `
    .skrow {
      display: grid;
      grid-template-columns: 40px 1fr 120px;
      gap: var(--wm-4);
      align-items: center;
      padding: var(--wm-4) 0;
      border-top: 1px solid var(--wm-line);
    }
    .h {
      height: 20px;
      width: 34%;
      margin-bottom: var(--wm-4);
    }
    .c {
      height: 40px;
      border-radius: var(--wm-r-3);
    }
    .s {
      height: 11px;
      margin-top: var(--wm-2);
    }
    .b {
      height: 36px;
      border-radius: var(--wm-r-3);
    }
    @media (max-width: 599px) {
      .skrow {
        grid-template-columns: 32px 1fr;
      }
      .b {
        display: none;
      }
      .c {
        height: 32px;
      }
    }
  `,
})
export class Skeleton {
  readonly rows = input(4);
  readonly label = input($localize`Loading`);
  protected readonly widths = computed(() =>
    Array.from(
      { length: this.rows() },
      (_, row) =>
        [
          [58, 82],
          [44, 70],
          [66, 60],
          [50, 76],
        ][row % 4] ?? [50, 70],
    ),
  );
}
