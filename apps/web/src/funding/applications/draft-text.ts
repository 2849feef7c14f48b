import { Component, booleanAttribute, computed, input, output } from '@angular/core';
import { Field } from '@waymark/ui';
import { cleanText } from './draft-fields';

/** One line of text of a draft, in its field: kept as it is typed. */
@Component({
  selector: 'wm-draft-text',
  imports: [Field],
  template: `
    <wm-field [for]="for()" [label]="label()" [hint]="hint()" [error]="error()">
      <input
        #box
        class="in"
        [class.num]="numeric()"
        [type]="type()"
        [attr.inputmode]="numeric() ? 'decimal' : null"
        [id]="for()"
        [value]="value()"
        [attr.maxlength]="max()"
        [attr.autocomplete]="autocomplete()"
        [attr.aria-required]="required() ? true : null"
        [attr.aria-invalid]="error() ? true : null"
        [attr.aria-describedby]="describedBy()"
        (input)="typed.emit(clean(box.value))"
      />
    </wm-field>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
  `,
})
export class DraftText {
  readonly for = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly value = input.required<string>();
  readonly max = input(200);
  readonly type = input<'text' | 'date' | 'url'>('text');
  readonly autocomplete = input('off');
  readonly numeric = input(false, { transform: booleanAttribute });
  readonly required = input(false, { transform: booleanAttribute });
  readonly error = input<string | null>(null);
  readonly typed = output<string>();

  protected readonly clean = cleanText;
  protected readonly describedBy = computed(() => describedBy(this.for(), this.hint(), this.error()));
}

/** What is read with a control: its hint, and what is wrong. */
export const describedBy = (id: string, hint: string, error: string | null, ...more: string[]): string | null =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : '', ...more].filter(Boolean).join(' ') || null;
