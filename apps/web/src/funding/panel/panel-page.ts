import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  type DeclarationRow,
  moderationStarted,
  panelView,
  type PanelView,
  type ReviewToReassign,
} from '@waymark/contracts';
import { Chip, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { AssignReviews } from './assign-reviews';
import { PanelApplicationsList } from './panel-applications-list';
import { PanelistsTable } from './panelists-table';
import { reassignWords } from './panel-words';
import { ReassignReview } from './reassign-review';

/** Of a long list so many are shown at first. */
const shownAtFirst = 20;

/** A call's panel for coordinator and chair: who sits on it, who reads what, what waits for somebody else. */
@Component({
  selector: 'wm-panel-page',
  imports: [
    AssignReviews,
    Chip,
    Confirm,
    Message,
    PageHeader,
    PanelApplicationsList,
    PanelistsTable,
    ReassignReview,
    RouterLink,
    Skeleton,
    Trouble,
  ],
  templateUrl: './panel-page.html',
  styleUrl: '../../shell/table-cards.css',
})
export class PanelPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  protected readonly dates = inject(Dates);
  protected readonly figure = figure;
  protected readonly why = reassignWords;
  protected readonly closeWords = $localize`Close scoring`;

  protected readonly resource = httpResource(() => `/api/funding/calls/${this.id()}/panel`, {
    parse: (raw) => panelView.parse(raw),
  });
  protected readonly view = kept(this.resource);
  protected readonly done = linkedSignal<string, string>({ source: this.id, computation: () => '' });
  /** Which review is being given to somebody else. */
  protected readonly reassigning = linkedSignal<string, string | null>({ source: this.id, computation: () => null });
  protected readonly assigning = linkedSignal<string, boolean>({ source: this.id, computation: () => false });
  protected readonly closing = new Deed();
  /** A chair has no role, and the call's own page is not theirs. */
  protected readonly seesCalls = inject(Session).may('calls.see');
  protected readonly allToReassign = signal(false);
  protected readonly toReassign = computed(() => {
    const rows = this.view()?.toReassign ?? [];
    return this.allToReassign() ? rows : rows.slice(0, shownAtFirst);
  });
  protected readonly allDeclarations = signal(false);
  protected readonly declarations = computed(() => {
    const rows = this.view()?.declarations ?? [];
    return this.allDeclarations() ? rows : rows.slice(0, shownAtFirst);
  });
  private readonly focusLater = focusOnceDrawn();
  /** What was clicked to reassign: focus goes back to it, however far below. */
  private opener: Element | null = null;
  private readonly closeDialog = viewChild<Confirm>('closeDialog');

  /** What comes next: give them out, wait for scores, moderate. One filled button stands for it. */
  protected readonly step = computed(() => {
    const view = this.view();
    if (!view || view.panelists.length === 0) return 'add';
    if (view.may.seeModeration) return 'moderate';
    if (view.may.startModeration) return 'close';
    if (view.may.assign && view.applications.short > 0) return 'assign';
    return 'wait';
  });

  constructor() {
    pageTitle(() => {
      const name = this.view()?.call.name;
      return name === undefined ? undefined : $localize`Panel of ${name}:call:`;
    });
  }

  protected reassign(reviewId: string): void {
    this.opener = document.activeElement;
    this.reassigning.set(reviewId);
  }

  protected closeReassign(): void {
    this.reassigning.set(null);
    this.focusLater(() => (this.opener?.isConnected ? (this.opener as HTMLElement) : document.querySelector('h1')));
  }

  protected take(view: PanelView, words: string): void {
    if (this.reassigning()) this.focusLater(() => document.querySelector('h1'));
    this.resource.set(view);
    this.done.set(words);
    this.assigning.set(false);
    this.reassigning.set(null);
  }

  protected knows = ({ panelist, applicant }: DeclarationRow): string =>
    applicant === null
      ? $localize`${panelist}:panelist: declared an interest`
      : $localize`${panelist}:panelist: knows ${applicant}:applicant:`;

  protected reassignLabel = ({ reference }: ReviewToReassign): string => $localize`Reassign ${reference}:reference:`;

  protected assign(): void {
    this.done.set('');
    this.assigning.set(true);
  }

  protected askToClose(): void {
    this.closing.forget();
    this.closeDialog()?.open();
  }

  protected async close(): Promise<void> {
    const view = this.view();
    if (!view) return;
    const closed = await this.closing.run(async () => {
      const { version } = view.call;
      await this.commands.post(`/api/funding/calls/${view.call.id}/start-moderation`, { version }, moderationStarted);
      this.closeDialog()?.close();
      await this.router.navigate(['/funding/calls', view.call.id, 'moderation']);
    });
    if (!closed) this.resource.reload();
  }
}
