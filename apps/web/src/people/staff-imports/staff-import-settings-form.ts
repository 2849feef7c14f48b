import { Component, computed, inject, input } from '@angular/core';
import type { StaffImportView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { StaffImportStore } from './staff-import-store';
import { dateExample, settingsShown } from './staff-import-mapping';

/** How the file is to be read: only what means anything for its columns. */
@Component({
  selector: 'wm-staff-import-settings-form',
  imports: [Icon],
  template: `
    @if (any()) {
      <h3 class="title" i18n>Settings of this file</h3>
      <div class="settings">
        @if (shown().dateOrder) {
          <fieldset [disabled]="busy()">
            <legend class="lab" i18n>Dates such as 03/04/2026</legend>
            <div class="seg">
              <label>
                <input
                  type="radio"
                  name="date-order"
                  [checked]="settings().dateOrder === 'day-first'"
                  (change)="store.changeSettings({ dateOrder: 'day-first' })"
                />
                <wm-icon name="tick" /><span i18n>Day first</span>
              </label>
              <label>
                <input
                  type="radio"
                  name="date-order"
                  [checked]="settings().dateOrder === 'month-first'"
                  (change)="store.changeSettings({ dateOrder: 'month-first' })"
                />
                <wm-icon name="tick" /><span i18n>Month first</span>
              </label>
            </div>
            <p class="hint" role="status">{{ exampleWords() }}</p>
          </fieldset>
        }
        @if (shown().technicians) {
          <div class="tick">
            <input
              #technicians
              type="checkbox"
              id="new-technicians"
              [checked]="settings().newAreTechnicians"
              [disabled]="busy()"
              aria-describedby="new-technicians-hint"
              (change)="store.changeSettings({ newAreTechnicians: technicians.checked })"
            />
            <div>
              <label for="new-technicians" i18n>New people are technicians</label>
              <p class="hint" id="new-technicians-hint" i18n>
                No column says who is one, and a job title is never taken for it. People who are here keep what they
                are.
              </p>
            </div>
          </div>
        }
        @if (shown().makeUnits) {
          <div class="tick">
            <input
              #units
              type="checkbox"
              id="make-units"
              [checked]="settings().makeUnits"
              [disabled]="busy()"
              aria-describedby="make-units-hint"
              (change)="store.changeSettings({ makeUnits: units.checked })"
            />
            <div>
              <label for="make-units" i18n>Make units that are not here yet</label>
              <p class="hint" id="make-units-hint" i18n>Otherwise rows that name one are refused.</p>
            </div>
          </div>
        }
        @if (shown().makeSkills) {
          <div class="tick">
            <input
              #skills
              type="checkbox"
              id="make-skills"
              [checked]="settings().makeSkills"
              [disabled]="busy()"
              aria-describedby="make-skills-hint"
              (change)="store.changeSettings({ makeSkills: skills.checked })"
            />
            <div>
              <label for="make-skills" i18n>Add skills that are not here yet</label>
              <p class="hint" id="make-skills-hint" i18n>Otherwise rows that name one are refused.</p>
            </div>
          </div>
        }
        @if (shown().leavers) {
          <div class="tick">
            <input
              #leavers
              type="checkbox"
              id="missing-leave"
              [checked]="settings().missingAreLeavers"
              [disabled]="busy()"
              aria-describedby="missing-leave-hint"
              (change)="findLeavers(leavers.checked)"
            />
            <div>
              <label for="missing-leave" i18n>This file lists everybody: whoever is missing has left</label>
              <p class="hint" id="missing-leave-hint" i18n>
                Only people with a staff number are taken for leavers, never the externally funded or those added by
                hand.
              </p>
              @if (settings().missingAreLeavers) {
                <div class="field last-day">
                  <label for="last-day" i18n>Their last day</label>
                  <input
                    #day
                    class="in in--sm"
                    type="date"
                    id="last-day"
                    [value]="settings().lastDayOfMissing ?? ''"
                    [disabled]="busy()"
                    [attr.aria-invalid]="problem() ? true : null"
                    [attr.aria-describedby]="problem() ? 'last-day-error' : null"
                    (change)="store.changeSettings({ lastDayOfMissing: day.value || null })"
                  />
                </div>
              }
              @if (problem(); as words) {
                <p class="errmsg" id="last-day-error"><wm-icon name="warning" />{{ words }}</p>
              }
            </div>
          </div>
        }
      </div>
    }
  `,
  styles: `
    .title {
      margin-bottom: var(--wm-3);
    }
    .settings {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--wm-4) var(--wm-6);
    }
    .seg {
      margin: 4px 0;
    }
    .seg label:has(:focus-visible) {
      outline: 3px solid var(--wm-focus-out);
      outline-offset: -3px;
    }
    .tick {
      display: grid;
      grid-template-columns: 24px minmax(0, 1fr);
      gap: var(--wm-2);
      align-items: start;
    }
    .tick input[type='checkbox'] {
      width: 20px;
      height: 20px;
      margin: 2px 0 0;
      accent-color: var(--wm-primary);
    }
    .tick label {
      font-weight: var(--wm-medium);
    }
    .hint {
      max-width: 60ch;
    }
    .last-day {
      margin-top: var(--wm-2);
      max-width: 200px;
    }
    .errmsg {
      margin-top: 4px;
    }
    @media (max-width: 899px) {
      .settings {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class StaffImportSettingsForm {
  readonly view = input.required<StaffImportView>();
  readonly problem = input.required<string | null>();
  readonly busy = input.required<boolean>();
  private readonly dates = inject(Dates);
  protected readonly store = inject(StaffImportStore);

  protected readonly settings = this.store.settings;
  protected readonly shown = computed(() => settingsShown(this.view().kind, this.store.mapping()));
  protected readonly any = computed(() => Object.values(this.shown()).some(Boolean));
  protected readonly exampleWords = computed(() => {
    const example = dateExample(this.view().columns, this.store.mapping(), this.settings().dateOrder);
    if (!example) return $localize`No date among the first rows depends on it.`;
    const { heading, sample, day } = example;
    return day === null
      ? $localize`In “${heading}:heading:”, ${sample}:sample: is no day in this order.`
      : $localize`In “${heading}:heading:”, ${sample}:sample: is read as ${this.dates.day(day)}:day:.`;
  });

  protected findLeavers(missingAreLeavers: boolean): void {
    const lastDayOfMissing = missingAreLeavers
      ? (this.settings().lastDayOfMissing ?? this.dates.calendarDay(new Date().toISOString()))
      : null;
    this.store.changeSettings({ missingAreLeavers, lastDayOfMissing });
  }
}
