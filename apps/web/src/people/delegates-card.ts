import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import {
  addDelegation,
  delegationReasons,
  delegationsView,
  type AddDelegation,
  type DelegationView,
} from '@waymark/contracts';
import { Chip, type ChipTone, Field, Icon, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Confirm } from '../shell/confirm';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { fieldWords, type FieldWords } from '../shell/field-words';
import { kept } from '../shell/kept';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { approverWords, delegationReasonWords, delegationStateWords } from './delegate-words';
import { PersonPicker, type Picked } from './person-picker';

const tones: Readonly<Record<DelegationView['state'], ChipTone>> = { now: 'ok', later: 'wait', past: 'draft' };

/** Who stands in for a person while they are away, for whom they stand in, and who decides today on what they ask for. */
@Component({
  selector: 'wm-delegates-card',
  imports: [Chip, Confirm, Field, FormField, Icon, PersonPicker, RouterLink, Skeleton, Trouble],
  templateUrl: './delegates-card.html',
  styles: `
    :host {
      display: block;
    }
    .lines .sub {
      display: block;
    }
    .lines > li {
      flex-wrap: wrap;
      justify-content: flex-start;
    }
    .lines > li > :first-child {
      flex: 1 1 100%;
    }
    .part {
      border-top: 1px solid var(--wm-line);
      margin-top: var(--wm-4);
      padding-top: var(--wm-4);
    }
    h3 {
      font-size: var(--wm-text-md);
    }
  `,
})
export class DelegatesCard {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  protected readonly dates = inject(Dates);
  private readonly ending = viewChild(Confirm);
  readonly personId = input.required<string>();

  protected readonly delegations = httpResource(() => this.url(), { parse: (raw) => delegationsView.parse(raw) });
  protected readonly shown = kept(this.delegations);
  protected readonly isSelf = computed(() => this.session.signedIn()?.person.id === this.personId());
  protected readonly lines = computed(() => (this.shown()?.delegations ?? []).map((line) => this.lineOf(line)));
  protected readonly standsInFor = computed(() => (this.shown()?.standsInFor ?? []).map((line) => this.lineOf(line)));
  protected readonly approver = computed(() => {
    const view = this.shown();
    return view ? approverWords(view.approver, this.isSelf()) : null;
  });

  protected readonly adding = new Deed();
  protected readonly removing = new Deed();
  protected readonly toEnd = signal<ReturnType<DelegatesCard['lineOf']> | null>(null);
  protected readonly open = signal(false);
  protected readonly reasons = delegationReasons;
  protected readonly reasonWords = delegationReasonWords;
  private readonly typed = signal({ reason: 'holiday', from: '', until: '' });
  protected readonly form = form(this.typed);
  protected readonly delegate = signal<Picked | null>(null);
  private readonly tried = signal(false);
  private readonly body = computed(() => {
    const { reason, from, until } = this.typed();
    return { delegateId: this.delegate()?.id ?? '', reason, from, until: until || from };
  });
  private readonly words: FieldWords<AddDelegation> = {
    delegateId: $localize`Choose who stands in.`,
    from: $localize`Choose the first day, today or later.`,
    until: $localize`Choose the last day, not before the first and within a year.`,
  };
  protected readonly errors = computed<FieldWords<AddDelegation>>(() =>
    this.tried() ? fieldWords(addDelegation, this.body(), this.words, this.adding.problem()) : {},
  );
  protected readonly endHeading = computed(
    () => $localize`End what ${this.toEnd()?.delegate.name ?? ''}:delegate: stands in for?`,
  );

  protected begin(): void {
    this.adding.forget();
    this.tried.set(false);
    this.open.set(true);
  }

  protected async add(): Promise<void> {
    this.tried.set(true);
    const parsed = addDelegation.safeParse(this.body());
    if (!parsed.success) {
      const [first] = Object.keys(this.errors());
      return document.getElementById(`delegation-${first}`)?.focus();
    }
    await this.adding.run(async () => {
      this.delegations.set(await this.commands.post(this.url(), parsed.data, delegationsView));
      this.typed.set({ reason: 'holiday', from: '', until: '' });
      this.delegate.set(null);
      this.tried.set(false);
      this.open.set(false);
    });
  }

  protected askToEnd(line: ReturnType<DelegatesCard['lineOf']>): void {
    this.removing.forget();
    this.toEnd.set(line);
    this.ending()?.open();
  }

  protected async end(): Promise<void> {
    const line = this.toEnd();
    if (!line) return;
    const ended = await this.removing.run(async () => {
      this.delegations.set(await this.commands.delete(`${this.url()}/${line.id}`, delegationsView));
    });
    if (ended) this.ending()?.close();
  }

  private url(): string {
    return `/api/people/${encodeURIComponent(this.personId())}/delegations`;
  }

  private lineOf(line: DelegationView) {
    const { from, until, reason, state } = line;
    const days =
      from === until
        ? this.dates.day(from)
        : $localize`${this.dates.day(from)}:from: to ${this.dates.day(until)}:until:`;
    return {
      ...line,
      days,
      why: delegationReasonWords[reason],
      words: delegationStateWords[state],
      tone: tones[state],
    };
  }
}
