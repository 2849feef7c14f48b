import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type EndorsementAnswer, endorseLinkView } from '@waymark/contracts';
import { Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOn } from '../../shell/focus-on';
import { problemFrom } from '../../shell/problem';
import { Trouble } from '../../shell/trouble';
import { AnswerApplication } from './answer-application';
import { EndorseFacts, type Seen } from './endorse-facts';
import { answerDone, askedAsWords, linkEnded } from './endorsement-words';

/** From the mail, without signing in: what is asked, and the answer. Opening it changes nothing; its buttons do, once. */
@Component({
  selector: 'wm-endorse-link-page',
  imports: [AnswerApplication, EndorseFacts, Message, PageHeader, RouterLink, Skeleton, Trouble],
  template: `
    <div class="narrow centre">
      @if (link.hasValue()) {
        @let view = link.value();
        <wm-page-header [heading]="heading()">
          <ng-container meta>
            @if (view.asked; as asked) {
              <span>{{ asked.call }}, {{ view.institution }}</span>
              @if (asked.askedAs !== 'line-manager') {
                <span i18n>You are asked as: {{ askedAs(asked.askedAs, asked.inPlaceOf) }}</span>
              }
            } @else {
              <span>{{ view.event }}, {{ view.institution }}</span>
            }
          </ng-container>
        </wm-page-header>
        <div class="stack-5">
          @if (view.state === 'answered') {
            <wm-message tone="ok" id="link-done" tabindex="-1" i18n-heading heading="Thank you, {{ view.givenName }}">
              <p>{{ done() }}</p>
            </wm-message>
          } @else if (ended(); as words) {
            <wm-message
              tone="wait"
              [icon]="view.state === 'answered-elsewhere' ? 'tick-circle' : 'clock'"
              [heading]="words.heading"
            >
              <p>{{ words.text }}</p>
            </wm-message>
          } @else if (seen(); as asked) {
            <section class="card" aria-labelledby="asked-h">
              <h2 id="asked-h" class="vh" i18n>What is asked</h2>
              <wm-endorse-facts part="what" [seen]="asked" />
            </section>
            <wm-answer-application
              [applicant]="view.applicant"
              [busy]="answering.busy()"
              [problem]="answering.problem()"
              (answered)="answer($event.answer, $event.reason)"
            >
              @if (view.asked?.answerBy; as by) {
                <p class="small" i18n>
                  Please answer by <b>{{ dates.moment(by) }}</b>. Without an answer it goes to somebody else; no answer
                  is not a yes.
                </p>
              }
            </wm-answer-application>
            <section class="card" aria-labelledby="more-h">
              <h2 id="more-h" class="vh" i18n>What helps to answer</h2>
              <wm-endorse-facts part="more" [seen]="asked" />
            </section>
            <p class="small quiet" i18n>
              You answer as {{ view.givenName }}, to whom this link was sent. It works once. If you are somebody else,
              close this page.
            </p>
          }
          @if (view.state !== 'open') {
            <p><a routerLink="/funding/endorsements" i18n>See all your endorsements</a></p>
          }
        </div>
      } @else if (link.error()) {
        <wm-page-header i18n-heading heading="We could not open this link" />
        @if (unknown()) {
          <wm-message tone="due" i18n-heading heading="There is no such link">
            <p i18n>
              Mail programs sometimes cut an address in two: copy the whole line from the message, or
              <a routerLink="/funding/endorsements">sign in and find it among your endorsements</a>.
            </p>
          </wm-message>
        } @else {
          <wm-trouble
            [error]="link.error()"
            i18n-heading
            heading="We could not open this link"
            (retry)="link.reload()"
          />
        }
      } @else {
        <wm-page-header i18n-heading heading="An application for you to answer" />
        <div class="card"><wm-skeleton [rows]="3" i18n-label label="Opening your link" /></div>
      }
    </div>
  `,
  styles: `
    #link-done:focus {
      outline: none;
    }
  `,
})
export class EndorseLinkPage {
  readonly token = input.required<string>();
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  protected readonly askedAs = askedAsWords;
  private readonly injector = inject(Injector);
  protected readonly answering = new Deed();

  private readonly address = computed(() => `/api/endorse/${encodeURIComponent(this.token())}`);
  protected readonly link = httpResource(() => this.address(), { parse: (raw) => endorseLinkView.parse(raw) });
  protected readonly unknown = computed(() => {
    const { refusal } = problemFrom(this.link.error());
    return refusal === 'not-found' || refusal === 'invalid-input';
  });
  private readonly view = computed(() => (this.link.hasValue() ? this.link.value() : undefined));

  protected readonly heading = computed(() => {
    const view = this.view();
    if (!view) return '';
    if (view.state === 'open' && view.asked?.purpose === 'changed-event') {
      return $localize`${view.applicant}:applicant:’s event has moved: can they still go?`;
    }
    return view.state === 'open'
      ? $localize`Can ${view.applicant}:applicant: go to ${view.event}:event:?`
      : $localize`${view.applicant}:applicant:’s application`;
  });
  protected readonly seen = computed<Seen | null>(() => {
    const view = this.view();
    return view?.asked
      ? { ...view.asked, applicant: view.applicant, event: view.event, link: '', objectives: [] }
      : null;
  });
  protected readonly done = computed(() => {
    const view = this.view();
    return view?.answer ? answerDone(view.answer, view.applicant) : '';
  });
  protected readonly ended = computed(() => {
    const view = this.view();
    if (!view || view.state === 'open' || view.state === 'answered') return null;
    return linkEnded[view.state](view.applicant);
  });

  protected async answer(answer: EndorsementAnswer, reason: string): Promise<void> {
    const done = await this.answering.run(async () => {
      this.link.set(await this.commands.post(`${this.address()}/answer`, { answer, reason }, endorseLinkView));
      window.scrollTo(0, 0);
      focusOn('link-done', this.injector);
    });
    const refusal = this.answering.problem()?.refusal;
    // Somebody else was quicker, or it ended meanwhile: the page says which.
    if (!done && (refusal === 'link-expired' || refusal?.startsWith('endorsement-'))) this.link.reload();
  }
}
