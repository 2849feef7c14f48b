import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { MyProposals, myProposals } from '@waymark/contracts';
import { Chip, Empty, Icon, PageHeader, Skeleton } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { Trouble } from '../../shell/trouble';
import { unbroken } from '../../shell/words';
import { SharedPairsCard } from '../leaving/shared-pairs-card';
import { mineGrouped } from './mine-groups';
import { MyMentoring } from './my-mentoring';
import { standing, statusFor } from './proposal-words';

type Row = MyProposals['proposals'][number];

/** My own proposals and pairs: what waits for me first, then what waits for others, then what is over. */
@Component({
  selector: 'wm-mine-page',
  imports: [Chip, Empty, Icon, MyMentoring, PageHeader, RouterLink, SharedPairsCard, Skeleton, Trouble],
  template: `
    <wm-page-header i18n-heading heading="My proposals and pairs" />
    <wm-my-mentoring class="mentoring" />
    <wm-shared-pairs-card />
    <section class="card card--flush" i18n-aria-label aria-label="My proposals and pairs">
      @if (resource.error()) {
        <wm-trouble
          [error]="resource.error()"
          i18n-heading
          heading="We could not load your proposals"
          (retry)="resource.reload()"
        />
      } @else if (resource.hasValue()) {
        @for (group of groups(); track group.title) {
          <h2 class="tasks__group">{{ group.title }}</h2>
          @for (row of group.rows; track row.id; let first = $first) {
            <div class="task" [class.task--next]="group.mine && first">
              <span class="task__ic"><wm-icon name="people" /></span>
              <div>
                <p class="task__what">{{ standing(row) }}</p>
                <p class="task__why">{{ why(row) }}</p>
              </div>
              <span class="task__due">
                <wm-chip [tone]="status(row.side, row.status).tone" [icon]="status(row.side, row.status).icon">{{
                  due(row)
                }}</wm-chip>
              </span>
              <a
                [class]="group.mine && first ? 'btn btn--main' : 'btn btn--line'"
                [routerLink]="['/mentoring/proposals', row.id]"
                [attr.aria-label]="label(row, group.mine)"
              >
                @if (row.status === 'accepted') {
                  <ng-container i18n>See and agree</ng-container>
                } @else if (group.mine) {
                  <ng-container i18n>See and answer</ng-container>
                } @else {
                  <ng-container i18n>See</ng-container>
                }
              </a>
            </div>
          }
        } @empty {
          <wm-empty
            i18n-heading
            heading="No proposals yet"
            i18n-text
            text="When a round is released and you are in it, you see here who is proposed to you and why, as a mentee or as a mentor."
          />
        }
      } @else {
        <div class="load"><wm-skeleton [rows]="3" i18n-label label="Loading your proposals" /></div>
      }
    </section>
  `,
  styles: `
    .mentoring {
      margin-bottom: var(--wm-5);
    }
    .mentoring:empty {
      margin: 0;
    }
    .load {
      padding: var(--wm-5);
    }
  `,
})
export class MinePage {
  protected readonly dates = inject(Dates);
  protected readonly status = statusFor;
  protected readonly resource = httpResource(() => '/api/mentoring/proposals', {
    parse: (raw) => myProposals.parse(raw),
  });
  protected readonly groups = computed(() =>
    this.resource.hasValue() ? mineGrouped(this.resource.value().proposals) : [],
  );

  protected standing(row: Row): string {
    if (row.over) return $localize`You and ${row.other.name}:other: were a pair`;
    return standing(row.side, row.status, row.other.name);
  }

  protected why(row: Row): string {
    return [row.other.unit, unbroken(row.other.grade), row.round].filter(Boolean).join(' · ');
  }

  protected due(row: Row): string {
    if (row.over) return $localize`Over`;
    const open = row.status === 'proposed' || row.status === 'accepted';
    return open && row.answerBy
      ? $localize`By ${this.dates.shortDayOf(row.answerBy)}:day:`
      : statusFor(row.side, row.status).text;
  }

  protected label(row: Row, mine: boolean): string {
    if (row.status === 'accepted') return $localize`See and agree: ${this.standing(row)}:proposal:`;
    return mine
      ? $localize`See and answer: ${this.standing(row)}:proposal:`
      : $localize`See: ${this.standing(row)}:proposal:`;
  }
}
