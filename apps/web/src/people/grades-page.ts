import { CdkDrag, CdkDragHandle, CdkDropList, moveItemInArray, type CdkDragDrop } from '@angular/cdk/drag-drop';
import { httpResource } from '@angular/common/http';
import { Component, DOCUMENT, ElementRef, computed, inject, linkedSignal, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { gradesView, putGrades, type GradesView } from '@waymark/contracts';
import { Empty, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { focusOnceDrawn } from '../shell/focus-once-drawn';
import { Trouble } from '../shell/trouble';

interface GradeLine {
  /** For the list on screen; a new grade has no id yet. */
  key: string;
  id: string | null;
  name: string;
  people: number;
}

const linesOf = (view: GradesView): GradeLine[] => view.grades.map((grade) => ({ key: grade.id, ...grade }));
const sent = (lines: readonly GradeLine[]): string => JSON.stringify(lines.map(({ id, name }) => [id, name.trim()]));

/** The institution's grades in order, lowest first: steps between them count when people are matched. */
@Component({
  selector: 'wm-grades-page',
  imports: [CdkDrag, CdkDragHandle, CdkDropList, Empty, Icon, Message, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './grades-page.html',
  styleUrl: './grades-page.css',
  host: { '(window:beforeunload)': 'warn($event)' },
})
export class GradesPage {
  private readonly commands = inject(Commands);
  private readonly document = inject(DOCUMENT);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly focusLater = focusOnceDrawn();
  private added = 0;

  protected readonly grades = httpResource(() => '/api/grades', { parse: (raw) => gradesView.parse(raw) });
  private readonly saved = computed(() => (this.grades.hasValue() ? linesOf(this.grades.value()) : undefined));
  protected readonly lines = linkedSignal<GradeLine[] | undefined>(() => this.saved());
  protected readonly changed = computed(() => sent(this.lines() ?? []) !== sent(this.saved() ?? []));
  protected readonly saving = new Deed();
  protected readonly done = signal(false);
  /** For screen readers: where a grade went. */
  protected readonly said = signal('');
  private readonly tried = signal(false);

  protected readonly errors = computed<ReadonlyMap<string, string>>(() => {
    const lines = this.lines() ?? [];
    const refused = new Map<string, string>();
    for (const [index, line] of lines.entries()) {
      const name = line.name.trim().toLocaleLowerCase();
      const twin = lines.findIndex((other) => other.name.trim().toLocaleLowerCase() === name);
      if (name === '') {
        if (this.tried()) refused.set(line.key, $localize`Give this grade a name, or remove it.`);
      } else if (twin !== index) refused.set(line.key, $localize`Another grade above has this name.`);
    }
    return refused;
  });

  protected nameLabel(index: number): string {
    return $localize`Name of grade ${index + 1}:place:`;
  }
  protected upLabel({ name }: GradeLine): string {
    return $localize`Move ${name}:grade: up, towards the lowest`;
  }
  protected downLabel({ name }: GradeLine): string {
    return $localize`Move ${name}:grade: down, towards the highest`;
  }
  protected removeLabel({ name, people }: GradeLine): string {
    return people > 0 ? $localize`${name}:grade: cannot be removed: people hold it` : $localize`Remove ${name}:grade:`;
  }

  protected rename(line: GradeLine, event: Event): void {
    const name = (event.target as HTMLInputElement).value;
    this.change((lines) => lines.map((other) => (other.key === line.key ? { ...other, name } : other)));
  }

  protected move(from: number, to: number): void {
    const line = this.lines()?.[from];
    if (!line || to < 0 || to >= (this.lines()?.length ?? 0)) return;
    this.change((lines) => {
      const moved = [...lines];
      moveItemInArray(moved, from, to);
      return moved;
    });
    this.said.set($localize`${line.name}:grade: is now number ${to + 1}:place: of ${this.lines()?.length}:all:`);
    this.focus(line.key, to < from ? 'up' : 'down');
  }

  protected drop({ previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    if (previousIndex !== currentIndex) this.move(previousIndex, currentIndex);
  }

  protected add(): void {
    const key = `new-${++this.added}`;
    this.change((lines) => [...lines, { key, id: null, name: '', people: 0 }]);
    this.focus(key, 'name');
  }

  protected remove(line: GradeLine): void {
    this.change((lines) => lines.filter((other) => other.key !== line.key));
    this.said.set($localize`${line.name}:grade: is removed once you save`);
    this.focusLater(() => this.document.getElementById('add-grade'));
  }

  protected discard(): void {
    this.saving.forget();
    this.tried.set(false);
    this.lines.set(this.saved());
  }

  protected async save(): Promise<void> {
    this.tried.set(true);
    if (!this.changed()) return;
    const [first] = this.errors().keys();
    if (first) return this.focus(first, 'name');
    const body = { grades: (this.lines() ?? []).map(({ id, name }) => ({ id, name: name.trim() })) };
    this.done.set(
      await this.saving.run(async () => {
        this.grades.set(await this.commands.put('/api/grades', putGrades.parse(body), gradesView));
        this.tried.set(false);
      }),
    );
  }

  protected async loadAgain(): Promise<void> {
    this.saving.forget();
    this.grades.reload();
  }

  protected warn(event: BeforeUnloadEvent): void {
    if (this.changed()) event.preventDefault();
  }

  private change(how: (lines: GradeLine[]) => GradeLine[]): void {
    this.done.set(false);
    this.lines.update((lines) => lines && how(lines));
  }

  private focus(key: string, part: 'name' | 'up' | 'down'): void {
    this.focusLater(() => {
      const row = this.host.nativeElement.querySelector(`[data-key="${key}"]`);
      const wanted = row?.querySelector<HTMLElement>(`[data-part="${part}"]`);
      return wanted?.matches(':disabled') ? row?.querySelector<HTMLElement>('button:not(:disabled)') : wanted;
    });
  }
}
