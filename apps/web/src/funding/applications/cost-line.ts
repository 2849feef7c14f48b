import { Component, computed, inject, input, output } from '@angular/core';
import { type ApplicationDraft, costCategories, poundsOf } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { AmountField } from '../pots/amount-field';
import { costWords } from './application-words';
import type { CostDraft } from './draft-fields';
import { DraftText } from './draft-text';
import { penceByRate } from './foreign-money';
import { FormState } from './form-state';

const noForeign = { currency: '', amount: '', rate: '', on: '' };

/** One cost while it is being written. */
@Component({
  selector: 'wm-cost-line',
  imports: [AmountField, DraftText, Field],
  template: `
    <div class="stack box" role="group" [attr.aria-label]="label()">
      <div class="two">
        <wm-field [for]="id('category')" i18n-label label="Kind of cost">
          <select #kind class="in" [id]="id('category')" (change)="choose(kind.value)">
            @for (each of categories; track each) {
              <option [value]="each" [selected]="each === line().category">{{ words[each] }}</option>
            }
          </select>
        </wm-field>
        <wm-amount-field
          [for]="id('amount')"
          i18n-label
          label="Amount"
          [typed]="line().amount"
          [tried]="form.error(path('amount')) !== null"
          (typedChange)="change({ amount: $event })"
        />
      </div>
      <wm-draft-text
        [for]="id('what')"
        i18n-label
        label="What it is"
        i18n-hint
        hint="As “Train, Bath to Durham, return”."
        [max]="120"
        [value]="line().what"
        [error]="form.error(path('what'))"
        (typed)="change({ what: $event })"
      />
      <wm-draft-text
        [for]="id('note')"
        i18n-label
        label="Note, if one helps"
        [value]="line().note"
        (typed)="change({ note: $event })"
      />
      <label class="check">
        <input #other type="checkbox" [checked]="line().foreign !== null" (change)="inOther(other.checked)" />
        <span i18n>It is paid in another currency</span>
      </label>
      @if (line().foreign; as foreign) {
        <div class="two">
          <wm-draft-text
            [for]="id('foreign.amount')"
            i18n-label
            label="Amount in that currency"
            numeric
            [max]="20"
            [value]="foreign.amount"
            [error]="form.error(path('foreign.amount'))"
            (typed)="changeForeign({ amount: $event })"
          />
          <wm-draft-text
            [for]="id('foreign.currency')"
            i18n-label
            label="Currency, as EUR"
            [max]="3"
            [value]="foreign.currency"
            [error]="form.error(path('foreign.currency'))"
            (typed)="changeForeign({ currency: $event.toUpperCase() })"
          />
          <wm-draft-text
            [for]="id('foreign.rate')"
            i18n-label
            label="What one pound was worth of it"
            numeric
            [max]="20"
            [value]="foreign.rate"
            [error]="form.error(path('foreign.rate'))"
            (typed)="changeForeign({ rate: $event })"
          />
          <wm-draft-text
            [for]="id('foreign.on')"
            i18n-label
            label="On which day"
            type="date"
            [max]="10"
            [value]="foreign.on"
            [error]="form.error(path('foreign.on'))"
            (typed)="changeForeign({ on: $event })"
          />
        </div>
        @if (byRate(); as rate) {
          <p class="row small">
            <span i18n>At that rate it is {{ rate.words }}.</span>
            <button type="button" class="btn btn--text btn--sm" (click)="change({ amount: rate.amount })" i18n>
              Use this amount
            </button>
          </p>
        }
      }
      <div class="row">
        <button type="button" class="btn btn--line btn--sm" (click)="closed.emit()" i18n>Done with this cost</button>
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .box {
      padding: var(--wm-4);
      border: 1px solid var(--wm-line-strong);
      border-radius: var(--wm-r-3);
    }
  `,
})
export class CostLineForm {
  protected readonly form = inject(FormState);
  readonly line = input.required<CostDraft>();
  readonly index = input.required<number>();
  readonly closed = output();

  protected readonly categories = costCategories;
  protected readonly words = costWords;
  protected readonly label = computed(() => $localize`Cost ${this.index() + 1}:number:`);
  /** What it comes to by the rate, where that is not what stands there. */
  protected readonly byRate = computed(() => {
    const foreign = this.line().foreign;
    const pence = foreign && penceByRate(foreign);
    if (!pence) return null;
    const amount = poundsOf(pence).slice(1);
    return amount === this.line().amount ? null : { amount, words: poundsOf(pence) };
  });

  protected path(part: string): string {
    return `costs.${this.index()}.${part}`;
  }

  protected id(part: string): string {
    return `f-${this.path(part)}`;
  }

  protected choose(value: string): void {
    const category = costCategories.find((each) => each === value);
    if (category) this.change({ category });
  }

  protected change(some: Partial<CostDraft>): void {
    const { id } = this.line();
    this.form.change((draft) => ({
      ...draft,
      costs: draft.costs.map((line) => (line.id === id ? { ...line, ...some } : line)),
    }));
  }

  protected changeForeign(some: Partial<NonNullable<ApplicationDraft['costs'][number]['foreign']>>): void {
    this.change({ foreign: { ...(this.line().foreign ?? noForeign), ...some } });
  }

  /** Taken out and put in again, it is as it was. */
  private taken: CostDraft['foreign'] = null;
  protected inOther(yes: boolean): void {
    if (!yes) this.taken = this.line().foreign;
    this.change({ foreign: yes ? (this.taken ?? noForeign) : null });
  }
}
