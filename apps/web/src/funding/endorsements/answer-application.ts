import { Component, Injector, computed, inject, input, output, signal } from '@angular/core';
import type { EndorsementAnswer } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { focusOn } from '../../shell/focus-on';
import { Trouble } from '../../shell/trouble';

/** An endorser's three answers: yes at one click; a question or a no with the words that the applicant reads. */
@Component({
  selector: 'wm-answer-application',
  imports: [Field, Trouble],
  template: `
    <section class="card stack" aria-labelledby="answer-h">
      <h2 id="answer-h" i18n>Your answer</h2>
      <ng-content />
      <wm-trouble [error]="problem()" compact><ng-content select="[help]" /></wm-trouble>
      @switch (writing()) {
        @case (null) {
          <div class="row acts">
            <button
              type="button"
              class="btn btn--main"
              [disabled]="busy()"
              (click)="answered.emit({ answer: 'endorsed', reason: '' })"
              i18n
            >
              Endorse
            </button>
            <button
              type="button"
              id="write-returned"
              class="btn btn--line"
              [disabled]="busy()"
              (click)="write('returned')"
              i18n
            >
              Ask a question
            </button>
            <button
              type="button"
              id="write-declined"
              class="btn btn--line"
              [disabled]="busy()"
              (click)="write('declined')"
              i18n
            >
              Decline
            </button>
          </div>
          <p class="small quiet" i18n>
            Endorsing says that the time can be spared and the event is worth it for the team. Who is funded, the panel
            decides.
          </p>
        }
        @default {
          <form class="stack" novalidate (submit)="send($event)">
            <wm-field
              for="answer-reason"
              [label]="label()"
              [hint]="hint()"
              [error]="tried() && !reason().trim() ? missing() : null"
            >
              <textarea
                #text
                class="in"
                id="answer-reason"
                rows="4"
                maxlength="1000"
                [value]="reason()"
                [attr.aria-invalid]="tried() && !reason().trim() ? true : null"
                [attr.aria-describedby]="
                  'answer-reason-hint' + (tried() && !reason().trim() ? ' answer-reason-error' : '')
                "
                (input)="reason.set(text.value)"
              ></textarea>
            </wm-field>
            <div class="row acts">
              <button type="submit" class="btn btn--main" [disabled]="busy()">
                @if (writing() === 'returned') {
                  <ng-container i18n>Send the question</ng-container>
                } @else {
                  <ng-container i18n>Decline</ng-container>
                }
              </button>
              <button type="button" class="btn btn--line" [disabled]="busy()" (click)="back()" i18n>Back</button>
            </div>
          </form>
        }
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .acts .btn {
      min-width: 140px;
      min-height: 44px;
    }
    @media (max-width: 599px) {
      .acts .btn {
        width: 100%;
      }
    }
  `,
})
export class AnswerApplication {
  readonly applicant = input.required<string>();
  readonly busy = input(false);
  readonly problem = input<unknown>(null);
  readonly answered = output<{ answer: EndorsementAnswer; reason: string }>();

  private readonly injector = inject(Injector);
  protected readonly writing = signal<'returned' | 'declined' | null>(null);
  /** Kept while one goes back and forth: nothing typed is lost. */
  protected readonly reason = signal('');
  protected readonly tried = signal(false);
  protected readonly label = computed(() =>
    this.writing() === 'returned' ? $localize`What would you like to know?` : $localize`Why can it not be endorsed?`,
  );
  protected readonly hint = computed(() =>
    this.writing() === 'returned'
      ? $localize`${this.applicant()}:applicant: reads it, changes the application and sends it to you again.`
      : $localize`${this.applicant()}:applicant: reads it as you write it. The application goes no further.`,
  );
  protected readonly missing = computed(() =>
    this.writing() === 'returned' ? $localize`Write your question.` : $localize`Say why; it helps them to understand.`,
  );

  protected write(answer: 'returned' | 'declined'): void {
    this.writing.set(answer);
    this.tried.set(false);
    focusOn('answer-reason', this.injector);
  }

  protected back(): void {
    const answer = this.writing();
    this.writing.set(null);
    focusOn(`write-${answer}`, this.injector);
  }

  protected send(event: Event): void {
    event.preventDefault();
    this.tried.set(true);
    const [answer, reason] = [this.writing(), this.reason().trim()];
    if (answer === null || !reason) return document.getElementById('answer-reason')?.focus();
    this.answered.emit({ answer, reason });
  }
}
