import { Component, computed, effect, inject, input, output, signal } from '@angular/core';
import type { CallQuestion } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { fieldNames, costWords, sharingWords, takesPartWords, upFrontWords } from './application-words';
import type { CostDraft, DraftDifference, DraftFieldId, OtherDraft, Side } from './draft-fields';
import type { DraftConflict } from './draft-store';
import { sentenceCase } from '../../shell/words';

/** Two versions of one application side by side: each field is chosen, or all of one at once. Nothing is lost until then. */
@Component({
  selector: 'wm-conflict-panel',
  imports: [Icon],
  template: `
    <section class="card" aria-labelledby="conflict-h">
      <div class="card__head">
        <h2 id="conflict-h" tabindex="-1" i18n>This was changed somewhere else too</h2>
      </div>
      <p i18n>
        Another window or device saved version {{ conflict().theirs.draftVersion }} at {{ savedAt() }}. What you typed
        here is kept. Choose what counts; nothing is saved until you do.
      </p>
      <div class="row acts">
        <button type="button" class="btn btn--line btn--sm" (click)="all('mine')" i18n>Take all of mine</button>
        <button type="button" class="btn btn--line btn--sm" (click)="all('theirs')" i18n>Take all of the other</button>
      </div>
      <ul class="plain">
        @for (each of shown(); track each.field) {
          <li>
            <fieldset>
              <legend class="lab">{{ each.name }}</legend>
              <div class="sides">
                @for (side of sides; track side) {
                  <label class="side">
                    <input
                      type="radio"
                      [name]="'side-' + each.field"
                      [checked]="picked().get(each.field) === side"
                      (change)="pick(each.field, side)"
                    />
                    <span
                      ><b>{{ sideWords[side] }}</b
                      ><span class="said">{{ each[side] }}</span></span
                    >
                  </label>
                }
              </div>
            </fieldset>
          </li>
        }
      </ul>
      @if (open() > 0) {
        <p class="errmsg" id="conflict-open">
          <wm-icon name="warning" />
          <ng-container i18n>{open(), plural,
            =1 {One field is still to be chosen.}
            other {{{ open() }} fields are still to be chosen.}
          }</ng-container>
        </p>
      }
      <div class="row acts">
        <button
          type="button"
          class="btn btn--main"
          [disabled]="open() > 0"
          [attr.aria-describedby]="open() > 0 ? 'conflict-open' : null"
          (click)="settle()"
          i18n
        >
          Save what I chose
        </button>
      </div>
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .card {
      border-left: 4px solid var(--wm-due);
    }
    .acts {
      margin-top: var(--wm-4);
    }
    .plain {
      margin-top: var(--wm-4);
    }
    .errmsg {
      margin-top: var(--wm-4);
    }
    fieldset {
      border: 0;
      padding: var(--wm-2) 0;
      min-width: 0;
    }
    .sides {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--wm-3);
    }
    .side {
      display: grid;
      grid-template-columns: 20px minmax(0, 1fr);
      gap: var(--wm-2);
      padding: var(--wm-3);
      border: 1px solid var(--wm-line-strong);
      border-radius: var(--wm-r-3);
      cursor: pointer;
    }
    .side:has(:checked) {
      background: var(--wm-primary-soft);
      color: var(--wm-on-primary-soft);
      border-color: var(--wm-primary);
    }
    .side input {
      width: 20px;
      height: 20px;
      margin: 2px 0 0;
      accent-color: var(--wm-primary);
    }
    .side b {
      display: block;
      font-size: var(--wm-text-sm);
    }
    .said {
      display: block;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    @media (max-width: 599px) {
      .sides {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class ConflictPanel {
  private readonly dates = inject(Dates);
  readonly conflict = input.required<DraftConflict>();
  readonly questions = input<readonly CallQuestion[]>([]);
  /** The fields that are taken from this window. */
  readonly settled = output<ReadonlySet<DraftFieldId>>();

  protected readonly sides: readonly Side[] = ['mine', 'theirs'];
  protected readonly sideWords: Readonly<Record<Side, string>> = {
    mine: $localize`Here`,
    theirs: $localize`Somewhere else`,
  };
  protected readonly picked = signal<ReadonlyMap<DraftFieldId, Side>>(new Map());
  protected readonly savedAt = computed(() => this.dates.time(this.conflict().theirs.savedAt));
  protected readonly open = computed(
    () => this.conflict().differences.filter(({ field }) => !this.picked().has(field)).length,
  );
  protected readonly shown = computed(() =>
    this.conflict().differences.map((each) => ({
      field: each.field,
      name: this.nameOf(each),
      mine: inWords(each.field, each.mine),
      theirs: inWords(each.field, each.theirs),
    })),
  );

  constructor() {
    // What only one side changed is chosen already; it can be chosen otherwise, and stays so while more is typed.
    effect(() => {
      const known = this.conflict().differences.flatMap(({ field, newer }) => (newer ? [[field, newer] as const] : []));
      this.picked.update((picked) => new Map([...known, ...picked]));
    });
  }

  protected pick(field: DraftFieldId, side: Side): void {
    this.picked.update((picked) => new Map([...picked, [field, side]]));
  }

  protected all(side: Side): void {
    this.picked.set(new Map(this.conflict().differences.map(({ field }) => [field, side])));
  }

  protected settle(): void {
    this.settled.emit(new Set([...this.picked()].filter(([, side]) => side === 'mine').map(([field]) => field)));
  }

  private nameOf({ field, mine, theirs }: DraftDifference): string {
    const [kind, id] = field.split('.');
    if (kind === 'cost') {
      const line = (mine ?? theirs) as CostDraft | undefined;
      return line ? $localize`Cost: ${line.what || costWords[line.category]}:what:` : $localize`Cost`;
    }
    if (kind === 'other') return $localize`Other funding`;
    if (kind === 'answer') return this.questions().find((each) => each.id === id)?.label ?? $localize`An answer`;
    return sentenceCase(field in fieldNames ? fieldNames[field as keyof typeof fieldNames] : field);
  }
}

const nothing = $localize`nothing`;
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'event.as': takesPartWords,
  'upFront.by': upFrontWords,
  'sharing.way': sharingWords,
};

/** A field's content as one reads it. */
const inWords = (field: DraftFieldId, value: unknown): string => {
  if (value === undefined || value === null || value === '') return nothing;
  if (typeof value === 'boolean') return value ? $localize`yes` : $localize`no`;
  if (Array.isArray(value)) return value.filter(Boolean).join('\n') || nothing;
  if (field.startsWith('cost.')) {
    const { category, what, amount, note } = value as CostDraft;
    return [costWords[category], what, amount && `£${amount.replace(/^£/, '')}`, note].filter(Boolean).join(' · ');
  }
  if (field.startsWith('other.')) {
    const { from, amount, confirmed } = value as OtherDraft;
    const sure = confirmed ? $localize`confirmed` : $localize`not confirmed yet`;
    return [from, amount && `£${amount.replace(/^£/, '')}`, sure].filter(Boolean).join(' · ');
  }
  return words[field]?.[String(value)] ?? String(value);
};
