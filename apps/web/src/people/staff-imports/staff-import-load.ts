import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { StaffImportView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import type { Problem } from '../../shell/problem';
import { figure } from '../../shell/words';
import { StaffImportStore } from './staff-import-store';
import { effectsOf, peopleWords, waitWords } from './staff-import-words';

/** Refused because the file is no longer what this page shows. */
export const hasMovedOn = (problem: Problem | null): boolean =>
  problem?.refusal === 'changed-meanwhile' || problem?.refusal === 'status-refused';

/** What loading would do, line by line, and the button that does it once it is confirmed. */
@Component({
  selector: 'wm-staff-import-load',
  imports: [Confirm, Icon, RouterLink],
  template: `
    <section class="card load" aria-labelledby="load-h">
      <div>
        <h2 id="load-h" tabindex="-1">
          @if (waits()) {
            <ng-container i18n>Not ready to load yet</ng-container>
          } @else {
            <ng-container i18n>Ready to load</ng-container>
          }
        </h2>
        @if (waits(); as why) {
          <p class="why t-due"><wm-icon name="warning" />{{ why }}</p>
        }
        <ul class="bul small effects">
          @for (line of effects(); track line) {
            <li>{{ line }}</li>
          }
        </ul>
        @if (refused() > 0) {
          <p class="small quiet" i18n>
            Refused rows can come in later: correct the file and load it again. What is here already is not doubled.
          </p>
        }
      </div>
      <div class="acts">
        <button
          type="button"
          class="btn btn--main"
          [disabled]="waits() !== null || loading.busy()"
          (click)="ask()"
          i18n
        >
          Load this file
        </button>
        @if (refused() > 0) {
          <a
            class="btn btn--line"
            routerLink="/administration/staff-imports/new"
            [queryParams]="{ kind: view().kind }"
            i18n
            >Choose a corrected file</a
          >
        }
      </div>
    </section>
    <wm-confirm
      i18n-heading
      heading="Load this file?"
      i18n-action
      action="Load it now"
      [grave]="view().confirmLeavers"
      [busy]="loading.busy()"
      [problem]="loading.problem()"
      (confirmed)="load()"
    >
      <p i18n>“{{ view().fileName }}” makes these changes, all of them or none:</p>
      <ul class="bul">
        @for (line of effects(); track line) {
          <li>{{ line }}</li>
        }
      </ul>
      @if (view().confirmLeavers) {
        <div class="msg msg--due mt-3">
          <wm-icon name="warning" />
          <div>
            <h3>{{ manyWords() }}</h3>
            <p i18n>
              That is more than a fifth of everybody. Is this really the whole staff list, and not one department's?
              Leavers can no longer sign in after their last day, and what they take part in ends.
            </p>
          </div>
        </div>
        <div class="field mt-3">
          <label for="leavers" i18n>Type the number of leavers</label>
          <input
            #typed
            class="in figure"
            id="leavers"
            inputmode="numeric"
            autocomplete="off"
            [value]="leavers()"
            [attr.aria-invalid]="mismatch() ? true : null"
            [attr.aria-describedby]="mismatch() ? 'leavers-error' : null"
            (input)="leavers.set(typed.value); tried.set(false)"
            (keydown.enter)="load()"
          />
          <div role="alert">
            @if (mismatch()) {
              <p class="errmsg" id="leavers-error">
                <wm-icon name="warning" /><span i18n>That is not the number of leavers in this file</span>
              </p>
            }
          </div>
        </div>
      }
      <p class="small quiet mt-3" i18n>
        You can undo it for 30 days, as long as no other file is loaded after it. The same file twice changes nothing.
      </p>
    </wm-confirm>
  `,
  styles: `
    :host {
      display: block;
    }
    .load {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: var(--wm-4) var(--wm-6);
      align-items: end;
    }
    .why {
      display: flex;
      gap: 6px;
      margin-top: var(--wm-2);
      font-size: var(--wm-text-sm);
      font-weight: var(--wm-medium);
    }
    .load .effects {
      margin-top: var(--wm-2);
      columns: 2;
      column-gap: var(--wm-6);
    }
    .effects li {
      break-inside: avoid;
    }
    .effects + p {
      margin-top: var(--wm-2);
    }
    .load .acts {
      margin: 0;
      flex-direction: row-reverse;
    }
    .figure {
      max-width: 140px;
    }
    li {
      overflow-wrap: anywhere;
    }
    @media (max-width: 1179px) {
      .load {
        grid-template-columns: minmax(0, 1fr);
      }
      .load .effects {
        columns: auto;
      }
      .load .acts {
        flex-direction: row;
      }
    }
  `,
})
export class StaffImportLoad {
  readonly view = input.required<StaffImportView>();
  /** Another window was quicker: the file is no longer what was confirmed. */
  readonly movedOn = output();
  private readonly store = inject(StaffImportStore);
  private readonly dates = inject(Dates);
  private readonly confirm = viewChild.required(Confirm);

  protected readonly loading = new Deed();
  protected readonly leavers = signal('');
  protected readonly tried = signal(false);
  protected readonly refused = computed(() => this.view().counts?.refused ?? 0);
  protected readonly effects = computed(() => effectsOf(this.view(), (day) => this.dates.day(day)));
  protected readonly waits = computed(() => waitWords(this.view(), this.store.gradesMoved()));
  private readonly count = computed(() => this.view().counts?.leaver ?? 0);
  protected readonly manyWords = computed(
    () => $localize`${peopleWords(this.count())}:people: of ${figure(this.view().people)}:all: would leave`,
  );
  protected readonly mismatch = computed(() => this.tried() && this.typedNumber() !== this.count());

  private typedNumber(): number | null {
    const typed = this.leavers().replaceAll(/[\s,.]/g, '');
    return /^\d{1,7}$/.test(typed) ? Number(typed) : null;
  }

  protected ask(): void {
    this.loading.forget();
    this.leavers.set('');
    this.tried.set(false);
    this.confirm().open();
  }

  protected async load(): Promise<void> {
    const view = this.view();
    this.tried.set(true);
    if (view.confirmLeavers && this.typedNumber() !== this.count()) {
      document.getElementById('leavers')?.focus();
      return;
    }
    const loaded = await this.loading.run(() => this.store.apply(view, view.confirmLeavers ? this.count() : null));
    // On success the page has gone on, and this dialog with it.
    if (loaded || !hasMovedOn(this.loading.problem())) return;
    this.confirm().close();
    this.movedOn.emit();
  }
}
