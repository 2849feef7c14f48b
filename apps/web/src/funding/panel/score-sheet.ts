import { Component, ElementRef, computed, inject, input, output } from '@angular/core';
import { type CallCriterion, type ReviewScores, weightedScore } from '@waymark/contracts';
import { scoreOf } from './panel-words';

const marks = [0, 1, 2, 3, 4, 5] as const;

/**
 * The rubric, each criterion scored from 0 to 5. By keyboard: a digit scores the criterion one is at and goes to the next; up
 * and down go between criteria, left and right change a score; n and p go to the next and the previous application. The keys
 * work while the sheet has the focus, so that they are in nobody's way elsewhere.
 */
@Component({
  selector: 'wm-score-sheet',
  host: { '(keydown)': 'onKey($event)' },
  template: `
    <div>
      @for (criterion of criteria(); track criterion.id; let at = $index) {
        <fieldset [attr.data-criterion]="at">
          <legend>
            <span>{{ criterion.name }}</span>
            <span class="quiet small num" i18n>weight {{ criterion.weight }}</span>
          </legend>
          @if (criterion.guidance) {
            <p class="small quiet guide" [id]="'guide-' + at">{{ criterion.guidance }}</p>
          }
          <div class="marks">
            @for (mark of marks; track mark) {
              <label>
                <input
                  type="radio"
                  [name]="'criterion-' + at"
                  [value]="mark"
                  [checked]="scores()[criterion.id] === mark"
                  [disabled]="!open()"
                  [attr.aria-describedby]="criterion.guidance ? 'guide-' + at : null"
                  (change)="score(criterion.id, mark)"
                />
                <span class="num">{{ mark }}</span>
              </label>
            }
          </div>
        </fieldset>
      }
      <p class="total" role="status">
        <span i18n>Weighted score</span>
        <b class="num">{{ shown() }}</b>
        @if (missing() > 0) {
          <span class="small quiet">{{ missingWords() }}</span>
        }
      </p>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    fieldset {
      min-width: 0;
      padding: var(--wm-3) 0;
      border: 0;
      border-top: 1px solid var(--wm-line);
    }
    fieldset:first-child {
      border-top: 0;
      padding-top: 0;
    }
    legend {
      display: flex;
      float: left;
      width: 100%;
      justify-content: space-between;
      gap: var(--wm-2);
      padding-bottom: var(--wm-1);
      font-weight: var(--wm-medium);
    }
    legend + * {
      clear: both;
    }
    .guide {
      white-space: pre-wrap;
      padding-top: 2px;
    }
    .marks {
      display: grid;
      grid-template-columns: repeat(6, minmax(0, 1fr));
      margin-top: var(--wm-2);
      border: 1px solid var(--wm-line-strong);
      border-radius: var(--wm-r-3);
      overflow: hidden;
    }
    .marks label {
      position: relative;
      display: grid;
      place-items: center;
      min-height: 44px;
      cursor: pointer;
    }
    .marks label + label {
      border-left: 1px solid var(--wm-line-strong);
    }
    .marks input {
      position: absolute;
      inset: 0;
      margin: 0;
      opacity: 0;
      cursor: pointer;
    }
    .marks label:has(:checked) {
      background: var(--wm-primary);
      color: var(--wm-on-primary);
      font-weight: var(--wm-bold, 700);
    }
    .marks label:has(:disabled) {
      cursor: default;
    }
    .marks label:has(:focus-visible) {
      outline: 3px solid var(--wm-focus-out);
      outline-offset: -3px;
    }
    .total {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: baseline;
      gap: 0 var(--wm-2);
      padding-top: var(--wm-3);
      border-top: 2px solid var(--wm-line-strong);
    }
    .total b {
      font-size: var(--wm-text-2xl);
    }
    .total .small {
      flex: 1 0 100%;
    }
  `,
})
export class ScoreSheet {
  readonly criteria = input.required<readonly CallCriterion[]>();
  readonly scores = input.required<Readonly<ReviewScores>>();
  readonly open = input.required<boolean>();
  /** One mark at a time: who types quickly gives the next before this one has come back as an input. */
  readonly scored = output<{ criterion: string; mark: number }>();
  readonly next = output();
  readonly previous = output();
  readonly submitted = output();
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly marks = marks;
  protected readonly total = computed(() => weightedScore(this.criteria(), this.scores()));
  protected readonly shown = computed(() => scoreOf(this.total()));
  protected readonly missing = computed(
    () => this.criteria().filter(({ id }) => this.scores()[id] === undefined).length,
  );
  protected readonly missingWords = computed(() =>
    this.missing() === 1
      ? $localize`1 criterion has no score yet`
      : $localize`${this.missing()}:count: criteria have no score yet`,
  );

  /** To the first criterion without a score, or the first. */
  focus(): void {
    const at = this.criteria().findIndex(({ id }) => this.scores()[id] === undefined);
    this.goTo(Math.max(0, at));
  }

  protected score(criterion: string, mark: number): void {
    this.scored.emit({ criterion, mark });
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return this.submitted.emit();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const fieldset = (event.target as HTMLElement).closest<HTMLElement>('[data-criterion]');
    const at = Number(fieldset?.dataset['criterion'] ?? -1);
    const criterion = this.criteria()[at];
    if (/^[0-5]$/.test(event.key) && criterion && this.open()) {
      event.preventDefault();
      this.score(criterion.id, Number(event.key));
      this.goTo(Math.min(at + 1, this.criteria().length - 1));
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.goTo(Math.max(0, Math.min(at + (event.key === 'ArrowDown' ? 1 : -1), this.criteria().length - 1)));
    } else if (event.key === 'n') this.next.emit();
    else if (event.key === 'p') this.previous.emit();
  }

  private goTo(at: number): void {
    const radios = this.host.nativeElement.querySelectorAll<HTMLInputElement>(`[data-criterion="${at}"] input`);
    const given = this.scores()[this.criteria()[at]?.id ?? ''];
    (radios[given ?? 0] ?? radios[0])?.focus();
  }
}
