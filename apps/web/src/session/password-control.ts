import { Component, computed, input, model, signal } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { Icon } from '@waymark/ui';

/** A password, hidden until its owner wants to read it. */
@Component({
  selector: 'wm-password-control',
  imports: [Icon],
  template: `
    <span class="pw">
      <input
        class="in"
        [id]="controlId()"
        [type]="shown() ? 'text' : 'password'"
        [autocomplete]="autocomplete()"
        [value]="value()"
        maxlength="200"
        autocapitalize="none"
        spellcheck="false"
        [attr.aria-invalid]="refused() || null"
        [attr.aria-describedby]="describedBy() || null"
        (input)="type($event)"
        (blur)="touched.set(true)"
      />
      <button type="button" class="btn btn--text btn--sm" [attr.aria-pressed]="shown()" (click)="shown.set(!shown())">
        <wm-icon name="eye" /><span>{{ words() }}</span>
      </button>
    </span>
  `,
  styles: `
    .pw {
      position: relative;
      display: block;
    }
    .in {
      padding-right: 96px;
    }
    .btn {
      position: absolute;
      right: 4px;
      top: 50%;
      transform: translateY(-50%);
      min-height: 32px;
    }
  `,
})
export class PasswordControl implements FormValueControl<string> {
  readonly value = model('');
  readonly touched = model(false);
  readonly controlId = input.required<string>();
  readonly autocomplete = input<'current-password' | 'new-password'>('current-password');
  readonly refused = input(false);
  readonly describedBy = input('');

  protected readonly shown = signal(false);
  protected readonly words = computed(() => (this.shown() ? $localize`Hide` : $localize`Show`));

  protected type(event: Event): void {
    this.value.set((event.target as HTMLInputElement).value);
  }
}
