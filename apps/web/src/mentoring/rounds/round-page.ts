import { Component, computed, effect, inject, input, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Chip, PageHeader, Skeleton } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { pageTitle } from '../../shell/page-title';
import { Trouble } from '../../shell/trouble';
import { Address } from '../../shell/address';
import { Confirm } from '../../shell/confirm';
import { RulesDrafts } from '../rules/rules-drafts';
import { RulesEditor } from '../rules/rules-editor';
import { ReleaseConfirm } from '../workbench/release-confirm';
import { Workbench } from '../workbench/workbench';
import { RoundProposals } from '../proposals/round-proposals';
import { RoundPeople } from './round-people';
import { RoundStore } from './round-store';
import {
  RoundTab,
  nextStep,
  roundStatusWords,
  roundTabWords,
  roundTabs,
  sentWords,
  sizeWords,
  tabOf,
} from './round-words';

/** One round: who is in it, by which rules, what came of matching, and what was answered. */
@Component({
  selector: 'wm-round-page',
  imports: [
    Chip,
    Confirm,
    PageHeader,
    ReleaseConfirm,
    RoundPeople,
    RoundProposals,
    RouterLink,
    RulesEditor,
    Skeleton,
    Trouble,
    Workbench,
  ],
  templateUrl: './round-page.html',
  styleUrl: './round-page.css',
  providers: [RoundStore],
})
export class RoundPage {
  readonly id = input.required<string>();
  protected readonly store = inject(RoundStore);
  protected readonly dates = inject(Dates);
  private readonly address = inject(Address);
  private readonly drafts = inject(RulesDrafts);
  private readonly releasing = viewChild(ReleaseConfirm);

  protected readonly statusWords = roundStatusWords;
  protected readonly tabWords = roundTabWords;
  protected readonly sent = sentWords;
  protected readonly sizes = sizeWords;

  protected readonly heading = computed(() => this.store.round()?.name ?? $localize`Round`);
  protected readonly tabs = computed(() =>
    roundTabs.filter((tab) => tab !== 'proposals' || this.store.round()?.releasedAt !== null),
  );
  protected readonly tab = computed<RoundTab>(() => {
    const round = this.store.round();
    return this.address.one('tab', this.tabs()) ?? (round ? tabOf(round) : 'people');
  });
  protected readonly step = computed(() => {
    const round = this.store.round();
    return round ? nextStep(round, this.store.shownRun()?.id ?? null) : { kind: 'none' as const };
  });
  protected readonly stepText = computed(() => {
    const step = this.step();
    return step.kind === 'none' ? '' : step.text;
  });
  /** In review, matching again stands beside releasing. */
  protected readonly mayRunAgain = computed(() => {
    const round = this.store.round();
    return this.step().kind === 'release' && round?.may.run === true;
  });

  /** Changed rules that are not saved would be passed over by a run. */
  protected readonly unsaved = computed(() => this.drafts.of(this.id()) !== undefined);

  protected readonly matching = new Deed();
  protected readonly cancelling = new Deed();
  protected readonly closing = new Deed();

  constructor() {
    effect(() => this.store.id.set(this.id()));
    pageTitle(() => this.store.round()?.name);
  }

  protected async match(): Promise<void> {
    const round = this.store.round();
    if (!round) return;
    const begun = await this.matching.run(() => this.store.run(round));
    if (begun) this.address.change({ tab: 'workbench', run: null });
  }

  protected release(): void {
    this.releasing()?.open();
  }

  protected async cancel(dialog: Confirm): Promise<void> {
    const round = this.store.round();
    if (round && (await this.cancelling.run(() => this.store.cancel(round)))) dialog.close();
  }

  protected async close(dialog: Confirm): Promise<void> {
    const round = this.store.round();
    if (round && (await this.closing.run(() => this.store.close(round)))) dialog.close();
  }

  protected reload(): void {
    this.matching.forget();
    this.store.reload();
  }
}
