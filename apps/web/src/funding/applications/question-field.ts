import { Component, computed, inject, input } from '@angular/core';
import { type CallQuestion, shortAnswerMost } from '@waymark/contracts';
import { Field, Icon } from '@waymark/ui';
import { DraftText, describedBy } from './draft-text';
import { DraftWords } from './draft-words';
import { FormState } from './form-state';

/** A question of the call's own, in the control that its kind asks for. */
@Component({
  selector: 'wm-question-field',
  imports: [DraftText, DraftWords, Field, Icon],
  template: `
    @switch (question().kind) {
      @case ('short') {
        <wm-draft-text
          [for]="id()"
          [label]="label()"
          [hint]="question().help"
          [max]="most"
          [required]="question().required"
          [value]="answer()"
          [error]="error()"
          (typed)="say($event)"
        />
      }
      @case ('long') {
        <wm-draft-words
          [for]="id()"
          [label]="label()"
          [hint]="question().help"
          [rows]="6"
          [most]="question().wordsMost"
          [required]="question().required"
          [value]="answer()"
          [error]="error()"
          (typed)="say($event)"
        />
      }
      @case ('choice') {
        <wm-field [for]="id()" [label]="label()" [hint]="question().help" [error]="error()">
          <select
            #choice
            class="in"
            [id]="id()"
            [attr.aria-required]="question().required ? true : null"
            [attr.aria-invalid]="error() ? true : null"
            [attr.aria-describedby]="described()"
            (change)="say(choice.value)"
          >
            <option value="" [selected]="answer() === ''" i18n>Choose one</option>
            @for (option of question().options; track option) {
              <option [value]="option" [selected]="option === answer()">{{ option }}</option>
            }
          </select>
        </wm-field>
      }
      @case ('yes-no') {
        <fieldset [attr.aria-describedby]="described()">
          <legend class="lab">{{ label() }}</legend>
          @if (question().help) {
            <p class="hint" [id]="id() + '-hint'">{{ question().help }}</p>
          }
          <div class="row">
            <label class="check">
              <input type="radio" [id]="id()" [name]="id()" [checked]="answer() === 'yes'" (change)="say('yes')" /><span
                i18n
                >Yes</span
              >
            </label>
            <label class="check">
              <input type="radio" [name]="id()" [checked]="answer() === 'no'" (change)="say('no')" /><span i18n
                >No</span
              >
            </label>
          </div>
          @if (error(); as words) {
            <p class="errmsg" [id]="id() + '-error'"><wm-icon name="warning" />{{ words }}</p>
          }
        </fieldset>
      }
    }
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    fieldset {
      border: 0;
      padding: 0;
      min-width: 0;
    }
    .row {
      gap: var(--wm-5);
      min-height: 44px;
    }
    .check {
      align-items: center;
    }
  `,
})
export class QuestionField {
  private readonly form = inject(FormState);
  readonly question = input.required<CallQuestion>();
  protected readonly most = shortAnswerMost;

  private readonly path = computed(() => `answers.${this.question().id}`);
  protected readonly id = computed(() => `f-${this.path()}`);
  protected readonly label = computed(() => {
    const { label, required } = this.question();
    return required ? label : $localize`${label}:question: (if you like)`;
  });
  protected readonly answer = computed(() => this.form.draft().answers[this.question().id] ?? '');
  protected readonly error = computed(() => this.form.error(this.path()));
  protected readonly described = computed(() => describedBy(this.id(), this.question().help, this.error()));

  protected say(answer: string): void {
    this.form.answer(this.question().id, answer);
  }
}
