import { CdkDrag, CdkDragDrop, CdkDragHandle, CdkDropList } from '@angular/cdk/drag-drop';
import { Component, Injector, computed, inject, input, output, signal } from '@angular/core';
import { ImportView } from '@waymark/contracts';
import { Chip, Icon } from '@waymark/ui';
import { focusOn } from '../../shell/focus-on';
import { ImportStore } from './import-store';
import { moved } from './mapping';

/** The order of grades, lowest first: those that are new in this file are put in their places among the others. */
@Component({
  selector: 'wm-import-grades',
  imports: [CdkDrag, CdkDragHandle, CdkDropList, Chip, Icon],
  template: `
    <section class="card stack" aria-labelledby="grades-h">
      <div>
        <h2 id="grades-h" i18n>The order of grades</h2>
        <p class="small quiet" i18n>
          Lowest first. Put the new ones in their places; the others keep their order, which is changed under Grades.
          Rules count the steps between a mentee and a mentor in it.
        </p>
      </div>
      <ol class="order" cdkDropList (cdkDropListDropped)="drop($event)">
        @for (grade of store.grades(); track grade.name; let at = $index; let last = $last) {
          <li cdkDrag [cdkDragDisabled]="!grade.fresh">
            <span class="grip" cdkDragHandle aria-hidden="true">
              @if (grade.fresh) {
                <wm-icon name="grip" />
              }
            </span>
            <span class="num place">{{ at + 1 }}</span>
            <span class="name">
              {{ grade.name }}
              @if (grade.fresh) {
                <wm-chip tone="due" icon="plus" i18n>new</wm-chip>
              }
            </span>
            @if (grade.fresh) {
              <button
                type="button"
                class="icn"
                [id]="'up-' + at"
                [attr.aria-label]="upLabel(grade.name)"
                [attr.aria-disabled]="at === 0 || null"
                (click)="move(at, at - 1, 'up')"
              >
                <wm-icon name="arrow-up" />
              </button>
              <button
                type="button"
                class="icn"
                [id]="'down-' + at"
                [attr.aria-label]="downLabel(grade.name)"
                [attr.aria-disabled]="last || null"
                (click)="move(at, at + 1, 'down')"
              >
                <wm-icon name="arrow-down" />
              </button>
            }
          </li>
        }
      </ol>
      <p class="vh" role="status">{{ said() }}</p>
      <div class="row">
        <button
          type="button"
          [class]="view().gradesToOrder || store.gradesMoved() ? 'btn btn--main' : 'btn btn--line'"
          [disabled]="busy()"
          (click)="ordered.emit()"
          i18n
        >
          This order is right
        </button>
        <p class="small quiet">
          @if (view().gradesToOrder) {
            <ng-container i18n>Loading waits for it.</ng-container>
          }
        </p>
      </div>
    </section>
  `,
  styleUrl: './import-grades.css',
})
export class ImportGrades {
  private readonly injector = inject(Injector);
  readonly view = input.required<ImportView>();
  readonly busy = input.required<boolean>();
  readonly ordered = output();
  protected readonly store = inject(ImportStore);
  protected readonly said = signal('');
  private readonly count = computed(() => this.store.grades().length);

  protected upLabel(name: string): string {
    return $localize`Move ${name}:grade: lower`;
  }

  protected downLabel(name: string): string {
    return $localize`Move ${name}:grade: higher`;
  }

  protected drop(event: CdkDragDrop<unknown>): void {
    this.move(event.previousIndex, event.currentIndex, null);
  }

  protected move(from: number, to: number, by: 'up' | 'down' | null): void {
    if (to < 0 || to >= this.count() || from === to) return;
    const name = this.store.grades()[from]?.name ?? '';
    this.store.changeGrades(moved(this.store.grades(), from, to));
    this.said.set($localize`${name}:grade: is now ${to + 1}:place: of ${this.count()}:all:`);
    if (by) focusOn(`${by}-${to}`, this.injector);
  }
}
