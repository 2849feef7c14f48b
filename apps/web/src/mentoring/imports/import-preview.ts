import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { ImportRow, ImportView, importRowOutcomes, importRowsPage } from '@waymark/contracts';
import { Chip, Empty, Icon, Pager, Skeleton } from '@waymark/ui';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { Address } from '../../shell/address';
import { figure, listed } from '../../shell/words';
import { changeWords, outcomeWords, problemWords } from './import-words';

const pageSize = 25;

/** What becomes of each row of the file, before it is loaded: counted, and line by line. */
@Component({
  selector: 'wm-import-preview',
  imports: [Chip, Empty, Icon, Pager, Skeleton, Trouble],
  templateUrl: './import-preview.html',
  styleUrls: ['../../shell/table-cards.css', './import-preview.css'],
})
export class ImportPreview {
  readonly view = input.required<ImportView>();
  protected readonly address = inject(Address);
  protected readonly outcomes = importRowOutcomes;
  protected readonly words = outcomeWords;
  protected readonly problems = problemWords;
  protected readonly figure = figure;
  protected readonly change = changeWords;

  /** The rows are gone from the server by then; their figures stay. */
  protected readonly loaded = computed(() => this.view().status === 'applied');
  /** The refused first, because they want something of the reader. */
  protected readonly outcome = computed(() => {
    const asked = this.address.text('rows');
    if (asked === 'all') return undefined;
    const given = importRowOutcomes.find((each) => each === asked);
    return given ?? ((this.view().preview?.refused ?? 0) > 0 ? ('refused' as const) : undefined);
  });
  protected readonly figures = computed(() => {
    const preview = this.view().preview;
    return importRowOutcomes.map((outcome) => ({
      outcome,
      count: preview?.[outcome] ?? 0,
      note: this.notes[outcome],
    }));
  });
  protected readonly newUnits = computed(() => listed(this.view().preview?.newUnits ?? []));
  private readonly notes: Readonly<Record<ImportRow['outcome'], string>> = {
    new: $localize`come in for the first time`,
    changed: $localize`are known; something differs`,
    unchanged: $localize`are known and the same`,
    refused: $localize`cannot be loaded as they are`,
  };

  protected readonly resource = httpResource(
    () => {
      const { id, version, status } = this.view();
      const outcome = this.outcome();
      // The version is no part of the address; it makes the rows read again after each check.
      return version > 0 && status !== 'applied'
        ? {
            url: `/api/mentoring/imports/${id}/rows`,
            params: { page: this.address.page(), pageSize, ...(outcome && { outcome }) },
          }
        : undefined;
    },
    { parse: (raw) => importRowsPage.parse(raw) },
  );
  protected readonly rows = kept(this.resource);

  /** All that is said of somebody new, in one line. */
  protected told(row: ImportRow): string {
    return row.changes.map(changeWords).join(' · ');
  }

  protected show(outcome: string): void {
    this.address.change({ rows: outcome, page: null });
  }
}
