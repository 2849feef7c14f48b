import { httpResource } from '@angular/common/http';
import { Component, computed, input, model, signal } from '@angular/core';
import { PersonCard, Side, participantsPage } from '@waymark/contracts';
import { Person } from '@waymark/ui';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { unitAndGrade } from '../../shell/words';

const shownAtMost = 6;

/** One mentor or mentee of a round, found by name. Once chosen, the choice stands alone and can be changed. */
@Component({
  selector: 'wm-person-picker',
  imports: [Person, SearchBox, Trouble],
  template: `
    <fieldset>
      <legend class="lab">{{ label() }}</legend>
      @if (person(); as chosen) {
        <div class="row row--between">
          <wm-person size="sm" [name]="chosen.name" [fact]="fact(chosen)" />
          <button
            type="button"
            class="btn btn--text btn--sm"
            [attr.aria-label]="changeLabel()"
            (click)="person.set(null)"
            i18n
          >
            Change
          </button>
        </div>
      } @else {
        <wm-search-box
          [for]="'pick-' + side()"
          i18n-label
          label="Search by name"
          [value]="search()"
          (searched)="search.set($event)"
        />
        @if (resource.error()) {
          <wm-trouble [error]="resource.error()" [compact]="true" />
        } @else if (page(); as found) {
          <ul class="plain found">
            @for (each of found.rows; track each.id) {
              <li>
                <button type="button" class="pick" (click)="choose(each)">
                  <wm-person size="sm" [name]="each.name" [fact]="fact(each)" />
                </button>
              </li>
            } @empty {
              <li class="small quiet" i18n>Nobody in this round has this name.</li>
            }
          </ul>
          @if (found.total > found.rows.length) {
            <p class="small quiet" i18n>{{ found.total - found.rows.length }} more: type a name to find them.</p>
          }
        }
      }
    </fieldset>
  `,
  styles: `
    :host {
      display: block;
    }
    fieldset {
      min-width: 0;
    }
    .found {
      margin-top: var(--wm-2);
    }
    .pick {
      display: block;
      width: 100%;
      min-height: 44px;
      padding: 4px 8px;
      border: 0;
      border-radius: var(--wm-r-2);
      background: none;
      color: inherit;
      font: inherit;
      text-align: left;
      cursor: pointer;
    }
    .pick:hover {
      background: var(--wm-sunk);
    }
  `,
})
export class PersonPicker {
  readonly side = input.required<Side>();
  readonly roundId = input.required<string>();
  readonly label = input.required<string>();
  readonly person = model<PersonCard | null>(null);
  protected readonly search = signal('');
  protected readonly fact = unitAndGrade;
  protected readonly changeLabel = computed(() => $localize`Change ${this.person()?.name ?? ''}:name:`);

  protected readonly resource = httpResource(
    () =>
      this.person() !== null
        ? undefined
        : {
            url: `/api/mentoring/rounds/${this.roundId()}/${this.side()}`,
            params: { pageSize: shownAtMost, ...(this.search() && { search: this.search() }) },
          },
    { parse: (raw) => participantsPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);

  protected choose({ id, name, unit, grade }: PersonCard): void {
    this.person.set({ id, name, unit, grade });
  }
}
