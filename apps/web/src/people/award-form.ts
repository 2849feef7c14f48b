import { Component, computed, effect, input, output, signal, untracked, viewChild } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { declareAward, type AwardView, type DeclareAward } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Attention } from '../shell/attention';
import { fieldWords } from '../shell/field-words';
import type { Problem } from '../shell/problem';
import { Trouble } from '../shell/trouble';

/** Declaring an award, and changing one that nobody has checked yet. */
@Component({
  selector: 'wm-award-form',
  imports: [Attention, Field, FormField, Trouble],
  template: `
    <form class="stack-2" novalidate (submit)="$event.preventDefault(); submit()">
      @if (!serverFields()) {
        <wm-trouble [error]="problem()" compact />
      }
      <wm-attention prefix="award-" [words]="words()" />
      <div class="two">
        <wm-field
          for="award-award"
          i18n-label
          label="Award"
          i18n-hint
          hint="As RSciTech or AFHEA"
          [error]="words().award"
        >
          <input
            class="in"
            id="award-award"
            aria-describedby="award-award-hint award-award-error"
            [attr.aria-invalid]="words().award ? true : null"
            [formField]="form.award"
          />
        </wm-field>
        <wm-field
          for="award-body"
          i18n-label
          label="Awarded by"
          i18n-hint
          hint="As the Science Council"
          [error]="words().body"
        >
          <input
            class="in"
            id="award-body"
            aria-describedby="award-body-hint award-body-error"
            [attr.aria-invalid]="words().body ? true : null"
            [formField]="form.body"
          />
        </wm-field>
        <wm-field for="award-awardedOn" i18n-label label="Awarded on" [error]="words().awardedOn">
          <input
            class="in"
            id="award-awardedOn"
            type="date"
            aria-describedby="award-awardedOn-error"
            [attr.aria-invalid]="words().awardedOn ? true : null"
            [formField]="form.awardedOn"
          />
        </wm-field>
        <wm-field for="award-validTo" i18n-label label="Valid to" [error]="words().validTo">
          <input
            class="in"
            id="award-validTo"
            type="date"
            aria-describedby="award-validTo-error"
            [attr.aria-invalid]="words().validTo ? true : null"
            [formField]="form.validTo"
          />
        </wm-field>
      </div>
      <wm-field
        for="award-number"
        i18n-label
        label="Number in the register"
        i18n-hint
        hint="So that it can be checked. Seen by you, award verifiers and those who keep the records."
        [error]="words().number"
      >
        <input class="in" id="award-number" aria-describedby="award-number-hint" [formField]="form.number" />
      </wm-field>
      <div class="row">
        <button type="submit" class="btn btn--main btn--sm" [attr.aria-disabled]="busy() || null">
          {{ action() }}
        </button>
        <button type="button" class="btn btn--text btn--sm" (click)="dropped.emit()" i18n>Cancel</button>
      </div>
    </form>
  `,
})
export class AwardForm {
  private readonly attention = viewChild.required(Attention);
  /** What to change; nothing when declaring. */
  readonly award = input<AwardView | null>(null);
  readonly action = input.required<string>();
  readonly busy = input(false);
  readonly problem = input<Problem | null>(null);
  readonly send = output<DeclareAward>();
  readonly dropped = output();

  private readonly typed = signal({ award: '', body: '', number: '', awardedOn: '', validTo: '' });
  protected readonly form = form(this.typed);
  private readonly tried = signal(false);

  private readonly body = computed<DeclareAward>(() => {
    const { award, body, number, awardedOn, validTo } = this.typed();
    return { award, body, number: number.trim() || null, awardedOn, validTo: validTo || null };
  });
  protected readonly serverFields = computed(() => Boolean(this.problem()?.fields.length));
  protected readonly words = computed(() =>
    this.tried()
      ? fieldWords(
          declareAward,
          this.body(),
          {
            award: $localize`Write which award it is.`,
            body: $localize`Write who awarded it.`,
            awardedOn: $localize`Give the day it was awarded; it cannot be in the future.`,
            validTo: $localize`Give a day after the award, or none if it does not run out.`,
            number: $localize`Use at most 60 characters.`,
          },
          this.problem(),
        )
      : {},
  );

  constructor() {
    effect(() => {
      const award = this.award();
      untracked(() =>
        this.typed.set({
          award: award?.award ?? '',
          body: award?.body ?? '',
          number: award?.number ?? '',
          awardedOn: award?.awardedOn ?? '',
          validTo: award?.validTo ?? '',
        }),
      );
    });
  }

  protected submit(): void {
    this.tried.set(true);
    const parsed = declareAward.safeParse(this.body());
    if (parsed.success) this.send.emit(parsed.data);
    else this.attention().focus();
  }
}
