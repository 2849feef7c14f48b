import { Component, computed } from '@angular/core';
import type { CallQuestion } from '@waymark/contracts';
import { Field, Icon } from '@waymark/ui';
import type { CallDraft } from './call-draft';
import { EditPart } from './edit-part';
import { TextField } from './text-field';

type Question = CallDraft['questions'][number];
const kinds = ['short', 'long', 'choice', 'yes-no'] as const satisfies readonly CallQuestion['kind'][];

/** What the form asks beyond event, costs, case, objectives and sharing. */
@Component({
  selector: 'wm-edit-questions',
  imports: [Field, Icon, TextField],
  template: `
    <section class="card stack" aria-labelledby="edit-questions">
      <h2 id="edit-questions" tabindex="-1" i18n>The form</h2>
      <div class="two">
        <wm-text-field
          for="edit-case-words"
          i18n-label
          label="Words of the case, at most"
          [figure]="true"
          [max]="4"
          [value]="draft().caseWordsMost"
          [fixed]="locked()"
          [error]="errors().get('edit-case-words')"
          (typed)="set.emit({ caseWordsMost: $event })"
        />
        <wm-text-field
          for="edit-objectives"
          i18n-label
          label="Learning objectives, at least"
          [figure]="true"
          [max]="1"
          [value]="draft().objectivesLeast"
          [fixed]="locked()"
          [error]="errors().get('edit-objectives')"
          (typed)="set.emit({ objectivesLeast: $event })"
        />
      </div>
      <p class="hint" i18n>
        Event, costs, other funding, least amount, case, objectives and sharing are always asked. Add only what decides:
        the form should take ten minutes.
      </p>
      @for (one of draft().questions; track one.id) {
        <fieldset class="one">
          <legend class="lab" i18n>Question {{ $index + 1 }}</legend>
          <wm-text-field
            [for]="'question-' + one.id + '-label'"
            i18n-label
            label="Question"
            [max]="200"
            [value]="one.label"
            [fixed]="locked()"
            [error]="errors().get('question-' + one.id + '-label')"
            (typed)="change(one.id, { label: $event })"
          />
          <wm-text-field
            [for]="'question-' + one.id + '-help'"
            i18n-label
            label="Help below it"
            [max]="500"
            [value]="one.help"
            [fixed]="locked()"
            (typed)="change(one.id, { help: $event })"
          />
          <div class="two">
            <wm-field [for]="'question-' + one.id + '-kind'" i18n-label label="Answered by">
              <select
                #kind
                class="in"
                [id]="'question-' + one.id + '-kind'"
                [disabled]="locked()"
                (change)="chooseKind(one.id, kind.value)"
              >
                @for (each of kinds; track each) {
                  <option [value]="each" [selected]="each === one.kind">{{ kindWords[each] }}</option>
                }
              </select>
            </wm-field>
            @if (one.kind === 'long') {
              <wm-text-field
                [for]="'question-' + one.id + '-words'"
                i18n-label
                label="Words at most"
                [figure]="true"
                [max]="4"
                [value]="one.wordsMost"
                [fixed]="locked()"
                [error]="errors().get('question-' + one.id + '-words')"
                (typed)="change(one.id, { wordsMost: $event })"
              />
            }
          </div>
          @if (one.kind === 'choice') {
            <wm-text-field
              [for]="'question-' + one.id + '-options'"
              i18n-label
              label="Answers to choose from, one a line"
              [rows]="4"
              [max]="2500"
              [value]="one.options"
              [fixed]="locked()"
              [error]="errors().get('question-' + one.id + '-options')"
              (typed)="change(one.id, { options: $event })"
            />
          }
          <div class="row row--between">
            <label class="check"
              ><input
                type="checkbox"
                [checked]="one.required"
                [disabled]="locked()"
                (change)="change(one.id, { required: !one.required })"
              /><span i18n>Has to be answered</span></label
            >
            @if (!locked()) {
              <button type="button" class="btn btn--text btn--sm" (click)="remove(one.id)">
                <wm-icon name="trash" /><ng-container i18n>Take out</ng-container
                ><span class="vh">: {{ one.label }}</span>
              </button>
            }
          </div>
        </fieldset>
      }
      @if (!locked() && draft().questions.length < 20) {
        <div>
          <button type="button" class="btn btn--line btn--sm" (click)="add()">
            <wm-icon name="plus" /><ng-container i18n>Add a question</ng-container>
          </button>
        </div>
      }
    </section>
  `,
  styles: `
    .one {
      display: grid;
      gap: var(--wm-3);
      padding: var(--wm-3) 0;
      border-top: 1px solid var(--wm-line);
    }
  `,
})
export class EditQuestions extends EditPart {
  protected readonly kinds = kinds;
  protected readonly kindWords: Readonly<Record<CallQuestion['kind'], string>> = {
    short: $localize`A line`,
    long: $localize`A paragraph, words counted`,
    choice: $localize`One of several answers`,
    'yes-no': $localize`Yes or no`,
  };
  protected readonly locked = computed(() => this.fixed().has('terms'));

  protected change(id: string, change: Partial<Question>): void {
    this.set.emit({ questions: this.draft().questions.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }

  protected chooseKind(id: string, chosen: string): void {
    const kind = kinds.find((each) => each === chosen);
    if (kind) this.change(id, { kind });
  }

  protected remove(id: string): void {
    this.set.emit({ questions: this.draft().questions.filter((one) => one.id !== id) });
  }

  protected add(): void {
    const fresh: Question = {
      ...{ id: crypto.randomUUID(), label: '', help: '', kind: 'short', required: true, wordsMost: '150', options: '' },
    } as Question;
    this.set.emit({ questions: [...this.draft().questions, fresh] });
  }
}
