import { Component, computed, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { claimView, type ClaimView, poundsOf } from '@waymark/contracts';
import { Field, Message } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';

/** A finance officer approves, sends back with a reason, or notes that a payment came back. */
@Component({
  selector: 'wm-decide-claim',
  imports: [Confirm, Field, Message, Trouble],
  template: `
    <section class="card stack" aria-labelledby="decide-h">
      <h2 id="decide-h" class="card__head" i18n>Decide</h2>
      @if (claim().heldFor; as report) {
        <wm-message tone="due" i18n-heading heading="It waits for a report">
          <p i18n>
            {{ claim().person.name }} owes the report on {{ report.subject }}, due {{ dates.day(report.dueOn) }}. A last
            claim goes on once it is in.
          </p>
        </wm-message>
      }
      @if (claim().may.decide) {
        <wm-field for="cost-code" i18n-label label="Cost code">
          <select #code class="in" id="cost-code" (change)="costCodeId.set(code.value)">
            @for (each of claim().costCodes; track each.id) {
              <option [value]="each.id" [selected]="each.id === costCodeId()">{{ each.code }} {{ each.name }}</option>
            }
          </select>
        </wm-field>
        <p class="num">
          <b>{{ poundsOf(toPay()) }}</b>&ngsp;
          @if (claim().settlesPence > 0) {
            <span class="small quiet" i18n>to pay: {{ poundsOf(claim().settlesPence) }} of it was paid in advance</span>
          } @else {
            <span class="small quiet" i18n>to pay</span>
          }
        </p>
      }
      <wm-trouble [error]="approving.problem()" compact />
      <div class="row acts">
        @if (claim().may.decide) {
          <button
            type="button"
            class="btn btn--main"
            [disabled]="approving.busy() || claim().heldFor !== null"
            (click)="approve()"
            i18n
          >
            Approve
          </button>
        }
        @if (claim().may.return) {
          <button type="button" class="btn btn--line" (click)="ask('return')" i18n>Send back</button>
        }
        @if (claim().may.rejectPayment) {
          <button type="button" class="btn btn--line" (click)="ask('reject-payment')" i18n>
            The payment did not go through
          </button>
        }
      </div>
    </section>
    <wm-confirm
      #confirm
      [heading]="deed() === 'return' ? words.returnHeading : words.rejectHeading"
      [action]="deed() === 'return' ? words.returnAction : words.rejectAction"
      [busy]="giving.busy()"
      [problem]="giving.problem()"
      (confirmed)="give()"
    >
      @if (deed() === 'reject-payment') {
        <p i18n>
          The entry in the books is taken back by a new one, and the money is held for the award again. The person mends
          the claim and sends it once more.
        </p>
      }
      <wm-field
        for="decide-reason"
        i18n-label
        label="What is to be mended"
        i18n-hint
        hint="They read this, by mail and on the page."
        [error]="tried() && !reason().trim() ? words.missing : null"
      >
        <textarea
          #why
          class="in"
          id="decide-reason"
          rows="4"
          maxlength="1000"
          [value]="reason()"
          [attr.aria-invalid]="tried() && !reason().trim() ? true : null"
          (input)="reason.set(why.value)"
        ></textarea>
      </wm-field>
    </wm-confirm>
  `,
  styles: `
    :host {
      display: block;
    }
    @media (max-width: 599px) {
      .acts .btn {
        flex: 1 1 100%;
        white-space: normal;
      }
    }
  `,
})
export class DecideClaim {
  readonly claim = input.required<ClaimView>();
  readonly changed = output<{ claim: ClaimView; words: string }>();
  readonly refused = output();
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly words = {
    returnHeading: $localize`Send this claim back?`,
    returnAction: $localize`Send it back`,
    rejectHeading: $localize`The payment did not go through?`,
    rejectAction: $localize`Take the payment back`,
    missing: $localize`Say what is to be mended.`,
  };
  protected readonly approving = new Deed();
  protected readonly giving = new Deed();
  protected readonly deed = signal<'return' | 'reject-payment'>('return');
  protected readonly reason = signal('');
  protected readonly tried = signal(false);
  // What was typed or chosen stays when the record is read again, unless that very field has changed.
  protected readonly costCodeId = linkedSignal(computed(() => this.claim().costCodes[0]?.id ?? null));
  protected readonly toPay = computed(() => this.claim().claimedPence - this.claim().settlesPence);
  private readonly confirm = viewChild.required<Confirm>('confirm');

  protected async approve(): Promise<void> {
    const { id, version } = this.claim();
    const approved = await this.approving.run(async () => {
      const body = { version, costCodeId: this.costCodeId() };
      const claim = await this.commands.post(`/api/funding/claims/${id}/approve`, body, claimView);
      this.changed.emit({
        claim,
        words:
          claim.status === 'paid'
            ? $localize`Approved, and nothing is left to pay.`
            : $localize`Approved. It waits for a batch.`,
      });
    });
    if (!approved) this.refused.emit();
  }

  protected ask(deed: 'return' | 'reject-payment'): void {
    this.giving.forget();
    this.reason.set('');
    this.tried.set(false);
    this.deed.set(deed);
    this.confirm().open();
  }

  protected async give(): Promise<void> {
    this.tried.set(true);
    const reason = this.reason().trim();
    if (!reason) return document.getElementById('decide-reason')?.focus();
    const { id, version } = this.claim();
    await this.giving.run(async () => {
      const claim = await this.commands.post(
        `/api/funding/claims/${id}/${this.deed()}`,
        { version, reason },
        claimView,
      );
      this.confirm().close();
      this.changed.emit({
        claim,
        words:
          this.deed() === 'return'
            ? $localize`Sent back. They were told why.`
            : $localize`The payment is taken back. They were told why.`,
      });
    });
  }
}
