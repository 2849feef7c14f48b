import { Component, computed, inject, input, output, signal } from '@angular/core';
import { type AppealKind, type ApplicationView, applicationView } from '@waymark/contracts';
import { Commands } from '../../shell/commands';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { appealWords } from './application-words';
import { DraftWords } from './draft-words';

const kindHelp: Readonly<Record<AppealKind, string>> = {
  feedback: $localize`What could have been stronger, for next time.`,
  'review-of-process': $localize`Whether it was handled as the call says. It does not score your application anew.`,
};

/** Feedback or a review of process: asked for once, answered once by a coordinator; both stay with the application. */
@Component({
  selector: 'wm-appeal-card',
  imports: [DraftWords, Trouble],
  template: `
    <section class="card" aria-labelledby="appeal-h">
      <h2 id="appeal-h" class="card__head">{{ heading() }}</h2>
      @if (view().appeal; as appeal) {
        <div class="stack">
          <div>
            <p class="small quiet">{{ askedWords() }}</p>
            <p class="said">{{ appeal.asked }}</p>
          </div>
          @if (appeal.answer) {
            <div>
              <p class="small quiet">{{ answeredWords() }}</p>
              <p class="said">{{ appeal.answer }}</p>
            </div>
          } @else if (!view().may.answerAppeal) {
            <p class="quiet" i18n>The coordinator answers by e-mail and here.</p>
          }
          @if (view().may.answerAppeal) {
            <form class="stack" novalidate (submit)="answer($event)">
              <wm-draft-words
                for="appeal-answer"
                i18n-label
                label="Your answer"
                i18n-hint
                hint="It goes to the applicant by e-mail and stays here."
                [rows]="6"
                [value]="typed()"
                [error]="error()"
                (typed)="typed.set($event)"
              />
              <wm-trouble [error]="deed.problem()" compact />
              <div class="row">
                <button type="submit" class="btn btn--main" [disabled]="deed.busy()" i18n>Send the answer</button>
              </div>
            </form>
          }
        </div>
      } @else {
        <form class="stack" novalidate (submit)="ask($event)">
          <p i18n>You may ask once, and a person answers.</p>
          <fieldset class="stack-2">
            <legend class="lab" i18n>What you ask for</legend>
            @for (kind of view().may.appeal; track kind) {
              <label class="check">
                <input type="radio" name="appeal-kind" [checked]="kind === chosen()" (change)="kindChosen.set(kind)" />
                <span
                  ><b>{{ words[kind] }}</b> <span class="hint">{{ help[kind] }}</span></span
                >
              </label>
            }
          </fieldset>
          <wm-draft-words
            for="appeal-text"
            i18n-label
            label="What you would like to know"
            [rows]="5"
            [value]="typed()"
            [error]="error()"
            (typed)="typed.set($event)"
          />
          <wm-trouble [error]="deed.problem()" compact />
          <div class="row">
            <button type="submit" class="btn btn--line" [disabled]="deed.busy()" i18n>Ask</button>
          </div>
        </form>
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    fieldset {
      border: 0;
      padding: 0;
      min-width: 0;
    }
    .said {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .check .hint {
      display: block;
    }
  `,
})
export class AppealCard {
  readonly view = input.required<ApplicationView>();
  readonly changed = output<ApplicationView>();
  private readonly commands = inject(Commands);
  private readonly dates = inject(Dates);
  protected readonly deed = new Deed();
  protected readonly words = appealWords;
  protected readonly help = kindHelp;
  protected readonly typed = signal('');
  private readonly tried = signal(false);
  protected readonly kindChosen = signal<AppealKind | null>(null);
  protected readonly chosen = computed(() => this.kindChosen() ?? this.view().may.appeal[0] ?? null);
  protected readonly heading = computed(() => {
    const appeal = this.view().appeal;
    if (appeal) return appealWords[appeal.kind];
    return this.view().may.appeal.includes('feedback')
      ? $localize`Ask for feedback or a review`
      : $localize`Ask for a review of process`;
  });
  protected readonly askedWords = computed(() => {
    const at = this.view().appeal?.askedAt;
    return at ? $localize`Asked on ${this.dates.moment(at)}:moment:` : '';
  });
  protected readonly answeredWords = computed(() => {
    const appeal = this.view().appeal;
    if (!appeal?.answeredAt) return '';
    const moment = this.dates.moment(appeal.answeredAt);
    return appeal.answeredBy
      ? $localize`${appeal.answeredBy}:name: answered on ${moment}:moment:`
      : $localize`Answered on ${moment}:moment:`;
  });
  protected readonly error = computed(() => {
    const [typed, most] = [this.typed().trim(), this.view().appeal ? 5000 : 2000];
    if (typed.length > most) return $localize`At most ${most}:most: characters; these are ${typed.length}:count:.`;
    return this.tried() && typed === '' ? $localize`Write a line or two.` : null;
  });

  protected async ask(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (this.error()) return document.getElementById('appeal-text')?.focus();
    await this.post('appeal', { kind: this.chosen(), text: this.typed() });
  }

  protected async answer(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (this.error()) return document.getElementById('appeal-answer')?.focus();
    await this.post('appeal/answer', { version: this.view().appeal?.version ?? 1, answer: this.typed() });
  }

  private async post(what: string, body: unknown): Promise<void> {
    await this.deed.run(async () => {
      const url = `/api/funding/applications/${this.view().id}/${what}`;
      this.changed.emit(await this.commands.post(url, body, applicationView));
      this.typed.set('');
      this.tried.set(false);
    });
  }
}
