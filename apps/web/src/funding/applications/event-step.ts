import { Component, computed, inject } from '@angular/core';
import { takesPartAs } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { takesPartWords } from './application-words';
import { DraftText } from './draft-text';
import { FormState } from './form-state';

/** Step 1: what it is, where and when, and what the person will do there. */
@Component({
  selector: 'wm-event-step',
  imports: [DraftText, Field],
  template: `
    <div class="stack">
      <wm-draft-text
        for="f-event.name"
        i18n-label
        label="Name of the event"
        i18n-hint
        hint="A conference, a course, a visit: what you want to go to."
        required
        [value]="event().name"
        [error]="form.error('event.name')"
        (typed)="form.changeEvent({ name: $event })"
      />
      <wm-draft-text
        for="f-event.place"
        i18n-label
        label="Where"
        i18n-hint
        hint="The town, or “online”."
        required
        [max]="120"
        [value]="event().place"
        [error]="form.error('event.place')"
        (typed)="form.changeEvent({ place: $event })"
      />
      <div class="two">
        <wm-draft-text
          for="f-event.startsOn"
          i18n-label
          label="First day"
          type="date"
          required
          [max]="10"
          [value]="event().startsOn"
          [error]="form.error('event.startsOn')"
          (typed)="begin($event)"
        />
        <wm-draft-text
          for="f-event.endsOn"
          i18n-label
          label="Last day"
          type="date"
          required
          [max]="10"
          [value]="event().endsOn"
          [error]="form.error('event.endsOn')"
          (typed)="form.changeEvent({ endsOn: $event })"
        />
      </div>
      <wm-draft-text
        for="f-event.link"
        i18n-label
        label="Link, if it has one"
        type="url"
        [max]="500"
        [value]="event().link"
        [error]="form.error('event.link')"
        (typed)="form.changeEvent({ link: $event })"
      />
      <wm-field for="f-event.as" i18n-label label="What you will do there" [error]="form.error('event.as')">
        <select
          #way
          class="in"
          id="f-event.as"
          aria-required="true"
          [attr.aria-invalid]="form.error('event.as') ? true : null"
          [attr.aria-describedby]="form.error('event.as') ? 'f-event.as-error' : null"
          (change)="form.changeEvent({ as: one(way.value) })"
        >
          <option value="" [selected]="event().as === null" i18n>Choose one</option>
          @for (each of ways; track each) {
            <option [value]="each" [selected]="each === event().as">{{ words[each] }}</option>
          }
        </select>
      </wm-field>
      @if (event().as !== null && event().as !== 'attending') {
        <label class="check" for="f-event.onAbstract">
          <input
            #abstract
            id="f-event.onAbstract"
            type="checkbox"
            [checked]="event().onAbstract"
            (change)="form.changeEvent({ onAbstract: abstract.checked })"
          />
          <span i18n
            >It hangs on an abstract that has not been accepted yet
            <span class="hint"> An award then waits until it is.</span></span
          >
        </label>
      }
    </div>
  `,
})
export class EventStep {
  protected readonly form = inject(FormState);
  protected readonly event = computed(() => this.form.draft().event);
  protected readonly ways = takesPartAs;
  protected readonly words = takesPartWords;

  protected one(value: string): (typeof takesPartAs)[number] | null {
    return takesPartAs.find((each) => each === value) ?? null;
  }

  /** Most events of a day or two are looked up from their first day: the last follows while it is empty. */
  protected begin(startsOn: string): void {
    const { endsOn } = this.event();
    this.form.changeEvent({ startsOn, ...(endsOn === '' && /^[12]\d{3}-/.test(startsOn) ? { endsOn: startsOn } : {}) });
  }
}
