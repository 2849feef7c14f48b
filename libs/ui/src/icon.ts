import { Component, computed, input } from '@angular/core';
import { icons, type IconName } from './icons';

/** A stroke icon, always beside words: screen readers skip it. */
@Component({
  selector: 'wm-icon',
  template: `<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path [attr.d]="path()" /></svg>`,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => icons[this.name()]);
}
