import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { moderatedApplication, type ModeratedReview, panelView } from '@waymark/contracts';
import { Chip, Field, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { Trouble } from '../../shell/trouble';
import { scoreOf } from './panel-words';
import { ReadApplicationView } from './read-application';
import { ScoreSpread } from './score-spread';

/** One application in moderation: what it says, what each reader said, the chair's note, and sending a review back. */
@Component({
  selector: 'wm-moderated-page',
  imports: [Chip, Confirm, Field, PageHeader, ReadApplicationView, RouterLink, ScoreSpread, Skeleton, Trouble],
  templateUrl: './moderated-page.html',
  styleUrls: ['../../shell/table-cards.css', './moderated-page.css'],
})
export class ModeratedPage {
  readonly id = input.required<string>();
  readonly applicationId = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  protected readonly dates = inject(Dates);
  protected readonly scoreOf = scoreOf;
  protected readonly sendWords = $localize`Send back to scoring`;
  protected readonly reasonMissing = $localize`Say what to look at again: it is in the letter.`;

  protected readonly resource = httpResource(
    () => `/api/funding/calls/${this.id()}/moderation/${this.applicationId()}`,
    { parse: (raw) => moderatedApplication.parse(raw) },
  );
  protected readonly view = kept(this.resource);
  protected readonly scores = computed(() =>
    (this.view()?.reviews ?? []).flatMap(({ score }) => (score === null ? [] : [score])),
  );
  /** What is typed stays where somebody else wrote meanwhile: it is refused, and both can be read. */
  protected readonly note = linkedSignal<{ id: string; words: string }, string>({
    source: () => ({ id: this.applicationId(), words: this.view()?.note.words ?? '' }),
    computation: (now, before) =>
      before?.source.id === now.id && before.value !== before.source.words ? before.value : now.words,
  });
  /** What somebody else wrote while one typed; kept once more, one’s own goes over it. */
  protected readonly theirs = computed(() => {
    const words = this.view()?.note.words ?? '';
    return this.noting.problem() && words !== this.note() ? words : '';
  });
  protected readonly noted = linkedSignal<string, string>({ source: this.applicationId, computation: () => '' });
  protected readonly noting = new Deed();
  protected readonly sending = new Deed();
  protected readonly toSend = signal<ModeratedReview | null>(null);
  protected readonly substitute = signal('');
  protected readonly because = signal('');
  protected readonly tried = signal(false);
  protected readonly heading = computed(
    () => $localize`Send ${this.toSend()?.panelist ?? ''}:panelist:’s review back?`,
  );
  private readonly dialog = viewChild<Confirm>('dialog');

  constructor() {
    pageTitle(() => this.view()?.application.reference);
  }

  protected async keepNote(): Promise<void> {
    const view = this.view();
    if (!view) return;
    this.noted.set('');
    const done = await this.noting.run(async () => {
      const body = { version: view.note.version, words: this.note() };
      const path = `/api/funding/calls/${this.id()}/moderation/${this.applicationId()}/note`;
      this.resource.set(await this.commands.put(path, body, moderatedApplication));
      this.noted.set($localize`Note kept`);
    });
    if (!done) this.resource.reload();
  }

  protected sendLabel = ({ panelist }: ModeratedReview): string => $localize`Send back ${panelist}:panelist:’s review`;

  protected ask(review: ModeratedReview): void {
    this.sending.forget();
    this.toSend.set(review);
    this.substitute.set('');
    this.because.set('');
    this.tried.set(false);
    this.dialog()?.open();
  }

  protected async send(): Promise<void> {
    this.tried.set(true);
    const view = this.view();
    const review = this.toSend();
    const because = this.because().trim();
    if (!view || !review || !because) return document.getElementById('because')?.focus();
    await this.sending.run(async () => {
      const reviews = [{ id: review.id, substituteId: this.substitute() || null }];
      const body = { version: view.call.version, because, reviews };
      await this.commands.post(`/api/funding/calls/${this.id()}/back-to-scoring`, body, panelView);
      this.dialog()?.close();
      await this.router.navigate(['/funding/calls', this.id(), 'panel']);
    });
  }
}
