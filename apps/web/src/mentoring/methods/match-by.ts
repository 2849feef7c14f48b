import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { MatchingMethod, RoundView } from '@waymark/contracts';
import { Address } from '../../shell/address';
import { Confirm } from '../../shell/confirm';
import { Deed } from '../../shell/deed';
import { RoundStore } from '../rounds/round-store';
import { RulesDrafts } from '../rules/rules-drafts';
import { MethodChoice } from './method-choice';

/** Matches the round again by a method that is chosen here, to compare the two results. */
@Component({
  selector: 'wm-match-by',
  imports: [Confirm, MethodChoice],
  template: `
    <button type="button" class="btn btn--line btn--sm" [disabled]="unsaved()" (click)="open()" i18n>
      Match by another method
    </button>
    <wm-confirm
      i18n-heading
      heading="Match again by which method?"
      i18n-action
      action="Match by this method"
      [busy]="matching.busy()"
      [problem]="matching.problem()"
      (confirmed)="match()"
    >
      <p class="small quiet" i18n>
        People, rules, pins and forbidden pairs are taken as they are now. All runs are kept, and nothing is sent by
        matching.
      </p>
      <wm-method-choice i18n-legend legend="Method" [chosen]="method()" (chose)="method.set($event)" />
    </wm-confirm>
  `,
})
export class MatchBy {
  readonly round = input.required<RoundView>();
  /** The method of the run on screen: another is suggested. */
  readonly than = input.required<MatchingMethod>();
  private readonly store = inject(RoundStore);
  private readonly address = inject(Address);
  private readonly drafts = inject(RulesDrafts);
  private readonly confirm = viewChild.required(Confirm);
  protected readonly matching = new Deed();
  protected readonly method = signal<MatchingMethod>('pairs-floor-total');
  protected readonly unsaved = computed(() => this.drafts.of(this.round().id) !== undefined);

  protected open(): void {
    this.matching.forget();
    this.method.set(this.than() === 'pairs-floor-total' ? 'pairs-total' : 'pairs-floor-total');
    this.confirm().open();
  }

  protected async match(): Promise<void> {
    const begun = await this.matching.run(() => this.store.run(this.round(), this.method()));
    if (!begun) return;
    this.confirm().close();
    this.address.change({ tab: 'workbench', run: null });
  }
}
