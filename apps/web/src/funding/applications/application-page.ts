import { httpResource } from '@angular/common/http';
import { Component, DestroyRef, computed, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import { type ApplicationView, applicationView } from '@waymark/contracts';
import { PageHeader, Skeleton } from '@waymark/ui';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { kept } from '../../shell/kept';
import { Online } from '../../shell/online';
import { pageTitle } from '../../shell/page-title';
import { Trouble } from '../../shell/trouble';
import { ApplicationForm } from './application-form';
import { ApplicationRecord } from './application-record';
import { DraftStore } from './draft-store';
import { DraftTabs } from './draft-tabs';

/** One application: the form while its applicant can write it, else its record. */
@Component({
  selector: 'wm-application-page',
  imports: [ApplicationForm, ApplicationRecord, PageHeader, Skeleton, Trouble],
  template: `
    @if (view(); as shown) {
      @if (writing()) {
        <wm-application-form [view]="shown" (sent)="changed($event, true)" />
      } @else {
        <wm-application-record [view]="shown" [justSent]="justSent()" (changed)="changed($event, false)" />
      }
    } @else if (resource.error()) {
      <wm-page-header i18n-heading heading="Application" />
      <div class="card">
        <wm-trouble
          [error]="resource.error()"
          i18n-heading
          heading="We could not load this application"
          (retry)="resource.reload()"
        />
        @if (!online()) {
          <p class="quiet small mt-3" i18n>
            What you typed on this device is kept, and comes back with the page once you are connected.
          </p>
        }
      </div>
    } @else {
      <wm-page-header i18n-heading heading="Application" />
      <div class="card"><wm-skeleton [rows]="5" i18n-label label="Loading the application" /></div>
    }
  `,
  providers: [DraftStore, DraftTabs],
})
export class ApplicationPage {
  readonly id = input.required<string>();
  private readonly store = inject(DraftStore);
  private readonly focusOnce = focusOnceDrawn();
  private readonly keeps = inject(Online).pageKeeps;
  protected readonly online = inject(Online).online;

  protected readonly resource = httpResource(() => `/api/funding/applications/${this.id()}`, {
    parse: (raw) => applicationView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  /** What a command answered with counts until it is read anew. */
  protected readonly view = linkedSignal<ApplicationView | undefined>(() => {
    const newest = this.newest();
    return newest?.id === this.id() ? newest : undefined;
  });
  protected readonly justSent = linkedSignal({ source: this.id, computation: () => false });
  protected readonly writing = computed(() => {
    const view = this.view();
    return view !== undefined && view.mine && view.draft !== null && view.may.save;
  });

  constructor() {
    effect(() => {
      const view = this.newest();
      if (view?.id === this.id() && view.draft) untracked(() => void this.store.open(view));
    });
    effect(() => this.keeps.set(this.writing()));
    inject(DestroyRef).onDestroy(() => this.keeps.set(false));
    // A page that could not be loaded without a connection comes by itself once there is one.
    effect(() => {
      if (this.online() && untracked(() => this.resource.error() !== undefined))
        untracked(() => this.resource.reload());
    });
    effect(() => {
      if (this.store.sentElsewhere() && untracked(() => !this.store.dirty())) untracked(() => this.resource.reload());
    });
    pageTitle(() => this.view()?.call.name);
  }

  protected changed(view: ApplicationView, sent: boolean): void {
    this.view.set(view);
    this.justSent.set(sent && view.status === 'submitted');
    window.scrollTo(0, 0);
    // The button that was pressed may be gone: reading begins anew with the page as it stands.
    this.focusOnce(() => document.querySelector<HTMLElement>('#main h1'));
  }
}
