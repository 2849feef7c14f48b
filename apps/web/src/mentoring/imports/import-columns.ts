import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { ImportField, ImportView, importFields } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { listed } from '../../shell/words';
import { ImportStore } from './import-store';
import { MappingProblem, fieldWords, fieldsForColumn, mappedWords, withAttribute, withField } from './mapping';

/** What each column of the file means. The server's suggestion is chosen already; values about identity are never shown. */
@Component({
  selector: 'wm-import-columns',
  imports: [Icon],
  templateUrl: './import-columns.html',
  styleUrls: ['../../shell/table-cards.css', './import-columns.css'],
})
export class ImportColumns {
  readonly view = input.required<ImportView>();
  readonly problems = input.required<readonly MappingProblem[]>();
  /** Whether to say what is missing. */
  readonly shown = input.required<boolean>();
  readonly placesProblem = input.required<string | null>();
  /** The rows below were read by these columns. */
  readonly checked = input.required<boolean>();
  readonly busy = input.required<boolean>();
  readonly check = output();
  protected readonly store = inject(ImportStore);

  protected readonly words = fieldWords;
  protected readonly columns = computed(() =>
    this.view().columns.map((column) => ({
      ...column,
      fields: fieldsForColumn(
        this.view().side,
        column.private,
        this.view().mapping.find((each) => each.column === column.column)?.field,
      ),
      mapped: this.store.mapping().find((each) => each.column === column.column),
      problem: this.shown() ? this.problems().find((each) => each.column === column.column)?.text : undefined,
    })),
  );
  /** Once the rows are checked, they are what matters. */
  protected readonly open = linkedSignal(() => !this.checked());
  protected readonly used = computed(() => {
    const mapping = this.store.mapping();
    const used = mapping.filter((each) => each.field !== 'leave-out');
    const names = listed(used.map(mappedWords));
    return $localize`${used.length}:used: of ${mapping.length}:all: columns are used: ${names}:names:.`;
  });
  protected readonly needsPlaces = computed(() => this.view().side === 'mentors');

  protected choose(column: number, typed: string, heading: string): void {
    const field: ImportField = importFields.find((each) => each === typed) ?? 'leave-out';
    this.store.changeMapping(withField(this.store.mapping(), column, field, heading));
  }

  protected name(column: number, attribute: string): void {
    this.store.changeMapping(withAttribute(this.store.mapping(), column, attribute));
  }
}
