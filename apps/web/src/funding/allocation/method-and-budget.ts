import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { type AllocationMethod, allocationMethods, type GroupLimit, poundsOf, readPounds } from '@waymark/contracts';
import { Field, Icon } from '@waymark/ui';
import { Deed } from '../../shell/deed';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { AmountField } from '../pots/amount-field';
import { AllocationStore } from './allocation-store';
import { methodWords, movesWords, queueWords, readScore, scoreOf, totalsWords } from './allocation-words';
import { BudgetLine } from './budget-line';
import { type BudgetScale, stepFor } from './budget-steps';
import { GroupLimits } from './group-limits';
import { queueBlocks, queueOf } from './queue-blocks';

/** By which method and with how much money; the queue against the budget line, which answers while one drags it. */
@Component({
  selector: 'wm-method-and-budget',
  imports: [AmountField, BudgetLine, Field, GroupLimits, Icon, Trouble],
  templateUrl: './method-and-budget.html',
  styleUrl: './method-and-budget.css',
})
export class MethodAndBudget {
  protected readonly store = inject(AllocationStore);
  protected readonly methods = allocationMethods;
  protected readonly words = methodWords;
  protected readonly poundsOf = poundsOf;
  protected readonly figure = figure;
  readonly keeping = new Deed();
  private readonly focusLater = focusOnceDrawn();

  protected readonly making = computed(() => this.store.making());
  protected readonly fixed = computed(() => this.store.bench()?.may.make !== true);
  protected readonly budgetPence = computed(() => this.making()?.parameters.budgetPence ?? 1);

  private readonly queued = computed(() => {
    const queue = this.store.queue();
    return queue ? queueOf(queue, this.store.trial() ? (this.store.view()?.queue ?? null) : null) : [];
  });
  protected readonly blocks = computed(() => queueBlocks(this.queued()));
  protected readonly askedPence = computed(() => this.queued().reduce((sum, { askedPence }) => sum + askedPence, 0));
  protected readonly picture = computed(() => queueWords(this.queued(), this.askedPence(), this.budgetPence()));
  /** Some are drawn with others, and in a run some may be funded and some not. */
  protected readonly someTogether = computed(() => this.blocks().some(({ state }) => state === 'some'));

  /** What may be given at most: what the call says, as far as the pot has it. */
  protected readonly mostPence = computed(() => {
    const bench = this.store.bench();
    return bench ? Math.max(0, Math.min(bench.call.budgetPence, bench.pot.availablePence)) : 0;
  });
  protected readonly scale = computed<BudgetScale>(() => {
    const step = stepFor(this.askedPence());
    const most = Math.max(Math.min(this.mostPence(), Math.max(this.askedPence(), step)), this.budgetPence(), 1);
    return { least: Math.min(step, most), most, step };
  });
  protected readonly mostWords = computed(() => {
    const bench = this.store.bench();
    if (!bench || this.fixed()) return '';
    const most = poundsOf(this.mostPence(), 'short');
    return bench.pot.availablePence < bench.call.budgetPence
      ? $localize`At most ${most}:sum:, what the pot has.`
      : $localize`At most ${most}:sum:, as the call says.`;
  });

  protected readonly typed = linkedSignal(() => poundsOf(this.budgetPence()).slice(1));
  protected readonly tried = signal(false);
  protected readonly budgetFault = computed(() => {
    const read = readPounds(this.typed());
    return 'pence' in read && read.pence > Math.max(this.mostPence(), this.store.stood()?.parameters.budgetPence ?? 0)
      ? $localize`That is more than may be given: ${poundsOf(this.mostPence())}:sum:.`
      : null;
  });

  private readonly barStands = computed(() => this.making()?.parameters.bar ?? 0);
  protected readonly bar = linkedSignal(() => scoreOf(this.barStands()));
  protected readonly barFault = computed(() => {
    const bar = readScore(this.bar());
    if (bar === null) return $localize`Write a score from 0 to 100, as “50” or “52.5”.`;
    const most = this.store.bench()?.call.bar ?? 1000;
    return bar > most
      ? $localize`The call says ${scoreOf(most)}:bar:. It can be lowered for everybody, and not raised.`
      : null;
  });
  /** The call says whether there are part-awards; a scenario can do without them, and not bring them in. */
  protected readonly partOffered = computed(() => this.store.bench()?.call.partAwards === true);
  /** More than method and budget decides: shown open where it is not as the call says. */
  protected readonly moreOpen = computed(() => {
    const making = this.store.stood();
    return this.moreWanted() || (making?.parameters.groups.length ?? 0) > 0;
  });
  /** What is wrong is in there. */
  private readonly moreWanted = signal(false);
  protected readonly shareBys = [
    { value: 'unit' as const, text: $localize`Units` },
    { value: 'grade' as const, text: $localize`Grades` },
  ];

  protected readonly meaning = computed(() => {
    const totals = this.store.totals();
    if (this.store.waiting()) return $localize`working it out`;
    return totals ? totalsWords(totals) : '';
  });
  protected readonly moves = computed(() => (this.store.trial() && this.store.view() ? movesWords(this.queued()) : ''));
  /** Said to those who cannot see the picture, once the answer is there. */
  protected readonly said = computed(() =>
    this.store.trial() && !this.store.waiting() ? [this.meaning(), this.moves()].filter(Boolean).join(' ') : '',
  );
  protected readonly overridesLeftOut = computed(
    () => this.store.trial() !== undefined && (this.store.shown()?.totals?.overrides ?? 0) > 0,
  );
  protected readonly keepWords = computed(() =>
    this.store.limited() ? $localize`Compute and keep as a scenario` : $localize`Keep as a scenario`,
  );
  /** A limit is typed that cannot be read: what would be kept without it is not what was meant. */
  protected readonly limitFaulty = signal(false);
  protected readonly limitsTried = signal(false);
  private readonly faultAt = computed<'budget' | 'bar' | 'limits' | null>(() => {
    if ('fault' in readPounds(this.typed()) || this.budgetFault() !== null) return 'budget';
    if (this.barFault() !== null) return 'bar';
    return this.limitFaulty() && this.making()?.method === 'by-total' ? 'limits' : null;
  });

  protected choose(method: AllocationMethod): void {
    const parameters = this.making()?.parameters;
    this.store.try({
      method,
      parameters: { shareBy: method === 'equal-shares' ? (parameters?.shareBy ?? 'unit') : null },
    });
  }

  protected typeBudget(typed: string): void {
    this.typed.set(typed);
    const read = readPounds(typed);
    if ('pence' in read && this.budgetFault() === null) this.store.try({ parameters: { budgetPence: read.pence } });
    this.typed.set(typed);
  }

  protected leaveBudget(): void {
    const read = readPounds(this.typed());
    this.tried.set('fault' in read || this.budgetFault() !== null);
  }

  protected moveTo(budgetPence: number): void {
    this.tried.set(false);
    this.store.try({ parameters: { budgetPence } });
  }

  protected typeBar(typed: string): void {
    const bar = readScore(typed);
    this.bar.set(typed);
    if (bar !== null && this.barFault() === null) this.store.try({ parameters: { bar } });
    this.bar.set(typed);
  }

  protected partAwards(partAwards: boolean): void {
    this.store.try({ parameters: { partAwards } });
  }

  protected shareBy(shareBy: 'unit' | 'grade'): void {
    this.store.try({ parameters: { shareBy } });
  }

  protected limit(groups: readonly GroupLimit[]): void {
    this.store.try({ parameters: { groups: [...groups] } });
  }

  protected takeBack(): void {
    this.keeping.forget();
    this.tried.set(false);
    this.limitsTried.set(false);
    this.store.takeBack();
    this.typed.set(poundsOf(this.budgetPence()).slice(1));
    this.bar.set(scoreOf(this.making()?.parameters.bar ?? 0));
  }

  /** Keeps what is being tried, where all of it can be read; else shows what cannot. */
  async keep(): Promise<void> {
    const fault = this.faultAt();
    if (fault !== null) {
      this.tried.set(fault === 'budget');
      this.limitsTried.set(true);
      this.moreWanted.set(fault !== 'budget');
      this.focusLater(() =>
        fault === 'limits'
          ? document.querySelector<HTMLElement>('wm-group-limits [aria-invalid]')
          : document.getElementById(fault),
      );
      return;
    }
    this.limitsTried.set(false);
    await this.keeping.run(() => this.store.keep());
  }
}
