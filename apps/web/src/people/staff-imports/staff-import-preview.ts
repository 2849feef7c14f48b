import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  type StaffImportRow,
  type StaffImportView,
  type StaffRowOutcome,
  staffFields,
  staffImportRowsPage,
  staffProblemCodes,
  staffRowOutcomes,
} from '@waymark/contracts';
import { Chip, Empty, Icon, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import {
  type ChangedField,
  changedFieldWords,
  noteWords,
  outcomeNotes,
  outcomeWords,
  problemWords,
  rowOutcomeWords,
  valueWords,
} from './staff-import-words';

const pageSize = 25;
const reasonsFirst = 4;
/** The other files are about people who are here already. */
const staffOnly: readonly StaffRowOutcome[] = ['new', 'leaver'];
const changedFields: readonly ChangedField[] = [...staffFields, 'manager'];

/** What becomes, or became, of each row of the file: counted, filtered and line by line. */
@Component({
  selector: 'wm-staff-import-preview',
  imports: [Chip, Empty, Icon, Pager, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './staff-import-preview.html',
  styleUrls: ['../../shell/table-cards.css', './staff-import-preview.css'],
})
export class StaffImportPreview {
  readonly view = input.required<StaffImportView>();
  protected readonly address = inject(Address);
  private readonly dates = inject(Dates);
  protected readonly words = rowOutcomeWords;
  protected readonly problems = problemWords;
  protected readonly figure = figure;
  protected readonly fieldWords = changedFieldWords;

  /** It is loaded: the rows are its record. */
  protected readonly loaded = computed(() => ['applied', 'undoing', 'undone'].includes(this.view().status));
  protected readonly field = computed(() => this.address.one('field', changedFields));
  protected readonly problem = computed(() => this.address.one('problem', staffProblemCodes));
  protected readonly search = computed(() => this.address.text('search'));
  /** The refused first, because they want something of the reader. */
  protected readonly outcome = computed(() => {
    const asked = this.address.text('rows');
    if (asked === 'all' || this.field()) return undefined;
    const given = staffRowOutcomes.find((each) => each === asked);
    if (given || this.loaded() || this.search()) return given;
    return (this.view().counts?.refused ?? 0) > 0 ? ('refused' as const) : undefined;
  });
  protected readonly figures = computed(() =>
    staffRowOutcomes
      .filter((outcome) => this.view().kind === 'staff' || !staffOnly.includes(outcome))
      .map((outcome) => ({
        outcome,
        count: this.view().counts?.[outcome] ?? 0,
        text: outcomeWords[outcome].text,
        note: outcome === 'leaver' ? this.leaverNote() : outcomeNotes[outcome][this.loaded() ? 'after' : 'before'],
      })),
  );
  /** Beside leavers, how many people there are; once loaded that number is another one. */
  private readonly leaverNote = computed(() => {
    const { settings, people } = this.view();
    if (this.loaded()) return outcomeNotes.leaver.after;
    return settings.missingAreLeavers
      ? $localize`of ${figure(people)}:people: people here`
      : outcomeNotes.leaver.before;
  });
  protected readonly filtered = computed(() => Boolean(this.field() ?? this.problem() ?? this.search()));

  /** The most frequent reasons; all of them where one further down is chosen or asked for. */
  protected readonly allProblems = signal(false);
  protected readonly problemsShown = computed(() => {
    const all = this.view().problems;
    const chosen = all.findIndex((each) => each.code === this.problem());
    const few = all.length <= reasonsFirst + 1;
    return few || this.allProblems() || chosen >= reasonsFirst ? all : all.slice(0, reasonsFirst);
  });

  private readonly filters = computed(() => {
    const outcome = this.outcome();
    const field = this.field();
    const problem = this.problem();
    const search = this.search();
    return {
      ...(outcome && { outcome }),
      ...(field && { field }),
      ...(problem && { problem }),
      ...(search && { search }),
    };
  });
  protected readonly resource = httpResource(
    () => {
      const { id, version } = this.view();
      // The version is no part of the address; it makes the rows read again after each check.
      return version > 0
        ? {
            url: `/api/people/staff-imports/${id}/rows`,
            params: { page: this.address.page(), pageSize, ...this.filters() },
          }
        : undefined;
    },
    { parse: (raw) => staffImportRowsPage.parse(raw) },
  );
  protected readonly rows = kept(this.resource);

  protected exportUrl(format: 'csv' | 'xlsx'): string {
    const query = new URLSearchParams({ ...this.filters(), format });
    return `/api/people/staff-imports/${this.view().id}/rows/export?${query.toString()}`;
  }

  /** All that is said of somebody new, in one line. */
  protected told(row: StaffImportRow): string {
    return row.changes
      .filter(({ field, to }) => to !== null && !nameFields.includes(field))
      .map(({ field, to }) => $localize`${changedFieldWords(field)}:field:: ${this.say(field, to)}:value:`)
      .join(' · ');
  }

  protected say(field: ChangedField, value: string | null): string {
    return valueWords(field, value, (day) => this.dates.day(day));
  }

  protected note({ code, value }: StaffImportRow['notes'][number]): string {
    return noteWords[code](value);
  }

  protected show(outcome: string): void {
    this.address.change({ rows: outcome, field: null, problem: null, page: null });
  }

  protected showField(field: ChangedField): void {
    this.address.change({ rows: 'all', field: field === this.field() ? null : field, problem: null, page: null });
  }

  protected showProblem(problem: string): void {
    const chosen = problem === this.problem() ? null : problem;
    this.address.change({ rows: 'refused', problem: chosen, field: null, page: null });
  }

  protected find(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected showAll(): void {
    this.address.change({ rows: 'all', field: null, problem: null, search: null, page: null });
  }
}

/** They stand at the head of the row already. */
const nameFields: readonly ChangedField[] = ['given-name', 'family-name', 'full-name', 'email', 'staff-number'];
