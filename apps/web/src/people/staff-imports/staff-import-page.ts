import { Component, Injector, afterNextRender, computed, effect, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { StaffImportView } from '@waymark/contracts';
import { Chip, Icon, Message, PageHeader, Progress, Skeleton } from '@waymark/ui';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOn } from '../../shell/focus-on';
import { pageTitle } from '../../shell/page-title';
import { refusalWords } from '../../shell/refusal-words';
import { stageWords } from '../../shell/stage-words';
import { Trouble } from '../../shell/trouble';
import { StaffImportColumns } from './staff-import-columns';
import { StaffImportGrades } from './staff-import-grades';
import { StaffImportLoad, hasMovedOn } from './staff-import-load';
import { mappingProblems, settingsProblem } from './staff-import-mapping';
import { StaffImportPreview } from './staff-import-preview';
import { ImportSteps } from '../../shell/import-steps';
import { stepOf } from './step-of';
import { StaffImportStore } from './staff-import-store';
import {
  effectsOf,
  importStatusWords,
  kindWords,
  readingWords,
  rowsWords,
  sizeWords,
  undoRefusedWords,
  undoneWords,
} from './staff-import-words';

/** One staff file on its way: what its columns mean, what becomes of every row, loading it, and the way back. */
@Component({
  selector: 'wm-staff-import-page',
  imports: [
    Chip,
    Confirm,
    Icon,
    Message,
    PageHeader,
    Progress,
    RouterLink,
    Skeleton,
    StaffImportColumns,
    StaffImportGrades,
    StaffImportLoad,
    StaffImportPreview,
    ImportSteps,
    Trouble,
  ],
  templateUrl: './staff-import-page.html',
  styleUrl: './staff-import-page.css',
  providers: [StaffImportStore],
})
export class StaffImportPage {
  private readonly injector = inject(Injector);
  readonly id = input.required<string>();
  protected readonly store = inject(StaffImportStore);
  protected readonly dates = inject(Dates);
  protected readonly kinds = kindWords;
  protected readonly stages = stageWords;
  protected readonly reading = readingWords;
  protected readonly rowsWords = rowsWords;
  protected readonly size = sizeWords;

  protected readonly checking = new Deed();
  protected readonly discarding = new Deed();
  protected readonly undoing = new Deed();
  protected readonly stopping = new Deed();
  /** Said once somebody has tried to go on. */
  private readonly tried = signal(false);

  protected readonly step = computed(() => stepOf(this.store.view()?.status ?? 'reading', this.store.touched()));
  protected readonly chip = computed(() => {
    const view = this.store.view();
    if (!view) return null;
    return view.status === 'previewed' && this.step() === 'columns'
      ? importStatusWords.uploaded
      : importStatusWords[view.status];
  });
  protected readonly heading = computed(() => this.store.view()?.fileName ?? $localize`Staff file`);
  protected readonly progress = computed(() => {
    const view = this.store.view();
    switch (view?.status) {
      case 'reading':
        return {
          heading: $localize`Reading the file`,
          text: $localize`Waymark finds the headings, the encoding and what each column may mean.`,
        };
      case 'previewing':
        return {
          heading: $localize`Checking every row`,
          text: $localize`Each row is compared with the people who are here. Nothing is changed by it.`,
        };
      case 'applying':
        return {
          heading: $localize`Loading the file`,
          text: $localize`It is done as a whole or not at all. Stopped before the end, nothing is changed.`,
        };
      case 'undoing':
        return {
          heading: $localize`Undoing the file`,
          text: $localize`It is done as a whole or not at all. Stopped before the end, the file stays loaded.`,
        };
      default:
        return null;
    }
  });
  protected readonly problems = computed(() => {
    const view = this.store.view();
    return view ? mappingProblems(view.kind, view.columns, this.store.mapping()) : [];
  });
  private readonly blocked = computed(() => {
    const view = this.store.view();
    return (
      !view ||
      this.problems().length > 0 ||
      settingsProblem(view.kind, this.store.mapping(), this.store.settings()) !== null
    );
  });
  /** What is missing is said at once where the guess is not enough, and after a try. */
  protected readonly showProblems = computed(() => this.tried() || (this.store.view()?.counts ?? null) === null);
  protected readonly failure = computed(() => {
    const view = this.store.view();
    return view?.failure ? refusalWords({ refusal: view.failure, facts: {} }) : null;
  });
  protected readonly effects = computed(() => {
    const view = this.store.view();
    return view ? effectsOf(view, (day) => this.dates.day(day)) : [];
  });
  protected readonly undoRefused = computed(() => {
    const refused = this.store.view()?.undoRefused;
    return refused ? undoRefusedWords[refused] : null;
  });
  protected readonly undone = computed(() => {
    const undo = this.store.view()?.undo;
    return undo ? undoneWords(undo) : null;
  });
  /** The file had moved on since this page saw it; the newest is on screen by now. */
  protected readonly wentOn = signal(false);
  protected readonly problem = computed(() => this.checking.problem() ?? this.stopping.problem());

  constructor() {
    effect(() => this.store.id.set(this.id()));
    let before: StaffImportView['status'] | null = null;
    effect(() => {
      const view = this.store.view();
      if (!view) return;
      if (before !== null && before !== view.status) this.land(view);
      before = view.status;
    });
    pageTitle(() => this.heading());
  }

  protected failedDuring(view: StaffImportView): string {
    return view.job?.kind === 'people.undo-staff-import'
      ? $localize`Undoing failed, and the file is loaded as before.`
      : view.job?.kind === 'people.apply-staff-import'
        ? $localize`Loading failed, and nothing was changed. You can try again.`
        : $localize`Checking failed, and nothing was changed. You can try again.`;
  }

  protected hasFresh(view: StaffImportView): boolean {
    return view.grades.some((grade) => grade.fresh);
  }

  protected async check(how: 'columns' | 'grades'): Promise<void> {
    this.tried.set(true);
    const view = this.store.view();
    this.goOn();
    if (!view || this.blocked()) {
      focusOn('columns-missing', this.injector);
      return;
    }
    await this.act(this.checking, () => (how === 'grades' ? this.store.orderGrades(view) : this.store.check(view)));
  }

  protected async stop(): Promise<void> {
    const view = this.store.view();
    if (view) await this.act(this.stopping, () => this.store.stop(view));
  }

  protected async undo(dialog: Confirm): Promise<void> {
    const view = this.store.view();
    if (view && (await this.act(this.undoing, () => this.store.undo(view)))) dialog.close();
  }

  protected async discard(dialog: Confirm): Promise<void> {
    const view = this.store.view();
    if (view && (await this.act(this.discarding, () => this.store.discard(view)))) dialog.close();
  }

  /** The newest view comes on screen; what was chosen stays. */
  protected catchUp(): void {
    this.wentOn.set(true);
    this.store.reload();
  }

  /** What was said of earlier tries no longer matters. */
  protected goOn(): void {
    this.wentOn.set(false);
    for (const deed of [this.checking, this.discarding, this.undoing, this.stopping]) deed.forget();
  }

  protected takeNewer(): void {
    this.store.forgetChoices();
    this.goOn();
  }

  /** The next step replaces the button that led to it: keyboard and screen reader go on at its heading. */
  private land(view: StaffImportView): void {
    afterNextRender(
      {
        read: () => {
          const active = document.activeElement;
          if (active === null || active === document.body || active.id === 'main') {
            document.getElementById(headingOf(view))?.focus();
          }
        },
      },
      { injector: this.injector },
    );
  }

  /** Answers whether nothing more is to be said where the button was: it succeeded, or the file had moved on. */
  private async act(deed: Deed, work: () => Promise<void>): Promise<boolean> {
    if (await deed.run(work)) return true;
    if (!hasMovedOn(deed.problem())) return false;
    deed.forget();
    this.catchUp();
    return true;
  }
}

/** The heading under which a file goes on. */
const headingOf = ({ status, gradesToOrder }: StaffImportView): string => {
  switch (status) {
    case 'unreadable':
      return 'unreadable-h';
    case 'uploaded':
      return 'columns-h';
    case 'previewed':
      return gradesToOrder ? 'grades-h' : 'load-h';
    case 'applied':
    case 'undone':
    case 'discarded':
      return 'done-h';
    default:
      return 'work-h';
  }
};
