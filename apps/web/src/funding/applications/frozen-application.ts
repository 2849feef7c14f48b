import { Component, computed, inject, input } from '@angular/core';
import { type SubmissionView, poundsOf, wordsOf } from '@waymark/contracts';
import { Dates } from '../../shell/dates';
import { costWords, sharingWords, takesPartWords, upFrontWords } from './application-words';
import { AskedBar } from './asked-bar';
import { daysInWords } from './event-days';
import { foreignMoney } from './foreign-money';

/** An application as it was sent, word for word, by the terms it was sent under. */
@Component({
  selector: 'wm-frozen-application',
  imports: [AskedBar],
  template: `
    <div class="stack-5">
      <section>
        <h3 i18n>Event</h3>
        <dl class="kv">
          <div>
            <dt i18n>Event</dt>
            <dd>{{ document().event.name }}</dd>
          </div>
          <div>
            <dt i18n>Where and when</dt>
            <dd>{{ document().event.place }}, {{ when() }}</dd>
          </div>
          <div>
            <dt i18n>Takes part</dt>
            <dd>
              {{ takesPart[document().event.as] }}
              @if (document().event.onAbstract) {
                <ng-container i18n> (hangs on an abstract)</ng-container>
              }
            </dd>
          </div>
          @if (document().event.link; as link) {
            <div>
              <dt i18n>Link</dt>
              <dd>
                <a [href]="link" rel="noopener noreferrer nofollow" target="_blank">{{ link }}</a>
              </dd>
            </div>
          }
        </dl>
      </section>
      <section>
        <h3 i18n>Costs</h3>
        <table class="dt dt--plain">
          <caption class="vh" i18n>
            Costs by line
          </caption>
          <tbody>
            @for (line of document().costs; track line.id) {
              <tr>
                <th scope="row">
                  {{ words[line.category] }}
                  <span class="sub">{{ line.what }}</span>
                  @if (line.note) {
                    <span class="sub">{{ line.note }}</span>
                  }
                  @if (line.foreign; as foreign) {
                    <span class="sub" i18n
                      >{{ foreignMoney(foreign.currency, foreign.amount) }} at {{ foreign.rate }} to the pound on
                      {{ dates.shortDay(foreign.on) }}</span
                    >
                  }
                </th>
                <td class="r num">{{ poundsOf(line.amountPence) }}</td>
              </tr>
            }
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" i18n>Total cost</th>
              <td class="r num">
                <b>{{ poundsOf(costs()) }}</b>
              </td>
            </tr>
            @for (line of document().otherFunding; track line.id) {
              <tr>
                <th scope="row">
                  <ng-container i18n>Other funding</ng-container>
                  <span class="sub"
                    >{{ line.from }},
                    @if (line.confirmed) {
                      <ng-container i18n>confirmed</ng-container>
                    } @else {
                      <ng-container i18n>hoped for, not taken off</ng-container>
                    }
                  </span>
                </th>
                <td class="r num">{{ poundsOf(line.confirmed ? -line.amountPence : line.amountPence) }}</td>
              </tr>
            }
            <tr>
              <th scope="row" i18n>Asked</th>
              <td class="r num">
                <b>{{ poundsOf(submission().askedPence) }}</b>
              </td>
            </tr>
          </tfoot>
        </table>
        <wm-asked-bar
          [costsPence]="costs()"
          [askedPence]="submission().askedPence"
          [otherPence]="confirmed()"
          [leastPence]="submission().leastPence"
        />
        <p class="mt-3"><span class="quiet" i18n>Paid up front: </span>{{ paidUpFront() }}</p>
      </section>
      <section>
        <h3 i18n>Case</h3>
        <p class="said">{{ document().case }}</p>
        <p class="small quiet num mt" i18n>{{ count() }} words</p>
      </section>
      <section>
        <h3 i18n>Learning objectives</h3>
        <ol class="objectives">
          @for (objective of document().objectives; track $index) {
            <li>{{ objective }}</li>
          }
        </ol>
        <p class="mt-3"><span class="quiet" i18n>Shared: </span>{{ sharing[document().sharing.way] }}</p>
        @if (document().sharing.how; as how) {
          <p class="said">{{ how }}</p>
        }
      </section>
      @for (each of answers(); track each.id) {
        <section>
          <h3>{{ each.label }}</h3>
          <p class="said">{{ each.answer }}</p>
        </section>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    h3 {
      font-size: var(--wm-text-md);
      margin-bottom: var(--wm-2);
    }
    .said {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .dt th {
      white-space: normal;
      overflow-wrap: anywhere;
    }
    wm-asked-bar {
      margin-top: var(--wm-3);
    }
    .objectives {
      list-style: decimal;
      padding-left: 1.4em;
      overflow-wrap: anywhere;
    }
  `,
})
export class FrozenApplication {
  readonly submission = input.required<SubmissionView>();
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly foreignMoney = foreignMoney;
  protected readonly words = costWords;
  protected readonly takesPart = takesPartWords;
  protected readonly sharing = sharingWords;

  protected readonly document = computed(() => this.submission().document);
  protected readonly when = computed(() => {
    const { startsOn, endsOn } = this.document().event;
    return daysInWords(startsOn, endsOn, this.dates);
  });
  protected readonly costs = computed(() =>
    this.document().costs.reduce((sum, { amountPence }) => sum + amountPence, 0),
  );
  protected readonly confirmed = computed(() =>
    this.document()
      .otherFunding.filter(({ confirmed }) => confirmed)
      .reduce((sum, { amountPence }) => sum + amountPence, 0),
  );
  protected readonly paidUpFront = computed(() => {
    const { by, amountPence } = this.document().upFront;
    const pounds = poundsOf(amountPence);
    return amountPence > 0 ? $localize`${upFrontWords[by]}:how:: ${pounds}:pounds:` : upFrontWords[by];
  });
  protected readonly count = computed(() => wordsOf(this.document().case));
  protected readonly answers = computed(() =>
    this.submission().terms.questions.flatMap(({ id, label, kind }) => {
      const answer = this.document().answers[id];
      if (!answer) return [];
      const yes = answer === 'yes' ? $localize`Yes` : $localize`No`;
      return [{ id, label, answer: kind === 'yes-no' ? yes : answer }];
    }),
  );
}
