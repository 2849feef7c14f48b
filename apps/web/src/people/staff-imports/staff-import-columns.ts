import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { type StaffImportView, staffFields } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { counted, listed } from '../../shell/words';
import { StaffImportSettingsForm } from './staff-import-settings-form';
import { StaffImportStore } from './staff-import-store';
import { type MappingProblem, fieldsOf, settingsProblem, withField } from './staff-import-mapping';
import { fieldHints, fieldWords } from './staff-import-words';

/** What each column of the file means, and how the file is to be read. Folded once the rows are checked by it. */
@Component({
  selector: 'wm-staff-import-columns',
  imports: [Icon, StaffImportSettingsForm],
  templateUrl: './staff-import-columns.html',
  styleUrls: ['../../shell/table-cards.css', './staff-import-columns.css'],
})
export class StaffImportColumns {
  readonly view = input.required<StaffImportView>();
  readonly problems = input.required<readonly MappingProblem[]>();
  /** Whether to say what is missing. */
  readonly shown = input.required<boolean>();
  /** The rows below were read by these columns. */
  readonly checked = input.required<boolean>();
  readonly busy = input.required<boolean>();
  readonly check = output();
  protected readonly store = inject(StaffImportStore);

  protected readonly words = fieldWords;
  protected readonly hints = fieldHints;
  protected readonly fields = computed(() => fieldsOf(this.view().kind));
  protected readonly columns = computed(() =>
    this.view().columns.map((column) => ({
      ...column,
      field: this.store.mapping().find((each) => each.column === column.column)?.field ?? null,
      problem: this.problems().find((each) => each.column === column.column)?.text,
    })),
  );
  /** Problems of no column in particular; those of a column stand beside it. */
  protected readonly missing = computed(() => this.problems().filter((each) => each.column === null));
  protected readonly settingsProblem = computed(() =>
    settingsProblem(this.view().kind, this.store.mapping(), this.store.settings()),
  );
  protected readonly wrong = computed(() => {
    const columns = this.problems().filter((each) => each.column !== null).length;
    return columns > 0
      ? counted(columns, $localize`column above needs another choice.`, $localize`columns above need another choice.`)
      : null;
  });
  protected readonly open = linkedSignal(() => !this.checked());
  protected readonly used = computed(() => {
    const used = this.store.mapping().flatMap(({ field }) => (field === null ? [] : [fieldWords[field]]));
    return $localize`${used.length}:used: of ${this.store.mapping().length}:all: columns are read: ${listed(used)}:names:.`;
  });

  protected noHeading(column: number): string {
    return $localize`Column ${column + 1}:number:, without a heading`;
  }

  protected choose(column: number, typed: string): void {
    const field = staffFields.find((each) => each === typed) ?? null;
    this.store.changeMapping(withField(this.store.mapping(), column, field));
  }
}
