import { CdkDrag, type CdkDragDrop, CdkDragHandle, CdkDropList, moveItemInArray } from '@angular/cdk/drag-drop';
import { Component, Injector, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import type { StaffImportView } from '@waymark/contracts';
import { Chip, Icon } from '@waymark/ui';
import { focusOn } from '../../shell/focus-on';
import { byNumberInName } from './staff-import-mapping';
import { StaffImportStore } from './staff-import-store';

/** The order of grades, lowest first: those that are new in this file are put in their places among the others. */
@Component({
  selector: 'wm-staff-import-grades',
  imports: [CdkDrag, CdkDragHandle, CdkDropList, Chip, Icon],
  template: `
    <section class="card stack" aria-labelledby="grades-h">
      <div class="row row--between">
        <div>
          <h2 id="grades-h" tabindex="-1" i18n>The order of grades</h2>
          <p class="small quiet">
            @if (!open()) {
              <ng-container i18n>Lowest first, as you put them.</ng-container>
            } @else if (allFresh()) {
              <ng-container i18n
                >Lowest first. Your institution has no grades yet; these come from the file, and can be changed later
                under Grades.</ng-container
              >
            } @else {
              <ng-container i18n
                >Lowest first. Put the new ones in their places; the others keep their order, which is changed under
                Grades.</ng-container
              >
            }
          </p>
        </div>
        @if (!open()) {
          <button type="button" class="btn btn--line btn--sm" (click)="open.set(true)" i18n>Change the order</button>
        } @else if (allFresh() && count() > 2) {
          <button type="button" class="btn btn--line btn--sm" [disabled]="busy()" (click)="sort()" i18n>
            Sort by the numbers in their names
          </button>
        }
      </div>
      @if (!open()) {
        <p class="small quiet in-order">{{ inOrder() }}</p>
      } @else {
        <ol class="order" cdkDropList (cdkDropListDropped)="drop($event)">
          @for (grade of store.grades(); track grade.name; let at = $index; let last = $last) {
            <li cdkDrag cdkDragLockAxis="y" [cdkDragDisabled]="!grade.fresh">
              <span class="grip" cdkDragHandle aria-hidden="true">
                @if (grade.fresh) {
                  <wm-icon name="grip" />
                }
              </span>
              <span class="num place">{{ at + 1 }}</span>
              <span class="name">
                {{ grade.name }}
                @if (grade.fresh && !allFresh()) {
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
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .in-order {
      max-width: none;
    }
    .order {
      list-style: none;
      padding: 0;
      max-width: 520px;
      border: 1px solid var(--wm-line);
      border-radius: var(--wm-r-3);
    }
    .order li,
    .cdk-drag-preview {
      display: grid;
      grid-template-columns: 28px 28px minmax(0, 1fr) 36px 36px;
      gap: 4px;
      align-items: center;
      min-height: var(--wm-row);
      padding: 0 var(--wm-2);
      background: var(--wm-surface);
    }
    .order li + li {
      border-top: 1px solid var(--wm-line);
    }
    .order li:first-child {
      border-radius: var(--wm-r-3) var(--wm-r-3) 0 0;
    }
    .order li:last-child {
      border-radius: 0 0 var(--wm-r-3) var(--wm-r-3);
    }
    .grip {
      color: var(--wm-ink-3);
      display: grid;
      place-items: center;
      min-height: 40px;
    }
    .grip:has(wm-icon) {
      cursor: grab;
      touch-action: none;
    }
    .place {
      color: var(--wm-ink-2);
    }
    .name {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 8px;
      align-items: center;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .icn {
      width: 36px;
      height: 36px;
    }
    .icn[aria-disabled] {
      color: var(--wm-line-strong);
      cursor: default;
    }
    .cdk-drag-preview {
      box-shadow: var(--wm-e-3);
      border-radius: var(--wm-r-3);
      color: var(--wm-ink);
      list-style: none;
    }
    .cdk-drag-placeholder {
      opacity: 0.3;
    }
    @media (max-width: 599px) {
      .row .btn {
        width: 100%;
      }
    }
  `,
})
export class StaffImportGrades {
  private readonly injector = inject(Injector);
  readonly view = input.required<StaffImportView>();
  readonly busy = input.required<boolean>();
  readonly ordered = output();
  protected readonly store = inject(StaffImportStore);
  /** Once they are in order, the rows are what matters. */
  protected readonly open = linkedSignal(() => this.view().gradesToOrder);
  protected readonly inOrder = computed(() => {
    const names = this.store.grades().map((grade) => grade.name);
    return names.join(' < ');
  });
  protected readonly said = signal('');
  protected readonly count = computed(() => this.store.grades().length);
  protected readonly allFresh = computed(() => this.store.grades().every((grade) => grade.fresh));

  protected upLabel(name: string): string {
    return $localize`Move ${name}:grade: lower`;
  }

  protected downLabel(name: string): string {
    return $localize`Move ${name}:grade: higher`;
  }

  protected sort(): void {
    this.store.changeGrades(byNumberInName(this.store.grades()));
    this.said.set($localize`Sorted. Look at the order before you go on.`);
  }

  protected drop({ previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    this.move(previousIndex, currentIndex, null);
  }

  protected move(from: number, to: number, by: 'up' | 'down' | null): void {
    if (to < 0 || to >= this.count() || from === to) return;
    const grades = [...this.store.grades()];
    const name = grades[from]?.name ?? '';
    moveItemInArray(grades, from, to);
    this.store.changeGrades(grades);
    this.said.set($localize`${name}:grade: is now ${to + 1}:place: of ${this.count()}:all:`);
    if (by) focusOn(`${by}-${to}`, this.injector);
  }
}
