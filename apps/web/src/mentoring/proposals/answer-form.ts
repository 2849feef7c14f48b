import { Component, Injector, computed, inject, input, signal } from '@angular/core';
import { DeclineReason, ProposalView, declineReasons } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { focusOn } from '../../shell/focus-on';
import { ProposalStore } from './proposal-store';
import { declineReasonWords } from './proposal-words';

/** The mentor's answer: yes, or no with a reason that the coordinator alone sees. Saying no may pause the mentor. */
@Component({
  selector: 'wm-answer-form',
  imports: [Icon, Trouble],
  templateUrl: './answer-form.html',
  styles: `
    :host {
      display: block;
    }
    .acts .btn {
      min-width: 140px;
    }
    textarea.in {
      min-height: 96px;
    }
    .note {
      max-width: 560px;
    }
    @media (max-width: 599px) {
      .acts .btn {
        width: 100%;
      }
    }
  `,
})
export class AnswerForm {
  private readonly injector = inject(Injector);
  readonly view = input.required<ProposalView>();
  private readonly store = inject(ProposalStore);
  protected readonly dates = inject(Dates);
  protected readonly reasons = declineReasons;
  protected readonly reasonWords = declineReasonWords;

  protected readonly declining = signal(false);
  protected readonly pause = signal(false);
  protected readonly reason = signal<DeclineReason | null>(null);
  protected readonly note = signal('');
  private readonly tried = signal(false);
  protected readonly reasonError = computed(() =>
    this.tried() && this.reason() === null ? $localize`Choose the reason that fits best` : null,
  );
  protected readonly answering = new Deed();

  protected async accept(): Promise<void> {
    await this.answering.run(() => this.store.accept(this.view()));
  }

  protected beginDeclining(): void {
    this.answering.forget();
    this.declining.set(true);
    focusOn('reason-0', this.injector);
  }

  protected async decline(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const reason = this.reason();
    if (reason === null) return document.getElementById('reason-0')?.focus();
    await this.answering.run(() => this.store.decline(this.view(), reason, this.note().trim(), this.pause()));
  }

  protected reload(): void {
    this.answering.forget();
    this.store.reload();
  }
}
