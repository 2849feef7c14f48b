import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { Agreement, ProposalView, agreement, meetingModes, rhythms } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { ProposalStore } from './proposal-store';
import { modeWords, rhythmWords } from './proposal-words';

/** What the two agree: one writes it, the other confirms it, and the pair begins. */
@Component({
  selector: 'wm-agreement-section',
  imports: [Icon, Trouble],
  templateUrl: './agreement-section.html',
  styleUrl: './agreement-section.css',
})
export class AgreementSection {
  readonly view = input.required<ProposalView>();
  private readonly store = inject(ProposalStore);
  protected readonly dates = inject(Dates);
  protected readonly rhythms = rhythms;
  protected readonly modes = meetingModes;
  protected readonly rhythmWords = rhythmWords;
  protected readonly modeWords = modeWords;

  protected readonly written = computed(() => this.view().agreement);
  protected readonly editing = linkedSignal(() => this.view().may.writeAgreement && this.view().agreement === null);
  /** What is typed; it stays when the proposal is read again. */
  protected readonly draft = signal<Partial<Agreement>>({});
  protected readonly shown = computed<Agreement>(() => {
    const from = this.written();
    return {
      goals: from?.goals ?? '',
      rhythm: from?.rhythm ?? 'monthly',
      mode: from?.mode ?? 'either',
      endsOn: from?.endsOn ?? this.view().suggestedEnd,
      ...this.draft(),
    };
  });
  private readonly tried = signal(false);
  private readonly reading = computed(() => agreement.safeParse(this.shown()));
  private readonly wrong = computed(() => {
    const read = this.reading();
    return new Set(this.tried() && !read.success ? read.error.issues.map((issue) => String(issue.path[0])) : []);
  });
  protected readonly goalsError = computed(() =>
    this.wrong().has('goals') ? $localize`Write what you want to reach, in at most 1,000 letters` : null,
  );
  protected readonly endError = computed(() =>
    this.wrong().has('endsOn') ? $localize`Give the day on which the pair ends` : null,
  );
  protected readonly writing = new Deed();
  protected readonly confirming = new Deed();

  protected set(part: Partial<Agreement>): void {
    this.draft.update((draft) => ({ ...draft, ...part }));
  }

  protected rhythmChosen(typed: string): void {
    this.set({ rhythm: rhythms.find((each) => each === typed) ?? 'monthly' });
  }

  protected modeChosen(typed: string): void {
    this.set({ mode: meetingModes.find((each) => each === typed) ?? 'either' });
  }

  protected async write(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const read = this.reading();
    if (!read.success) {
      document.getElementById(this.goalsError() ? 'goals' : 'ends-on')?.focus();
      return;
    }
    const sent = await this.writing.run(() => this.store.writeAgreement(this.view(), read.data));
    if (sent) {
      this.draft.set({});
      this.editing.set(false);
    }
  }

  protected async confirm(): Promise<void> {
    await this.confirming.run(() => this.store.confirmAgreement(this.view()));
  }

  protected reload(): void {
    this.writing.forget();
    this.confirming.forget();
    this.store.reload();
  }
}
