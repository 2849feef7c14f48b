import { Component, computed } from '@angular/core';
import { Icon } from '@waymark/ui';
import { type CallDraft, weightSum } from './call-draft';
import { EditPart } from './edit-part';
import { TextField } from './text-field';

type Criterion = CallDraft['criteria'][number];

/** What is scored, with weights that make a hundred; their sum is shown while one types. */
@Component({
  selector: 'wm-edit-criteria',
  imports: [Icon, TextField],
  template: `
    <section class="card stack" aria-labelledby="criteria-h">
      <h2 id="criteria-h" i18n>Criteria and weights</h2>
      <p class="hint" i18n>Each is scored from 0 to 5. Applicants read the criteria, too.</p>
      @for (one of draft().criteria; track one.id) {
        <fieldset class="one">
          <legend class="vh" i18n>Criterion {{ $index + 1 }}</legend>
          <div class="head">
            <wm-text-field
              [for]="'criterion-' + one.id + '-name'"
              i18n-label
              label="Name"
              [max]="80"
              [value]="one.name"
              [fixed]="locked()"
              [error]="errors().get('criterion-' + one.id + '-name')"
              (typed)="change(one.id, { name: $event })"
            />
            <wm-text-field
              [for]="'criterion-' + one.id + '-weight'"
              i18n-label
              label="Weight"
              [figure]="true"
              [max]="3"
              [value]="one.weight"
              [fixed]="locked()"
              [error]="errors().get('criterion-' + one.id + '-weight')"
              (typed)="change(one.id, { weight: $event })"
            />
          </div>
          <wm-text-field
            [for]="'criterion-' + one.id + '-guidance'"
            i18n-label
            label="What earns which score"
            [rows]="2"
            [max]="2000"
            [value]="one.guidance"
            [fixed]="locked()"
            (typed)="change(one.id, { guidance: $event })"
          />
          @if (!locked() && draft().criteria.length > 1) {
            <button type="button" class="btn btn--text btn--sm" (click)="remove(one.id)">
              <wm-icon name="trash" /><ng-container i18n>Take out</ng-container><span class="vh">: {{ one.name }}</span>
            </button>
          }
        </fieldset>
      }
      <div class="row row--between sum" id="edit-weights" tabindex="-1">
        <p role="status">
          <b class="num">{{ sum() }}</b>&ngsp;
          @if (sum() === 100) {
            <span class="ok"><wm-icon name="tick" /> <ng-container i18n>of 100</ng-container></span>
          } @else {
            <ng-container i18n>of 100: {{ missing() }}</ng-container>
          }
        </p>
        @if (!locked() && draft().criteria.length < 12) {
          <button type="button" class="btn btn--line btn--sm" (click)="add()">
            <wm-icon name="plus" /><ng-container i18n>Add a criterion</ng-container>
          </button>
        }
      </div>
      @if (errors().get('edit-weights'); as text) {
        <p class="errmsg"><wm-icon name="warning" />{{ text }}</p>
      }
    </section>
  `,
  styles: `
    .one {
      display: grid;
      gap: var(--wm-3);
      padding-bottom: var(--wm-4);
      border-bottom: 1px solid var(--wm-line);
    }
    .one .btn {
      justify-self: start;
    }
    .head {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 112px;
      gap: var(--wm-4);
    }
    .sum .ok {
      display: inline-flex;
      gap: 4px;
      align-items: center;
      color: var(--wm-ok);
    }
  `,
})
export class EditCriteria extends EditPart {
  protected readonly locked = computed(() => this.fixed().has('terms'));
  protected readonly sum = computed(() => weightSum(this.draft().criteria));
  protected readonly missing = computed(() => {
    const rest = 100 - this.sum();
    return rest > 0 ? $localize`${rest}:points: to give` : $localize`${-rest}:points: too many`;
  });

  protected change(id: string, change: Partial<Criterion>): void {
    this.set.emit({ criteria: this.draft().criteria.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }

  protected remove(id: string): void {
    this.set.emit({ criteria: this.draft().criteria.filter((one) => one.id !== id) });
  }

  /** Its weight is what is left of a hundred. */
  protected add(): void {
    const weight = String(Math.max(0, 100 - this.sum()) || '');
    const fresh = { id: crypto.randomUUID(), name: '', guidance: '', weight };
    this.set.emit({ criteria: [...this.draft().criteria, fresh] });
  }
}
