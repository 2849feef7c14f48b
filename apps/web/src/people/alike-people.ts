import { Component, input, output } from '@angular/core';
import type { AlikeReason, AlikeView } from '@waymark/contracts';
import { Chip, Message, Person } from '@waymark/ui';
import { listed } from '../shell/words';

const reasonWords: Readonly<Record<AlikeReason, string>> = {
  name: $localize`the same name`,
  email: $localize`a like e-mail address`,
  'staff-number': $localize`the same staff number`,
};

/** People who are here already and may be the one about to be added. */
@Component({
  selector: 'wm-alike-people',
  imports: [Chip, Message, Person],
  template: `
    <wm-message tone="due" i18n-heading heading="Is this person here already?">
      <p i18n>Nothing is saved yet. Look at who is alike: two records of one person cannot be put together later.</p>
      <ul class="lines mt">
        @for (person of people(); track person.id) {
          <li>
            <wm-person [name]="person.name" [fact]="factOf(person)" [link]="['/people', person.id]" />
            @if (!person.active) {
              <wm-chip tone="draft" icon="leave" i18n>Has left</wm-chip>
            }
          </li>
        }
      </ul>
      <div class="row mt">
        <button
          type="button"
          class="btn btn--line btn--sm"
          [attr.aria-disabled]="busy() || null"
          (click)="goOn.emit()"
          i18n
        >
          None of these: add the person
        </button>
      </div>
    </wm-message>
  `,
  styles: `
    .btn {
      padding-block: var(--wm-2);
      white-space: normal;
    }
  `,
})
export class AlikePeople {
  readonly people = input.required<AlikeView['people']>();
  readonly busy = input(false);
  readonly goOn = output();

  protected factOf({ because, unit, email }: AlikeView['people'][number]): string {
    const why = listed(because.map((reason) => reasonWords[reason]));
    return [why, unit, email].filter(Boolean).join(' · ');
  }
}
