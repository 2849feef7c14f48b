import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import type { ScenarioRow } from '@waymark/contracts';
import { Confirm } from '../../shell/confirm';
import { Deed } from '../../shell/deed';
import { AllocationStore } from './allocation-store';
import { totalsWords } from './allocation-words';

/** The second person agrees: with what it comes to before their eyes, and what was changed by hand. */
@Component({
  selector: 'wm-approve-confirm',
  imports: [Confirm],
  template: `
    <wm-confirm
      i18n-heading
      heading="Approve scenario {{ scenario().name }}?"
      i18n-action
      action="Approve"
      [busy]="approving.busy()"
      [problem]="approving.problem()"
      (confirmed)="approve()"
      (closed)="closed.emit()"
    >
      <p>{{ summary() }}</p>
      @if (scenario().totals?.overrides; as overrides) {
        <p i18n>
          {overrides, plural, =1 {1 outcome was} other {{{ overrides }} outcomes were}} changed by hand; each has its
          reason in the list.
        </p>
      }
      <p class="quiet" i18n>Nothing is sent and no money is committed by it. That comes when it is published.</p>
    </wm-confirm>
  `,
})
export class ApproveConfirm {
  readonly scenario = input.required<ScenarioRow>();
  readonly approved = output();
  readonly closed = output();
  private readonly store = inject(AllocationStore);
  private readonly confirm = viewChild.required(Confirm);
  protected readonly approving = new Deed();
  protected readonly summary = computed(() => {
    const totals = this.scenario().totals;
    return totals ? totalsWords(totals) : '';
  });

  open(): void {
    this.approving.forget();
    this.confirm().open();
  }

  protected async approve(): Promise<void> {
    const scenario = this.scenario();
    if (!(await this.approving.run(() => this.store.step(scenario, 'approve')))) return;
    this.confirm().close();
    this.approved.emit();
    this.store.done.set($localize`Scenario ${scenario.name}:scenario: is approved. Nothing has been sent yet.`);
  }
}
