import { Component, Injector, computed, effect, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ImportView } from '@waymark/contracts';
import { Chip, Message, PageHeader, Progress, Skeleton } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { pageTitle } from '../../shell/page-title';
import { refusalWords } from '../../shell/refusal-words';
import { Trouble } from '../../shell/trouble';
import { Confirm } from '../../shell/confirm';
import { counted, figure } from '../../shell/words';
import { stageWords } from '../../shell/stage-words';
import { focusOn } from '../../shell/focus-on';
import { ImportColumns } from './import-columns';
import { ImportGrades } from './import-grades';
import { ImportPreview } from './import-preview';
import { ImportStep, ImportSteps } from '../../shell/import-steps';
import { ImportStore } from './import-store';
import {
  applyWords,
  changesNothing,
  importStatusWords,
  peopleOf,
  readingWords,
  readyToLoad,
  sideWords,
  toLoad,
} from './import-words';
import { mappingProblems, privateProblems } from './mapping';

/** A file on its way into a round: say what its columns mean, look at every row, load it. */
@Component({
  selector: 'wm-import-page',
  imports: [
    Chip,
    Confirm,
    ImportColumns,
    ImportGrades,
    ImportPreview,
    ImportSteps,
    Message,
    PageHeader,
    Progress,
    RouterLink,
    Skeleton,
    Trouble,
  ],
  templateUrl: './import-page.html',
  styleUrl: './import-page.css',
  providers: [ImportStore],
})
export class ImportPage {
  private readonly injector = inject(Injector);
  readonly id = input.required<string>();
  protected readonly store = inject(ImportStore);
  protected readonly dates = inject(Dates);
  protected readonly sides = sideWords;
  protected readonly reading = readingWords;
  protected readonly stages = stageWords;

  protected readonly checking = new Deed();
  protected readonly applying = new Deed();
  protected readonly discarding = new Deed();
  /** Said once somebody has tried to go on. */
  private readonly tried = signal(false);

  protected readonly step = computed<ImportStep>(() => {
    const view = this.store.view();
    if (!view) return 'file';
    if (view.status === 'applied') return 'loaded';
    return view.status === 'previewed' && view.preview && !this.store.touched() ? 'check' : 'columns';
  });
  protected readonly heading = computed(() => {
    const side = this.store.view()?.side;
    return side ? $localize`Load ${sideWords[side].more}:people:` : $localize`Load people`;
  });
  protected readonly rowsWords = computed(() => counted(this.store.view()?.rows ?? 0, $localize`row`, $localize`rows`));

  protected readonly mappingProblems = computed(() => [
    ...mappingProblems(this.store.mapping()),
    ...privateProblems(this.checking.problem()?.fields ?? [], this.store.mapping()),
  ]);
  protected readonly placesProblem = computed(() => {
    const typed = this.store.placesDefault().trim();
    return /^\d{1,2}$/.test(typed) && Number(typed) <= 10
      ? null
      : $localize`Give places as a whole number from 0 to 10`;
  });
  protected readonly blocked = computed(() => this.mappingProblems().length > 0 || this.placesProblem() !== null);
  protected readonly showProblems = computed(() => this.tried() || (this.store.view()?.preview ?? null) === null);

  protected readonly loadable = computed(() => {
    const preview = this.store.view()?.preview;
    return preview ? toLoad(preview) : 0;
  });
  protected readonly applyWords = computed(() => applyWords(this.store.view()?.side ?? 'mentees', this.loadable()));
  protected readonly loadedWords = computed(() => {
    const view = this.store.view();
    return view ? $localize`${peopleOf(view.side, this.loadable())}:people: loaded` : '';
  });
  /** Why loading waits; null: nothing in its way. */
  protected readonly waits = computed(() => {
    const view = this.store.view();
    if (view?.gradesToOrder) return $localize`Put the grades in order first.`;
    if (this.store.gradesMoved()) return $localize`Say first that the new order of grades is right.`;
    if (this.loadable() === 0) return $localize`No row can be loaded as it is.`;
    return view && changesNothing(view)
      ? $localize`Everybody in this file is in the round already, just as the file says.`
      : null;
  });
  protected readonly chip = computed(() => {
    const view = this.store.view();
    if (!view) return null;
    if (view.status !== 'previewed') return importStatusWords[view.status];
    if (this.step() !== 'check') return importStatusWords.uploaded;
    return this.waits() === null ? readyToLoad : importStatusWords.previewed;
  });
  /** What goes nowhere by loading, and cannot be looked at afterwards; null: nothing. */
  protected readonly refusedWords = computed(() => {
    const refused = this.store.view()?.preview?.refused ?? 0;
    if (refused === 0) return null;
    return refused === 1
      ? $localize`1 row is refused and stays out. Look at it first: it is not shown after loading.`
      : $localize`${figure(refused)}:count: rows are refused and stay out. Look at them first: they are not shown after loading.`;
  });
  protected readonly failure = computed(() => {
    const job = this.store.view()?.job;
    return {
      words: refusalWords({ refusal: job?.failure ?? 'unexpected', facts: {} }),
      correlationId: job?.correlationId ?? null,
    };
  });

  protected hasFresh(view: ImportView): boolean {
    return view.grades.some((grade) => grade.fresh);
  }

  constructor() {
    effect(() => this.store.id.set(this.id()));
    pageTitle(() => this.heading());
  }

  protected async check(how: 'columns' | 'grades'): Promise<void> {
    this.tried.set(true);
    const view = this.store.view();
    this.checking.forget();
    if (!view || this.blocked()) {
      focusOn('columns-missing', this.injector);
      return;
    }
    this.applying.forget();
    await this.checking.run(() => (how === 'grades' ? this.store.orderGrades(view) : this.store.check(view)));
  }

  protected async apply(): Promise<void> {
    const view = this.store.view();
    if (view) await this.applying.run(() => this.store.apply(view));
  }

  protected async discard(dialog: Confirm): Promise<void> {
    const view = this.store.view();
    if (view && (await this.discarding.run(() => this.store.discard(view)))) dialog.close();
  }

  protected reload(): void {
    this.checking.forget();
    this.applying.forget();
    this.store.reload();
  }
}
