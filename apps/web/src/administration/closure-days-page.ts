import { httpResource } from '@angular/common/http';
import { Component, computed, inject, linkedSignal, signal, viewChild } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import {
  addClosureDays,
  closureDaysMost,
  closureDaysView,
  type AddClosureDays,
  type ClosureDaysView,
} from '@waymark/contracts';
import { Empty, Field, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Address } from '../shell/address';
import { Commands } from '../shell/commands';
import { Confirm } from '../shell/confirm';
import { Dates, daysBetween } from '../shell/dates';
import { Deed } from '../shell/deed';
import { fieldWords, type FieldWords } from '../shell/field-words';
import { kept } from '../shell/kept';
import { Trouble } from '../shell/trouble';
import { counted } from '../shell/words';
import { closureLines, holidaysKnown, workingDaysTaken, type ClosureLine } from './closure-lines';

/** Days on which nobody works, year by year: the institution's own and its nation's bank holidays. */
@Component({
  selector: 'wm-closure-days-page',
  imports: [Confirm, Empty, Field, FormField, Icon, Message, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './closure-days-page.html',
  styleUrl: './closure-days-page.css',
})
export class ClosureDaysPage {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  private readonly address = inject(Address);
  private readonly confirm = viewChild(Confirm);
  private readonly thisYear = Number(this.dates.calendarDay(new Date().toISOString()).slice(0, 4));

  protected readonly year = computed(() => this.address.whole('year') ?? this.thisYear);
  protected readonly days = httpResource(() => ({ url: '/api/settings/closure-days', params: { year: this.year() } }), {
    parse: (raw) => closureDaysView.parse(raw),
  });
  protected readonly shown = kept(this.days);
  protected readonly lines = computed(() => {
    const view = this.shown();
    return view ? closureLines(view).map((line) => ({ ...line, words: this.rangeWords(line) })) : [];
  });
  protected readonly taken = computed(() => {
    const view = this.shown();
    return view ? counted(workingDaysTaken(view), $localize`working day`, $localize`working days`) : '';
  });
  protected readonly known = computed(() => {
    const view = this.shown();
    return view === undefined || holidaysKnown(view);
  });

  private readonly typed = signal({ name: '', from: '', until: '' });
  protected readonly form = form(this.typed);
  protected readonly adding = new Deed();
  protected readonly removing = new Deed();
  protected readonly toRemove = signal<(ClosureLine & { words: string }) | null>(null);
  protected readonly added = linkedSignal<number, string>({ source: this.year, computation: () => '' });
  private readonly tried = signal(false);
  private readonly body = computed<AddClosureDays>(() => {
    const { name, from, until } = this.typed();
    return { name, from, until: until || from };
  });
  protected readonly errors = computed<FieldWords<AddClosureDays>>(() => {
    if (!this.tried()) return {};
    const { from, until } = this.body();
    const long = from && until ? daysBetween(from, until) + 1 : 1;
    const words = {
      name: $localize`Say what the days are called, as “Winter closure”.`,
      from: $localize`Choose the first day.`,
      until: $localize`Choose the last day.`,
    };
    return {
      ...fieldWords(addClosureDays, this.body(), words),
      ...(long < 1 ? { until: $localize`The last day lies before the first.` } : {}),
      ...(long > closureDaysMost
        ? { until: $localize`At most ${closureDaysMost}:most: days at a stretch; these are ${long}:days:.` }
        : {}),
    };
  });

  protected go(year: number): void {
    this.address.change({ year: year === this.thisYear ? null : year });
  }

  protected async add(): Promise<void> {
    this.tried.set(true);
    const [first] = Object.keys(this.errors());
    if (first) return document.getElementById(first)?.focus();
    const body = addClosureDays.parse(this.body());
    const added = await this.adding.run(async () => {
      this.take(await this.commands.post('/api/settings/closure-days', body, closureDaysView));
      this.typed.set({ name: '', from: '', until: '' });
      this.tried.set(false);
    });
    if (added) this.added.set(body.name);
  }

  protected askToRemove(line: ClosureLine & { words: string }): void {
    this.removing.forget();
    this.toRemove.set(line);
    this.confirm()?.open();
  }

  protected async remove(): Promise<void> {
    const line = this.toRemove();
    if (!line) return;
    const { from, until } = line;
    const removed = await this.removing.run(async () => {
      this.take(await this.commands.post('/api/settings/closure-days/remove', { from, until }, closureDaysView));
    });
    if (removed) this.confirm()?.close();
  }

  /** The answer is of the year of the first day, which may be another than the one shown. */
  private take(view: ClosureDaysView): void {
    if (view.year === this.year()) this.days.set(view);
    else this.go(view.year);
  }

  private rangeWords({ from, until, days }: ClosureLine): string {
    return days === 1
      ? this.dates.day(from)
      : $localize`${this.dates.shortDay(from)}:from: to ${this.dates.shortDay(until)}:until:, ${counted(days, $localize`day`, $localize`days`)}:days:`;
  }
}
