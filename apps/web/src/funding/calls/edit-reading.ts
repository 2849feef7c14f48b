import { Component, computed } from '@angular/core';
import { EditPart } from './edit-part';
import { TextField } from './text-field';

/** How applications are read: by how many, with or without names, and from which score on. */
@Component({
  selector: 'wm-edit-reading',
  imports: [TextField],
  template: `
    <section class="card stack" aria-labelledby="reading-h">
      <h2 id="reading-h" i18n>Reading and the bar</h2>
      <div class="two">
        <wm-text-field
          for="edit-reviewers"
          i18n-label
          label="Readers of each application"
          i18n-hint
          hint="Three at least."
          [figure]="true"
          [max]="2"
          [value]="draft().reviewersEach"
          [fixed]="locked()"
          [error]="errors().get('edit-reviewers')"
          (typed)="set.emit({ reviewersEach: $event })"
        />
        <wm-text-field
          for="edit-bar"
          i18n-label
          label="The bar"
          i18n-hint
          hint="Below this mean score nobody is awarded or put on the reserve list. 0 is no bar."
          [figure]="true"
          [max]="5"
          [value]="draft().bar"
          [fixed]="locked()"
          [error]="errors().get('edit-bar')"
          (typed)="set.emit({ bar: $event })"
        />
      </div>
      <label class="check"
        ><input
          type="checkbox"
          [checked]="draft().blind"
          [disabled]="locked()"
          (change)="set.emit({ blind: !draft().blind })"
        /><span
          ><b i18n>Blind</b>
          <span class="sub" i18n
            >Readers see neither name nor department. Ask applicants not to name themselves in the text.</span
          ></span
        ></label
      >
    </section>
  `,
})
export class EditReading extends EditPart {
  protected readonly locked = computed(() => this.fixed().has('terms'));
}
