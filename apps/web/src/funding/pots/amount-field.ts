import { Component, computed, input, model } from '@angular/core';
import { poundsOf, readPounds } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { amountFaultWords } from './pot-words';

/**
 * An amount of pounds as people type it. On leaving the field it is written as it was understood, `£1200` as `1,200.00`;
 * what is wrong is said once `tried`.
 */
@Component({
  selector: 'wm-amount-field',
  imports: [Field],
  template: `
    <wm-field [for]="for()" [label]="label()" [hint]="hint()" [error]="error()">
      <span class="money-in">
        <input
          #box
          class="in num"
          inputmode="decimal"
          autocomplete="off"
          maxlength="40"
          [id]="for()"
          [value]="typed()"
          [attr.aria-invalid]="error() ? true : null"
          [attr.aria-describedby]="describedBy()"
          (input)="typed.set(box.value)"
          (change)="write()"
        />
      </span>
    </wm-field>
  `,
  styles: `
    .money-in {
      display: block;
    }
  `,
})
export class AmountField {
  readonly for = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly typed = model('');
  readonly tried = input(false);
  /** What the server or the form says of it besides. */
  readonly fault = input<string | null>(null);

  protected readonly error = computed(() => {
    if (!this.tried()) return null;
    const read = readPounds(this.typed());
    return 'fault' in read ? amountFaultWords[read.fault] : this.fault();
  });
  protected readonly describedBy = computed(
    () =>
      [this.hint() ? `${this.for()}-hint` : '', this.error() ? `${this.for()}-error` : ''].filter(Boolean).join(' ') ||
      null,
  );

  protected write(): void {
    const read = readPounds(this.typed());
    if ('pence' in read) this.typed.set(poundsOf(read.pence).slice(1));
  }
}
