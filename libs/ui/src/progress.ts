import { Component, computed, input } from '@angular/core';

/** How far long work is. The label says what is being done; it is announced when it changes. */
@Component({
  selector: 'wm-progress',
  template: `
    <div class="row row--between small" aria-hidden="true">
      <span>{{ label() }}</span><b class="num">{{ shown() }}%</b>
    </div>
    <div
      class="prog"
      role="progressbar"
      aria-valuemin="0"
      aria-valuemax="100"
      [attr.aria-valuenow]="shown()"
      [attr.aria-label]="label()"
    >
      <span [style.width.%]="shown()"></span>
    </div>
    <p class="vh" role="status">{{ label() }}</p>
  `,
  styles: `
    :host {
      display: block;
    }
    .prog {
      margin-top: 6px;
    }
  `,
})
export class Progress {
  readonly percent = input.required<number>();
  readonly label = input.required<string>();
  protected readonly shown = computed(() => Math.min(100, Math.max(0, Math.floor(this.percent()))));
}
