import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import {
  type StaffColumn,
  type StaffImportSettings,
  type StaffImportStatus,
  type StaffImportView,
  jobView,
  staffImportView,
} from '@waymark/contracts';
import { Commands } from '../../shell/commands';
import { kept } from '../../shell/kept';
import { problemFrom } from '../../shell/problem';
import { whileTrue } from '../../shell/while-true';
import { mappingOf } from './staff-import-mapping';

const pollMs = 700;
const working: readonly StaffImportStatus[] = ['reading', 'previewing', 'applying', 'undoing'];
const noSettings: StaffImportSettings = {
  dateOrder: 'day-first',
  newAreTechnicians: false,
  missingAreLeavers: false,
  lastDayOfMissing: null,
  makeUnits: true,
  makeSkills: true,
};

/** What somebody has chosen on screen and not yet sent. */
interface Draft {
  mapping: readonly StaffColumn[];
  settings: StaffImportSettings;
}

type Grades = StaffImportView['grades'];
const namesOf = (grades: Grades): string => grades.map((grade) => grade.name).join('\n');

/**
 * A staff file on its way: the server's view of it, and what is chosen here. A choice stays on screen until it is sent or
 * taken back; a newer view of the server does not overwrite it.
 */
@Injectable()
export class StaffImportStore {
  private readonly commands = inject(Commands);
  readonly id = signal<string | null>(null);

  readonly resource = httpResource(() => (this.id() ? `/api/people/staff-imports/${this.id()}` : undefined), {
    parse: (raw) => staffImportView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  readonly view = computed(() => {
    const view = this.newest();
    return view?.id === this.id() ? view : undefined;
  });
  readonly working = computed(() => working.some((status) => status === this.view()?.status));

  private readonly draft = signal<Draft | null>(null);
  private readonly stood = computed<Draft>(() => {
    const view = this.view();
    return view ? { mapping: mappingOf(view), settings: view.settings } : { mapping: [], settings: noSettings };
  });
  private readonly chosen = computed(() => this.draft() ?? this.stood());
  readonly mapping = computed(() => this.chosen().mapping);
  readonly settings = computed(() => this.chosen().settings);
  /** Columns or settings on screen differ from the server's. */
  readonly touched = computed(() => JSON.stringify(this.chosen()) !== JSON.stringify(this.stood()));

  private readonly gradeDraft = signal<Grades | null>(null);
  readonly grades = computed<Grades>(() => this.gradeDraft() ?? this.view()?.grades ?? []);
  /** The grades on screen stand in another order than the server's. */
  readonly gradesMoved = computed(() => namesOf(this.grades()) !== namesOf(this.view()?.grades ?? []));

  constructor() {
    whileTrue(
      () => this.working(),
      pollMs,
      () => this.resource.reload(),
    );
  }

  changeMapping(mapping: readonly StaffColumn[]): void {
    this.draft.set({ ...this.chosen(), mapping });
  }

  changeSettings(change: Partial<StaffImportSettings>): void {
    this.draft.set({ ...this.chosen(), settings: { ...this.settings(), ...change } });
  }

  changeGrades(grades: Grades): void {
    this.gradeDraft.set(grades);
  }

  /** Back to what the server holds. */
  forgetChoices(): void {
    this.draft.set(null);
    this.gradeDraft.set(null);
  }

  /** Sends columns and settings, with the order of grades where there is one; every row is read anew by a job. */
  async check(seen: StaffImportView): Promise<void> {
    const ordered = !seen.gradesToOrder && seen.grades.some((grade) => grade.fresh);
    if (!ordered) return this.preview(seen, null);
    try {
      await this.orderGrades(seen);
    } catch (thrown) {
      // Other columns may bring other grades: then these are put in order anew.
      if (problemFrom(thrown).refusal !== 'grades-unordered') throw thrown;
      await this.preview(seen, null);
    }
  }

  /** The order on screen is the right one. */
  orderGrades(seen: StaffImportView): Promise<void> {
    return this.preview(
      seen,
      this.grades().map((grade) => grade.name),
    );
  }

  private async preview({ id, version }: StaffImportView, gradeOrder: string[] | null): Promise<void> {
    const body = { version, mapping: this.mapping(), settings: this.settings(), gradeOrder };
    this.adopt(await this.commands.put(`/api/people/staff-imports/${id}/preview`, body, staffImportView));
  }

  /** `leavers` repeats their number where the file would make many. */
  apply({ id, version }: StaffImportView, leavers: number | null): Promise<void> {
    return this.command(`${id}/apply`, { version, leavers });
  }

  undo({ id, version }: StaffImportView): Promise<void> {
    return this.command(`${id}/undo`, { version });
  }

  discard({ id, version }: StaffImportView): Promise<void> {
    return this.command(`${id}/discard`, { version });
  }

  /** Asks the work under way to stop; it does at its next step and leaves nothing. */
  async stop({ job }: StaffImportView): Promise<void> {
    if (!job) return;
    await this.commands.post(`/api/jobs/${job.id}/cancel`, {}, jobView);
    this.resource.reload();
  }

  reload(): void {
    this.resource.reload();
  }

  private async command(path: string, body: object): Promise<void> {
    this.adopt(await this.commands.post(`/api/people/staff-imports/${path}`, body, staffImportView));
  }

  private adopt(view: StaffImportView): void {
    this.resource.set(view);
    this.forgetChoices();
  }
}
