import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, output } from '@angular/core';
import { LeftOutRow, RoundView, RunView, leftOutPage } from '@waymark/contracts';
import { Chip, Pager, Person, Skeleton } from '@waymark/ui';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { Address } from '../../shell/address';
import { SearchBox } from '../../shell/search-box';
import { figure, unitAndGrade } from '../../shell/words';
import type { Asked } from '../choices/asked';
import { blockedSentence, reasonPlate, reasonSentence, waitedWords } from './left-out-words';

const pageSize = 5;

/** Who has no mentor in a run, with what decided it. */
@Component({
  selector: 'wm-run-left-out',
  imports: [Chip, Pager, Person, SearchBox, Skeleton, Trouble],
  template: `
    <section class="card card--flush" aria-labelledby="left-h">
      <div class="card__head">
        <h2 id="left-h" i18n>Left out</h2>
        <span class="small quiet" i18n>{{ count() }} of {{ all() }}</span>
      </div>
      @if ((run().leftOut ?? 0) > pageSize || search()) {
        <div class="box">
          <wm-search-box
            for="left-search"
            i18n-label
            label="Search by name"
            [value]="search() ?? ''"
            (searched)="searchFor($event)"
          />
        </div>
      }
      @if (resource.error()) {
        <div class="box">
          <wm-trouble
            [error]="resource.error()"
            [compact]="true"
            i18n-heading
            heading="We could not load who is left out"
          >
            <button type="button" class="btn btn--line btn--sm" (click)="resource.reload()" i18n>Try again</button>
          </wm-trouble>
        </div>
      } @else if (page(); as page) {
        @if (page.rows.length) {
          <ul class="outl box">
            @for (row of page.rows; track row.mentee.id) {
              <li>
                <div class="row row--between">
                  <wm-person size="sm" [name]="row.mentee.name" [fact]="fact(row)" />
                  <wm-chip tone="due" icon="warning">{{ plate(row) }}</wm-chip>
                </div>
                <p class="small">{{ sentence(row) }}</p>
                <details>
                  <summary i18n>What keeps others away</summary>
                  <p class="small quiet">{{ blocked(row) }}</p>
                </details>
                @if (mayAsk) {
                  <div class="row acts">
                    <button
                      type="button"
                      class="btn btn--text btn--sm"
                      [attr.aria-label]="whyLabel(row)"
                      (click)="ask('why', row)"
                      i18n
                    >
                      Why not …?
                    </button>
                    @if (round().may.choose) {
                      <button
                        type="button"
                        class="btn btn--text btn--sm"
                        [attr.aria-label]="pinLabel(row)"
                        (click)="ask('pin', row)"
                        i18n
                      >
                        Pin with …
                      </button>
                    }
                  </div>
                }
              </li>
            }
          </ul>
          <wm-pager
            i18n-label
            label="Pages of those left out"
            [page]="page.page"
            [pageSize]="page.pageSize"
            [total]="page.total"
            (goTo)="address.change({ 'left-page': $event })"
          />
        } @else if (search()) {
          <p class="box quiet" i18n>Nobody left out has this name.</p>
        } @else {
          <p class="box quiet" i18n>Everybody in this round has a mentor.</p>
        }
        @if (page.rows.length) {
          <p class="box small quiet" i18n>They go to the front of the next round.</p>
        }
      } @else {
        <div class="box"><wm-skeleton [rows]="3" i18n-label label="Loading who is left out" /></div>
      }
    </section>
  `,
  styleUrl: './run-left-out.css',
})
export class RunLeftOut {
  readonly run = input.required<RunView>();
  readonly round = input.required<RoundView>();
  readonly asked = output<Asked>();
  protected readonly address = inject(Address);
  protected readonly mayAsk = inject(Session).may('rounds.run');
  protected readonly pageSize = pageSize;
  protected readonly search = computed(() => this.address.text('left-search'));
  protected readonly count = computed(() => figure(this.run().leftOut ?? 0));
  protected readonly all = computed(() => figure(this.run().mentees));

  /** Apart, so that polling the round does not read the list again. */
  private readonly runId = computed(() => this.run().id);
  protected readonly resource = httpResource(
    () => {
      const search = this.search();
      return {
        url: `/api/mentoring/runs/${this.runId()}/left-out`,
        params: { page: this.address.page('left-page'), pageSize, ...(search && { search }) },
      };
    },
    { parse: (raw) => leftOutPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);
  protected readonly plate = reasonPlate;
  protected readonly sentence = reasonSentence;

  protected ask(about: Asked['about'], { mentee }: LeftOutRow): void {
    this.asked.emit({ about, mentee, mentor: null });
  }

  protected whyLabel({ mentee }: LeftOutRow): string {
    return $localize`Why not … with ${mentee.name}:mentee:?`;
  }

  protected pinLabel({ mentee }: LeftOutRow): string {
    return $localize`Pin with … ${mentee.name}:mentee:`;
  }

  protected blocked(row: LeftOutRow): string {
    return blockedSentence(row.blocked, this.run().rules);
  }

  protected fact(row: LeftOutRow): string {
    return [unitAndGrade(row.mentee), waitedWords(row.waited)].filter(Boolean).join(' · ');
  }

  protected searchFor(search: string): void {
    this.address.change({ 'left-search': search, 'left-page': null }, 'typing');
  }
}
