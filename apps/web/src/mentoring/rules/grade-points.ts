import { Component, Injector, inject, input, output } from '@angular/core';
import { Icon } from '@waymark/ui';
import { focusOn } from '../../shell/focus-on';
import { gradeStepsWords } from './grade-words';
import { GradeRow, RulesDraft, withGradeRow } from './rules-draft';

/** Points for each difference in grade, one line each. */
@Component({
  selector: 'wm-grade-points',
  imports: [Icon],
  template: `
    <fieldset class="stack-2">
      <legend class="lab" i18n>Grade</legend>
      @for (row of draft().grade; track row.key) {
        <div class="line">
          <select
            #steps
            class="in in--sm"
            i18n-aria-label
            aria-label="The mentor's grade"
            [id]="'rules-grade-steps-' + row.key"
            [disabled]="!may()"
            [attr.aria-invalid]="errors().has('rules-grade-steps-' + row.key) || null"
            [attr.aria-describedby]="'rules-grade-error-' + row.key"
            (change)="put(row, { steps: +steps.value })"
          >
            @for (step of all; track step) {
              <option [value]="step" [selected]="step === row.steps">{{ words(step) }}</option>
            }
          </select>
          <span class="row">
            <input
              #points
              class="in in--sm figure"
              inputmode="numeric"
              [attr.aria-label]="pointsFor(row)"
              [id]="'rules-grade-points-' + row.key"
              [value]="row.points"
              [disabled]="!may()"
              [attr.aria-invalid]="errors().has('rules-grade-points-' + row.key) || null"
              [attr.aria-describedby]="'rules-grade-error-' + row.key"
              (input)="put(row, { points: points.value })"
            />
            <span class="small" i18n>points</span>
          </span>
          @if (may()) {
            <button type="button" class="icn" [attr.aria-label]="removeFor(row)" (click)="remove(row)">
              <wm-icon name="trash" />
            </button>
          }
          <p class="errmsg" [id]="'rules-grade-error-' + row.key">
            @if (
              errors().get('rules-grade-steps-' + row.key) ?? errors().get('rules-grade-points-' + row.key);
              as text
            ) {
              <wm-icon name="warning" />{{ text }}
            }
          </p>
        </div>
      } @empty {
        <p class="small quiet" i18n>Grades give no points.</p>
      }
      @if (may()) {
        <button type="button" class="btn btn--line btn--sm" id="rules-grade-add" (click)="add()">
          <wm-icon name="plus" /><ng-container i18n>Add a step of grade</ng-container>
        </button>
      }
    </fieldset>
  `,
  styleUrl: './point-lines.css',
})
export class GradePoints {
  private readonly injector = inject(Injector);
  readonly draft = input.required<RulesDraft>();
  readonly errors = input.required<ReadonlyMap<string, string>>();
  readonly may = input.required<boolean>();
  readonly changed = output<Partial<RulesDraft>>();
  protected readonly words = gradeStepsWords;
  protected readonly all = Array.from({ length: 21 }, (_, at) => 10 - at);

  protected pointsFor(row: GradeRow): string {
    return $localize`Points for ${gradeStepsWords(row.steps)}:steps:`;
  }

  protected removeFor(row: GradeRow): string {
    return $localize`Remove ${gradeStepsWords(row.steps)}:steps:`;
  }

  protected put(row: GradeRow, part: Partial<GradeRow>): void {
    this.changed.emit({
      grade: this.draft().grade.map((each) => (each.key === row.key ? { ...each, ...part } : each)),
    });
  }

  protected remove(row: GradeRow): void {
    this.changed.emit({ grade: this.draft().grade.filter((each) => each.key !== row.key) });
    document.getElementById('rules-grade-add')?.focus();
  }

  protected add(): void {
    const { grade } = withGradeRow(this.draft());
    this.changed.emit({ grade });
    const key = grade.at(-1)?.key;
    focusOn(`rules-grade-points-${key}`, this.injector);
  }
}
