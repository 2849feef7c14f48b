import { Component, computed, input } from '@angular/core';
import type { StaffField, StaffFileKind } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { eitherFields, fieldsOf, neededFields } from './staff-import-mapping';
import { fieldHints, fieldWords, kindWords } from './staff-import-words';

interface FieldGroup {
  title: string;
  fields: readonly StaffField[];
}

const groups: readonly FieldGroup[] = [
  { title: $localize`Who it is`, fields: ['staff-number', 'email', 'given-name', 'family-name', 'full-name'] },
  { title: $localize`Work`, fields: ['job-title', 'unit', 'unit-1', 'unit-2', 'unit-3', 'grade', 'technician'] },
  { title: $localize`Manager`, fields: ['manager-staff-number', 'manager-email'] },
  { title: $localize`Contract`, fields: ['externally-funded', 'contract-until', 'left-on'] },
  {
    title: $localize`Skills and an award`,
    fields: ['skills', 'award-body', 'award', 'award-number', 'awarded-on', 'award-valid-to'],
  },
];

/** What a file of a kind needs, which columns are understood, and a template with them. */
@Component({
  selector: 'wm-staff-file-needs',
  imports: [Icon],
  template: `
    <div class="stack">
      <ul class="bul small">
        @switch (kind()) {
          @case ('staff') {
            <li i18n>A line of headings, then one row a person. A title above the headings does no harm.</li>
            <li i18n>A staff number or an e-mail, and a name, for everybody.</li>
          }
          @case ('managers') {
            <li i18n>One row a person: who it is, and who manages them.</li>
            <li i18n>People by staff number or e-mail, as they are here.</li>
          }
          @case ('skills') {
            <li i18n>A person and their skills in each row; a person may have several rows.</li>
            <li i18n>People by staff number or e-mail, as they are here.</li>
          }
          @case ('awards') {
            <li i18n>A person and one award in each row: body, award, and the day it was awarded.</li>
            <li i18n>People by staff number or e-mail, as they are here.</li>
          }
        }
        <li i18n>Headings can have any name: next you say what each column means.</li>
      </ul>
      <div>
        <h3 i18n>A template</h3>
        <p class="small quiet" i18n>Headings that are recognised, and one made-up row.</p>
        <div class="row mt">
          <a class="btn btn--line btn--sm" [href]="template('csv')" download>
            <wm-icon name="download" /><span>CSV</span><span class="vh" i18n>, template for {{ words().title }}</span>
          </a>
          <a class="btn btn--line btn--sm" [href]="template('xlsx')" download>
            <wm-icon name="download" /><span>XLSX</span><span class="vh" i18n>, template for {{ words().title }}</span>
          </a>
        </div>
      </div>
      <details>
        <summary i18n>Columns that are understood</summary>
        @for (group of shown(); track group.title) {
          <h3 class="small">{{ group.title }}</h3>
          <ul class="fields small">
            @for (field of group.fields; track field.name) {
              <li>
                {{ field.words }}
                @if (field.needed) {
                  <span class="needed" i18n>needed</span>
                } @else if (field.either) {
                  <span class="needed" i18n>one of these</span>
                }
                @if (field.hint) {
                  <span class="sub">{{ field.hint }}</span>
                }
              </li>
            }
          </ul>
        }
      </details>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .fields {
      padding: 0;
      margin-bottom: var(--wm-3);
    }
    .fields li {
      padding: 4px 0;
      border-top: 1px solid var(--wm-line);
    }
    .fields li:first-child {
      border: 0;
    }
    details h3 {
      margin-top: var(--wm-3);
    }
    .needed {
      margin-left: 6px;
      font-size: var(--wm-text-xs);
      font-weight: var(--wm-medium);
      color: var(--wm-due);
    }
  `,
})
export class StaffFileNeeds {
  readonly kind = input.required<StaffFileKind>();
  protected readonly words = computed(() => kindWords[this.kind()]);
  protected readonly shown = computed(() => {
    const understood = fieldsOf(this.kind());
    const needed = neededFields(this.kind());
    const either = eitherFields(this.kind()).flat();
    return groups
      .map(({ title, fields }) => ({
        title,
        fields: fields
          .filter((field) => understood.includes(field))
          .map((name) => ({
            name,
            words: fieldWords[name],
            hint: fieldHints[name],
            needed: needed.includes(name),
            either: either.includes(name),
          })),
      }))
      .filter(({ fields }) => fields.length > 0);
  });

  protected template(format: 'csv' | 'xlsx'): string {
    return `/api/people/staff-imports/template?kind=${this.kind()}&format=${format}`;
  }
}
