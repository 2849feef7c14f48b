import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, effect, inject, input, output, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type ApplicationView, applicationView, poundsOf, wordsOf } from '@waymark/contracts';
import { Icon, Message, PageHeader, Chip, Timeline } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { Online } from '../../shell/online';
import { Trouble } from '../../shell/trouble';
import {
  type FormStep,
  controlId,
  faultInWords,
  fieldName,
  formStepWords,
  formSteps,
  stepOfField,
  takesPartWords,
  upFrontWords,
} from './application-words';
import { daysInWords } from './event-days';
import { CaseStep } from './case-step';
import { ConflictPanel } from './conflict-panel';
import { CostsStep } from './costs-step';
import type { DraftFieldId } from './draft-fields';
import { DraftStore } from './draft-store';
import { EventStep } from './event-step';
import { FormState } from './form-state';
import { nextOf } from './next-words';
import { ruleNames } from './rule-words';
import { RulesList } from './rules-list';
import { listed, sentenceCase } from '../../shell/words';
import { SaveStatus } from './save-status';

/** An application while it is being written: four steps, saved by itself, checked as one types. */
@Component({
  selector: 'wm-application-form',
  imports: [
    CaseStep,
    Chip,
    Confirm,
    ConflictPanel,
    CostsStep,
    EventStep,
    Icon,
    Message,
    NgTemplateOutlet,
    PageHeader,
    RouterLink,
    RulesList,
    SaveStatus,
    Timeline,
    Trouble,
  ],
  templateUrl: './application-form.html',
  styleUrl: './application-form.css',
  providers: [FormState],
  host: {
    '(input)': 'typing($event)',
    '(focusout)': 'form.typing.set(null)',
  },
})
export class ApplicationForm {
  readonly view = input.required<ApplicationView>();
  /** It was sent or withdrawn: the record as it is now. */
  readonly sent = output<ApplicationView>();

  protected readonly store = inject(DraftStore);
  protected readonly form = inject(FormState);
  protected readonly dates = inject(Dates);
  private readonly address = inject(Address);
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  protected readonly online = inject(Online).online;
  private readonly focusLater = focusOnceDrawn();
  private readonly costsStep = viewChild(CostsStep);
  private readonly caseStep = viewChild(CaseStep);

  protected readonly sending = new Deed();
  protected readonly closing = new Deed();
  protected readonly withdrawing = new Deed();
  protected readonly steps = formSteps;
  protected readonly stepWords = formStepWords;
  protected readonly poundsOf = poundsOf;
  protected readonly words = wordsOf;
  protected readonly takesPart = takesPartWords;
  protected readonly upFrontWords = upFrontWords;

  protected readonly notYet = $localize`not said yet`;
  protected readonly asksWords = $localize`asks`;
  protected readonly whereAndWhen = computed(() => {
    const { place, startsOn, endsOn } = this.form.draft().event;
    return [place, daysInWords(startsOn, endsOn, this.dates)].filter(Boolean).join(', ');
  });
  protected readonly objectivesWords = computed(
    () =>
      this.form
        .draft()
        .objectives.filter((each) => each.trim())
        .join('; ') || this.notYet,
  );
  protected readonly step = computed<FormStep>(() => this.address.one('step', formSteps) ?? 'event');
  protected readonly heading = computed(() => $localize`Apply to ${this.view().call.name}:call:`);
  protected readonly closes = computed(() => {
    const before = this.view().sendBefore;
    return before ? $localize`Send by ${this.dates.moment(before)}:moment:` : null;
  });
  /** Green while there is time; amber in the last week. */
  protected readonly soon = computed(() => {
    const before = this.view().sendBefore;
    return before !== null && new Date(before).getTime() - Date.now() < 7 * 86_400_000;
  });
  protected readonly question = computed(() => {
    const { status, endorser } = this.view();
    return status === 'returned' && endorser?.reason ? { name: endorser.name, text: endorser.reason } : null;
  });
  protected readonly next = computed(() => nextOf(this.view(), this.dates));
  protected readonly rules = computed(() => this.store.saved()?.rules ?? this.view().rules);
  protected readonly rulesAt = computed(() => {
    const saved = this.store.saved();
    return saved && this.store.state() === 'unreachable' ? this.dates.time(saved.savedAt) : null;
  });
  protected readonly failing = computed(() =>
    this.rules()
      .filter(({ verdict }) => verdict === 'fails')
      .map(({ rule }) => ruleNames[rule]),
  );
  protected readonly missing = computed(() =>
    this.form.missing().map((fault) => ({
      field: fault.field,
      name: sentenceCase(fieldName(fault.field, this.view().terms.questions)),
      words: faultInWords(fault),
    })),
  );
  protected readonly sendWords = computed(() => {
    const endorser = this.view().endorser;
    const again = this.view().status === 'returned';
    if (!endorser) return again ? $localize`Send it again for endorsement` : $localize`Send for endorsement`;
    return again
      ? $localize`Send it again to ${endorser.name}:name:`
      : $localize`Send to ${endorser.name}:name: for endorsement`;
  });
  /** Why it cannot be sent just now; null: it can. */
  protected readonly hindrance = computed(() => {
    const missing = this.missing().length;
    if (!this.view().may.submit) return $localize`The time for sending it is over. Your words are kept.`;
    if (this.store.conflict()) return $localize`First choose which of the two versions counts, at the top.`;
    if (this.failing().length > 0) {
      const names = listed(this.failing().map((name) => `“${name}”`));
      return $localize`A rule is not met: ${names}:rules:. What would help stands under “Can this be funded?”.`;
    }
    if (missing > 0) return $localize`You can send it as soon as what is missing is there.`;
    if (!this.online()) return $localize`You can send it as soon as you are connected.`;
    return null;
  });

  constructor() {
    effect(() => {
      const view = this.view();
      untracked(() => this.form.view.set(view));
    });
  }

  protected typing({ target }: Event): void {
    if (target instanceof HTMLElement && target.id) this.form.typing.set(target.id);
  }

  protected done(step: FormStep): boolean {
    return step !== 'send' && !this.form.lacking().has(step);
  }

  protected lacks(step: FormStep): boolean {
    return this.form.lacking().has(step);
  }

  protected choose(event: Event, step: FormStep): void {
    event.preventDefault();
    this.go(step);
  }

  protected go(step: FormStep, focus = true): void {
    this.form.leave(this.step());
    if (step === 'send') this.form.leaveAll();
    this.address.change({ step });
    if (focus) this.focusLater(() => document.getElementById(`h-${step}`));
  }

  protected onwardWords(step: FormStep): string {
    const next = formStepWords[this.after(step)];
    return $localize`Next: ${next}:step:`;
  }

  protected after(step: FormStep): FormStep {
    return formSteps[formSteps.indexOf(step) + 1] ?? 'send';
  }

  protected before(step: FormStep): FormStep {
    return formSteps[formSteps.indexOf(step) - 1] ?? 'event';
  }

  /** Opens the step that a field is in, and goes to it. */
  protected lead(event: Event, path: string): void {
    event.preventDefault();
    const step = stepOfField(path);
    this.go(step, false);
    // The step is drawn first: what is in it opens the line that is meant.
    this.focusLater(() => {
      if (step === 'costs') this.costsStep()?.reveal(path);
      else if (step === 'case') this.caseStep()?.reveal(path);
      else document.getElementById(controlId(path))?.focus();
      return null;
    });
  }

  protected settle(fromMine: ReadonlySet<DraftFieldId>): void {
    this.store.settle(fromMine);
    this.focusLater(() => document.getElementById(`h-${this.step()}`));
  }

  protected async send(): Promise<void> {
    this.form.leaveAll();
    if (this.hindrance() !== null) {
      document.getElementById('why-not')?.focus();
      return;
    }
    await this.sending.run(async () => {
      if (!(await this.store.flush())) throw this.store.problem() ?? new Error('not saved');
      const draftVersion = this.store.saved()?.draftVersion ?? 0;
      const { id } = this.view();
      const view = await this.commands.post(
        `/api/funding/applications/${id}/submit`,
        { draftVersion },
        applicationView,
      );
      this.store.done();
      this.sent.emit(view);
    });
  }

  protected async saveAndClose(): Promise<void> {
    const closed = await this.closing.run(async () => {
      if (this.online() && !(await this.store.flush())) throw this.store.problem() ?? new Error('not saved');
    });
    if (closed) await this.router.navigateByUrl('/funding');
  }

  protected async withdraw(dialog: Confirm): Promise<void> {
    const { id, version } = this.view();
    await this.withdrawing.run(async () => {
      const body = { version, reason: '' };
      const view = await this.commands.post(`/api/funding/applications/${id}/withdraw`, body, applicationView);
      this.store.done();
      dialog.close();
      this.sent.emit(view);
    });
  }
}
