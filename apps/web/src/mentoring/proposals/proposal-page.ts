import { Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ProposalView } from '@waymark/contracts';
import { Chip, Message, PageHeader, Person, Skeleton, Timeline, TimelineEntry } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { pageTitle } from '../../shell/page-title';
import { Trouble } from '../../shell/trouble';
import { Confirm } from '../../shell/confirm';
import { unbroken } from '../../shell/words';
import { reasonFor } from '../workbench/score-words';
import { AgreementSection } from './agreement-section';
import { AnswerForm } from './answer-form';
import { ProposalStore } from './proposal-store';
import { QuestionSection } from './question-section';
import { comingSteps, doneBy, endingWords, standing, statusFor, stepWords } from './proposal-words';

/** A proposal, from being asked to the beginning of the pair, as mentor or as mentee. */
@Component({
  selector: 'wm-proposal-page',
  imports: [
    AgreementSection,
    AnswerForm,
    QuestionSection,
    Chip,
    Confirm,
    Message,
    PageHeader,
    Person,
    RouterLink,
    Skeleton,
    Timeline,
    Trouble,
  ],
  templateUrl: './proposal-page.html',
  styleUrl: './proposal-page.css',
  providers: [ProposalStore],
})
export class ProposalPage {
  readonly id = input.required<string>();
  protected readonly store = inject(ProposalStore);
  protected readonly dates = inject(Dates);
  protected readonly status = statusFor;
  protected readonly withdrawing = new Deed();

  protected readonly heading = computed(() => {
    const view = this.store.view();
    return view ? standing(view.side, view.status, view.other.name) : $localize`Proposal`;
  });
  protected readonly ending = computed(() => {
    const view = this.store.view();
    return view ? endingWords(view.side, view.status, view.other.name, view.forwarded?.to ?? null) : null;
  });
  protected readonly facts = computed(() => {
    const other = this.store.view()?.other;
    return [other?.jobTitle, other?.unit, unbroken(other?.grade)].filter((fact): fact is string => !!fact);
  });
  protected readonly reasons = computed(() => {
    const view = this.store.view();
    if (!view) return [];
    const { side, status } = view;
    return view.why.map((part) => reasonFor(part, side, status === 'accepted' || status === 'agreed'));
  });
  protected readonly entries = computed(() => {
    const view = this.store.view();
    return view ? this.timeline(view) : [];
  });

  constructor() {
    effect(() => this.store.id.set(this.id()));
    pageTitle(() => this.heading());
  }

  private timeline(view: ProposalView): TimelineEntry[] {
    const bad = new Set<string>(['declined', 'expired', 'withdrawn', 'superseded']);
    const past = view.timeline.map((step): TimelineEntry => ({
      what: stepWords(step.what, view.side),
      who: [doneBy(step), this.dates.moment(step.at)].filter(Boolean).join(', '),
      state: bad.has(step.what) ? 'bad' : 'done',
    }));
    const coming = comingSteps(view).map((what, at): TimelineEntry => ({
      what,
      who: at === 0 && view.answerBy ? $localize`By ${this.dates.dayOf(view.answerBy)}:day:` : '',
      state: at === 0 ? 'now' : 'next',
    }));
    return [...past, ...coming];
  }

  protected async withdraw(dialog: Confirm): Promise<void> {
    const view = this.store.view();
    if (view && (await this.withdrawing.run(() => this.store.withdraw(view)))) dialog.close();
  }
}
