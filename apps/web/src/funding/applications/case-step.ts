import { Component, computed, inject } from '@angular/core';
import { sharingWays } from '@waymark/contracts';
import { Field, Icon } from '@waymark/ui';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { controlId, sharingWords } from './application-words';
import { ApplicationFiles } from './application-files';
import { DraftText } from './draft-text';
import { DraftWords } from './draft-words';
import { FormState } from './form-state';
import { QuestionField } from './question-field';

const objectivesMost = 5;

/** Step 3: why, what will be learnt, how it is shared, what the call asks besides, and files. */
@Component({
  selector: 'wm-case-step',
  imports: [ApplicationFiles, DraftText, DraftWords, Field, Icon, QuestionField],
  template: `
    <div class="stack">
      <wm-draft-words
        for="f-case"
        i18n-label
        label="Why this event, and why now?"
        required
        [hint]="caseHint()"
        [rows]="10"
        [most]="terms()?.caseWordsMost ?? null"
        [value]="draft().case"
        [error]="form.error('case')"
        (typed)="writeCase($event)"
      />
      @for (objective of objectives(); track $index; let index = $index) {
        <div class="line">
          <wm-draft-text
            [for]="'f-objectives.' + index"
            [label]="labels.objective(index + 1)"
            [hint]="index === 0 ? objectiveHint : ''"
            [max]="300"
            [value]="objective"
            [error]="index === firstEmpty() ? form.error('objectives') : null"
            (typed)="writeObjective(index, $event)"
          />
          @if (objectives().length > least()) {
            <button
              type="button"
              class="icn"
              [attr.aria-label]="labels.removeObjective(index + 1)"
              (click)="removeObjective(index)"
            >
              <wm-icon name="trash" />
            </button>
          }
        </div>
      }
      @if (objectives().length < objectivesMost) {
        <button type="button" class="btn btn--line btn--sm" id="add-objective" (click)="addObjective()">
          <wm-icon name="plus" /><ng-container i18n>Add an objective</ng-container>
        </button>
      }
      <wm-field for="f-sharing.way" i18n-label label="How will you share it?" [error]="form.error('sharing.way')">
        <select
          #way
          class="in"
          id="f-sharing.way"
          aria-required="true"
          [attr.aria-invalid]="form.error('sharing.way') ? true : null"
          [attr.aria-describedby]="form.error('sharing.way') ? 'f-sharing.way-error' : null"
          (change)="form.changeSharing({ way: one(way.value) })"
        >
          <option value="" [selected]="draft().sharing.way === null" i18n>Choose one</option>
          @for (each of ways; track each) {
            <option [value]="each" [selected]="each === draft().sharing.way">{{ words[each] }}</option>
          }
        </select>
      </wm-field>
      <wm-draft-text
        for="f-sharing.how"
        i18n-label
        label="More on that, if it helps"
        i18n-hint
        hint="With whom, when, and in what form."
        [max]="500"
        [value]="draft().sharing.how"
        (typed)="form.changeSharing({ how: $event })"
      />
      @if (questions().length) {
        <hr class="rule" />
        <h3 i18n>This call asks besides</h3>
        @for (question of questions(); track question.id) {
          <wm-question-field [question]="question" />
        }
      }
      <hr class="rule" />
      <wm-application-files />
    </div>
  `,
  styles: `
    .line {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: var(--wm-2);
      align-items: end;
    }
    .line > :only-child {
      grid-column: 1 / -1;
    }
    h3 {
      font-size: var(--wm-text-md);
    }
  `,
})
export class CaseStep {
  protected readonly form = inject(FormState);
  private readonly focusLater = focusOnceDrawn();
  protected readonly draft = this.form.draft;
  protected readonly terms = this.form.terms;
  protected readonly ways = sharingWays;
  protected readonly words = sharingWords;
  protected readonly objectivesMost = objectivesMost;
  protected readonly objectiveHint = $localize`Something you will be able to do afterwards. You report on each.`;
  protected readonly labels = {
    objective: (number: number) => $localize`Learning objective ${number}:number:`,
    removeObjective: (number: number) => $localize`Remove learning objective ${number}:number:`,
  };
  protected readonly questions = computed(() => this.terms()?.questions ?? []);
  protected readonly least = computed(() => this.terms()?.objectivesLeast ?? 1);
  /** As many as the call asks for are always there to be filled in. */
  protected readonly objectives = computed(() => {
    const written = this.draft().objectives;
    return [...written, ...Array<string>(Math.max(0, this.least() - written.length)).fill('')];
  });
  protected readonly firstEmpty = computed(() => this.objectives().findIndex((each) => each.trim() === ''));
  protected readonly caseHint = computed(() => {
    const terms = this.terms();
    if (!terms) return '';
    const { caseWordsMost, reviewersEach, blind } = terms;
    const read = blind
      ? $localize`${reviewersEach}:count: reviewers read it without your name: leave out what would give it away.`
      : $localize`${reviewersEach}:count: reviewers read it.`;
    return $localize`Up to ${caseWordsMost}:words: words. ${read}:readers:`;
  });

  protected one(value: string): (typeof sharingWays)[number] | null {
    return sharingWays.find((each) => each === value) ?? null;
  }

  protected writeCase(text: string): void {
    this.form.change((draft) => ({ ...draft, case: text }));
  }

  protected writeObjective(index: number, text: string): void {
    const objectives = this.objectives().with(index, text);
    this.form.change((draft) => ({ ...draft, objectives }));
  }

  protected addObjective(): void {
    const objectives = [...this.objectives(), ''];
    this.form.change((draft) => ({ ...draft, objectives }));
    this.focus(`objectives.${objectives.length - 1}`);
  }

  protected removeObjective(index: number): void {
    const objectives = this.objectives().toSpliced(index, 1);
    this.form.change((draft) => ({ ...draft, objectives }));
    this.focusLater(() => document.getElementById('add-objective'));
  }

  reveal(path: string): void {
    this.focus(path === 'objectives' ? `objectives.${Math.max(0, this.firstEmpty())}` : path);
  }

  private focus(path: string): void {
    this.focusLater(() => document.getElementById(controlId(path)));
  }
}
