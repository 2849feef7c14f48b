import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type EndorsementAnswer, type EndorsementView, endorsementView } from '@waymark/contracts';
import { Chip, Message, PageHeader, Skeleton, Timeline, type TimelineEntry } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOn } from '../../shell/focus-on';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { AnswerApplication } from './answer-application';
import { EndorseFacts, type Seen } from './endorse-facts';
import { answerDone, askedAsWords, endorsementStatusWords } from './endorsement-words';

const stateOf: Readonly<Partial<Record<EndorsementView['status'], TimelineEntry['state']>>> = {
  asked: 'now',
  declined: 'bad',
};

/** One application, to be answered. On a phone the answer stands before the details. */
@Component({
  selector: 'wm-endorsement-page',
  imports: [AnswerApplication, Chip, EndorseFacts, Message, PageHeader, RouterLink, Skeleton, Timeline, Trouble],
  template: `
    @if (shown(); as view) {
      <wm-page-header [heading]="heading()">
        <ng-container trail><a routerLink="/funding/endorsements" i18n>Endorsements</a></ng-container>
        <ng-container meta>
          <wm-chip [tone]="statusWords[view.status].tone" [icon]="statusWords[view.status].icon">{{
            statusWords[view.status].text
          }}</wm-chip>
          <span>{{ view.call.name }}</span>
          <span class="num">{{ view.reference }}</span>
        </ng-container>
      </wm-page-header>
      @if (done()) {
        <wm-message class="after" tone="ok" id="endorsement-done" tabindex="-1">
          <p>{{ done() }}</p>
          <p class="mt"><a routerLink="/funding/endorsements" i18n>See what else waits for you</a></p>
        </wm-message>
      }
      <div class="cols cols--aside">
        <section class="card" aria-labelledby="asked-h">
          <h2 id="asked-h" class="vh" i18n>What is asked</h2>
          <wm-endorse-facts [seen]="seen(view)" [open]="true" />
        </section>
        <div class="stack-5 first">
          @if (view.mayAnswer) {
            <wm-answer-application
              [applicant]="view.applicant.name"
              [busy]="answering.busy()"
              [problem]="answering.problem()"
              (answered)="answer(view, $event.answer, $event.reason)"
            >
              @if (view.answerBy; as by) {
                <p class="small" i18n>
                  By <b>{{ dates.moment(by) }}</b>. Without an answer it goes to somebody else; no answer is not a yes.
                </p>
              }
              @if (inPlaceOf(view); as words) {
                <p class="small quiet">{{ words }}</p>
              }
              <button help type="button" class="btn btn--line btn--sm mt" (click)="reload()" i18n>
                See where it stands
              </button>
            </wm-answer-application>
          } @else if (!done()) {
            <section class="card stack-2" aria-labelledby="stands-h">
              <h2 id="stands-h" i18n>Where it stands</h2>
              @if (view.answeredBy) {
                <p i18n>{{ view.answeredBy }} answered on {{ dates.moment(view.answeredAt ?? '') }}.</p>
              } @else {
                <p i18n>It does not wait for your answer any more.</p>
              }
              @if (view.reason; as reason) {
                <blockquote>{{ reason }}</blockquote>
              }
            </section>
          }
          @if (view.earlier.length) {
            <section class="card" aria-labelledby="earlier-h">
              <h2 id="earlier-h" i18n>Asked before</h2>
              <wm-timeline [entries]="timeline(view)" />
            </section>
          }
          <p class="small" i18n>
            Away for a while? <a [routerLink]="['/people', me]">Name a delegate</a>, and what waits for you goes to
            them.
          </p>
        </div>
      </div>
    } @else if (resource.error()) {
      <wm-page-header i18n-heading heading="Endorsement" />
      <wm-trouble
        [error]="resource.error()"
        i18n-heading
        heading="We could not load this application"
        (retry)="resource.reload()"
      />
    } @else {
      <wm-page-header i18n-heading heading="Endorsement" />
      <div class="card"><wm-skeleton [rows]="4" i18n-label label="Loading the application" /></div>
    }
  `,
  styles: `
    .after {
      display: block;
      margin-bottom: var(--wm-4);
    }
    .after:focus {
      outline: none;
    }
    blockquote {
      margin: 0;
      padding-left: var(--wm-3);
      border-left: 3px solid var(--wm-line-strong);
      overflow-wrap: anywhere;
    }
    /* An approver meets the approval before the details. */
    @media (max-width: 899px) {
      .first {
        order: -1;
      }
    }
  `,
})
export class EndorsementPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  protected readonly me = inject(Session).signedIn()?.person.id ?? '';
  protected readonly statusWords = endorsementStatusWords;
  protected readonly answering = new Deed();
  protected readonly done = signal('');
  private readonly injector = inject(Injector);

  protected readonly resource = httpResource(() => `/api/funding/endorsements/${this.id()}`, {
    parse: (raw) => endorsementView.parse(raw),
  });
  protected readonly shown = kept(this.resource);
  protected readonly heading = computed(() => {
    const view = this.shown();
    if (!view) return '';
    return view.purpose === 'changed-event'
      ? $localize`${view.applicant.name}:applicant:’s event has moved`
      : $localize`${view.applicant.name}:applicant: would like to go to ${view.event.name}:event:`;
  });

  protected seen(view: EndorsementView): Seen {
    const { document } = view;
    return {
      purpose: view.purpose,
      applicant: view.applicant.name,
      event: view.event.name,
      startsOn: view.event.startsOn,
      endsOn: view.event.endsOn,
      place: document.event.place,
      as: document.event.as,
      link: document.event.link,
      askedPence: view.askedPence,
      leastPence: view.leastPence,
      upFrontPence: document.upFront.amountPence,
      costs: document.costs,
      case: document.case,
      objectives: document.objectives,
      before: view.before,
      clashesWith: view.clashesWith,
      funded: view.funded,
    };
  }

  protected inPlaceOf(view: EndorsementView): string {
    if (view.askedOf.id !== this.me)
      return $localize`Asked of ${view.askedOf.name}:person:; you decide for ${view.applicant.name}:applicant: now.`;
    return view.askedAs === 'line-manager'
      ? ''
      : $localize`You are asked as: ${askedAsWords(view.askedAs, view.inPlaceOf)}:why:.`;
  }

  protected timeline({ earlier }: EndorsementView): TimelineEntry[] {
    return earlier.map(({ askedOf, askedAs, askedAt, status, reason }) => ({
      what: `${askedOf}, ${askedAsWords(askedAs, null)}: ${endorsementStatusWords[status].text}`,
      who: [this.dates.moment(askedAt), reason].filter(Boolean).join(' · '),
      state: stateOf[status] ?? 'done',
    }));
  }

  protected async answer(view: EndorsementView, answer: EndorsementAnswer, reason: string): Promise<void> {
    const { version } = view;
    await this.answering.run(async () => {
      const url = `/api/funding/endorsements/${view.id}/answer`;
      this.resource.set(await this.commands.post(url, { version, answer, reason }, endorsementView));
      this.done.set(answerDone(answer, view.applicant.name));
      // The buttons are gone by now.
      focusOn('endorsement-done', this.injector);
    });
  }

  protected reload(): void {
    this.answering.forget();
    this.resource.reload();
  }
}
