import { httpResource } from '@angular/common/http';
import { Component, ElementRef, computed, effect, inject, input, linkedSignal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { poundsOf, type ScenarioRow, scenarioLineView } from '@waymark/contracts';
import { Chip, Icon, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { figure, unitAndGrade } from '../../shell/words';
import { AllocationStore } from './allocation-store';
import { methodWords, outcomeText, outcomeWords, scoreOf } from './allocation-words';
import { LetterDialog } from './letter-dialog';
import { OverrideForm } from './override-form';
import { atNeededWords, changeRows, decidedWords } from './reason-words';

/** One application: what decided it, what would have changed it, and what the other scenarios make of it. */
@Component({
  selector: 'wm-line-panel',
  imports: [Chip, Icon, LetterDialog, OverrideForm, RouterLink, Skeleton, Trouble],
  templateUrl: './line-panel.html',
  styleUrl: './line-panel.css',
})
export class LinePanel {
  readonly scenario = input.required<ScenarioRow>();
  readonly applicationId = input.required<string>();
  protected readonly store = inject(AllocationStore);
  protected readonly dates = inject(Dates);
  private readonly address = inject(Address);
  private readonly focusLater = focusOnceDrawn();
  protected readonly poundsOf = poundsOf;
  protected readonly scoreOf = scoreOf;
  protected readonly figure = figure;
  protected readonly unitAndGrade = unitAndGrade;
  protected readonly outcomes = outcomeWords;
  protected readonly outcomeText = outcomeText;
  protected readonly methods = methodWords;
  protected readonly undoing = new Deed();
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  protected readonly letter = viewChild(LetterDialog);

  private readonly scenarioId = computed(() => this.scenario().id);
  protected readonly resource = httpResource(
    () => {
      this.store.changed();
      return `/api/funding/scenarios/${this.scenarioId()}/lines/${this.applicationId()}`;
    },
    { parse: (raw) => scenarioLineView.parse(raw) },
  );
  private readonly newest = kept(this.resource);
  protected readonly line = computed(() => {
    const line = this.newest();
    return line?.applicationId === this.applicationId() ? line : undefined;
  });
  /** The form to change it by hand is open, for this application alone. */
  protected readonly overriding = linkedSignal<string, boolean>({
    source: () => `${this.scenarioId()} ${this.applicationId()}`,
    computation: () => false,
  });

  protected readonly decided = computed(() => {
    const line = this.line();
    return line ? decidedWords(line.reason) : [];
  });
  protected readonly changes = computed(() => {
    const line = this.line();
    return line ? changeRows({ ...line, budgetPence: this.scenario().parameters.budgetPence }) : [];
  });
  protected readonly atNeeded = computed(() => {
    const line = this.line();
    return line ? atNeededWords(line.reason) : [];
  });
  protected readonly hand = computed(() => {
    const [newest] = this.line()?.overrides ?? [];
    return newest && newest.outcome !== 'undone' ? newest : null;
  });

  constructor() {
    // Opened by a click or a key, the panel takes the focus once it is there; one that comes with the page's address leaves it.
    let owed = false;
    let first = true;
    effect(() => {
      this.applicationId();
      owed = !first || document.activeElement?.classList.contains('rowlink') === true;
      first = false;
    });
    effect(() => {
      if (!this.line() || !owed) return;
      owed = false;
      this.focusLater(() => this.heading()?.nativeElement);
    });
  }

  protected close(): void {
    const id = this.applicationId();
    this.address.change({ line: null });
    this.focusLater(() => document.getElementById(`line-${id}`));
  }

  protected async undo(): Promise<void> {
    const [scenario, line] = [this.scenario(), this.line()];
    if (!line) return;
    if (await this.undoing.run(() => this.store.undo(scenario, line.applicationId)))
      this.store.done.set($localize`${line.applicant.name}:name: is as the method has it again.`);
  }

  protected overridden(words: string): void {
    this.overriding.set(false);
    this.store.done.set(words);
    this.focusLater(() => this.heading()?.nativeElement);
  }
}
