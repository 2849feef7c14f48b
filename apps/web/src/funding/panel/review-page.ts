import { HttpClient, httpResource } from '@angular/common/http';
import {
  Component,
  DestroyRef,
  HostListener,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { reviewSaved, reviewView, type ReviewView, weightedScore } from '@waymark/contracts';
import { Chip, Field, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Deed } from '../../shell/deed';
import { pageTitle } from '../../shell/page-title';
import { Trouble } from '../../shell/trouble';
import { reviewStatusWords, scoreOf } from './panel-words';
import { ReadApplicationView } from './read-application';
import { ReviewDraft, type Saving } from './review-draft';
import { ScoreSheet } from './score-sheet';

/** Reading on one side, scoring on the other; on a phone the score sheet waits at the foot. */
@Component({
  selector: 'wm-review-page',
  imports: [
    Chip,
    Confirm,
    Field,
    Icon,
    Message,
    PageHeader,
    ReadApplicationView,
    RouterLink,
    ScoreSheet,
    Skeleton,
    Trouble,
  ],
  templateUrl: './review-page.html',
  styleUrl: './review-page.css',
})
export class ReviewPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  protected readonly words = reviewStatusWords;
  protected readonly scoreOf = scoreOf;
  protected readonly reasonMissing = $localize`Say why, for the chair.`;
  protected readonly giveBackWords = $localize`Give it back`;
  protected readonly savingWords: Readonly<Record<Saving, string>> = {
    saved: $localize`Saved`,
    unsaved: $localize`Not saved yet`,
    saving: $localize`Saving`,
    waiting: $localize`Not saved: we try again by ourselves. What you wrote stays here.`,
    conflict: $localize`Changed in another window`,
  };

  protected readonly resource = httpResource(() => `/api/funding/reviews/${this.id()}`, {
    parse: (raw) => reviewView.parse(raw),
  });
  protected readonly view = computed<ReviewView | undefined>(() => {
    const view = this.resource.hasValue() ? this.resource.value() : undefined;
    return view?.id === this.id() ? view : undefined;
  });
  protected readonly draft = linkedSignal<ReviewView | undefined, ReviewDraft | null>({
    source: this.view,
    computation: (view, before) => {
      before?.value?.end();
      if (!view) return null;
      const { version, scores, commentToApplicant, privateComment } = view;
      return new ReviewDraft({ version, scores, commentToApplicant, privateComment }, (content) =>
        this.commands.put(`/api/funding/reviews/${view.id}`, content, reviewSaved),
      );
    },
  });
  /** A first save makes a draft of what was to be read. */
  protected readonly status = computed(() => {
    const view = this.view();
    const begun = view?.status === 'assigned' && (this.draft()?.version() ?? 0) > view.version;
    return begun ? 'drafting' : (view?.status ?? 'assigned');
  });
  protected readonly total = computed(() => {
    const view = this.view();
    const draft = this.draft();
    return view && draft ? weightedScore(view.application.criteria, draft.now().scores) : null;
  });
  /** On a phone: whether the sheet is pulled up. */
  protected readonly pulledUp = signal(false);
  protected readonly tried = linkedSignal<string, boolean>({ source: this.id, computation: () => false });
  protected readonly deed = new Deed();
  protected readonly recusing = new Deed();
  protected readonly because = signal('');
  protected readonly becauseTried = signal(false);
  /** Carried over to the next application, where one came by the keyboard. */
  private byKeyboard = false;
  private readonly sheet = viewChild(ScoreSheet);
  private readonly dialog = viewChild<Confirm>('dialog');

  constructor() {
    pageTitle(() => this.view()?.application.reference);
    inject(DestroyRef).onDestroy(
      () =>
        void this.draft()
          ?.settle()
          .then(() => this.draft()?.end()),
    );
    // Where something has to be decided, it is in sight on a phone too.
    effect(() => {
      if (this.draft()?.saving() === 'conflict') this.pulledUp.set(true);
    });
    effect(() => {
      const sheet = this.sheet();
      if (!this.view() || !sheet || !this.byKeyboard) return;
      this.byKeyboard = false;
      untracked(() => setTimeout(() => sheet.focus()));
    });
  }

  @HostListener('window:beforeunload', ['$event'])
  protected warn(event: BeforeUnloadEvent): void {
    if (this.draft()?.changed()) event.preventDefault();
  }

  protected scored({ criterion, mark }: { criterion: string; mark: number }): void {
    const draft = this.draft();
    draft?.change({ scores: { ...draft.now().scores, [criterion]: mark } });
  }

  protected async goTo(id: string | null, byKeyboard = false): Promise<void> {
    if (id === null) return;
    await this.draft()?.settle();
    this.byKeyboard = byKeyboard;
    await this.router.navigate(['/funding/reviews', id]);
  }

  protected async submit(byKeyboard = false): Promise<void> {
    const view = this.view();
    const draft = this.draft();
    if (!view?.may.score || !draft) return;
    this.tried.set(true);
    if (this.total() === null) {
      this.pulledUp.set(true);
      return this.sheet()?.focus();
    }
    await draft.settle();
    const done = await this.deed.run(async () => {
      const { version } = await this.commands.post(
        `/api/funding/reviews/${view.id}/submit`,
        { version: draft.version(), ...draft.now() },
        reviewSaved,
      );
      draft.accepted(version);
    });
    if (!done) return;
    this.pulledUp.set(false);
    if (view.nextId) await this.goTo(view.nextId, byKeyboard);
    else this.resource.reload();
  }

  protected async reopen(): Promise<void> {
    const view = this.view();
    if (!view) return;
    await this.deed.run(async () => {
      await this.commands.post(`/api/funding/reviews/${view.id}/reopen`, { version: view.version }, reviewSaved);
    });
    this.resource.reload();
  }

  protected askToGiveBack(): void {
    this.recusing.forget();
    this.because.set('');
    this.becauseTried.set(false);
    this.dialog()?.open();
  }

  protected async giveBack(): Promise<void> {
    this.becauseTried.set(true);
    const view = this.view();
    const because = this.because().trim();
    if (!view || !because) return document.getElementById('because')?.focus();
    await this.draft()?.settle();
    const done = await this.recusing.run(async () => {
      const version = this.draft()?.version() ?? view.version;
      await this.commands.post(`/api/funding/reviews/${view.id}/recuse`, { version, because }, reviewSaved);
    });
    if (!done) return;
    this.dialog()?.close();
    this.draft()?.end();
    await this.router.navigate(['/funding/reading', view.call.id]);
  }

  /** After a conflict: what is here goes over what the other window wrote. */
  protected async overwrite(): Promise<void> {
    const draft = this.draft();
    await this.deed.run(
      () =>
        new Promise<void>((resolve, reject) => {
          this.http.get(`/api/funding/reviews/${this.id()}`).subscribe({
            next: (raw) => void draft?.overwrite(reviewView.parse(raw).version).then(resolve, reject),
            error: reject,
          });
        }),
    );
  }
}
