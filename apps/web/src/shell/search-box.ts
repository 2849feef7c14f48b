import { Component, DestroyRef, inject, input, output } from '@angular/core';

const pauseMs = 300;

/** A search that answers while one types, after a short pause, and at once on Enter. */
@Component({
  selector: 'wm-search-box',
  template: `
    <form class="field" (submit)="searchNow($event)">
      <label [attr.for]="for()">{{ label() }}</label>
      <input
        #box
        class="in in--sm"
        type="search"
        [id]="for()"
        [value]="value()"
        maxlength="100"
        autocomplete="off"
        (input)="searchSoon(box.value)"
      />
    </form>
  `,
  styles: `
    :host {
      display: block;
      min-width: 160px;
      flex: 1 1 180px;
      max-width: 300px;
    }
    @media (max-width: 599px) {
      :host {
        flex-basis: 100%;
        max-width: none;
      }
    }
  `,
})
export class SearchBox {
  readonly for = input.required<string>();
  readonly label = input.required<string>();
  readonly value = input('');
  readonly searched = output<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private typed: string | null = null;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected searchSoon(typed: string): void {
    clearTimeout(this.timer);
    this.typed = typed;
    this.timer = setTimeout(() => this.search(), pauseMs);
  }

  protected searchNow(event: Event): void {
    event.preventDefault();
    clearTimeout(this.timer);
    this.search();
  }

  private search(): void {
    if (this.typed === null) return;
    this.searched.emit(this.typed.trim());
    this.typed = null;
  }
}
