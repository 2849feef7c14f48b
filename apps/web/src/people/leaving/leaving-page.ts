import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { leavingView, mentoringFollows } from '@waymark/contracts';
import { Field, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { LeavingFollows } from './leaving-follows';

/** "Leaves the institution": the last day, what follows, and the question whether that is meant. */
@Component({
  selector: 'wm-leaving-page',
  imports: [Confirm, Field, LeavingFollows, PageHeader, RouterLink, Skeleton, Trouble],
  template: `
    <div class="narrow">
      <wm-page-header [heading]="heading()">
        <span trail
          ><a routerLink="/people" i18n>People</a> / <a [routerLink]="['/people', id()]">{{ name() }}</a></span
        >
      </wm-page-header>
      @if (view(); as shown) {
        <form class="card stack" novalidate (submit)="$event.preventDefault(); ask()">
          <wm-field
            for="lastDay"
            i18n-label
            label="Last day"
            i18n-hint
            hint="They are here until the end of this day. It may lie ahead, or up to a year back."
            [error]="error()"
          >
            <input
              class="in"
              id="lastDay"
              type="date"
              [value]="lastDay()"
              [min]="shown.earliest"
              [attr.aria-invalid]="error() ? true : null"
              [attr.aria-describedby]="'lastDay-hint' + (error() ? ' lastDay-error' : '')"
              (input)="type($event)"
            />
          </wm-field>
          <section aria-labelledby="follows" class="stack-2">
            <h2 id="follows" class="h3" i18n>What follows</h2>
            @if (mentoring(); as follows) {
              <wm-leaving-follows [view]="shown" [mentoring]="follows" />
            } @else {
              <wm-skeleton [rows]="3" i18n-label label="Loading what follows" />
            }
          </section>
          <div class="acts">
            <button type="submit" class="btn btn--main" [disabled]="!shown.may.leave || !mentoring()" i18n>
              Leaves on this day
            </button>
            <a class="btn btn--line" [routerLink]="['/people', id()]" i18n>Go back without a change</a>
          </div>
        </form>
        <wm-confirm
          #confirm
          [grave]="true"
          [heading]="question()"
          i18n-action
          action="Yes, they leave"
          [busy]="deed.busy()"
          [problem]="deed.problem()"
          (confirmed)="mark()"
        >
          @if (past()) {
            <p i18n>The day has passed: they are signed out now, and everything that follows begins at once.</p>
          } @else {
            <p i18n>Until the end of that day nothing changes, and you can take it back.</p>
          }
        </wm-confirm>
      } @else if (failed()) {
        <div class="card">
          <wm-trouble [error]="failed()" i18n-heading heading="We could not load this person" (retry)="reload()" />
        </div>
      } @else {
        <div class="card"><wm-skeleton [rows]="5" i18n-label label="Loading the person" /></div>
      }
    </div>
  `,
})
export class LeavingPage {
  private readonly router = inject(Router);
  private readonly commands = inject(Commands);
  private readonly dates = inject(Dates);
  readonly id = input.required<string>();

  private readonly resource = httpResource(() => `/api/people/${encodeURIComponent(this.id())}/leaving`, {
    parse: (raw) => leavingView.parse(raw),
  });
  private readonly follows = httpResource(() => `/api/mentoring/leaving/${encodeURIComponent(this.id())}`, {
    parse: (raw) => mentoringFollows.parse(raw),
  });
  protected readonly view = kept(this.resource);
  protected readonly mentoring = kept(this.follows);
  protected readonly failed = computed(() => this.resource.error() ?? this.follows.error());
  protected readonly name = computed(() => this.view()?.name ?? $localize`Person`);
  protected readonly heading = computed(() => $localize`${this.name()}:name: leaves the institution`);
  protected readonly lastDay = linkedSignal(() => this.view()?.lastDay ?? this.view()?.today ?? '');
  private readonly tried = signal(false);
  protected readonly past = computed(() => this.lastDay() < (this.view()?.today ?? ''));
  protected readonly error = computed(() => {
    if (!this.tried()) return null;
    if (!this.lastDay()) return $localize`Give the last day.`;
    return this.lastDay() < (this.view()?.earliest ?? '') ? $localize`The day is more than a year ago.` : null;
  });
  protected readonly question = computed(() =>
    this.lastDay()
      ? $localize`Does ${this.name()}:name: leave on ${this.dates.day(this.lastDay())}:day:?`
      : $localize`Does ${this.name()}:name: leave?`,
  );
  protected readonly deed = new Deed();
  private readonly confirm = viewChild.required<Confirm>('confirm');

  protected type(event: Event): void {
    this.lastDay.set((event.target as HTMLInputElement).value);
  }

  protected ask(): void {
    this.tried.set(true);
    this.deed.forget();
    if (this.error()) document.getElementById('lastDay')?.focus();
    else this.confirm().open();
  }

  protected async mark(): Promise<void> {
    const view = this.view();
    if (!view) return;
    await this.deed.run(async () => {
      const body = { lastDay: this.lastDay(), version: view.version };
      await this.commands.post(`/api/people/${view.id}/leaving`, body, leavingView);
      this.confirm().close();
      await this.router.navigate(['/people', view.id]);
    });
  }

  protected reload(): void {
    this.resource.reload();
    this.follows.reload();
  }
}
