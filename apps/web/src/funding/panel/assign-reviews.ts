import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, output } from '@angular/core';
import { type AssignmentPreview, assignmentPreview, panelView } from '@waymark/contracts';
import { Message, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { TakesFocus } from '../../shell/takes-focus';
import { Trouble } from '../../shell/trouble';
import { counted, figure } from '../../shell/words';
import type { PanelChanged } from './panelists-table';

/** What giving out the applications now would do, then doing just that. */
@Component({
  selector: 'wm-assign-reviews',
  imports: [Message, Skeleton, TakesFocus, Trouble],
  template: `
    <section class="card card--flush" aria-labelledby="assign-h">
      <div class="card__head"><h2 id="assign-h" wmTakesFocus="give-out" i18n>Give out applications</h2></div>
      <div class="pf stack">
        @if (resource.error()) {
          <wm-trouble [error]="resource.error()" (retry)="resource.reload()" />
          <button type="button" class="btn btn--line" (click)="closed.emit()" i18n>Close</button>
        } @else if (plan(); as plan) {
          <p>{{ summary(plan) }}</p>
          @if (plan.added > 0) {
            <p class="small quiet" i18n>
              Of those, {{ figure(plan.sharingSkill) }} go to somebody who shares a skill with the applicant, and
              {{ figure(plan.otherUnit) }} to somebody of another unit. Nobody reads whom they manage, report to, are
              paired with or declared.
            </p>
          }
          @if (plan.short.length > 0) {
            <wm-message tone="due" [heading]="shortHeading(plan)">
              <ul class="bul">
                @for (row of plan.short; track row.applicationId) {
                  <li>
                    <b>{{ row.reference }}</b>{{ row.applicant ? ', ' + row.applicant : '' }}: {{ shortWords(row) }}
                  </li>
                }
              </ul>
              <p i18n>Add panelists, or raise what they take, and look again. What can be given out now is.</p>
            </wm-message>
          }
          <table class="dt dt--plain">
            <caption class="vh" i18n>
              How many each panelist reads
            </caption>
            <thead>
              <tr>
                <th scope="col" i18n>Panelist</th>
                <th scope="col" class="r" i18n>Has</th>
                <th scope="col" class="r" i18n>Gets</th>
                <th scope="col" class="r" i18n>In all</th>
              </tr>
            </thead>
            <tbody>
              @for (row of plan.panelists; track row.id) {
                <tr>
                  <th scope="row">{{ row.name }}</th>
                  <td class="r num">{{ row.kept }}</td>
                  <td class="r num">{{ row.added }}</td>
                  <td class="r num">
                    <b>{{ row.kept + row.added }}</b>
                  </td>
                </tr>
              }
            </tbody>
          </table>
          @if (deed.problem()) {
            <wm-trouble [error]="deed.problem()" [compact]="true" (retry)="resource.reload()" />
          }
          <div class="row">
            @if (plan.added + plan.movedOn > 0) {
              <button type="button" class="btn btn--main" [disabled]="deed.busy()" (click)="assign(plan)">
                {{ assignWords(plan) }}
              </button>
            }
            <button type="button" class="btn btn--line" [disabled]="deed.busy()" (click)="closed.emit()" i18n>
              Not now
            </button>
          </div>
        } @else {
          <wm-skeleton />
        }
      </div>
    </section>
  `,
  styleUrl: '../../shell/table-cards.css',
})
export class AssignReviews {
  readonly callId = input.required<string>();
  readonly assigned = output<PanelChanged>();
  readonly closed = output();
  private readonly commands = inject(Commands);
  protected readonly figure = figure;
  protected readonly deed = new Deed();
  protected readonly resource = httpResource(() => `/api/funding/calls/${this.callId()}/panel/assignment`, {
    parse: (raw) => assignmentPreview.parse(raw),
  });
  protected readonly plan = computed(() => (this.resource.hasValue() ? this.resource.value() : undefined));

  protected summary({ added, kept, movedOn }: AssignmentPreview): string {
    if (added + movedOn === 0) return $localize`Everybody has what they are to read: nothing would change.`;
    const gets = counted(added, $localize`review is given out`, $localize`reviews are given out`);
    const stays =
      kept > 0 ? $localize` ${counted(kept, $localize`stays`, $localize`stay`)}:stays: with their readers.` : '';
    const moves =
      movedOn > 0
        ? $localize` ${counted(movedOn, $localize`unread one moves`, $localize`unread ones move`)}:moves: on.`
        : '';
    return `${gets}.${stays}${moves}`;
  }

  protected shortHeading({ shortReviews }: AssignmentPreview): string {
    return shortReviews === 1
      ? $localize`1 review has nobody who could write it`
      : $localize`${figure(shortReviews)}:count: reviews have nobody who could write them`;
  }

  protected shortWords({ missing, because, inConflict, couldRead }: AssignmentPreview['short'][number]): string {
    const lacks = counted(missing, $localize`reader short`, $localize`readers short`);
    return because === 'interests'
      ? $localize`${lacks}:lacks:. ${inConflict}:count: on the panel have an interest or gave it back, ${couldRead}:could: could read it.`
      : $localize`${lacks}:lacks:. Those who could read it have all they take.`;
  }

  protected assignWords({ added, shortReviews }: AssignmentPreview): string {
    const words = counted(added, $localize`review`, $localize`reviews`);
    return shortReviews === 0
      ? $localize`Give out ${words}:reviews:`
      : $localize`Give out ${words}:reviews:, leaving ${figure(shortReviews)}:short: short`;
  }

  protected async assign({ hash, added }: AssignmentPreview): Promise<void> {
    const done = await this.deed.run(async () => {
      const view = await this.commands.post(`/api/funding/calls/${this.callId()}/panel/assign`, { hash }, panelView);
      const reviews = counted(added, $localize`review`, $localize`reviews`);
      this.assigned.emit({ view, words: $localize`${reviews}:reviews: given out. Each panelist has a letter.` });
    });
    if (!done) this.resource.reload();
  }
}
