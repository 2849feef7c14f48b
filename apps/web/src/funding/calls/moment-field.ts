import { Component, computed, input, output } from '@angular/core';
import { Field } from '@waymark/ui';

/** A moment to the second by the institution's clock, as `2026-05-29T17:00:00`; empty while it is no moment. */
@Component({
  selector: 'wm-moment-field',
  imports: [Field],
  template: `
    <wm-field [for]="for()" [label]="label()" [hint]="hint()" [error]="error()">
      <input
        #box
        class="in num"
        type="datetime-local"
        step="1"
        [id]="for()"
        [value]="value()"
        [disabled]="fixed()"
        [attr.aria-invalid]="error() ? true : null"
        [attr.aria-describedby]="describedBy()"
        (input)="typed.emit(box.value)"
      />
    </wm-field>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    input {
      min-width: 0;
    }
  `,
})
export class MomentField {
  readonly for = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly value = input('');
  readonly fixed = input(false);
  readonly error = input<string | null | undefined>(null);
  readonly typed = output<string>();
  protected readonly describedBy = computed(
    () =>
      [this.hint() ? `${this.for()}-hint` : '', this.error() ? `${this.for()}-error` : ''].filter(Boolean).join(' ') ||
      null,
  );
}
