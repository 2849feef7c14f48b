import { Component, input } from '@angular/core';
import type { CallView } from '@waymark/contracts';
import { DayField } from './day-field';
import { EditPart } from './edit-part';
import { MomentField } from './moment-field';
import { TextField } from './text-field';

/** When a call opens and closes, and all that follows from it. */
@Component({
  selector: 'wm-edit-window',
  imports: [DayField, MomentField, TextField],
  template: `
    <section class="card stack" aria-labelledby="window-h">
      <h2 id="window-h" i18n>Window and dates</h2>
      <div class="two">
        <wm-moment-field
          for="edit-opens"
          i18n-label
          label="Opens"
          [value]="draft().opens"
          [fixed]="fixed().has('opensAt')"
          [error]="errors().get('edit-opens')"
          (typed)="set.emit({ opens: $event })"
        />
        <wm-moment-field
          for="edit-closes"
          i18n-label
          label="Closes"
          i18n-hint
          hint="To the second: at this moment it is closed."
          [value]="draft().closes"
          [fixed]="fixed().has('closesAt')"
          [error]="errors().get('edit-closes')"
          (typed)="set.emit({ closes: $event })"
        />
        <wm-moment-field
          for="edit-endorse"
          i18n-label
          label="Managers endorse by"
          i18n-hint
          hint="What nobody answered by then comes to you to decide."
          [value]="draft().endorseBy"
          [fixed]="fixed().has('endorseBy')"
          [error]="errors().get('edit-endorse')"
          (typed)="set.emit({ endorseBy: $event })"
        />
        <wm-text-field
          for="edit-grace"
          i18n-label
          label="Days of grace for returned ones"
          i18n-hint
          hint="So long past the close an application that came back with a question can be sent again."
          [figure]="true"
          [max]="2"
          [value]="draft().returnGraceDays"
          [fixed]="fixed().has('returnGraceDays')"
          [error]="errors().get('edit-grace')"
          (typed)="set.emit({ returnGraceDays: $event })"
        />
        <wm-day-field
          for="edit-decide"
          i18n-label
          label="Applicants hear by"
          [value]="draft().decideBy"
          [fixed]="fixed().has('decideBy')"
          [error]="errors().get('edit-decide')"
          (typed)="set.emit({ decideBy: $event })"
        />
        <wm-day-field
          for="edit-reserve"
          i18n-label
          label="Reserve list stands until"
          [value]="draft().reserveUntil"
          [fixed]="fixed().has('reserveUntil')"
          [error]="errors().get('edit-reserve')"
          (typed)="set.emit({ reserveUntil: $event })"
        />
        <wm-day-field
          for="edit-claim"
          i18n-label
          label="Awards are claimed by"
          i18n-hint
          hint="What nobody claimed then goes back to the pot."
          [value]="draft().claimBy"
          [fixed]="fixed().has('claimBy')"
          [error]="errors().get('edit-claim')"
          (typed)="set.emit({ claimBy: $event })"
        />
        @if (kind() === 'rolling') {
          <wm-day-field
            for="edit-rolls"
            i18n-label
            label="Goes on until"
            i18n-hint
            hint="The last month ends by this day."
            [value]="draft().rollsUntil"
            [fixed]="fixed().has('rollsUntil')"
            [error]="errors().get('edit-rolls')"
            (typed)="set.emit({ rollsUntil: $event })"
          />
        }
      </div>
      <fieldset class="stack-2">
        <legend class="lab" i18n>Next year’s dates</legend>
        <p class="hint" i18n>Shown to everybody, so that people can plan. Leave them empty while they are not known.</p>
        <div class="two">
          <wm-day-field
            for="edit-next-opens"
            i18n-label
            label="Opens next on"
            [value]="draft().nextOpensOn"
            [fixed]="fixed().has('nextOpensOn')"
            [error]="errors().get('edit-next-opens')"
            (typed)="set.emit({ nextOpensOn: $event })"
          />
          <wm-day-field
            for="edit-next-closes"
            i18n-label
            label="Closes next on"
            [value]="draft().nextClosesOn"
            [fixed]="fixed().has('nextClosesOn')"
            [error]="errors().get('edit-next-closes')"
            (typed)="set.emit({ nextClosesOn: $event })"
          />
        </div>
      </fieldset>
    </section>
  `,
  styles: `
    .two {
      align-items: end;
    }
  `,
})
export class EditWindow extends EditPart {
  readonly kind = input.required<CallView['kind']>();
}
