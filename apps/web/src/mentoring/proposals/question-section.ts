import { Component, Injector, computed, inject, input, signal } from '@angular/core';
import { ProposalView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOn } from '../../shell/focus-on';
import { Trouble } from '../../shell/trouble';
import { ProposalStore } from './proposal-store';

/** The mentor's one question before an answer, and the mentee's reply. The clock stands still in between. */
@Component({
  selector: 'wm-question-section',
  imports: [Icon, Trouble],
  template: `
    <section class="card stack" aria-labelledby="question-h">
      <h2 id="question-h">
        @if (view().side === 'mentor') {
          <ng-container i18n>Your question</ng-container>
        } @else {
          <ng-container i18n>What {{ view().other.name }} would like to know</ng-container>
        }
      </h2>
      @if (view().question; as asked) {
        <blockquote>{{ asked.text }}</blockquote>
        @if (asked.answer; as answer) {
          <p class="small quiet">
            @if (view().side === 'mentor') {
              <ng-container i18n>{{ view().other.name }} answered:</ng-container>
            } @else {
              <ng-container i18n>You answered:</ng-container>
            }
          </p>
          <blockquote>{{ answer }}</blockquote>
        } @else if (view().side === 'mentor' && view().status === 'more-asked') {
          <p class="small quiet" i18n>
            {{ view().other.name }} has until {{ dates.dayOf(view().answerBy ?? '') }}. Until then your time to answer
            stands still.
          </p>
        } @else if (!view().may.answerQuestion) {
          <p class="small quiet" i18n>There was no answer within five days.</p>
        }
      }
      @if (doing.problem()) {
        <wm-trouble [error]="doing.problem()" [compact]="true">
          <button type="button" class="btn btn--line btn--sm mt" (click)="reload()" i18n>See where it stands</button>
        </wm-trouble>
      }
      @if (view().may.answerQuestion) {
        <form class="stack" novalidate (submit)="answer($event)">
          <div class="field note">
            <label for="question-text" i18n>Your answer</label>
            <p class="hint" id="question-hint" i18n>
              For this mentor alone. Please answer by {{ dates.dayOf(view().answerBy ?? '') }}; up to 1,000 letters.
            </p>
            <textarea
              #reply
              class="in"
              id="question-text"
              maxlength="1000"
              [value]="text()"
              [attr.aria-invalid]="empty() ? 'true' : null"
              aria-describedby="question-hint question-error"
              (input)="text.set(reply.value)"
            ></textarea>
            @if (empty()) {
              <p class="errmsg" id="question-error">
                <wm-icon name="warning" /><ng-container i18n>Write a few words</ng-container>
              </p>
            }
          </div>
          <div class="row">
            <button type="submit" class="btn btn--main" [disabled]="doing.busy()" i18n>Send the answer</button>
          </div>
        </form>
      } @else if (view().may.askMore) {
        @if (asking()) {
          <form class="stack" novalidate (submit)="ask($event)">
            <div class="field note">
              <label for="question-text" i18n>What would you like to know?</label>
              <p class="hint" id="question-hint" i18n>
                You can ask once. {{ view().other.name }} has five days, and your own time stands still until then.
              </p>
              <textarea
                #question
                class="in"
                id="question-text"
                maxlength="500"
                [value]="text()"
                [attr.aria-invalid]="empty() ? 'true' : null"
                aria-describedby="question-hint question-error"
                (input)="text.set(question.value)"
              ></textarea>
              @if (empty()) {
                <p class="errmsg" id="question-error">
                  <wm-icon name="warning" /><ng-container i18n>Write a few words</ng-container>
                </p>
              }
            </div>
            <div class="row">
              <button type="submit" class="btn btn--line" [disabled]="doing.busy()" i18n>Send the question</button>
              <button type="button" class="btn btn--text" [disabled]="doing.busy()" (click)="asking.set(false)" i18n>
                Not now
              </button>
            </div>
          </form>
        } @else {
          <p class="small quiet" i18n>If something would help you decide, ask before you answer.</p>
          <p>
            <button type="button" class="btn btn--line btn--sm" (click)="beginAsking()" i18n>
              Ask something first
            </button>
          </p>
        }
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    blockquote {
      margin: 0;
      padding-left: var(--wm-4);
      border-left: 3px solid var(--wm-line);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .note {
      max-width: 560px;
    }
    textarea.in {
      min-height: 96px;
    }
  `,
})
export class QuestionSection {
  readonly view = input.required<ProposalView>();
  private readonly store = inject(ProposalStore);
  private readonly injector = inject(Injector);
  protected readonly dates = inject(Dates);
  protected readonly asking = signal(false);
  protected readonly text = signal('');
  private readonly tried = signal(false);
  protected readonly empty = computed(() => this.tried() && this.text().trim() === '');
  protected readonly doing = new Deed();

  protected beginAsking(): void {
    this.asking.set(true);
    focusOn('question-text', this.injector);
  }

  protected async ask(event: Event): Promise<void> {
    await this.send(event, (words) => this.store.askMore(this.view(), words));
  }

  protected async answer(event: Event): Promise<void> {
    await this.send(event, (words) => this.store.answerQuestion(this.view(), words));
  }

  protected reload(): void {
    this.doing.forget();
    this.store.reload();
  }

  private async send(event: Event, work: (words: string) => Promise<void>): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const words = this.text().trim();
    if (words === '') return document.getElementById('question-text')?.focus();
    if (await this.doing.run(() => work(words))) {
      this.text.set('');
      this.tried.set(false);
      this.asking.set(false);
    }
  }
}
