import { Component, computed, DestroyRef, DOCUMENT, effect, inject, input, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { poundsOf } from '@waymark/contracts';
import { Chip, Empty, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { pageTitle } from '../../shell/page-title';
import { refusalWords } from '../../shell/refusal-words';
import { Trouble } from '../../shell/trouble';
import { counted, figure } from '../../shell/words';
import { yearWords } from '../pots/pot-words';
import { AllocationStore } from './allocation-store';
import { makingWords, methodWords, scenarioStatusWords } from './allocation-words';
import { ApproveConfirm } from './approve-confirm';
import { benchStatusWords, missingStep } from './bench-words';
import { CompareScenarios } from './compare-scenarios';
import { LinePanel } from './line-panel';
import { MethodAndBudget } from './method-and-budget';
import { PublishConfirm } from './publish-confirm';
import { ScenarioLines } from './scenario-lines';
import { ScenarioProgress } from './scenario-progress';
import { SecondApproval } from './second-approval';
import { Shares } from './shares';

/** The allocation workbench of a call: who gets what, by which method, why, and who has to agree. */
@Component({
  selector: 'wm-allocation-page',
  imports: [
    ApproveConfirm,
    Chip,
    CompareScenarios,
    Empty,
    LinePanel,
    Message,
    MethodAndBudget,
    PageHeader,
    PublishConfirm,
    RouterLink,
    ScenarioLines,
    ScenarioProgress,
    SecondApproval,
    Shares,
    Skeleton,
    Trouble,
  ],
  templateUrl: './allocation-page.html',
  styleUrl: './allocation-page.css',
  providers: [AllocationStore],
})
export class AllocationPage {
  readonly id = input.required<string>();
  protected readonly store = inject(AllocationStore);
  private readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly yearWords = yearWords;
  protected readonly methods = methodWords;
  protected readonly status = scenarioStatusWords;
  protected readonly making = makingWords;
  protected readonly figure = figure;
  protected readonly withdrawing = new Deed();
  protected readonly method = viewChild(MethodAndBudget);
  protected readonly approveConfirm = viewChild(ApproveConfirm);
  protected readonly publishConfirm = viewChild(PublishConfirm);
  private readonly focusLater = focusOnceDrawn();
  /** On a phone the approval comes first, in what is seen as in what is read out. */
  protected readonly narrow = signal(false);

  protected readonly heading = computed(() => {
    const name = this.store.bench()?.call.name;
    return name === undefined ? $localize`Allocation` : $localize`Allocate ${name}:call:`;
  });
  protected readonly statusWords = computed(() => {
    const status = this.store.bench()?.call.status;
    return status ? benchStatusWords[status] : null;
  });
  protected readonly counts = computed(() => {
    const input = this.store.bench()?.input;
    if (!input) return '';
    const [applications, reviews] = [
      counted(input.applications, $localize`scored application`, $localize`scored applications`),
      counted(input.reviews, $localize`review`, $localize`reviews`),
    ];
    return input.unlocked === 0
      ? $localize`${applications}:applications:, ${reviews}:reviews:, all locked`
      : $localize`${applications}:applications:, ${reviews}:reviews:, ${figure(input.unlocked)}:count: not locked`;
  });
  /** Of the scenario looked at, as two people compare it; before the first, of what would be computed from. */
  protected readonly hash = computed(() => {
    const hash = this.store.shown()?.inputHash ?? this.store.bench()?.input.hash ?? '';
    return hash.slice(0, 8).replace(/(.{4})(?=.)/g, '$1 ');
  });
  protected readonly missing = computed(() => {
    const bench = this.store.bench();
    return bench && bench.input.applications === 0 && bench.scenarios.length === 0 ? missingStep(bench.call) : null;
  });
  protected readonly several = computed(
    () => (this.store.bench()?.scenarios ?? []).filter(({ computing }) => computing === 'done').length > 1,
  );
  protected readonly chosenLine = computed(() => this.address.text('line') ?? null);
  protected readonly failure = computed(() => {
    const failure = this.store.shown()?.failure;
    if (!failure || failure === 'cancelled') return null;
    return refusalWords({ refusal: failure, facts: {} });
  });
  protected readonly mayNotMake = computed(() => {
    const refusal = this.store.bench()?.mayNot.make;
    return refusal ? refusalWords({ refusal, facts: {} }) : null;
  });

  constructor() {
    pageTitle(this.heading);
    effect(() => this.store.callId.set(this.id()));
    const media = inject(DOCUMENT).defaultView?.matchMedia?.('(max-width: 1179px)');
    if (media) {
      this.narrow.set(media.matches);
      const look = () => this.narrow.set(media.matches);
      media.addEventListener('change', look);
      inject(DestroyRef).onDestroy(() => media.removeEventListener('change', look));
    }
  }

  /** Done: the button is used up, and focus goes where the next step is read. */
  protected focusApproval(): void {
    this.focusLater(() => document.getElementById('approval-h'));
  }

  /** A phone turned meanwhile drew the button that opened the dialog elsewhere: focus stays beside it. */
  protected keepFocus(): void {
    const at = document.activeElement;
    if (at === null || at === document.body || at.closest('dialog:not([open])')) this.focusApproval();
  }

  protected async withdraw(): Promise<void> {
    const scenario = this.store.shown();
    if (!scenario) return;
    if (!(await this.withdrawing.run(() => this.store.step(scenario, 'withdraw')))) return;
    this.focusApproval();
    this.store.done.set($localize`Scenario ${scenario.name}:scenario: is no longer proposed.`);
  }
}
