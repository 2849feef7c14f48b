import { httpResource } from '@angular/common/http';
import { afterNextRender, Component, computed, inject, input, output, signal } from '@angular/core';
import { poundsOf, potsPage, type PotView, potView, readPounds } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { AmountField } from './amount-field';
import { yearWords } from './pot-words';

/** Money comes into a pot, or goes from it to another. */
@Component({
  selector: 'wm-move-money',
  imports: [AmountField, Field, Trouble],
  template: `
    <section class="card" aria-labelledby="move-h">
      <form class="stack" novalidate (submit)="move($event)">
        <h2 id="move-h">
          @if (form() === 'fund') {
            <ng-container i18n>Put money in</ng-container>
          } @else {
            <ng-container i18n>Move to another pot</ng-container>
          }
        </h2>
        <div class="fields">
          @if (form() === 'transfer') {
            <wm-field
              for="toPotId"
              i18n-label
              label="To"
              i18n-hint
              hint="Any pot that is open."
              [error]="tried() && !toPotId() ? potMissing : null"
            >
              <select
                #to
                class="in"
                id="toPotId"
                [attr.aria-invalid]="tried() && !toPotId() ? true : null"
                [attr.aria-describedby]="tried() && !toPotId() ? 'toPotId-hint toPotId-error' : 'toPotId-hint'"
                (change)="toPotId.set(to.value)"
              >
                <option value="" [selected]="!toPotId()" i18n>Choose a pot</option>
                @for (each of others(); track each.id) {
                  <option [value]="each.id" [selected]="each.id === toPotId()">
                    {{ each.name }} {{ yearWords(each.financialYear) }}
                  </option>
                }
              </select>
            </wm-field>
          }
          <wm-amount-field
            for="amountPence"
            i18n-label
            label="Amount"
            [hint]="form() === 'transfer' ? availableWords() : inPounds"
            [(typed)]="amount"
            [tried]="tried()"
            [fault]="tooMuch()"
          />
          <wm-field
            for="reason"
            i18n-label
            label="Why"
            i18n-hint
            hint="For the books. Leave out names of people."
            [error]="tried() && !reason().trim() ? reasonMissing : null"
          >
            <input
              #why
              class="in"
              id="reason"
              maxlength="200"
              autocomplete="off"
              [value]="reason()"
              [attr.aria-invalid]="tried() && !reason().trim() ? true : null"
              [attr.aria-describedby]="tried() && !reason().trim() ? 'reason-hint reason-error' : 'reason-hint'"
              (input)="reason.set(why.value)"
            />
          </wm-field>
        </div>
        @if (pots.error()) {
          <wm-trouble
            [error]="pots.error()"
            i18n-heading
            heading="We could not load the other pots"
            (retry)="pots.reload()"
          />
        }
        <wm-trouble [error]="deed.problem()" compact />
        <div class="row">
          <button type="submit" class="btn btn--main" [disabled]="deed.busy()">
            @if (form() === 'fund') {
              <ng-container i18n>Put it in</ng-container>
            } @else {
              <ng-container i18n>Move it</ng-container>
            }
          </button>
          <button type="button" class="btn btn--line" [disabled]="deed.busy()" (click)="closed.emit()" i18n>
            Not now
          </button>
        </div>
      </form>
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
      gap: var(--wm-4);
      align-items: start;
    }
  `,
})
export class MoveMoney {
  readonly pot = input.required<PotView>();
  readonly form = input.required<'fund' | 'transfer'>();
  readonly moved = output<{ pot: PotView; words: string }>();
  /** The server would not: what is shown of the pot may have changed meanwhile. */
  readonly refused = output();
  readonly closed = output();
  private readonly commands = inject(Commands);
  protected readonly deed = new Deed();
  protected readonly yearWords = yearWords;
  protected readonly reasonMissing = $localize`Say why, for whoever reads the books later.`;
  protected readonly inPounds = $localize`In pounds, as “1,200.00”.`;
  protected readonly potMissing = $localize`Choose the pot that receives it.`;

  protected readonly amount = signal('');
  protected readonly reason = signal('');
  protected readonly toPotId = signal('');
  protected readonly tried = signal(false);

  protected readonly pots = httpResource(
    () =>
      this.form() === 'transfer' ? { url: '/api/funding/pots', params: { status: 'open', pageSize: 100 } } : undefined,
    { parse: (raw) => potsPage.parse(raw) },
  );
  protected readonly others = computed(() =>
    this.pots.hasValue() ? this.pots.value().rows.filter(({ id }) => id !== this.pot().id) : [],
  );
  protected readonly availableWords = computed(
    () => $localize`Available: ${poundsOf(this.pot().figures.availablePence)}:pounds:`,
  );
  protected readonly tooMuch = computed(() => {
    const read = readPounds(this.amount());
    return this.form() === 'transfer' && 'pence' in read && read.pence > this.pot().figures.availablePence
      ? $localize`That is more than is available.`
      : null;
  });

  constructor() {
    afterNextRender(() => focus(this.form() === 'transfer' ? 'toPotId' : 'amountPence'));
  }

  protected async move(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const read = readPounds(this.amount());
    const reason = this.reason().trim();
    if (this.form() === 'transfer' && !this.toPotId()) return focus('toPotId');
    if ('fault' in read || this.tooMuch()) return focus('amountPence');
    if (!reason) return focus('reason');
    const moved = await this.deed.run(async () => {
      const { id } = this.pot();
      const amountPence = read.pence;
      const pounds = poundsOf(amountPence);
      if (this.form() === 'fund') {
        const pot = await this.commands.post(`/api/funding/pots/${id}/fund`, { amountPence, reason }, potView);
        this.moved.emit({ pot, words: $localize`${pounds}:pounds: was put in.` });
      } else {
        const body = { toPotId: this.toPotId(), amountPence, reason };
        const pot = await this.commands.post(`/api/funding/pots/${id}/transfer`, body, potView);
        this.moved.emit({ pot, words: $localize`${pounds}:pounds: was moved.` });
      }
    });
    if (!moved) this.refused.emit();
  }
}

const focus = (id: string): void => document.getElementById(id)?.focus();
