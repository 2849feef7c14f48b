import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type GoingOnView, goingOnView } from '@waymark/contracts';
import { Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';

/** One of the two moves to another institution: would you like to go on? */
@Component({
  selector: 'wm-going-on-page',
  imports: [Message, PageHeader, RouterLink, Skeleton, Trouble],
  template: `
    <div class="narrow">
      <wm-page-header [heading]="heading()">
        <a trail routerLink="/mentoring/mine" i18n>My proposals and pairs</a>
      </wm-page-header>
      @if (view(); as shown) {
        <section class="card stack" i18n-aria-label aria-label="Going on">
          @if (shown.moves === 'me') {
            <p i18n>
              You move to {{ shown.institution }}; your last day here is <b>{{ dates.day(shown.lastDay) }}</b>. You and
              {{ shown.other }} can go on across the two institutions if you both wish to.
            </p>
          } @else {
            <p i18n>
              {{ shown.other }} moves to {{ shown.institution }}; the last day here is
              <b>{{ dates.day(shown.lastDay) }}</b>. You two can go on across the two institutions if you both wish to.
            </p>
          }
          <ul class="bul">
            <li i18n>With a yes from both, your agreement stays as it is, until {{ dates.day(shown.endsOn) }}.</li>
            <li i18n>Without one, your time together ends on the last day. A no is fine, and is not told by itself.</li>
            <li i18n>In the other institution nobody but {{ shown.other }} and you sees that you are a pair.</li>
          </ul>
          <wm-trouble [error]="deed.problem()" compact />
          @if (said(); as words) {
            <wm-message tone="ok" [heading]="words" />
          }
          @if (shown.may.answer) {
            <div class="acts">
              <button
                type="button"
                [class]="shown.mine === null ? 'btn btn--main' : 'btn btn--line'"
                [attr.aria-pressed]="shown.mine === true"
                [attr.aria-disabled]="deed.busy() || null"
                (click)="answer(shown, true)"
                i18n
              >
                Yes, go on
              </button>
              <button
                type="button"
                class="btn btn--line"
                [attr.aria-pressed]="shown.mine === false"
                [attr.aria-disabled]="deed.busy() || null"
                (click)="answer(shown, false)"
                i18n
              >
                No, end it then
              </button>
            </div>
          } @else {
            <p class="quiet" i18n>The day has passed, or the pair has ended: there is nothing to answer any more.</p>
          }
        </section>
      } @else if (resource.error()) {
        <div class="card">
          <wm-trouble
            [error]="resource.error()"
            i18n-heading
            heading="We could not load this question"
            (retry)="resource.reload()"
          />
        </div>
      } @else {
        <div class="card"><wm-skeleton [rows]="4" i18n-label label="Loading the question" /></div>
      }
    </div>
  `,
})
export class GoingOnPage {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  readonly id = input.required<string>();

  protected readonly resource = httpResource(() => `/api/mentoring/going-on/${encodeURIComponent(this.id())}`, {
    parse: (raw) => goingOnView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  protected readonly view = computed(() => (this.newest()?.id === this.id() ? this.newest() : undefined));
  protected readonly heading = computed(() =>
    this.view() ? $localize`Go on with ${this.view()?.other ?? ''}:other:?` : $localize`Go on?`,
  );
  protected readonly deed = new Deed();
  protected readonly said = computed(() => {
    const view = this.view();
    if (!view || view.mine === null) return null;
    if (view.goesOn === true) return $localize`You both wish to go on.`;
    if (view.goesOn === false) return $localize`Your time together ends on the last day.`;
    const mine = view.mine ? $localize`You said yes.` : $localize`You said no.`;
    return $localize`${mine}:answer: You can change it until the last day.`;
  });

  protected async answer(view: GoingOnView, goOn: boolean): Promise<void> {
    await this.deed.run(async () => {
      this.resource.set(await this.commands.post(`/api/mentoring/going-on/${view.id}`, { goOn }, goingOnView));
    });
  }
}
