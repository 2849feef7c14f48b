import { Component, computed, inject, output, signal } from '@angular/core';
import { FormField, form, maxLength } from '@angular/forms/signals';
import { askCorrection, correctionFields, correctionView } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { fieldWords } from '../shell/field-words';
import { Trouble } from '../shell/trouble';
import { correctionFieldWords } from './correction-words';

const nothing = { field: '', shouldBe: '', why: '' };

/** Says what is wrong in one's record, and what it should be. */
@Component({
  selector: 'wm-ask-correction',
  imports: [Field, FormField, Trouble],
  template: `
    <form class="card stack" novalidate aria-labelledby="ask-h" (submit)="$event.preventDefault(); ask()">
      <h2 id="ask-h" class="card__head" i18n>Ask for a correction</h2>
      <wm-trouble [error]="asking.problem()" compact />
      <wm-field for="correct-field" i18n-label label="What is wrong" [error]="errors().field">
        <select
          class="in"
          id="correct-field"
          [formField]="form.field"
          [attr.aria-invalid]="errors().field ? true : null"
          [attr.aria-describedby]="errors().field ? 'correct-field-error' : null"
        >
          <option value="" i18n>Choose</option>
          @for (option of fields; track option) {
            <option [value]="option">{{ words[option] }}</option>
          }
        </select>
      </wm-field>
      <wm-field for="correct-shouldBe" i18n-label label="What it should be" [error]="errors().shouldBe">
        <input
          class="in"
          id="correct-shouldBe"
          autocomplete="off"
          [formField]="form.shouldBe"
          [attr.aria-invalid]="errors().shouldBe ? true : null"
          [attr.aria-describedby]="errors().shouldBe ? 'correct-shouldBe-error' : null"
        />
      </wm-field>
      <wm-field
        for="correct-why"
        i18n-label
        label="Why, if it helps"
        i18n-hint
        hint="Coordinators and administrators read it."
      >
        <textarea
          class="in"
          id="correct-why"
          rows="3"
          aria-describedby="correct-why-hint"
          [formField]="form.why"
        ></textarea>
      </wm-field>
      <button type="submit" class="btn btn--main" [attr.aria-disabled]="asking.busy() || null" i18n>Ask for it</button>
    </form>
  `,
})
export class AskCorrection {
  private readonly commands = inject(Commands);
  readonly asked = output();

  protected readonly fields = correctionFields;
  protected readonly words = correctionFieldWords;
  private readonly typed = signal({ ...nothing });
  protected readonly form = form(this.typed, (path) => {
    maxLength(path.shouldBe, 300);
    maxLength(path.why, 1000);
  });
  protected readonly asking = new Deed();
  private readonly tried = signal(false);
  protected readonly errors = computed(() =>
    this.tried()
      ? fieldWords(
          askCorrection,
          this.typed(),
          { field: $localize`Choose what is wrong.`, shouldBe: $localize`Say what it should be.` },
          this.asking.problem(),
        )
      : {},
  );

  protected async ask(): Promise<void> {
    this.tried.set(true);
    const [wrong] = Object.keys(this.errors());
    if (wrong) return document.getElementById(`correct-${wrong}`)?.focus();
    const done = await this.asking.run(async () => {
      await this.commands.post('/api/account/corrections', this.typed(), correctionView);
    });
    if (!done) return;
    this.typed.set({ ...nothing });
    this.tried.set(false);
    this.asked.emit();
  }
}
