import { httpResource } from '@angular/common/http';
import { Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { RoundChoice, RoundView, roundChoicesPage } from '@waymark/contracts';
import { Icon, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { RoundStore } from '../rounds/round-store';
import type { Asked } from './asked';

const pageSize = 5;

/** Pairs that coordinators pinned or forbade in this round; the next run takes them into account. */
@Component({
  selector: 'wm-choices-list',
  imports: [Icon, Pager, Skeleton, Trouble],
  template: `
    <section class="card" aria-labelledby="choices-h">
      <div class="card__head">
        <h2 id="choices-h" i18n>Pinned and forbidden</h2>
        <span class="small quiet">{{ counts() }}</span>
      </div>
      @if (resource.error()) {
        <wm-trouble [error]="resource.error()" [compact]="true" i18n-heading heading="We could not load these choices">
          <button type="button" class="btn btn--line btn--sm" (click)="resource.reload()" i18n>Try again</button>
        </wm-trouble>
      } @else if (page(); as page) {
        @if (taking.problem()) {
          <wm-trouble [error]="taking.problem()" [compact]="true" />
        }
        <ul class="plain list">
          @for (choice of page.rows; track choice.id) {
            <li>
              <wm-icon [name]="choice.kind === 'pin' ? 'pin' : 'forbid'" />
              <div>
                <p>
                  <b>
                    @if (choice.kind === 'pin') {
                      <ng-container i18n>{{ choice.mentee.name }} with {{ choice.mentor.name }}</ng-container>
                    } @else {
                      <ng-container i18n>{{ choice.mentee.name }} not with {{ choice.mentor.name }}</ng-container>
                    }
                  </b>
                </p>
                @if (choice.reason; as reason) {
                  <p class="small reason">{{ reason }}</p>
                }
                <p class="small quiet">{{ choice.madeBy }}, {{ dates.shortDayOf(choice.madeAt) }}</p>
              </div>
              @if (round().may.choose) {
                <button
                  type="button"
                  class="icn"
                  [attr.aria-label]="backLabel(choice)"
                  [disabled]="taking.busy()"
                  (click)="takeBack(choice)"
                >
                  <wm-icon name="close" />
                </button>
              }
            </li>
          } @empty {
            <li class="small quiet none" i18n>Nothing is decided by hand: the rules alone say who may be with whom.</li>
          }
        </ul>
        <wm-pager
          i18n-label
          label="Pages of choices"
          [page]="page.page"
          [pageSize]="page.pageSize"
          [total]="page.total"
          (goTo)="address.change({ 'choices-page': $event })"
        />
      } @else {
        <wm-skeleton [rows]="2" i18n-label label="Loading the choices" />
      }
      @if (round().may.choose) {
        <div class="row acts">
          <button type="button" class="btn btn--line btn--sm" (click)="ask('pin')">
            <wm-icon name="pin" /><ng-container i18n>Pin two people</ng-container>
          </button>
          <button type="button" class="btn btn--line btn--sm" (click)="ask('forbid')">
            <wm-icon name="forbid" /><ng-container i18n>Forbid a pair</ng-container>
          </button>
        </div>
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .list li {
      display: grid;
      grid-template-columns: 20px minmax(0, 1fr) auto;
      gap: var(--wm-2);
      padding: var(--wm-2) 0;
      border-top: 1px solid var(--wm-line);
    }
    .list li:first-child {
      border: 0;
    }
    .list .none {
      display: block;
    }
    .reason {
      overflow-wrap: anywhere;
    }
    .acts {
      margin-top: var(--wm-3);
    }
  `,
})
export class ChoicesList {
  readonly round = input.required<RoundView>();
  readonly asked = output<Asked>();
  private readonly store = inject(RoundStore);
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly taking = new Deed();

  /** Apart, so that polling the round does not read the list again. */
  private readonly roundId = computed(() => this.round().id);
  protected readonly resource = httpResource(
    () => ({
      url: `/api/mentoring/rounds/${this.roundId()}/choices`,
      params: { page: this.address.page('choices-page'), pageSize },
    }),
    { parse: (raw) => roundChoicesPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);
  protected readonly counts = computed(() => {
    const { pinned, forbidden } = this.round().choices;
    return $localize`${pinned}:pinned: pinned, ${forbidden}:forbidden: forbidden`;
  });

  constructor() {
    let first = true;
    effect(() => {
      this.store.peopleChanged();
      if (!first) untracked(() => this.resource.reload());
      first = false;
    });
  }

  protected ask(about: 'pin' | 'forbid'): void {
    this.asked.emit({ about, mentee: null, mentor: null });
  }

  protected backLabel(choice: RoundChoice): string {
    return choice.kind === 'pin'
      ? $localize`Take the pin of ${choice.mentee.name}:mentee: with ${choice.mentor.name}:mentor: back`
      : $localize`Allow ${choice.mentee.name}:mentee: with ${choice.mentor.name}:mentor: again`;
  }

  protected async takeBack(choice: RoundChoice): Promise<void> {
    await this.taking.run(() => this.store.takeBack(this.round(), choice.id));
  }
}
