import { Component, Injector, computed, inject, input, output } from '@angular/core';
import { RoundView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { sentenceCase } from '../../shell/words';
import { focusOn } from '../../shell/focus-on';
import { RulesDraft, SharedRow, withSharedRow } from './rules-draft';

/** Points for what both have in common: chosen among what people of the round have, or typed. */
@Component({
  selector: 'wm-shared-points',
  imports: [Icon],
  template: `
    <fieldset class="stack-2">
      <legend class="lab" i18n>In common</legend>
      @for (row of draft().shared; track row.key) {
        <div class="line">
          <input
            #attribute
            class="in in--sm"
            i18n-aria-label
            aria-label="What both have in common"
            list="rules-attributes"
            maxlength="40"
            [id]="'rules-shared-' + row.key"
            [value]="row.attribute"
            [disabled]="!may()"
            [attr.aria-invalid]="errors().has('rules-shared-' + row.key) || null"
            [attr.aria-describedby]="'rules-shared-error-' + row.key"
            (input)="put(row, { attribute: attribute.value })"
          />
          <span class="row">
            <input
              #points
              class="in in--sm figure"
              inputmode="numeric"
              [attr.aria-label]="pointsFor(row)"
              [id]="'rules-shared-points-' + row.key"
              [value]="row.points"
              [disabled]="!may()"
              [attr.aria-invalid]="errors().has('rules-shared-points-' + row.key) || null"
              [attr.aria-describedby]="'rules-shared-error-' + row.key"
              (input)="put(row, { points: points.value })"
            />
            <span class="small" i18n>points</span>
          </span>
          @if (may()) {
            <button type="button" class="icn" [attr.aria-label]="removeFor(row)" (click)="remove(row)">
              <wm-icon name="trash" />
            </button>
          }
          <p class="errmsg" [id]="'rules-shared-error-' + row.key">
            @if (errors().get('rules-shared-' + row.key) ?? errors().get('rules-shared-points-' + row.key); as text) {
              <wm-icon name="warning" />{{ text }}
            }
          </p>
        </div>
      } @empty {
        <p class="small quiet" i18n>Nothing in common gives points.</p>
      }
      <datalist id="rules-attributes">
        @for (each of attributes(); track each.name) {
          <option [value]="each.name"></option>
        }
      </datalist>
      @if (may()) {
        <div class="row">
          @for (each of unused(); track each.name) {
            <button type="button" class="pick" (click)="add(each.name)"><wm-icon name="plus" />{{ each.words }}</button>
          }
          <button type="button" class="btn btn--line btn--sm" id="rules-shared-add" (click)="add('')">
            <wm-icon name="plus" /><ng-container i18n>Add something else in common</ng-container>
          </button>
        </div>
      }
    </fieldset>
  `,
  styleUrl: './point-lines.css',
})
export class SharedPoints {
  private readonly injector = inject(Injector);
  readonly draft = input.required<RulesDraft>();
  readonly errors = input.required<ReadonlyMap<string, string>>();
  readonly may = input.required<boolean>();
  readonly attributes = input.required<RoundView['attributes']>();
  readonly changed = output<Partial<RulesDraft>>();

  /** What people of the round have and the rules do not use yet, with how many have it. */
  protected readonly unused = computed(() => {
    const used = new Set(this.draft().shared.map((row) => row.attribute.trim().toLowerCase()));
    return this.attributes()
      .filter((each) => !used.has(each.name.toLowerCase()))
      .slice(0, 12)
      .map((each) => ({
        name: each.name,
        words: $localize`${sentenceCase(each.name)}:attribute: (${each.mentees}:mentees: mentees, ${each.mentors}:mentors: mentors)`,
      }));
  });

  protected pointsFor(row: SharedRow): string {
    return $localize`Points for ${row.attribute || $localize`what they have in common`}:attribute:`;
  }

  protected removeFor(row: SharedRow): string {
    return $localize`Remove ${row.attribute || $localize`this line`}:attribute:`;
  }

  protected put(row: SharedRow, part: Partial<SharedRow>): void {
    this.changed.emit({
      shared: this.draft().shared.map((each) => (each.key === row.key ? { ...each, ...part } : each)),
    });
  }

  protected remove(row: SharedRow): void {
    this.changed.emit({ shared: this.draft().shared.filter((each) => each.key !== row.key) });
    document.getElementById('rules-shared-add')?.focus();
  }

  protected add(attribute: string): void {
    const { shared } = withSharedRow(this.draft(), attribute);
    this.changed.emit({ shared });
    const key = shared.at(-1)?.key;
    focusOn(attribute ? `rules-shared-points-${key}` : `rules-shared-${key}`, this.injector);
  }
}
