import { Component, input } from '@angular/core';
import { Icon } from './icon';

/**
 * A label above its control (the default slot), a hint and an error. `for` is the control's id; the control itself
 * carries `[attr.aria-describedby]="for + '-hint ' + for + '-error'"` where it has them.
 */
@Component({
  selector: 'wm-field',
  imports: [Icon],
  template: `
    <div class="field">
      <label [attr.for]="for()">{{ label() }}</label>
      @if (hint()) {
        <p class="hint" [id]="for() + '-hint'">{{ hint() }}</p>
      }
      <ng-content />
      @if (error(); as words) {
        <p class="errmsg" [id]="for() + '-error'"><wm-icon name="warning" />{{ words }}</p>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
  `,
})
export class Field {
  readonly for = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly error = input<string | null | undefined>(null);
}
