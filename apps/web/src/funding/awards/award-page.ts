import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { claimView, fundAwardView, type FundAwardView, poundsOf, readPounds } from '@waymark/contracts';
import { Chip, Message, PageHeader, Skeleton, Timeline } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { focusOn } from '../../shell/focus-on';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { AmountField } from '../pots/amount-field';
import { awardEnded, reportWords } from './award-ended';
import { AwardMoney } from './award-money';
import { nextOfAward } from './award-next';
import { awardStatusWords, claimName, claimStatusWords, happenedEntries } from './award-words';
import { ChangeForm } from './change-form';

/** What is asked before it is done. */
type Asked = 'refuse' | 'cancel' | 'declined' | 'withdraw-change';

/** An award: to answer, to go with, to claim of. A phone first. */
@Component({
  selector: 'wm-award-page',
  imports: [
    AmountField,
    AwardMoney,
    ChangeForm,
    Chip,
    Confirm,
    Message,
    PageHeader,
    RouterLink,
    Skeleton,
    Timeline,
    Trouble,
  ],
  templateUrl: './award-page.html',
  styleUrl: './award-page.css',
})
export class AwardPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly statusWords = awardStatusWords;
  protected readonly claimWords = claimStatusWords;
  protected readonly claimName = claimName;

  protected readonly resource = httpResource(() => `/api/funding/awards/${this.id()}`, {
    parse: (raw) => fundAwardView.parse(raw),
  });
  protected readonly award = kept(this.resource);
  protected readonly entries = computed(() => {
    const award = this.award();
    if (!award) return [];
    return [...happenedEntries(award.happenings, this.dates), ...nextOfAward(award, this.today(), this.dates)];
  });
  /** How it ended, where it did. */
  protected readonly ended = computed(() => {
    const award = this.award();
    return award ? awardEnded(award, this.dates) : null;
  });
  /** What was just done. */
  protected readonly done = linkedSignal<string, string>({ source: this.id, computation: () => '' });
  protected readonly form = linkedSignal<string, 'change' | 'advance' | 'repayment' | null>({
    source: this.id,
    computation: () => null,
  });
  protected readonly doing = new Deed();
  protected readonly asked = signal<Asked>('refuse');
  protected readonly nothingToClaim = signal(false);
  protected readonly amount = signal('');
  protected readonly tried = signal(false);
  private readonly confirm = viewChild<Confirm>('confirm');

  protected readonly openClaim = computed(() =>
    this.award()?.claims.find(
      ({ kind, status }) =>
        kind === 'claim' && (status === 'draft' || status === 'returned' || status === 'payment-rejected'),
    ),
  );
  /** What a claim that stands open waits for. */
  protected readonly openClaimWords = computed(() => {
    const open = this.openClaim();
    if (!open) return null;
    const name = claimName(open);
    switch (open.status) {
      case 'returned':
        return $localize`${name}:claim: came back from finance with something to mend.`;
      case 'payment-rejected':
        return $localize`The payment of ${name}:claim: did not go through. The money is still held for you.`;
      default:
        return $localize`${name}:claim: is begun, and not sent yet.`;
    }
  });
  protected readonly claimAction = computed(() => {
    switch (this.openClaim()?.status) {
      case 'draft':
        return $localize`Go on with your claim`;
      case 'returned':
      case 'payment-rejected':
        return $localize`Mend your claim`;
      default:
        return $localize`Claim what you spent`;
    }
  });
  protected readonly amountFault = computed(() => {
    const read = readPounds(this.amount());
    const award = this.award();
    if (!('pence' in read) || !award) return null;
    const most = this.form() === 'advance' ? award.advanceMostPence : this.unsettled();
    return read.pence > most ? $localize`At most ${poundsOf(most)}:most:.` : null;
  });
  protected readonly eventDays = computed(() => {
    const event = this.award()?.event;
    if (!event) return '';
    const last = this.dates.shortDayAndYear(event.endsOn);
    return event.startsOn === event.endsOn
      ? last
      : $localize`${this.dates.shortDay(event.startsOn)}:first: to ${last}:last:`;
  });
  /** Advanced, and not claimed yet. */
  protected readonly unsettled = computed(() => {
    const figures = this.award()?.figures;
    return figures ? Math.max(0, figures.advancedPence - figures.settledPence) : 0;
  });
  protected readonly question = computed(() => {
    switch (this.asked()) {
      case 'refuse':
        return { heading: $localize`Not take up this award?`, action: $localize`Do not take it`, grave: true };
      case 'cancel':
        return { heading: $localize`Say that you do not go?`, action: $localize`Cancel the award`, grave: true };
      case 'declined':
        return { heading: $localize`The abstract was declined?`, action: $localize`It was declined`, grave: true };
      case 'withdraw-change':
        return { heading: $localize`Take the change back?`, action: $localize`Take it back`, grave: false };
    }
  });

  protected reportWords(award: FundAwardView, report: NonNullable<FundAwardView['report']>): string {
    return reportWords(report, award.status === 'closed', this.today(), this.dates);
  }

  private today(): string {
    return this.dates.calendarDay(new Date().toISOString());
  }

  protected accept(): Promise<void> {
    return this.act('accept', {}, $localize`The award is yours. We wish you a good time.`);
  }

  protected attend(): Promise<void> {
    return this.act('attend', {}, $localize`Noted: you were there.`);
  }

  protected abstractAccepted(): Promise<void> {
    return this.act('abstract', { abstract: 'accepted' }, $localize`Congratulations. The award stands.`);
  }

  protected ask(what: Asked): void {
    this.doing.forget();
    this.nothingToClaim.set(false);
    this.asked.set(what);
    this.confirm()?.open();
  }

  protected async confirmed(): Promise<void> {
    switch (this.asked()) {
      case 'refuse':
        return this.act('refuse', {}, $localize`Thank you for saying so. The money goes to somebody else.`);
      case 'cancel':
        return this.act(
          'cancel',
          { nothingToClaim: this.nothingToClaim() },
          this.nothingToClaim()
            ? $localize`The award is closed, and its money free for somebody else.`
            : $localize`The award is cancelled. Claim what you cannot get back.`,
        );
      case 'declined':
        return this.act('abstract', { abstract: 'declined' }, $localize`Noted. Claim what you cannot get back.`);
      case 'withdraw-change':
        return this.act('withdraw-change', {}, $localize`The award stands as it was.`);
    }
  }

  protected open(form: 'change' | 'advance' | 'repayment'): void {
    this.doing.forget();
    this.done.set('');
    this.tried.set(false);
    const award = this.award();
    const most = form === 'advance' ? (award?.advanceMostPence ?? 0) : this.unsettled();
    this.amount.set(poundsOf(most).slice(1));
    this.form.set(form);
    focusOn(form === 'change' ? 'change-name' : 'award-amount', this.injector);
  }

  /** Back to the button that opened it. */
  protected notNow(): void {
    const form = this.form();
    this.form.set(null);
    focusOn(`open-${form}`, this.injector);
  }

  protected async send(event: Event, deed: 'advance' | 'repayment'): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const read = readPounds(this.amount());
    if (!('pence' in read) || this.amountFault()) return document.getElementById('award-amount')?.focus();
    await this.act(
      deed,
      { amountPence: read.pence },
      deed === 'advance'
        ? $localize`The advance is asked for. Finance decides.`
        : $localize`Noted. It is in the pot again.`,
    );
  }

  protected async claim(): Promise<void> {
    const open = this.openClaim();
    if (open) {
      await this.router.navigate(['/funding/claims', open.id]);
      return;
    }
    const begun = await this.doing.run(async () => {
      const claim = await this.commands.post(`/api/funding/awards/${this.id()}/claims`, {}, claimView);
      await this.router.navigate(['/funding/claims', claim.id]);
    });
    if (!begun) this.resource.reload();
  }

  protected changed(award: FundAwardView): void {
    this.form.set(null);
    this.resource.set(award);
    this.say($localize`Your manager is asked.`);
  }

  private async act(deed: string, more: object, words: string): Promise<void> {
    const award = this.award();
    if (!award) return;
    const acted = await this.doing.run(async () => {
      const body = { version: award.version, ...more };
      this.resource.set(await this.commands.post(`/api/funding/awards/${award.id}/${deed}`, body, fundAwardView));
    });
    if (!acted) {
      this.resource.reload();
      return;
    }
    this.confirm()?.close();
    this.form.set(null);
    this.say(words);
  }

  /** The button that was pressed is gone by now: reading goes on where the answer stands. */
  private say(words: string): void {
    this.done.set(words);
    focusOn('award-done', this.injector);
  }
}
