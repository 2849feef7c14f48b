import { Component, computed, input, output } from '@angular/core';
import { Field } from '@waymark/ui';

/** A line or, with `rows`, a paragraph of text; or a short figure. */
@Component({
  selector: 'wm-text-field',
  imports: [Field],
  template: `
    <wm-field [for]="for()" [label]="label()" [hint]="hint()" [error]="error()">
      @if (rows(); as lines) {
        <textarea
          #area
          class="in"
          [id]="for()"
          [rows]="lines"
          [attr.maxlength]="max()"
          [value]="value()"
          [disabled]="fixed()"
          [attr.aria-invalid]="error() ? true : null"
          [attr.aria-describedby]="describedBy()"
          (input)="typed.emit(area.value)"
        ></textarea>
      } @else {
        <input
          #box
          class="in"
          autocomplete="off"
          [class.num]="figure()"
          [class.figure]="figure()"
          [attr.inputmode]="figure() ? 'numeric' : null"
          [id]="for()"
          [attr.maxlength]="max()"
          [value]="value()"
          [disabled]="fixed()"
          [attr.aria-invalid]="error() ? true : null"
          [attr.aria-describedby]="describedBy()"
          (input)="typed.emit(box.value)"
        />
      }
    </wm-field>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .figure {
      max-width: 112px;
    }
    textarea.in {
      min-height: 72px;
    }
  `,
})
export class TextField {
  readonly for = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly value = input('');
  readonly max = input(120);
  readonly rows = input(0);
  readonly figure = input(false);
  readonly fixed = input(false);
  readonly error = input<string | null | undefined>(null);
  readonly typed = output<string>();
  protected readonly describedBy = computed(
    () =>
      [this.hint() ? `${this.for()}-hint` : '', this.error() ? `${this.for()}-error` : ''].filter(Boolean).join(' ') ||
      null,
  );
}
