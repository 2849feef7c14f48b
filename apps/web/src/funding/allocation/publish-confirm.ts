import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { poundsOf, type ScenarioRow } from '@waymark/contracts';
import { Confirm } from '../../shell/confirm';
import { Deed } from '../../shell/deed';
import { counted, listed } from '../../shell/words';
import { yearWords } from '../pots/pot-words';
import { AllocationStore } from './allocation-store';

/** Says what goes out and what is committed, to the penny; only then is all of it published, in one step. */
@Component({
  selector: 'wm-publish-confirm',
  imports: [Confirm],
  template: `
    <wm-confirm
      [heading]="heading()"
      i18n-action
      action="Publish and send"
      [busy]="publishing.busy()"
      [problem]="publishing.problem()"
      (confirmed)="publish()"
      (closed)="closed.emit()"
    >
      <p>{{ letters() }}</p>
      <p>{{ money() }}</p>
      <p class="quiet" i18n>
        All of it happens in one step, or nothing of it. It cannot be called back: awards are offered, and everybody
        reads the reason.
      </p>
      @if (publishing.busy()) {
        <p role="status" i18n>
          Writing the decisions, the ledger and the letters. With thousands this takes some seconds.
        </p>
      }
    </wm-confirm>
  `,
})
export class PublishConfirm {
  readonly scenario = input.required<ScenarioRow>();
  readonly published = output();
  readonly closed = output();
  private readonly store = inject(AllocationStore);
  private readonly confirm = viewChild.required(Confirm);
  protected readonly publishing = new Deed();

  protected readonly heading = computed(
    () => $localize`Publish ${counted(this.decisions(), $localize`decision`, $localize`decisions`)}:count:?`,
  );
  private readonly decisions = computed(() => {
    const totals = this.scenario().totals;
    return totals ? totals.inFull + totals.inPart + totals.reserve + totals.unsuccessful : 0;
  });
  protected readonly letters = computed(() => {
    const totals = this.scenario().totals;
    if (!totals) return '';
    const parts = [
      { count: totals.inFull, one: $localize`award`, more: $localize`awards` },
      { count: totals.inPart, one: $localize`part-award`, more: $localize`part-awards` },
      { count: totals.reserve, one: $localize`place on the reserve list`, more: $localize`places on the reserve list` },
      { count: totals.unsuccessful, one: $localize`not funded`, more: $localize`not funded` },
    ].filter(({ count }) => count > 0);
    const sent = counted(this.decisions(), $localize`letter goes out`, $localize`letters go out`);
    const kinds = listed(parts.map(({ count, one, more }) => counted(count, one, more)));
    return $localize`${sent}:letters: at once, each with what decided it: ${kinds}:kinds:.`;
  });
  protected readonly money = computed(() => {
    const [totals, pot] = [this.scenario().totals, this.store.bench()?.pot];
    if (!totals || !pot) return '';
    const left = poundsOf(pot.availablePence - totals.awardedPence);
    return $localize`${poundsOf(totals.awardedPence)}:sum: is committed in ${pot.name}:pot: ${yearWords(pot.financialYear)}:year:, which leaves ${left}:left: available.`;
  });

  open(): void {
    this.publishing.forget();
    this.confirm().open();
  }

  protected async publish(): Promise<void> {
    const scenario = this.scenario();
    const words = this.letters();
    await this.publishing.run(async () => {
      await this.store.step(scenario, 'publish');
      this.confirm().close();
      this.published.emit();
      this.store.done.set($localize`All decisions are published. ${words}:letters:`);
    });
  }
}
