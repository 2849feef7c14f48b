import { Component, computed, inject, signal } from '@angular/core';
import { costCategories, poundsOf, readPounds } from '@waymark/contracts';
import { Field, Icon } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { AmountField } from '../pots/amount-field';
import { controlId, costWords, upFrontWords } from './application-words';
import { AskedBar } from './asked-bar';
import { CostLineForm } from './cost-line';
import type { CostDraft, OtherDraft } from './draft-fields';
import { DraftText } from './draft-text';
import { foreignMoney } from './foreign-money';
import { FormState } from './form-state';

const costsMost = 40;
const otherFundingMost = 10;
const waysUpFront = ['nothing', 'advance', 'department-card', 'own-money'] as const;

/** Step 2: costs by line, who else pays, the least amount, and what has to be paid before the event. */
@Component({
  selector: 'wm-costs-step',
  imports: [AmountField, AskedBar, CostLineForm, DraftText, Field, Icon],
  templateUrl: './costs-step.html',
  styleUrl: './costs-step.css',
})
export class CostsStep {
  protected readonly form = inject(FormState);
  protected readonly dates = inject(Dates);
  private readonly focusLater = focusOnceDrawn();
  protected readonly words = costWords;
  protected readonly poundsOf = poundsOf;
  protected readonly waysUpFront = waysUpFront;
  protected readonly upFrontWords = upFrontWords;
  protected readonly costsMost = costsMost;
  protected readonly otherFundingMost = otherFundingMost;

  protected readonly costs = computed(() => this.form.draft().costs);
  protected readonly others = computed(() => this.form.draft().otherFunding);
  protected readonly upFront = computed(() => this.form.draft().upFront);
  protected readonly asked = this.form.asked;
  protected readonly partAwards = computed(() => this.form.terms()?.partAwards ?? true);
  protected readonly leastPence = computed(() => {
    const read = readPounds(this.form.draft().least);
    return this.partAwards() && 'pence' in read && read.pence <= this.asked().askedPence ? read.pence : null;
  });
  protected readonly open = signal<string | null>(null);
  private readonly removed = signal<{ line: CostDraft; at: number } | null>(null);
  protected readonly undoable = computed(() => {
    const removed = this.removed();
    return removed ? $localize`${this.nameOf(removed.line)}:cost: is taken out.` : null;
  });

  protected readonly labels = {
    edit: (name: string) => $localize`Edit ${name}:cost:`,
    remove: (name: string) => $localize`Remove ${name}:cost:`,
    removeOther: (number: number) => $localize`Remove other funding ${number}:number:`,
  };

  protected nameOf(line: CostDraft): string {
    return line.what.trim() || costWords[line.category];
  }

  protected amountOf(line: { amount: string }): string {
    const read = readPounds(line.amount);
    if ('pence' in read) return poundsOf(read.pence);
    return line.amount.trim() || '–';
  }

  /** What is wrong with a line that is not open, so that it is not found only at the end. */
  protected faultOf(index: number): string | null {
    return (
      ['what', 'amount', 'foreign.amount', 'foreign.currency', 'foreign.rate', 'foreign.on']
        .map((part) => this.form.error(`costs.${index}.${part}`))
        .find(Boolean) ?? null
    );
  }

  protected foreignOf({ foreign }: CostDraft): string | null {
    if (!foreign || !foreign.amount || !foreign.rate) return null;
    const amount = foreignMoney(foreign.currency, foreign.amount);
    const on = /^\d{4}-\d\d-\d\d$/.test(foreign.on) ? this.dates.shortDay(foreign.on) : '';
    return on
      ? $localize`${amount}:amount: at ${foreign.rate}:rate: to the pound on ${on}:day:`
      : $localize`${amount}:amount: at ${foreign.rate}:rate: to the pound`;
  }

  protected add(): void {
    const used = new Set(this.costs().map(({ category }) => category));
    const category = costCategories.find((each) => !used.has(each)) ?? 'other';
    const line: CostDraft = { id: crypto.randomUUID(), category, what: '', note: '', amount: '', foreign: null };
    this.form.change((draft) => ({ ...draft, costs: [...draft.costs, line] }));
    this.edit(line.id, 'category');
  }

  protected edit(id: string, part = 'amount'): void {
    this.open.set(id);
    this.focus(`costs.${this.costs().findIndex((line) => line.id === id)}.${part}`);
  }

  protected close(index: number): void {
    this.open.set(null);
    this.focusLater(() => document.getElementById(`edit-cost-${index}`));
  }

  protected remove(index: number): void {
    const line = this.costs()[index];
    if (!line) return;
    this.removed.set({ line, at: index });
    this.form.change((draft) => ({ ...draft, costs: draft.costs.filter(({ id }) => id !== line.id) }));
    this.focusLater(() => document.getElementById('undo-cost'));
  }

  protected undo(): void {
    const removed = this.removed();
    if (!removed) return;
    this.form.change((draft) => ({ ...draft, costs: draft.costs.toSpliced(removed.at, 0, removed.line) }));
    this.removed.set(null);
    this.focusLater(() => document.getElementById(`edit-cost-${removed.at}`));
  }

  protected addOther(): void {
    const line: OtherDraft = { id: crypto.randomUUID(), from: '', amount: '', confirmed: false };
    this.form.change((draft) => ({ ...draft, otherFunding: [...draft.otherFunding, line] }));
    this.focus(`otherFunding.${this.others().length - 1}.from`);
  }

  protected changeOther(id: string, some: Partial<OtherDraft>): void {
    this.form.change((draft) => ({
      ...draft,
      otherFunding: draft.otherFunding.map((line) => (line.id === id ? { ...line, ...some } : line)),
    }));
  }

  protected removeOther(id: string): void {
    this.form.change((draft) => ({ ...draft, otherFunding: draft.otherFunding.filter((line) => line.id !== id) }));
    this.focusLater(() => document.getElementById('add-other'));
  }

  protected changeLeast(least: string): void {
    this.form.change((draft) => ({ ...draft, least }));
  }

  protected chooseUpFront(value: string): void {
    this.form.changeUpFront({ by: waysUpFront.find((each) => each === value) ?? null });
  }

  /** Opens the line that a field is in, and goes there. */
  reveal(path: string): void {
    const at = /^costs\.(\d+)\./.exec(path)?.[1];
    const line = at === undefined ? undefined : this.costs()[Number(at)];
    if (line) this.open.set(line.id);
    this.focus(path);
  }

  private focus(path: string): void {
    this.focusLater(() => document.getElementById(controlId(path)));
  }
}
