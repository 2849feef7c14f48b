import { httpResource } from '@angular/common/http';
import { Component, computed, input } from '@angular/core';
import { type CallView, poundsOf, potsPage, readPounds } from '@waymark/contracts';
import { Field, Icon } from '@waymark/ui';
import { yearWords } from '../pots/pot-words';
import { EditPart } from './edit-part';

/** Which pot pays, how much this call may give away, and the most for one application. */
@Component({
  selector: 'wm-edit-money',
  imports: [Field, Icon],
  template: `
    <section class="card stack" aria-labelledby="money-h">
      <h2 id="money-h" i18n>Pot, budget and cap</h2>
      <wm-field for="edit-pot" i18n-label label="Pot" [error]="errors().get('edit-pot')">
        <select
          #pot
          id="edit-pot"
          class="in"
          [disabled]="fixed().has('potId')"
          (change)="set.emit({ potId: pot.value })"
        >
          @for (each of pots(); track each.id) {
            <option [value]="each.id" [selected]="each.id === draft().potId">
              {{ each.name }}
            </option>
          }
        </select>
      </wm-field>
      <div class="two">
        <wm-field
          for="edit-budget"
          i18n-label
          label="Budget"
          i18n-hint
          hint="The most this call gives away."
          [error]="errors().get('edit-budget')"
        >
          <span class="money-in">
            <input
              #budget
              class="in num"
              id="edit-budget"
              inputmode="decimal"
              autocomplete="off"
              maxlength="40"
              [value]="draft().budget"
              [disabled]="fixed().has('budgetPence')"
              [attr.aria-invalid]="errors().has('edit-budget') || null"
              aria-describedby="edit-budget-hint"
              (input)="set.emit({ budget: budget.value })"
              (change)="set.emit({ budget: written(budget.value) })"
            />
          </span>
        </wm-field>
        <wm-field
          for="edit-cap"
          i18n-label
          label="Most for one application"
          i18n-hint
          hint="Other funding that is confirmed is taken off first."
          [error]="errors().get('edit-cap')"
        >
          <span class="money-in">
            <input
              #cap
              class="in num"
              id="edit-cap"
              inputmode="decimal"
              autocomplete="off"
              maxlength="40"
              [value]="draft().cap"
              [disabled]="fixed().has('terms')"
              [attr.aria-invalid]="errors().has('edit-cap') || null"
              aria-describedby="edit-cap-hint"
              (input)="set.emit({ cap: cap.value })"
              (change)="set.emit({ cap: written(cap.value) })"
            />
          </span>
        </wm-field>
      </div>
      @if (short(); as words) {
        <p class="small due"><wm-icon name="warning" /> {{ words }}</p>
      }
      <label class="check"
        ><input
          type="checkbox"
          [checked]="draft().partAwards"
          [disabled]="fixed().has('terms')"
          (change)="set.emit({ partAwards: !draft().partAwards })"
        /><span
          ><b i18n>Part-awards</b>
          <span class="sub" i18n
            >Where the rest does not reach, somebody may get less than they asked for, never below the least they
            named.</span
          ></span
        ></label
      >
    </section>
  `,
  styles: `
    .money-in {
      display: block;
    }
    .due {
      display: flex;
      gap: var(--wm-2);
      color: var(--wm-ink);
    }
    .due wm-icon {
      color: var(--wm-due);
    }
  `,
})
export class EditMoney extends EditPart {
  readonly call = input.required<CallView>();
  private readonly resource = httpResource(() => '/api/funding/pots?status=open&pageSize=100', {
    parse: (raw) => potsPage.parse(raw),
  });
  /** Open pots, and the call’s own although it may be closed. */
  protected readonly pots = computed(() => {
    const own = this.call().pot;
    const rows = this.resource.hasValue() ? this.resource.value().rows : [];
    const words = (name: string, year: number, available: number) =>
      $localize`${name}:pot: ${yearWords(year)}:year:, ${poundsOf(available)}:sum: available`;
    const open = rows.map(({ id, name, financialYear, figures }) => ({
      id,
      name: words(name, financialYear, figures.availablePence),
      availablePence: figures.availablePence,
    }));
    if (open.some(({ id }) => id === own.id)) return open;
    const name = own.open
      ? words(own.name, own.financialYear, own.availablePence)
      : $localize`${own.name}:pot: ${yearWords(own.financialYear)}:year:, closed`;
    return [{ id: own.id, name, availablePence: own.availablePence }, ...open];
  });
  protected readonly short = computed(() => {
    const read = readPounds(this.draft().budget);
    const pot = this.pots().find(({ id }) => id === this.draft().potId);
    if (!('pence' in read) || !pot || read.pence <= pot.availablePence + this.call().committedPence) return '';
    return $localize`The pot has ${poundsOf(pot.availablePence)}:sum: available, less than this budget. Decisions can be published only once it has enough.`;
  });

  protected written(typed: string): string {
    const read = readPounds(typed);
    return 'pence' in read ? poundsOf(read.pence).slice(1) : typed;
  }
}
