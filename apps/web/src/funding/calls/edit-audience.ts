import { httpResource } from '@angular/common/http';
import { Component, computed, signal } from '@angular/core';
import { gradesView, unitsView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { EditPart } from './edit-part';

const foundAtMost = 8;

/** Whom the call is for: technicians or everybody, of some units and grades or of all. */
@Component({
  selector: 'wm-edit-audience',
  imports: [Icon],
  template: `
    <section class="card stack" aria-labelledby="edit-audience">
      <h2 id="edit-audience" tabindex="-1" i18n>Who may apply</h2>
      <label class="check"
        ><input
          type="checkbox"
          [checked]="draft().techniciansOnly"
          [disabled]="locked()"
          (change)="set.emit({ techniciansOnly: !draft().techniciansOnly })"
        /><span i18n>Technicians only</span></label
      >
      <fieldset class="stack-2">
        <legend class="lab" i18n>Of which units</legend>
        @if (chosenUnits().length) {
          <ul class="plain picks">
            @for (unit of chosenUnits(); track unit.id) {
              <li>
                <span class="pick" aria-pressed="true"
                  >{{ unit.name }}
                  @if (!locked()) {
                    <button
                      type="button"
                      class="out"
                      [attr.aria-label]="removeLabel(unit.name)"
                      (click)="remove(unit.id)"
                    >
                      <wm-icon name="close" />
                    </button>
                  }
                </span>
              </li>
            }
          </ul>
        } @else {
          <p class="hint" i18n>Of all units. Choose some to narrow it down; each takes in those below it.</p>
        }
        @if (!locked()) {
          <div class="field narrow">
            <label for="edit-unit" i18n>Add a unit</label>
            <input
              #sought
              class="in in--sm"
              id="edit-unit"
              type="search"
              autocomplete="off"
              maxlength="100"
              [value]="search()"
              (input)="search.set(sought.value)"
            />
          </div>
          @if (search().trim()) {
            <ul class="plain picks" aria-live="polite">
              @for (unit of found(); track unit.id) {
                <li>
                  <button type="button" class="pick" (click)="add(unit.id)">
                    <wm-icon name="plus" />{{ unit.name }}
                  </button>
                </li>
              } @empty {
                <li class="small quiet" i18n>No other unit has this name.</li>
              }
            </ul>
          }
        }
      </fieldset>
      @if (grades().length) {
        <fieldset class="stack-2">
          <legend class="lab" i18n>At which grades</legend>
          @if (!draft().gradeIds.length) {
            <p class="hint" i18n>At all grades.</p>
          }
          <div class="picks">
            @for (grade of grades(); track grade.id) {
              <button
                type="button"
                class="pick"
                [disabled]="locked()"
                [attr.aria-pressed]="draft().gradeIds.includes(grade.id)"
                (click)="toggle(grade.id)"
              >
                {{ grade.name }}
              </button>
            }
          </div>
        </fieldset>
      }
    </section>
  `,
  styles: `
    .picks {
      display: flex;
      flex-wrap: wrap;
      gap: var(--wm-2);
    }
    .out {
      display: inline-grid;
      place-items: center;
      width: 28px;
      height: 28px;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      cursor: pointer;
    }
  `,
})
export class EditAudience extends EditPart {
  private readonly unitsResource = httpResource(() => '/api/units', { parse: (raw) => unitsView.parse(raw) });
  private readonly gradesResource = httpResource(() => '/api/grades', { parse: (raw) => gradesView.parse(raw) });
  private readonly units = computed(() => (this.unitsResource.hasValue() ? this.unitsResource.value().units : []));
  protected readonly grades = computed(() =>
    this.gradesResource.hasValue() ? this.gradesResource.value().grades : [],
  );
  protected readonly search = signal('');
  protected readonly locked = computed(() => this.fixed().has('terms'));
  protected readonly chosenUnits = computed(() =>
    this.draft().unitIds.map((id) => ({ id, name: this.units().find((unit) => unit.id === id)?.name ?? '…' })),
  );
  protected readonly found = computed(() => {
    const sought = this.search().trim().toLocaleLowerCase('en-GB');
    const chosen = new Set(this.draft().unitIds);
    return this.units()
      .filter(({ id, name }) => !chosen.has(id) && name.toLocaleLowerCase('en-GB').includes(sought))
      .slice(0, foundAtMost);
  });

  protected removeLabel(name: string): string {
    return $localize`Take out ${name}:unit:`;
  }

  protected add(id: string): void {
    this.search.set('');
    this.set.emit({ unitIds: [...this.draft().unitIds, id] });
  }

  protected remove(id: string): void {
    this.set.emit({ unitIds: this.draft().unitIds.filter((each) => each !== id) });
  }

  protected toggle(id: string): void {
    const { gradeIds } = this.draft();
    this.set.emit({ gradeIds: gradeIds.includes(id) ? gradeIds.filter((each) => each !== id) : [...gradeIds, id] });
  }
}
