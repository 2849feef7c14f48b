import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { entriesPage, entryKinds, entryRow, type EntryRow, poundsOf, potView, type PotView } from '@waymark/contracts';
import { Chip, Empty, Field, Message, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { MoveMoney } from './move-money';
import { PotBar } from './pot-bar';
import { PotForm } from './pot-form';
import { entryKindWords, potStatusWords, yearWords } from './pot-words';

const pageSize = 25;

type Form = 'fund' | 'transfer' | 'change';

/** One pot: what it holds, what can be done with it, and every entry that made it so. */
@Component({
  selector: 'wm-pot-page',
  imports: [
    Chip,
    Confirm,
    Empty,
    ExportLinks,
    Field,
    Message,
    MoveMoney,
    PageHeader,
    Pager,
    PotBar,
    PotForm,
    RouterLink,
    Skeleton,
    Trouble,
  ],
  templateUrl: './pot-page.html',
  styleUrls: ['../../shell/table-cards.css', './money-cards.css', './pot-page.css'],
})
export class PotPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly yearWords = yearWords;
  protected readonly statusWords = potStatusWords;
  protected readonly kindWords = entryKindWords;
  protected readonly kinds = entryKinds;

  protected readonly resource = httpResource(() => `/api/funding/pots/${this.id()}`, {
    parse: (raw) => potView.parse(raw),
  });
  protected readonly pot = kept(this.resource);
  protected readonly kind = computed(() => this.address.one('kind', entryKinds));
  private readonly filters = computed<Record<string, string>>(() => {
    const kind = this.kind();
    const none: Record<string, string> = {};
    return kind === undefined ? none : { kind };
  });
  protected readonly entriesResource = httpResource(
    () => ({
      url: `/api/funding/pots/${this.id()}/entries`,
      params: { page: this.address.page(), pageSize, ...this.filters() },
    }),
    { parse: (raw) => entriesPage.parse(raw) },
  );
  protected readonly entries = kept(this.entriesResource);
  protected readonly exportAddress = computed(() =>
    exportAddress(`/api/funding/pots/${this.id()}/entries/export`, this.filters()),
  );

  protected readonly reasonMissing = $localize`Say why, for whoever reads the books later.`;

  /** Which form is open: one, made anew for each, or none. */
  protected readonly moving = linkedSignal<string, Form[]>({ source: this.id, computation: () => [] });
  /** What was just done to this pot. */
  protected readonly done = linkedSignal<string, string>({ source: this.id, computation: () => '' });
  protected readonly rolling = new Deed();
  protected readonly correcting = new Deed();
  protected readonly toCorrect = signal<EntryRow | null>(null);
  protected readonly reason = signal('');
  protected readonly reasonTried = signal(false);
  private readonly focusLater = focusOnceDrawn();
  private readonly rollConfirm = viewChild<Confirm>('rollConfirm');
  private readonly correctConfirm = viewChild<Confirm>('correctConfirm');

  protected open(form: Form): void {
    this.done.set('');
    this.moving.set([form]);
  }

  /** The button that opened the form is there again, and has the focus. */
  protected close(): void {
    const [form] = this.moving();
    this.moving.set([]);
    if (form) this.focusLater(() => document.getElementById(`pot-${form}`));
  }

  protected moved(pot: PotView, words: string): void {
    this.close();
    this.done.set(words);
    this.take(pot);
  }

  protected changed(pot: PotView): void {
    this.close();
    this.done.set($localize`The pot is changed.`);
    this.take(pot);
  }

  protected askToRollOver(): void {
    this.rolling.forget();
    this.rollConfirm()?.open();
  }

  protected async rollOver(): Promise<void> {
    const pot = this.pot();
    if (!pot) return;
    const rolled = await this.rolling.run(async () => {
      const next = await this.commands.post(`/api/funding/pots/${pot.id}/roll-over`, { version: pot.version }, potView);
      this.rollConfirm()?.close();
      await this.router.navigate(['/funding/pots', next.id]);
      this.done.set($localize`The year is closed; what was left is here.`);
    });
    if (!rolled) this.resource.reload();
  }

  protected askToCorrect(entry: EntryRow): void {
    this.correcting.forget();
    this.reason.set('');
    this.reasonTried.set(false);
    this.toCorrect.set(entry);
    this.correctConfirm()?.open();
  }

  protected async correct(): Promise<void> {
    this.reasonTried.set(true);
    const entry = this.toCorrect();
    const reason = this.reason().trim();
    if (!entry || !reason) return document.getElementById('correct-reason')?.focus();
    const corrected = await this.correcting.run(async () => {
      await this.commands.post(`/api/funding/entries/${entry.id}/correct`, { reason }, entryRow);
    });
    if (!corrected) return;
    this.correctConfirm()?.close();
    this.done.set($localize`The entry is taken back. Both stay in the books.`);
    this.resource.reload();
    this.entriesResource.reload();
  }

  /** What an entry did to this pot, in pence available: below nothing where money left. */
  protected effect(entry: EntryRow): number {
    return entry.lines
      .filter(({ pot, account }) => pot.id === this.id() && account === 'available')
      .reduce((sum, { amountPence }) => sum + amountPence, 0);
  }

  /** The other pot of a transfer. */
  protected otherPot(entry: EntryRow): EntryRow['lines'][number]['pot'] | undefined {
    return entry.lines.map(({ pot }) => pot).find(({ id }) => id !== this.id());
  }

  protected signed(pence: number): string {
    return pence > 0 ? `+${poundsOf(pence)}` : poundsOf(pence);
  }

  private take(pot: PotView): void {
    this.resource.set(pot);
    this.entriesResource.reload();
  }
}
