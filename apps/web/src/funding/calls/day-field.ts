import { Component, computed, input, output } from '@angular/core';
import { Field } from '@waymark/ui';

/** A day, as `2026-05-29`; empty while it is none. */
@Component({
  selector: 'wm-day-field',
  imports: [Field],
  template: `
    <wm-field [for]="for()" [label]="label()" [hint]="hint()" [error]="error()">
      <input
        #box
        class="in num"
        type="date"
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
export class DayField {
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
