import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, linkedSignal, signal } from '@angular/core';
import { ColumnMapping, ImportView, importView } from '@waymark/contracts';
import { Commands } from '../../shell/commands';
import { kept } from '../../shell/kept';
import { problemFrom } from '../../shell/problem';
import { whileTrue } from '../../shell/while-true';
import { mappingOf, mappingToSend } from './mapping';

const pollMs = 700;

/** A file on its way into a round: the server's view of it, and what is being changed here. */
@Injectable()
export class ImportStore {
  private readonly commands = inject(Commands);
  readonly id = signal<string | null>(null);

  readonly resource = httpResource(() => (this.id() ? `/api/mentoring/imports/${this.id()}` : undefined), {
    parse: (raw) => importView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  readonly view = computed(() => {
    const view = this.newest();
    return view?.id === this.id() ? view : undefined;
  });
  readonly mappable = computed(() => ['uploaded', 'previewed', 'failed'].includes(this.view()?.status ?? ''));

  /** What stands on screen; it follows the server until somebody changes it, and again after each check. */
  private readonly ground = signal(0);
  readonly mapping = linkedSignal<readonly ColumnMapping[]>(() => this.onGround((view) => mappingOf(view), []));
  readonly placesDefault = linkedSignal<string>(() => this.onGround((view) => String(view.placesDefault), '1'));
  readonly grades = linkedSignal<ImportView['grades']>(() => this.onGround((view) => view.grades, []));
  /** Columns or places differ from those by which the rows were checked. */
  readonly touched = signal(false);
  /** The grades on screen stand in another order than the server's. */
  readonly gradesMoved = computed(
    () =>
      this.grades()
        .map((grade) => grade.name)
        .join('\n') !== (this.view()?.grades ?? []).map((grade) => grade.name).join('\n'),
  );

  constructor() {
    whileTrue(
      () => this.view()?.status === 'applying',
      pollMs,
      () => this.resource.reload(),
    );
  }

  private onGround<Part>(read: (view: ImportView) => Part, none: Part): Part {
    this.ground();
    const view = this.view();
    return view ? read(view) : none;
  }

  changeMapping(mapping: readonly ColumnMapping[]): void {
    this.mapping.set(mapping);
    this.touched.set(true);
  }

  changePlaces(typed: string): void {
    this.placesDefault.set(typed);
    this.touched.set(true);
  }

  changeGrades(grades: ImportView['grades']): void {
    this.grades.set(grades);
  }

  /** Sends columns and places, with the order of grades if there is one; the server reads every row anew. */
  async check(seen: ImportView): Promise<void> {
    const ordered = !seen.gradesToOrder && seen.grades.some((grade) => grade.fresh);
    if (!ordered) return this.preview(seen, null);
    try {
      await this.preview(seen, this.gradeOrder());
    } catch (thrown) {
      // Other columns may bring other grades: then these are put in order anew.
      if (problemFrom(thrown).refusal !== 'grades-unordered') throw thrown;
      await this.preview(seen, null);
    }
  }

  /** The order on screen is the right one. */
  orderGrades(seen: ImportView): Promise<void> {
    return this.preview(seen, this.gradeOrder());
  }

  private gradeOrder(): string[] {
    return this.grades().map((grade) => grade.name);
  }

  private async preview(seen: ImportView, gradeOrder: string[] | null): Promise<void> {
    const body = {
      version: seen.version,
      mapping: mappingToSend(this.mapping()),
      placesDefault: Number(this.placesDefault()),
      gradeOrder,
    };
    this.adopt(await this.commands.put(`/api/mentoring/imports/${seen.id}/preview`, body, importView));
  }

  async apply(seen: ImportView): Promise<void> {
    const body = { version: seen.version };
    this.adopt(await this.commands.post(`/api/mentoring/imports/${seen.id}/apply`, body, importView));
  }

  async discard(seen: ImportView): Promise<void> {
    const body = { version: seen.version };
    this.adopt(await this.commands.post(`/api/mentoring/imports/${seen.id}/discard`, body, importView));
  }

  reload(): void {
    this.touched.set(false);
    this.resource.reload();
  }

  private adopt(view: ImportView): void {
    this.resource.set(view);
    this.touched.set(false);
    this.ground.update((count) => count + 1);
  }
}
