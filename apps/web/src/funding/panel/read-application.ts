import { Component, computed, inject, input } from '@angular/core';
import { poundsOf, type ReadApplication } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { unitAndGrade } from '../../shell/words';
import { costWords, sharingWords, takesPartWords } from '../applications/application-words';

/** An application as a panelist reads it: by its reference alone where the call is blind. */
@Component({
  selector: 'wm-read-application',
  imports: [Icon],
  template: `
    <div class="stack-5">
      <dl class="kv">
        @if (application().applicant; as person) {
          <div>
            <dt i18n>Applicant</dt>
            <dd>
              {{ person.name }}
              @if (unitAndGrade(person); as fact) {
                <span class="quiet">{{ fact }}</span>
              }
            </dd>
          </div>
        }
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
        <div>
          <dt i18n>Asks for</dt>
          <dd>
            <b class="num">{{ poundsOf(application().askedPence) }}</b>
            <span class="quiet" i18n>; {{ poundsOf(application().leastPence) }} would still make it possible</span>
          </dd>
        </div>
      </dl>
      <section>
        <h2 i18n>The case</h2>
        <p class="said">{{ document().case }}</p>
      </section>
      <section>
        <h2 i18n>What they want to learn</h2>
        <ol class="objectives">
          @for (objective of document().objectives; track $index) {
            <li>{{ objective }}</li>
          }
        </ol>
      </section>
      <section>
        <h2 i18n>How it will be shared</h2>
        <p>
          <b>{{ sharing[document().sharing.way] }}</b>
        </p>
        @if (document().sharing.how) {
          <p class="said">{{ document().sharing.how }}</p>
        }
      </section>
      @for (each of answers(); track each.id) {
        <section>
          <h2>{{ each.label }}</h2>
          <p class="said">{{ each.answer }}</p>
        </section>
      }
      <section>
        <h2 i18n>Costs</h2>
        <table class="dt dt--plain">
          <caption class="vh" i18n>
            Costs by line
          </caption>
          <tbody>
            @for (line of document().costs; track line.id) {
              <tr>
                <th scope="row">
                  {{ costs[line.category] }}
                  <span class="sub">{{ line.what }}</span>
                  @if (line.note) {
                    <span class="sub">{{ line.note }}</span>
                  }
                </th>
                <td class="r num">{{ poundsOf(line.amountPence) }}</td>
              </tr>
            }
            @for (line of document().otherFunding; track line.id) {
              <tr>
                <th scope="row">
                  <ng-container i18n>Other funding</ng-container>
                  <span class="sub">
                    {{ line.from ?? notNamed }},
                    @if (line.confirmed) {
                      <ng-container i18n>confirmed</ng-container>
                    } @else {
                      <ng-container i18n>hoped for</ng-container>
                    }
                  </span>
                </th>
                <td class="r num">{{ poundsOf(-line.amountPence) }}</td>
              </tr>
            }
          </tbody>
        </table>
      </section>
      @if (application().files.length > 0) {
        <section>
          <h2 i18n>Attachments</h2>
          <ul class="plain">
            @for (file of application().files; track file.id) {
              <li class="file">
                <wm-icon name="document" />
                <a [href]="'/api/funding/applications/' + application().applicationId + '/files/' + file.id" download>{{
                  file.name
                }}</a>
              </li>
            }
          </ul>
        </section>
      } @else if (application().filesWithheld > 0) {
        <p class="small quiet"><wm-icon name="lock" /> {{ withheld() }}</p>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    h2 {
      font-size: var(--wm-text-md);
      margin-bottom: var(--wm-2);
    }
    .said {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      max-width: 72ch;
    }
    .objectives {
      padding-left: 1.6em;
      list-style: decimal;
      overflow-wrap: anywhere;
    }
    .file {
      display: flex;
      gap: var(--wm-2);
      align-items: center;
      min-height: 40px;
      overflow-wrap: anywhere;
    }
  `,
})
export class ReadApplicationView {
  readonly application = input.required<ReadApplication>();
  private readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly unitAndGrade = unitAndGrade;
  protected readonly costs = costWords;
  protected readonly takesPart = takesPartWords;
  protected readonly sharing = sharingWords;
  protected readonly notNamed = $localize`not named while you read blind`;
  protected readonly document = computed(() => this.application().document);
  protected readonly when = computed(() => {
    const { startsOn, endsOn } = this.document().event;
    const first = this.dates.shortDayAndYear(startsOn);
    return startsOn === endsOn ? first : $localize`${first}:first: to ${this.dates.shortDayAndYear(endsOn)}:last:`;
  });
  protected readonly withheld = computed(() => {
    const count = this.application().filesWithheld;
    return count === 1
      ? $localize`1 attachment is withheld: a name could stand in it, and this call is read blind.`
      : $localize`${count}:count: attachments are withheld: a name could stand in them, and this call is read blind.`;
  });
  protected readonly answers = computed(() =>
    this.application().questions.flatMap(({ id, label, kind }) => {
      const answer = this.document().answers[id];
      if (!answer) return [];
      return [{ id, label, answer: kind !== 'yes-no' ? answer : answer === 'yes' ? $localize`Yes` : $localize`No` }];
    }),
  );
}
