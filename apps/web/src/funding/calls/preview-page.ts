import { httpResource } from '@angular/common/http';
import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { callForApplicants } from '@waymark/contracts';
import { Icon, Message } from '@waymark/ui';
import { kept } from '../../shell/kept';
import { OpenCallPage } from '../landing/open-call-page';
import { CallDrafts } from './call-drafts';

/** The call as somebody who applies would see it, and what the form would ask them. */
@Component({
  selector: 'wm-preview-page',
  imports: [Icon, Message, OpenCallPage, RouterLink],
  template: `
    <div class="stack-5">
      <wm-message tone="wait" icon="eye">
        <p i18n>
          This is how an applicant sees the call.
          <a [routerLink]="['/funding/calls', id()]">Back to the call</a>
        </p>
        @if (unsaved()) {
          <p i18n>
            What you changed and have not saved is not in it.
            <a [routerLink]="['/funding/calls', id(), 'edit']">Go on changing it</a>
          </p>
        }
      </wm-message>
      <wm-open-call-page [callId]="id()" />
      @if (call(); as shown) {
        <section class="card stack" aria-labelledby="form-h">
          <h2 id="form-h" i18n>The form asks</h2>
          <ol class="bul">
            <li i18n>Event, place, days, link, and whether they attend, show a poster, speak or hold a workshop</li>
            <li i18n>
              Costs line by line, other funding, the least that would still make it possible, what is paid up front
            </li>
            <li i18n>The case, in {{ shown.terms.caseWordsMost }} words, and what they want to learn</li>
            <li i18n>How they will share it</li>
            @for (question of shown.terms.questions; track question.id) {
              <li>
                {{ question.label }}
                @if (!question.required) {
                  <span class="quiet small" i18n>(may be left out)</span>
                }
                @if (question.help) {
                  <span class="sub">{{ question.help }}</span>
                }
                @if (question.options.length) {
                  <span class="sub"><wm-icon name="chevron" /> {{ question.options.join(' · ') }}</span>
                }
              </li>
            }
          </ol>
        </section>
      }
    </div>
  `,
})
export class PreviewPage {
  readonly id = input.required<string>();
  private readonly drafts = inject(CallDrafts);
  protected readonly unsaved = computed(() => this.drafts.of(this.id()) !== undefined);
  private readonly resource = httpResource(() => `/api/funding/calls/${this.id()}/for-applicants`, {
    parse: (raw) => callForApplicants.parse(raw),
  });
  private readonly newest = kept(this.resource);
  protected readonly call = computed(() => {
    const call = this.newest();
    return call?.id === this.id() ? call : undefined;
  });

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => this.drafts.recover(id));
    });
  }
}
