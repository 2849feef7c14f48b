import { httpResource } from '@angular/common/http';
import {
  Component,
  DestroyRef,
  Injector,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { callView } from '@waymark/contracts';
import { Chip, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOn } from '../../shell/focus-on';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { type CallDraft, draftOf, fixedFields, problemsFromServer, readDraft } from './call-draft';
import { CallDrafts } from './call-drafts';
import { askingOf, callFieldWords, callMomentWords, countOf } from './call-words';
import { EditAudience } from './edit-audience';
import { EditCriteria } from './edit-criteria';
import { EditLetters } from './edit-letters';
import { EditMoney } from './edit-money';
import { EditQuestions } from './edit-questions';
import { EditReading } from './edit-reading';
import { EditRules } from './edit-rules';
import { EditWindow } from './edit-window';
import { TextField } from './text-field';

/** All of a call on one page: what it asks, by when, and by which rules it is decided. */
@Component({
  selector: 'wm-edit-call-page',
  imports: [
    Chip,
    Confirm,
    EditAudience,
    EditCriteria,
    EditLetters,
    EditMoney,
    EditQuestions,
    EditReading,
    EditRules,
    EditWindow,
    Icon,
    Message,
    PageHeader,
    RouterLink,
    Skeleton,
    TextField,
    Trouble,
  ],
  templateUrl: './edit-call-page.html',
  styleUrl: './edit-call-page.css',
})
export class EditCallPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  protected readonly drafts = inject(CallDrafts);
  protected readonly dates = inject(Dates);
  private readonly injector = inject(Injector);
  protected readonly timeZone = inject(Session).signedIn()?.institution.timeZone ?? 'Europe/London';
  protected readonly parts = [
    { id: 'part-window', words: $localize`Window and dates` },
    { id: 'part-money', words: $localize`Pot, budget and cap` },
    { id: 'part-audience', words: $localize`Who may apply` },
    { id: 'part-rules', words: $localize`Rules of eligibility` },
    { id: 'part-criteria', words: $localize`Criteria and weights` },
    { id: 'part-form', words: $localize`The form` },
    { id: 'part-reading', words: $localize`Reading and the bar` },
    { id: 'part-letters', words: $localize`Letters` },
  ];
  protected readonly momentWords = callMomentWords;
  protected readonly figure = figure;

  protected readonly resource = httpResource(() => `/api/funding/calls/${this.id()}`, {
    parse: (raw) => callView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  protected readonly call = computed(() => {
    const call = this.newest();
    return call?.id === this.id() ? call : undefined;
  });
  private readonly keptDraft = computed(() => this.drafts.of(this.id()));
  protected readonly changed = computed(() => this.keptDraft() !== undefined);
  /** When what was found on this device had been typed; null where nothing was found. */
  protected readonly recovered = signal<string | null>(null);
  protected readonly draft = computed(() => {
    const call = this.call();
    return this.keptDraft()?.draft ?? (call ? draftOf(call, this.timeZone) : null);
  });
  protected readonly fixed = computed(() => {
    const call = this.call();
    return call ? fixedFields(call) : new Set<never>();
  });
  /** Somebody else saved the call after this draft was begun. */
  protected readonly overtaken = computed(() => {
    const [draft, call] = [this.keptDraft(), this.call()];
    return draft !== undefined && call !== undefined && draft.version !== call.version;
  });

  private readonly reading = computed(() => {
    const [draft, call] = [this.draft(), this.call()];
    return draft && call ? readDraft(draft, call.kind, this.timeZone) : { body: null, problems: [] };
  });
  private readonly tried = signal(false);
  protected readonly saving = new Deed();
  protected readonly saved = signal(false);
  protected readonly problems = computed(() =>
    this.tried() ? [...this.reading().problems, ...problemsFromServer(this.saving.problem()?.fields ?? [])] : [],
  );
  protected readonly errors = computed<ReadonlyMap<string, string>>(
    () => new Map(this.problems().map(({ control, text }) => [control, text])),
  );
  /** What is fixed by now, in words. */
  protected readonly fixedSay = computed(() => [...this.fixed()].map((field) => callFieldWords[field]).join(', '));
  protected readonly termsChange = computed(() => {
    const [call, body] = [this.call(), this.reading().body];
    return call && body ? JSON.stringify(body.terms) !== JSON.stringify(call.terms) : false;
  });
  protected readonly closeMoves = computed(() => {
    const [call, body] = [this.call(), this.reading().body];
    return call !== undefined && body !== null && body.closesAt !== call.closesAt;
  });
  /** Of an open call a change concerns people: for whom it changes what is said before it is saved. */
  protected readonly concerns = computed(() => {
    const call = this.call();
    return call?.moment === 'open' && (this.termsChange() || this.closeMoves());
  });
  protected readonly submitted = computed(() => askingOf(this.call()?.counts ?? []));
  protected readonly writing = computed(() => countOf(this.call()?.counts ?? [], 'draft'));
  private readonly confirm = viewChild<Confirm>('changeDialog');
  private readonly undoConfirm = viewChild<Confirm>('undoDialog');

  constructor() {
    pageTitle(() => this.call()?.name);
    effect(() => {
      const id = this.id();
      untracked(() => this.recovered.set(this.drafts.recover(id)));
    });
    // What this device keeps comes back; only what it cannot keep is worth a warning.
    const warn = (event: BeforeUnloadEvent) => {
      if (this.changed() && this.drafts.notKept()) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    inject(DestroyRef).onDestroy(() => removeEventListener('beforeunload', warn));
  }

  protected set(part: Partial<CallDraft>): void {
    const [draft, call] = [this.draft(), this.call()];
    if (!draft || !call) return;
    this.saved.set(false);
    const version = this.keptDraft()?.version ?? call.version;
    this.drafts.keep(this.id(), { draft: { ...draft, ...part }, version });
  }

  protected askToUndo(): void {
    this.undoConfirm()?.open();
  }

  protected undo(): void {
    this.undoConfirm()?.close();
    this.recovered.set(null);
    this.drafts.forget(this.id());
    this.tried.set(false);
    this.saving.forget();
    this.resource.reload();
  }

  /** Keeps what was typed and takes the newest call as its ground. */
  protected keepMine(): void {
    const [draft, call] = [this.draft(), this.call()];
    this.saving.forget();
    if (draft && call) this.drafts.keep(this.id(), { draft, version: call.version });
  }

  protected ask(event: Event): void {
    event.preventDefault();
    this.saving.forget();
    this.tried.set(true);
    if (this.reading().problems.length > 0) {
      focusOn('call-problems', this.injector);
      return;
    }
    if (this.concerns()) this.confirm()?.open();
    else void this.save();
  }

  protected async save(): Promise<void> {
    const [body, call] = [this.reading().body, this.call()];
    if (!body || !call) return;
    const version = this.keptDraft()?.version ?? call.version;
    const succeeded = await this.saving.run(async () => {
      const changed = await this.commands.put(`/api/funding/calls/${call.id}`, { version, ...body }, callView);
      this.drafts.forget(this.id());
      this.recovered.set(null);
      this.resource.set(changed);
      this.tried.set(false);
      this.saved.set(true);
      this.confirm()?.close();
    });
    if (!succeeded) this.resource.reload();
  }

  protected show(id: string, event: Event): void {
    event.preventDefault();
    const part = document.getElementById(id);
    part?.scrollIntoView({ block: 'start' });
    part?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true });
  }

  protected goTo(control: string, event: Event): void {
    event.preventDefault();
    document.getElementById(control)?.focus();
  }
}
