import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { auditPage } from '@waymark/contracts';
import { Empty, PageHeader, Skeleton, Timeline, type TimelineEntry } from '@waymark/ui';
import { Address } from '../shell/address';
import { Dates } from '../shell/dates';
import { kept } from '../shell/kept';
import { pageTitle } from '../shell/page-title';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { actInWords, kindInWords } from './act-words';
import { detailsInWords } from './detail-words';
import { pageOf, subjectInWords, whoInWords } from './entry-words';

/** All that happened to one record, oldest first, a hundred lines at a time from the newest on. */
@Component({
  selector: 'wm-audit-record-page',
  imports: [Empty, PageHeader, RouterLink, Skeleton, Timeline, Trouble],
  template: `
    <wm-page-header [heading]="heading()">
      <a trail routerLink="/audit" i18n>Audit</a>
      <ng-container meta>
        <span i18n>All that happened to this record</span>
        @if (page(); as link) {
          <a [routerLink]="link" i18n>Open the record</a>
        }
      </ng-container>
    </wm-page-header>
    <section class="card" aria-labelledby="timeline-h">
      <h2 id="timeline-h" class="card__head" i18n>Timeline</h2>
      @if (entries.error()) {
        <wm-trouble
          [error]="entries.error()"
          i18n-heading
          heading="We could not load the timeline"
          (retry)="entries.reload()"
        />
      } @else if (shown(); as some) {
        @if (lines().length) {
          @if (some.earlier; as cursor) {
            <button type="button" class="btn btn--line btn--sm" (click)="turn('earlier', cursor)" i18n>Earlier</button>
          }
          <wm-timeline [entries]="lines()" />
          @if (some.later; as cursor) {
            <button type="button" class="btn btn--line btn--sm" (click)="turn('later', cursor)" i18n>Later</button>
          }
        } @else {
          <wm-empty
            art="search"
            i18n-heading
            heading="Nothing is recorded of it"
            i18n-text
            text="The address may be wrong, or the record is of another institution."
          />
        }
      } @else {
        <wm-skeleton [rows]="5" i18n-label label="Loading the timeline" />
      }
    </section>
  `,
  styles: `
    .btn {
      margin-block: var(--wm-3);
    }
  `,
})
export class RecordPage {
  private readonly address = inject(Address);
  private readonly dates = inject(Dates);
  private readonly session = inject(Session);
  readonly kind = input.required<string>();
  readonly id = input.required<string>();

  protected readonly entries = httpResource(
    () => {
      const [earlier, later] = [this.address.text('earlier'), this.address.text('later')];
      return {
        url: '/api/audit/entries',
        params: { record: this.id(), pageSize: 100, ...(later ? { later } : earlier ? { earlier } : {}) },
      };
    },
    { parse: (raw) => auditPage.parse(raw) },
  );
  protected readonly shown = kept(this.entries);
  private readonly rows = computed(() => (this.shown()?.rows ?? []).filter(({ subject }) => subject.id === this.id()));
  private readonly ofKind = computed(() => this.rows().find(({ subject }) => subject.kind === this.kind()));
  protected readonly heading = computed(() => {
    const subject = this.ofKind()?.subject;
    return subject ? subjectInWords(subject) : kindInWords(this.kind());
  });
  protected readonly page = computed(() => {
    const row = this.ofKind();
    return row ? pageOf(row, (permission) => this.session.may(permission)) : null;
  });
  protected readonly lines = computed(() =>
    this.rows()
      .toReversed()
      .map((row): TimelineEntry => {
        const more = detailsInWords(row.details, (day) => this.dates.day(day));
        return {
          what: more ? $localize`${actInWords(row.act)}:act: (${more}:details:)` : actInWords(row.act),
          who: $localize`${whoInWords(row)}:who:, ${this.dates.moment(row.at)}:moment:`,
          state: 'done',
        };
      }),
  );

  constructor() {
    pageTitle(() => this.heading());
  }

  protected turn(direction: 'earlier' | 'later', cursor: string): void {
    this.address.change({ earlier: null, later: null, [direction]: cursor });
  }
}
