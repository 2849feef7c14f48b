import { Component, DestroyRef, Injector, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { RoundRules, RoundView, changeRound } from '@waymark/contracts';
import { Icon, Message } from '@waymark/ui';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { RoundStore } from '../rounds/round-store';
import { counted } from '../../shell/words';
import { focusOn } from '../../shell/focus-on';
import { MethodChoice } from '../methods/method-choice';
import { GradePoints } from './grade-points';
import { NeverTogether } from './never-together';
import { DraftProblem, RulesDraft, draftOf, problemsFromServer, readDraft } from './rules-draft';
import { RulesDrafts } from './rules-drafts';
import { rulesAdvice, rulesSummary, waitingSentence } from './rules-words';
import { SharedPoints } from './shared-points';

/** All rules of a round on one screen, and what they mean in words while they are changed. */
@Component({
  selector: 'wm-rules-editor',
  imports: [GradePoints, Icon, Message, MethodChoice, NeverTogether, SharedPoints, Trouble],
  templateUrl: './rules-editor.html',
  styleUrl: './rules-editor.css',
})
export class RulesEditor {
  private readonly injector = inject(Injector);
  readonly round = input.required<RoundView>();
  private readonly store = inject(RoundStore);
  private readonly drafts = inject(RulesDrafts);
  protected readonly saving = new Deed();
  private readonly tried = signal(false);
  protected readonly saved = signal(false);

  private readonly keptDraft = computed(() => this.drafts.of(this.round().id));
  protected readonly changed = computed(() => this.keptDraft() !== undefined);
  protected readonly draft = computed(() => this.keptDraft()?.draft ?? draftOf(this.round().rules));
  protected readonly name = computed(() => this.keptDraft()?.name ?? this.round().name);
  protected readonly may = computed(() => this.round().may.change);
  /** Somebody else saved the round after this draft was begun. */
  protected readonly overtaken = computed(() => {
    const draft = this.keptDraft();
    return draft !== undefined && draft.version !== this.round().version;
  });

  private readonly reading = computed(() => readDraft(this.draft()));
  private readonly nameProblems = computed<DraftProblem[]>(() =>
    changeRound.shape.name.safeParse(this.name()).success
      ? []
      : [{ control: 'rules-name', text: $localize`Give the round a name of at most 120 letters` }],
  );
  private readonly serverProblems = computed(() =>
    problemsFromServer(this.draft(), this.saving.problem()?.fields ?? []),
  );
  private readonly allProblems = computed(() => [
    ...this.nameProblems(),
    ...this.reading().problems,
    ...this.serverProblems(),
  ]);
  /** Said once somebody has tried to save; until then one may type in peace. */
  protected readonly problems = computed(() => (this.tried() ? this.allProblems() : []));
  protected readonly problemsHeading = computed(() => {
    const count = this.problems().length;
    return count === 1
      ? $localize`One thing needs your attention`
      : counted(count, '', $localize`things need your attention`);
  });
  protected readonly errors = computed(() => new Map(this.problems().map((each) => [each.control, each.text])));

  /** The last rules that could be read, so that the words do not vanish while a figure is being typed. */
  protected readonly summary = linkedSignal<RoundRules | null, string[]>({
    source: () => this.reading().rules,
    computation: (rules, previous) => (rules ? rulesSummary(rules) : (previous?.value ?? [])),
  });
  protected readonly unreadable = computed(() => this.reading().rules === null);
  protected readonly advice = computed(() => {
    const rules = this.reading().rules;
    return rules ? rulesAdvice(rules, this.round().attributes) : [];
  });

  /** What the rules promise to those who wait, as it would be with the figures typed. */
  protected readonly promise = linkedSignal<RoundRules | null, string>({
    source: () => this.reading().rules,
    computation: (rules, previous) => (rules ? waitingSentence(rules) : (previous?.value ?? '')),
  });
  protected readonly patienceChoices = computed(() => {
    const chosen = this.draft().patience;
    const usual = [1, 2, 3, 4, 6, 8];
    return chosen === null || usual.includes(chosen) ? usual : [...usual, chosen].sort((a, b) => a - b);
  });
  protected readonly roundsWords = (rounds: number): string =>
    rounds === 1 ? $localize`After 1 round` : $localize`After ${rounds}:count: rounds`;

  constructor() {
    const warn = (event: BeforeUnloadEvent) => {
      if (this.changed()) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    inject(DestroyRef).onDestroy(() => removeEventListener('beforeunload', warn));
  }

  protected set(part: Partial<RulesDraft>): void {
    this.keep(this.name(), { ...this.draft(), ...part });
  }

  protected rename(name: string): void {
    this.keep(name, this.draft());
  }

  private keep(name: string, draft: RulesDraft): void {
    this.saved.set(false);
    const version = this.keptDraft()?.version ?? this.round().version;
    this.drafts.keep(this.round().id, { name, draft, version });
  }

  protected undo(): void {
    this.drafts.forget(this.round().id);
    this.tried.set(false);
    this.saving.forget();
  }

  /** Keeps what was typed and takes the newest round as its ground. */
  protected async keepMine(): Promise<void> {
    this.drafts.keep(this.round().id, { name: this.name(), draft: this.draft(), version: this.round().version });
    await this.save();
  }

  protected loadNewest(): void {
    this.saving.forget();
    this.store.reload();
  }

  protected async save(event?: Event): Promise<void> {
    event?.preventDefault();
    this.tried.set(true);
    this.saving.forget();
    const rules = this.reading().rules;
    if (rules === null || this.problems().length > 0) return this.showProblems();
    const round = { ...this.round(), version: this.keptDraft()?.version ?? this.round().version };
    const sent = this.keptDraft();
    if (await this.saving.run(() => this.store.change(round, this.name().trim(), rules))) {
      const typed = this.keptDraft();
      // What was typed while it was saved stays, on the ground of what is saved now.
      if (typed === sent) this.drafts.forget(this.round().id);
      else if (typed) this.drafts.keep(this.round().id, { ...typed, version: this.round().version });
      this.tried.set(false);
      this.saved.set(typed === sent);
    } else if (this.serverProblems().length > 0) {
      this.showProblems();
    }
  }

  private showProblems(): void {
    focusOn('rules-problems', this.injector);
  }

  protected goTo(control: string, event: Event): void {
    event.preventDefault();
    document.getElementById(control)?.focus();
  }
}
