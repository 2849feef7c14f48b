import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, inject, linkedSignal, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  answeredEndorsements,
  type EndorsementRow,
  endorsementSorts,
  endorsementsPage,
  poundsOf,
} from '@waymark/contracts';
import { Chip, Empty, Field, Icon, Message, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { focusOn } from '../../shell/focus-on';
import { kept } from '../../shell/kept';
import { Problem } from '../../shell/problem';
import { refusalWords } from '../../shell/refusal-words';
import { SearchBox } from '../../shell/search-box';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { daysInWords } from '../applications/event-days';
import { askedAsWords, awayWords, endorsementStatusWords } from './endorsement-words';

const pageSize = 25;
const shows = ['waiting', 'answered'] as const;

/** What could not be done of several, by whose it was. */
interface NotDone {
  name: string;
  why: string;
}

/** What of a team waits for an answer, and what was answered: dates, clashes, cost and what was funded before. */
@Component({
  selector: 'wm-endorsements-page',
  imports: [
    Chip,
    Confirm,
    Empty,
    ExportLinks,
    Field,
    Icon,
    Message,
    PageHeader,
    Pager,
    RouterLink,
    SearchBox,
    Skeleton,
    Trouble,
  ],
  templateUrl: './endorsements-page.html',
  styleUrls: ['../../shell/table-cards.css', './endorsements-page.css'],
})
export class EndorsementsPage {
  private readonly commands = inject(Commands);
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly me = inject(Session).signedIn()?.person.id ?? '';
  protected readonly poundsOf = poundsOf;
  protected readonly statusWords = endorsementStatusWords;
  protected readonly askedAs = askedAsWords;
  protected readonly away = awayWords;
  protected readonly sorts = endorsementSorts;
  protected readonly sortWords: Readonly<Record<(typeof endorsementSorts)[number], string>> = {
    'answer-by': $localize`Soonest answer first`,
    event: $localize`By event date`,
    '-cost': $localize`Highest cost first`,
    name: $localize`By name`,
  };

  protected readonly show = computed(() => this.address.one('show', shows) ?? 'waiting');
  protected readonly search = computed(() => this.address.text('search'));
  protected readonly sort = computed(() => this.address.one('sort', endorsementSorts) ?? 'answer-by');
  private readonly filters = computed(() => {
    const search = this.search();
    return { show: this.show(), sort: this.sort(), ...(search === undefined ? {} : { search }) };
  });
  protected readonly resource = httpResource(
    () => ({ url: '/api/funding/endorsements', params: { page: this.address.page(), pageSize, ...this.filters() } }),
    { parse: (raw) => endorsementsPage.parse(raw) },
  );
  protected readonly page = kept(this.resource);
  protected readonly exportAddress = computed(() => exportAddress('/api/funding/endorsements/export', this.filters()));

  /** Chosen on this page of the list. */
  private readonly chosen = linkedSignal<readonly EndorsementRow[] | undefined, ReadonlySet<string>>({
    source: () => this.page()?.rows,
    computation: () => new Set(),
  });
  protected readonly answerable = computed(() => (this.page()?.rows ?? []).filter(({ mayAnswer }) => mayAnswer));
  protected readonly picked = computed(() => this.answerable().filter(({ id }) => this.chosen().has(id)));
  protected readonly question = signal('');
  protected readonly tried = signal(false);
  protected readonly missing = $localize`Write your question.`;
  private readonly injector = inject(Injector);
  protected readonly deed = new Deed();
  protected readonly done = signal('');
  protected readonly notDone = signal<readonly NotDone[]>([]);
  private readonly endorseConfirm = viewChild<Confirm>('endorseConfirm');
  private readonly askConfirm = viewChild<Confirm>('askConfirm');

  protected readonly endorseHeading = computed(() => {
    const count = this.picked().length;
    return count === 1 ? $localize`Endorse 1 application?` : $localize`Endorse ${count}:count: applications?`;
  });
  protected readonly endorseAction = computed(() =>
    this.picked().length === 1 ? $localize`Endorse it` : $localize`Endorse them`,
  );
  protected readonly askHeading = computed(() => {
    const count = this.picked().length;
    return count === 1 ? $localize`Ask 1 person a question` : $localize`Ask ${count}:count: people one question`;
  });

  protected days({ event }: EndorsementRow): string {
    return daysInWords(event.startsOn, event.endsOn, {
      day: (day) => this.dates.shortDayAndYear(day),
      shortDay: (day) => this.dates.shortDay(day),
    });
  }

  protected isChosen(id: string): boolean {
    return this.chosen().has(id);
  }

  protected choose(id: string): void {
    this.chosen.update((chosen) => {
      const next = new Set(chosen);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  protected chooseAll(): void {
    const all = this.answerable();
    this.chosen.set(this.picked().length === all.length ? new Set() : new Set(all.map(({ id }) => id)));
  }

  protected ask(answer: 'endorsed' | 'returned'): void {
    this.deed.forget();
    this.tried.set(false);
    (answer === 'endorsed' ? this.endorseConfirm() : this.askConfirm())?.open();
  }

  protected async answer(answer: 'endorsed' | 'returned'): Promise<void> {
    this.tried.set(true);
    const reason = answer === 'returned' ? this.question().trim() : '';
    if (answer === 'returned' && !reason) return document.getElementById('question')?.focus();
    const rows = this.picked();
    const answered = await this.deed.run(async () => {
      const endorsements = rows.map(({ id, version }) => ({ id, version }));
      const { results } = await this.commands.post(
        '/api/funding/endorsements/answers',
        { endorsements, answer, reason },
        answeredEndorsements,
      );
      const failed = results.flatMap(({ id, refusal }) => {
        const row = rows.find((each) => each.id === id);
        return refusal && row ? [{ name: row.applicant.name, why: refusalWords(new Problem(refusal, 0)).title }] : [];
      });
      this.notDone.set(failed);
      this.done.set(this.doneWords(answer, rows.length - failed.length));
    });
    if (!answered) return;
    this.endorseConfirm()?.close();
    this.askConfirm()?.close();
    this.question.set('');
    // Those that were answered leave the list, and the button with them.
    focusOn(this.done() ? 'endorsements-done' : 'endorsements-not-done', this.injector);
    this.resource.reload();
  }

  private doneWords(answer: 'endorsed' | 'returned', count: number): string {
    if (count === 0) return '';
    if (answer === 'endorsed') {
      return count === 1
        ? $localize`1 application is endorsed.`
        : $localize`${count}:count: applications are endorsed.`;
    }
    return count === 1
      ? $localize`Your question went to 1 person.`
      : $localize`Your question went to ${count}:count: people.`;
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }
}
