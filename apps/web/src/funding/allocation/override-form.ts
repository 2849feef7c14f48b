import { afterNextRender, Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import {
  allocationOutcomes,
  type AllocationOutcome,
  poundsOf,
  readPounds,
  type ScenarioLineView,
  type ScenarioRow,
} from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { AmountField } from '../pots/amount-field';
import { AllocationStore } from './allocation-store';
import { outcomeWords } from './allocation-words';

/** One outcome changed by hand. Says at once what it does to the budget; the reason stands in the applicant’s letter. */
@Component({
  selector: 'wm-override-form',
  imports: [AmountField, Field, Trouble],
  template: `
    <form class="stack-2" novalidate (submit)="save($event)">
      <h3 i18n>Override with a reason</h3>
      <div class="field">
        <label for="override-outcome" i18n>Outcome</label>
        <select #chosen id="override-outcome" class="in" (change)="choose(chosen.value)">
          @for (each of outcomes; track each) {
            <option [value]="each" [selected]="each === outcome()">{{ words[each].text }}</option>
          }
        </select>
      </div>
      @if (outcome() === 'part-awarded') {
        <wm-amount-field
          for="override-amount"
          i18n-label
          label="Amount"
          [hint]="amountHint()"
          [(typed)]="amount"
          [tried]="tried()"
          [fault]="amountFault()"
        />
      }
      <p class="small effect" role="status" [class.t-due]="over() > 0">{{ effectWords() }}</p>
      <wm-field
        for="override-reason"
        i18n-label
        label="Why"
        i18n-hint
        hint="The applicant reads it in the letter."
        [error]="tried() && !reason().trim() ? reasonMissing : null"
      >
        <textarea
          #why
          id="override-reason"
          class="in"
          rows="3"
          maxlength="1000"
          [value]="reason()"
          [attr.aria-invalid]="tried() && !reason().trim() ? true : null"
          [attr.aria-describedby]="
            tried() && !reason().trim() ? 'override-reason-hint override-reason-error' : 'override-reason-hint'
          "
          (input)="reason.set(why.value)"
        ></textarea>
      </wm-field>
      <wm-trouble [error]="deed.problem()" compact />
      <div class="row">
        <button type="submit" class="btn btn--line btn--sm" [disabled]="deed.busy()" i18n>Change it</button>
        <button type="button" class="btn btn--text btn--sm" [disabled]="deed.busy()" (click)="closed.emit()" i18n>
          Not now
        </button>
      </div>
    </form>
  `,
  styles: `
    h3 {
      font-size: 0.9375rem;
    }
    .effect {
      padding: var(--wm-2) var(--wm-3);
      background: var(--wm-sunk);
      border-radius: var(--wm-r-2);
    }
  `,
})
export class OverrideForm {
  readonly scenario = input.required<ScenarioRow>();
  readonly line = input.required<ScenarioLineView>();
  readonly done = output<string>();
  readonly closed = output();
  private readonly store = inject(AllocationStore);
  protected readonly deed = new Deed();
  protected readonly outcomes = allocationOutcomes;
  protected readonly words = outcomeWords;
  protected readonly reasonMissing = $localize`Say why; it stands in the letter and in the books.`;
  protected readonly tried = signal(false);
  protected readonly reason = signal('');
  /** What it is now is no change: the form begins with the likeliest other. Read anew, as after a refusal, it keeps what was chosen. */
  private readonly funded = computed(() => this.line().amountPence > 0);
  protected readonly outcome = linkedSignal<AllocationOutcome>(() => (this.funded() ? 'reserve' : 'awarded'));
  private readonly leastPence = computed(() => this.line().leastPence);
  protected readonly amount = linkedSignal(() => poundsOf(this.leastPence()).slice(1));
  protected readonly amountHint = computed(
    () =>
      $localize`Below ${poundsOf(this.line().askedPence, 'short')}:asked:; ${poundsOf(this.line().leastPence, 'short')}:least: would still make it possible.`,
  );
  protected readonly amountFault = computed(() => {
    const read = readPounds(this.amount());
    if (!('pence' in read)) return null;
    return read.pence >= this.line().askedPence
      ? $localize`That is what was asked, or more: choose “Award” instead.`
      : null;
  });
  private readonly amountPence = computed<number | null>(() => {
    switch (this.outcome()) {
      case 'awarded':
        return this.line().askedPence;
      case 'part-awarded': {
        const read = readPounds(this.amount());
        return 'pence' in read && this.amountFault() === null ? read.pence : null;
      }
      default:
        return 0;
    }
  });
  private readonly leftAfter = computed(() => {
    const [pence, totals] = [this.amountPence(), this.scenario().totals];
    if (pence === null || !totals) return null;
    return this.scenario().parameters.budgetPence - totals.awardedPence - pence + this.line().amountPence;
  });
  /** How much more than the budget it would come to; 0 where it fits. */
  protected readonly over = computed(() => Math.max(0, -(this.leftAfter() ?? 0)));
  protected readonly effectWords = computed(() => {
    const left = this.leftAfter();
    if (left === null) return $localize`Write an amount to see what it does to the budget.`;
    const now = poundsOf(this.scenario().totals?.leftPence ?? 0);
    return left < 0
      ? $localize`This would be ${poundsOf(-left)}:sum: over the budget. Others must give way first, or the budget be larger.`
      : $localize`Left in the budget: ${poundsOf(left)}:then: instead of ${now}:now:.`;
  });

  constructor() {
    afterNextRender(() => document.getElementById('override-outcome')?.focus());
  }

  protected choose(value: string): void {
    this.outcome.set(allocationOutcomes.find((each) => each === value) ?? 'awarded');
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const [pence, reason, outcome] = [this.amountPence(), this.reason().trim(), this.outcome()];
    if (pence === null) return document.getElementById('override-amount')?.focus();
    if (!reason) return document.getElementById('override-reason')?.focus();
    const line = this.line();
    const saved = await this.deed.run(() =>
      this.store.override(this.scenario(), {
        applicationId: line.applicationId,
        outcome,
        reason,
        ...(outcome === 'part-awarded' && { amountPence: pence }),
      }),
    );
    if (!saved) return;
    this.done.emit(
      pence === 0
        ? $localize`${line.applicant.name}:name: is changed by hand: ${outcomeWords[outcome].text}:outcome:.`
        : $localize`${line.applicant.name}:name: is changed by hand: ${poundsOf(pence)}:sum:.`,
    );
  }
}
