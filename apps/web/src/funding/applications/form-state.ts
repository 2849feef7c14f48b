import { Injectable, computed, inject, signal } from '@angular/core';
import {
  type ApplicationDraft,
  type ApplicationView,
  type DraftFault,
  askedOf,
  emptyDraft,
  missingOf,
} from '@waymark/contracts';
import { DraftStore } from './draft-store';
import { type FormStep, controlId, faultInWords, formSteps, stepOfField } from './application-words';

/** Faults of what is not there yet: said once somebody has gone on, not while they are still on their way. */
const notYet = new Set<DraftFault['fault']>(['needed', 'too-few']);

/** The form on screen: what is in it, what it lacks, and what of that is said at which field. */
@Injectable()
export class FormState {
  private readonly store = inject(DraftStore);
  readonly view = signal<ApplicationView | null>(null);
  /** Steps that the person has been through. */
  private readonly left = signal<ReadonlySet<FormStep>>(new Set());
  /** The id of the control that is being typed in: it is not called wrong before it is left. */
  readonly typing = signal<string | null>(null);

  readonly draft = computed(() => this.store.draft() ?? emptyDraft());
  readonly terms = computed(() => this.view()?.terms ?? null);
  readonly asked = computed(() => askedOf(this.draft()));
  readonly missing = computed<readonly DraftFault[]>(() => {
    const terms = this.terms();
    return terms ? missingOf(this.draft(), terms) : [];
  });
  private readonly faults = computed(() => {
    const found = new Map<string, DraftFault>();
    for (const fault of this.missing()) if (!found.has(fault.field)) found.set(fault.field, fault);
    return found;
  });
  readonly lacking = computed(() => new Set(this.missing().map(({ field }) => stepOfField(field))));

  /** What to say at a field; null: nothing. */
  error(path: string): string | null {
    const fault = this.faults().get(path);
    if (!fault || this.typing() === controlId(path)) return null;
    return notYet.has(fault.fault) && !this.left().has(stepOfField(path)) ? null : faultInWords(fault);
  }

  leave(step: FormStep): void {
    this.left.update((left) => new Set([...left, step]));
  }

  leaveAll(): void {
    this.left.set(new Set(formSteps));
  }

  change(change: (draft: ApplicationDraft) => ApplicationDraft): void {
    this.store.change(change);
  }

  changeEvent(some: Partial<ApplicationDraft['event']>): void {
    this.change((draft) => ({ ...draft, event: { ...draft.event, ...some } }));
  }

  changeUpFront(some: Partial<ApplicationDraft['upFront']>): void {
    this.change((draft) => ({ ...draft, upFront: { ...draft.upFront, ...some } }));
  }

  changeSharing(some: Partial<ApplicationDraft['sharing']>): void {
    this.change((draft) => ({ ...draft, sharing: { ...draft.sharing, ...some } }));
  }

  answer(questionId: string, answer: string): void {
    this.change((draft) => ({ ...draft, answers: { ...draft.answers, [questionId]: answer } }));
  }
}
