import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  type StaffImportStatus,
  type StaffImportsPage as ImportsOfPage,
  staffImportStatuses,
  staffImportsPage,
} from '@waymark/contracts';
import { Chip, Empty, Icon, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { whileTrue } from '../../shell/while-true';
import { figure } from '../../shell/words';
import { StaffFileNeeds } from './staff-file-needs';
import { importStatusWords, kindWords, rowsWords } from './staff-import-words';

const pageSize = 25;
const pollMs = 2000;
const moving: readonly StaffImportStatus[] = ['reading', 'previewing', 'applying', 'undoing'];

type ImportLine = ImportsOfPage['rows'][number];

/** Every file of staff that was ever chosen: what it was, who loaded it, and what became of it. */
@Component({
  selector: 'wm-staff-imports-page',
  imports: [Chip, Empty, Icon, PageHeader, Pager, RouterLink, Skeleton, StaffFileNeeds, Trouble],
  templateUrl: './staff-imports-page.html',
  styleUrls: ['../../shell/table-cards.css', './staff-imports-page.css'],
})
export class StaffImportsPage {
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly statuses = staffImportStatuses;
  protected readonly statusWords = importStatusWords;
  protected readonly kinds = kindWords;
  protected readonly rowsWords = rowsWords;

  protected readonly status = computed(() => this.address.one('status', staffImportStatuses));
  protected readonly resource = httpResource(
    () => {
      const status = this.status();
      return {
        url: '/api/people/staff-imports',
        params: { page: this.address.page(), pageSize, ...(status && { status }) },
      };
    },
    { parse: (raw) => staffImportsPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);

  constructor() {
    whileTrue(
      () => (this.page()?.rows ?? []).some((row) => moving.includes(row.status)),
      pollMs,
      () => this.resource.reload(),
    );
  }

  /** "12 new, 3 changed, 1 refused": what the rows came to; null where they were not checked. */
  protected outcome({ counts, kind }: ImportLine): string | null {
    if (!counts) return null;
    const parts = [
      counts.new > 0 ? $localize`${figure(counts.new)}:count: new` : null,
      counts.changed > 0 ? $localize`${figure(counts.changed)}:count: changed` : null,
      counts.leaver > 0
        ? counts.leaver === 1
          ? $localize`1 leaver`
          : $localize`${figure(counts.leaver)}:count: leavers`
        : null,
      counts.refused > 0 ? $localize`${figure(counts.refused)}:count: refused` : null,
    ].filter((part) => part !== null);
    if (parts.length > 0) return parts.join(', ');
    return kind === 'staff' ? $localize`everybody as before` : $localize`nothing new`;
  }

  protected choose(status: string): void {
    this.address.change({ status, page: null });
  }
}
