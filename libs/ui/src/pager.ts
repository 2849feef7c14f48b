import { Component, computed, input, output } from '@angular/core';

/** Where in a list we are, and the way to the pages beside it. Hidden when there is nothing to count. */
@Component({
  selector: 'wm-pager',
  template: `
    @if (total() > 0) {
      <nav class="pager" [attr.aria-label]="label()">
        <span role="status" class="num" i18n>{{ first() }} to {{ last() }} of {{ total() }}</span>
        @if (pages() > 1) {
          <span class="row">
            <button
              type="button"
              class="btn btn--line btn--sm"
              [disabled]="page() <= 1"
              (click)="goTo.emit(page() - 1)"
              i18n
            >
              Previous
            </button>
            <span class="num" i18n>Page {{ page() }} of {{ pages() }}</span>
            <button
              type="button"
              class="btn btn--line btn--sm"
              [disabled]="page() >= pages()"
              (click)="goTo.emit(page() + 1)"
              i18n
            >
              Next
            </button>
          </span>
        }
      </nav>
    }
  `,
})
export class Pager {
  /** Pages count from 1. */
  readonly page = input.required<number>();
  /** Tells two lists on one page apart. */
  readonly label = input($localize`Pages`);
  readonly pageSize = input.required<number>();
  readonly total = input.required<number>();
  readonly goTo = output<number>();

  protected readonly pages = computed(() => Math.max(1, Math.ceil(this.total() / this.pageSize())));
  protected readonly first = computed(() => Math.min(this.total(), (this.page() - 1) * this.pageSize() + 1));
  protected readonly last = computed(() => Math.min(this.total(), this.page() * this.pageSize()));
}
