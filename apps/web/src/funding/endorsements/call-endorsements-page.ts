import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, inject, input, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  callEndorsementChanged,
  type CallEndorsementRow,
  callEndorsementSorts,
  callEndorsementsPage,
  endorsingStates,
  poundsOf,
  remindedEndorsers,
} from '@waymark/contracts';
import { Chip, Empty, Field, Message, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { PersonPicker, type Picked } from '../../people/person-picker';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates, daysBetween } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { focusOn } from '../../shell/focus-on';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import type { StatusWords } from '../../shell/status-words';
import { Trouble } from '../../shell/trouble';
import { daysInWords } from '../applications/event-days';
import { askedAsWords, endorsementStatusWords, endorsingStateWords } from './endorsement-words';

const pageSize = 25;

/** How the applications of a call stand with their endorsement: what waits, for whom, how long, and what only the coordinator can do. */
@Component({
  selector: 'wm-call-endorsements-page',
  imports: [
    ...[Chip, Confirm, Empty, ExportLinks, Field, Message, PageHeader, Pager, PersonPicker, RouterLink, SearchBox],
    ...[Skeleton, Trouble],
  ],
  templateUrl: './call-endorsements-page.html',
  styleUrls: ['../../shell/table-cards.css', './call-endorsements-page.css'],
})
export class CallEndorsementsPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly injector = inject(Injector);
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly states = endorsingStates;
  protected readonly stateWords = endorsingStateWords;
  protected readonly askedAs = askedAsWords;
  protected readonly sorts = callEndorsementSorts;
  protected readonly sortWords: Readonly<Record<(typeof callEndorsementSorts)[number], string>> = {
    age: $localize`Waiting longest first`,
    name: $localize`By name`,
    event: $localize`By event date`,
  };
  protected readonly nobodyPicked = $localize`Choose somebody from the list.`;
  protected readonly letGoOn = $localize`Let it go on`;
  protected readonly declineIt = $localize`Decline it`;
  protected readonly reasonMissing = $localize`Say why. The applicant reads it.`;

  protected readonly state = computed(() => this.address.one('state', endorsingStates));
  protected readonly search = computed(() => this.address.text('search'));
  protected readonly sort = computed(() => this.address.one('sort', callEndorsementSorts) ?? 'age');
  protected readonly filtered = computed(() => Boolean(this.search() ?? this.state()));
  private readonly filters = computed(() => {
    const [search, state] = [this.search(), this.state()];
    return {
      sort: this.sort(),
      ...(state === undefined ? {} : { state }),
      ...(search === undefined ? {} : { search }),
    };
  });
  private readonly base = computed(() => `/api/funding/calls/${this.id()}/endorsements`);
  protected readonly resource = httpResource(
    () => ({ url: this.base(), params: { page: this.address.page(), pageSize, ...this.filters() } }),
    { parse: (raw) => callEndorsementsPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);
  protected readonly exportAddress = computed(() => exportAddress(`${this.base()}/export`, this.filters()));
  protected readonly waiting = computed(() => (this.page()?.rows ?? []).filter(({ state }) => state === 'waiting'));

  /** The application that a form is about. */
  protected readonly about = signal<CallEndorsementRow | null>(null);
  protected readonly picked = signal<Picked | null>(null);
  protected readonly decision = signal<'endorsed' | 'declined'>('endorsed');
  protected readonly reason = signal('');
  protected readonly tried = signal(false);
  protected readonly naming = new Deed();
  protected readonly deciding = new Deed();
  protected readonly reminding = new Deed();
  protected readonly done = signal('');
  private readonly nameConfirm = viewChild<Confirm>('nameConfirm');
  private readonly decideConfirm = viewChild<Confirm>('decideConfirm');

  protected readonly nameHeading = computed(() => {
    const name = this.about()?.applicant.name ?? '';
    return $localize`Who answers on ${name}:applicant:’s application?`;
  });
  protected readonly decideHeading = computed(() => {
    const name = this.about()?.applicant.name ?? '';
    return this.decision() === 'endorsed'
      ? $localize`Let ${name}:applicant:’s application go on?`
      : $localize`Decline ${name}:applicant:’s application?`;
  });

  protected days({ event }: CallEndorsementRow): string {
    return daysInWords(event.startsOn, event.endsOn, {
      day: (day) => this.dates.shortDayAndYear(day),
      shortDay: (day) => this.dates.shortDay(day),
    });
  }

  /** Of what was answered, what: whoever has gone on since was endorsed. */
  protected wordsOf({ state, purpose, applicationStatus: status }: CallEndorsementRow): StatusWords {
    if (state !== 'answered' || purpose !== 'application') return endorsingStateWords[state];
    return endorsementStatusWords[status === 'declined' || status === 'returned' ? status : 'endorsed'];
  }

  protected age(row: CallEndorsementRow): string {
    const days = daysBetween(this.dates.calendarDay(row.submittedAt), this.dates.calendarDay(new Date().toISOString()));
    if (days <= 0) return $localize`since today`;
    return days === 1 ? $localize`for 1 day` : $localize`for ${days}:count: days`;
  }

  protected askToName(row: CallEndorsementRow): void {
    this.about.set(row);
    this.picked.set(null);
    this.tried.set(false);
    this.naming.forget();
    this.nameConfirm()?.open();
  }

  protected askToDecide(row: CallEndorsementRow, decision: 'endorsed' | 'declined'): void {
    this.about.set(row);
    this.decision.set(decision);
    this.reason.set('');
    this.tried.set(false);
    this.deciding.forget();
    this.decideConfirm()?.open();
  }

  protected async name(): Promise<void> {
    this.tried.set(true);
    const [row, person] = [this.about(), this.picked()];
    if (!row || !person) return document.getElementById('endorser')?.focus();
    const { applicationId, purpose } = row;
    const named = await this.naming.run(async () => {
      await this.commands.post(
        `${this.base()}/name`,
        { applicationId, purpose, personId: person.id },
        callEndorsementChanged,
      );
      this.done.set($localize`${person.name}:person: is asked about ${row.applicant.name}:applicant:’s application.`);
    });
    if (!named) return;
    this.nameConfirm()?.close();
    focusOn('call-endorsements-done', this.injector);
    this.resource.reload();
  }

  protected async decide(): Promise<void> {
    this.tried.set(true);
    const [row, reason, decision] = [this.about(), this.reason().trim(), this.decision()];
    if (!row || !reason) return document.getElementById('decide-reason')?.focus();
    const { applicationId, version } = row;
    const decided = await this.deciding.run(async () => {
      await this.commands.post(
        `${this.base()}/decide`,
        { applicationId, version, decision, reason },
        callEndorsementChanged,
      );
      this.done.set(
        decision === 'endorsed'
          ? $localize`${row.applicant.name}:applicant:’s application goes on, and they have been told why.`
          : $localize`${row.applicant.name}:applicant:’s application does not go on, and they have been told why.`,
      );
    });
    if (!decided) return;
    this.decideConfirm()?.close();
    focusOn('call-endorsements-done', this.injector);
    this.resource.reload();
  }

  protected async remind(rows: readonly CallEndorsementRow[]): Promise<void> {
    this.done.set('');
    await this.reminding.run(async () => {
      const endorsementIds = rows.flatMap(({ endorsementId }) => (endorsementId ? [endorsementId] : []));
      const { reminded, lately } = await this.commands.post(
        `${this.base()}/remind`,
        { endorsementIds },
        remindedEndorsers,
      );
      this.done.set(
        [
          reminded === 1
            ? $localize`1 reminder is on its way.`
            : $localize`${reminded}:count: reminders are on their way.`,
          ...(lately ? [$localize`${lately}:count: had a mail within the last day and got none.`] : []),
        ].join(' '),
      );
    });
    this.resource.reload();
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected clearFilters(): void {
    this.address.change({ search: null, state: null, page: null });
  }
}
