import { Component, computed, inject, input, output, signal } from '@angular/core';
import { poundsOf, type ScenarioRow } from '@waymark/contracts';
import { Chip, Field, Icon, Timeline, type TimelineEntry } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { refusalWords } from '../../shell/refusal-words';
import { Trouble } from '../../shell/trouble';
import { figure, listed } from '../../shell/words';
import { AllocationStore } from './allocation-store';
import { methodWords, scenarioStatusWords } from './allocation-words';

/** The way of a scenario to its letters: one person proposes it, another approves it, and all is published together. */
@Component({
  selector: 'wm-second-approval',
  imports: [Chip, Field, Icon, Timeline, Trouble],
  templateUrl: './second-approval.html',
  styleUrl: './second-approval.css',
})
export class SecondApproval {
  readonly scenario = input.required<ScenarioRow>();
  /** The page asks, in dialogs that outlive this card: a phone that is turned draws it elsewhere. */
  readonly approving = output();
  readonly publishing = output();
  protected readonly store = inject(AllocationStore);
  private readonly dates = inject(Dates);
  private readonly focusLater = focusOnceDrawn();
  protected readonly status = scenarioStatusWords;
  protected readonly deed = this.store.deciding;
  protected readonly returnTried = signal(false);
  protected readonly reasonMissing = $localize`Say what should be otherwise; whoever proposed it reads it.`;

  protected readonly decisions = computed(() => this.store.bench()?.input.applications ?? 0);
  protected readonly facts = computed(() => {
    const totals = this.scenario().totals;
    if (!totals) return [];
    return [
      { term: $localize`Committed`, value: poundsOf(totals.awardedPence) },
      {
        term: $localize`People funded`,
        value: $localize`${figure(totals.people)}:funded: of ${figure(this.decisions())}:all:`,
      },
      { term: $localize`Left in the budget`, value: poundsOf(totals.leftPence) },
      { term: $localize`On the reserve list`, value: figure(totals.reserve) },
      { term: $localize`Changed by hand`, value: figure(totals.overrides) },
    ];
  });

  protected readonly entries = computed<readonly TimelineEntry[]>(() => {
    const scenario = this.scenario();
    const { proposed, decided, status, publishedAt, totals } = scenario;
    const method = methodWords[scenario.method].inLine;
    const propose: TimelineEntry = proposed
      ? {
          what: $localize`Proposed: scenario ${scenario.name}:scenario:, ${method}:method:`,
          who: this.byAndAt(proposed),
          state: 'done',
        }
      : {
          what: $localize`Propose scenario ${scenario.name}:scenario:, ${method}:method:`,
          who: $localize`Nothing is sent by it`,
          state: 'now',
        };
    const approve: TimelineEntry =
      status === 'rejected'
        ? { what: $localize`Returned`, who: decided ? this.byAndAt(decided) : '', state: 'bad' }
        : decided && (status === 'approved' || status === 'published')
          ? { what: $localize`Approved`, who: this.byAndAt(decided), state: 'done' }
          : {
              what: $localize`Another person approves it or returns it`,
              who: this.approversWords(),
              state: status === 'proposed' ? 'now' : 'next',
            };
    const commits = poundsOf(totals?.awardedPence ?? 0);
    const publish: TimelineEntry = {
      what:
        publishedAt === null
          ? $localize`Publish all ${figure(this.decisions())}:count: decisions together`
          : $localize`Published`,
      who:
        publishedAt === null
          ? $localize`Commits ${commits}:sum: in the ledger in the same step`
          : $localize`${this.dates.moment(publishedAt)}:when:; ${commits}:sum: committed in the ledger`,
      state: publishedAt !== null ? 'done' : status === 'approved' ? 'now' : 'next',
    };
    return status === 'rejected' ? [propose, approve] : [propose, approve, publish];
  });

  /** Why the step that comes next is not this person’s, in words. */
  protected readonly why = computed(() => {
    const { status, mayNot, may } = this.scenario();
    const refusal =
      status === 'draft' && !may.propose
        ? mayNot.propose
        : status === 'proposed' && !may.approve
          ? mayNot.approve
          : status === 'approved' && !may.publish
            ? mayNot.publish
            : null;
    if (refusal === null) return null;
    if (refusal === 'own-proposal')
      return [$localize`You proposed this scenario, so another person approves it.`, this.approversCan()].join(' ');
    const { text, help } = refusalWords({ refusal, facts: {} });
    return [text, help].filter(Boolean).join(' ');
  });
  protected readonly untried = computed(() => this.store.differs());

  private byAndAt(deed: { by: string | null; byMe: boolean; at: string }): string {
    const by = deed.byMe ? $localize`You` : (deed.by ?? $localize`Somebody whose data were erased`);
    return $localize`${by}:name:, ${this.dates.moment(deed.at)}:when:`;
  }

  private approversCan(): string {
    const approvers = this.store.bench()?.approvers ?? [];
    return approvers.length === 0
      ? $localize`Nobody can at the moment: a programme lead who did not apply is needed.`
      : $localize`${listed(approvers)}:names: can.`;
  }

  private approversWords(): string {
    const approvers = this.store.bench()?.approvers ?? [];
    return approvers.length === 0 ? $localize`Nobody can yet` : listed(approvers);
  }

  protected async propose(): Promise<void> {
    const scenario = this.scenario();
    const proposed = await this.deed.run(() => this.store.step(scenario, 'propose'));
    if (!proposed) return;
    this.focusHere();
    this.store.done.set($localize`Scenario ${scenario.name}:scenario: is proposed. ${this.approversCan()}:who:`);
  }

  protected openReturn(): void {
    this.deed.forget();
    this.returnTried.set(false);
    this.store.returning.set(true);
    this.focusLater(() => document.getElementById('because'));
  }

  protected async sendBack(event: Event): Promise<void> {
    event.preventDefault();
    this.returnTried.set(true);
    const reason = this.store.because().trim();
    if (!reason) return document.getElementById('because')?.focus();
    const scenario = this.scenario();
    if (!(await this.deed.run(() => this.store.reject(scenario, reason)))) return;
    this.store.returning.set(false);
    this.store.because.set('');
    this.focusHere();
    this.store.done.set($localize`Scenario ${scenario.name}:scenario: went back with your reason.`);
  }

  protected closeReturn(): void {
    this.store.returning.set(false);
    this.focusLater(() => document.getElementById('return-it'));
  }

  /** The button that was used is gone: focus stays where the next step is read. */
  private focusHere(): void {
    this.focusLater(() => document.getElementById('approval-h'));
  }
}
