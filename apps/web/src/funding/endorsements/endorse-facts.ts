import { Component, computed, inject, input } from '@angular/core';
import { type EndorseLinkView, poundsOf } from '@waymark/contracts';
import { Chip, Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { costWords, takesPartWords } from '../applications/application-words';
import { daysInWords } from '../applications/event-days';
import { awayWords } from './endorsement-words';

/** What an endorser needs to see, of the page and of the link alike. */
export interface Seen extends Omit<
  NonNullable<EndorseLinkView['asked']>,
  'answerBy' | 'inPlaceOf' | 'askedAs' | 'call'
> {
  applicant: string;
  event: string;
  link: string;
  objectives: readonly string[];
}

/** What is asked: when, what it costs, who else would be away, and what was funded before. */
@Component({
  selector: 'wm-endorse-facts',
  imports: [Chip, Icon],
  template: `
    @if (part() !== 'more') {
      <dl class="kv big">
        <div>
          <dt i18n>Away</dt>
          <dd>
            <b>{{ when() }}</b>
            @if (seen().before; as before) {
              <span class="sub" i18n>was {{ days(before.startsOn, before.endsOn) }}, for {{ before.name }}</span>
            }
          </dd>
        </div>
        <div>
          <dt i18n>Event</dt>
          <dd>
            {{ seen().event }}
            <span class="sub">{{ seen().place }} · {{ takesPart[seen().as] }}</span>
            @if (seen().link; as link) {
              <span class="sub"
                ><a [href]="link" rel="noopener noreferrer nofollow" target="_blank" i18n>The event’s own page</a></span
              >
            }
          </dd>
        </div>
        <div>
          <dt>
            @if (seen().purpose === 'application') {
              <ng-container i18n>Asked of the fund</ng-container>
            } @else {
              <ng-container i18n>Awarded</ng-container>
            }
          </dt>
          <dd>
            <b class="num">{{ poundsOf(seen().askedPence) }}</b>
            @if (seen().purpose === 'application') {
              <span class="sub num" i18n>{{ poundsOf(seen().leastPence) }} would still make it possible</span>
            }
            @if (seen().upFrontPence > 0) {
              <span class="sub num" i18n>{{ poundsOf(seen().upFrontPence) }} has to be paid before the event</span>
            }
          </dd>
        </div>
      </dl>
      @if (part() === 'what') {
        <p class="row">
          <wm-chip
            [tone]="seen().clashesWith.length ? 'due' : 'ok'"
            [icon]="seen().clashesWith.length ? 'calendar' : 'tick'"
            >{{ away() }}</wm-chip
          >
        </p>
      }
    }
    @if (part() !== 'what') {
      <section>
        <h3 i18n>The team on those days</h3>
        @if (seen().clashesWith.length) {
          @if (part() === 'all') {
            <p class="row chipped">
              <wm-chip tone="due" icon="calendar">{{ away() }}</wm-chip>
            </p>
          }
          <ul class="lines">
            @for (other of seen().clashesWith; track $index) {
              <li>
                <span
                  ><b>{{ other.name }}</b> <span class="sub">{{ other.event }}</span></span
                >
                <span class="small when"
                  >{{ short(other.startsOn, other.endsOn) }}
                  <span class="sub">
                    @if (other.awarded) {
                      <ng-container i18n>awarded</ng-container>
                    } @else {
                      <ng-container i18n>asked for</ng-container>
                    }
                  </span>
                </span>
              </li>
            }
          </ul>
        } @else {
          @if (part() === 'all') {
            <p class="row chipped">
              <wm-chip tone="ok" icon="tick">{{ away() }}</wm-chip>
            </p>
          }
          <p class="small quiet" i18n>Of what Waymark knows: other applications to the fund on these days.</p>
        }
      </section>

      <section>
        <h3 i18n>Funded before</h3>
        @if (seen().funded.length) {
          <ul class="lines">
            @for (award of seen().funded; track $index) {
              <li>
                <span
                  >{{ award.event }} <span class="sub">{{ award.call }}</span></span
                >
                <span class="num small">{{ poundsOf(award.amountPence) }} · {{ award.startsOn.slice(0, 4) }}</span>
              </li>
            }
          </ul>
        } @else {
          <p class="small" i18n>Nothing yet: this would be the first.</p>
        }
      </section>

      <details>
        <summary><wm-icon name="pound" /><ng-container i18n>Costs, line by line</ng-container></summary>
        <ul class="lines">
          @for (cost of seen().costs; track $index) {
            <li>
              <span
                >{{ costName(cost.category) }} <span class="sub">{{ cost.what }}</span></span
              >
              <span class="num">{{ poundsOf(cost.amountPence) }}</span>
            </li>
          }
        </ul>
      </details>
      <details [open]="open()">
        <summary><wm-icon name="document" /><ng-container i18n>Why they want to go</ng-container></summary>
        <p class="case">{{ seen().case }}</p>
        @if (seen().objectives.length) {
          <h4 i18n>They want to learn</h4>
          <ul class="bul">
            @for (objective of seen().objectives; track $index) {
              <li>{{ objective }}</li>
            }
          </ul>
        }
      </details>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--wm-4);
    }
    h3 {
      font-size: var(--wm-text-md);
      margin-bottom: var(--wm-2);
    }
    h4 {
      font-size: var(--wm-text-sm);
      margin: var(--wm-3) 0 var(--wm-1);
    }
    .sub {
      display: block;
    }
    .chipped {
      margin-bottom: var(--wm-3);
    }
    .when {
      flex: none;
      max-width: 50%;
      text-align: right;
    }
    summary {
      display: flex;
      gap: var(--wm-2);
      align-items: center;
      min-height: 44px;
      cursor: pointer;
      color: var(--wm-primary);
      font-weight: var(--wm-medium);
    }
    .case {
      white-space: pre-line;
      max-width: 68ch;
      overflow-wrap: anywhere;
    }
    @media (max-width: 599px) {
      .big div {
        grid-template-columns: minmax(0, 1fr);
        gap: 0;
      }
    }
  `,
})
export class EndorseFacts {
  readonly seen = input.required<Seen>();
  /** Whether the case stands open. */
  readonly open = input(false);
  /** The answer may stand between what is asked and what helps to give it. */
  readonly part = input<'all' | 'what' | 'more'>('all');
  private readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly takesPart = takesPartWords;
  protected readonly when = computed(() => this.days(this.seen().startsOn, this.seen().endsOn));
  protected readonly away = computed(() => awayWords(new Set(this.seen().clashesWith.map(({ name }) => name)).size));

  protected days(from: string, to: string): string {
    return daysInWords(from, to, this.dates);
  }

  protected short(from: string, to: string): string {
    return daysInWords(from, to, {
      day: (day) => this.dates.shortDayAndYear(day),
      shortDay: (day) => this.dates.shortDay(day),
    });
  }

  protected costName(category: string): string {
    return category in costWords ? costWords[category as keyof typeof costWords] : category;
  }
}
