import { httpResource } from '@angular/common/http';
import { Component, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ParticipantRow, RoundView, Side, participantsPage } from '@waymark/contracts';
import { Chip, Empty, Icon, Pager, Person, Skeleton } from '@waymark/ui';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { Address } from '../../shell/address';
import { Confirm } from '../../shell/confirm';
import { peopleOf, sideWords } from '../imports/import-words';
import { SearchBox } from '../../shell/search-box';
import { listed, sentenceCase, unitAndGrade } from '../../shell/words';
import { waitedWords } from '../workbench/left-out-words';
import { RoundStore } from './round-store';

const pageSize = 25;

/** The mentors or the mentees of a round. */
@Component({
  selector: 'wm-participants-table',
  imports: [Chip, Confirm, Empty, Icon, Pager, Person, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './participants-table.html',
  styleUrls: ['../../shell/table-cards.css', './participants-table.css'],
})
export class ParticipantsTable {
  readonly side = input.required<Side>();
  readonly round = input.required<RoundView>();
  protected readonly store = inject(RoundStore);
  protected readonly address = inject(Address);
  protected readonly fact = unitAndGrade;
  private readonly confirm = viewChild.required(Confirm);

  protected readonly words = computed(() => sideWords[this.side()]);
  protected readonly pagesLabel = computed(() =>
    this.side() === 'mentees' ? $localize`Pages of mentees` : $localize`Pages of mentors`,
  );
  protected readonly pageName = computed(() => `${this.side()}-page`);
  protected readonly searchName = computed(() => `${this.side()}-search`);
  protected readonly search = computed(() => this.address.text(this.searchName()));

  /** Apart, so that polling the round does not read the list again. */
  private readonly roundId = computed(() => this.round().id);
  protected readonly resource = httpResource(
    () => ({
      url: `/api/mentoring/rounds/${this.roundId()}/${this.side()}`,
      params: {
        page: this.address.page(this.pageName()),
        pageSize,
        ...(this.search() && { search: this.search() ?? '' }),
      },
    }),
    { parse: (raw) => participantsPage.parse(raw) },
  );
  protected readonly people = kept(this.resource);
  protected readonly counted = computed(() => peopleOf(this.side(), this.round()[this.side()]));

  /** What waits already is offered only where something does. */
  protected readonly emptyText = computed(() => {
    const could = this.round().couldJoin[this.side()] > 0;
    if (this.side() === 'mentees') {
      return could
        ? $localize`Load the people who asked for a mentor from a file, or let open requests join.`
        : $localize`Load the people who asked for a mentor from a file.`;
    }
    return could
      ? $localize`Load the people who offer places from a file, or let active mentors join.`
      : $localize`Load the people who offer places from a file.`;
  });

  protected readonly leaving = signal<ParticipantRow | null>(null);
  protected readonly removing = new Deed();

  constructor() {
    let first = true;
    effect(() => {
      this.store.peopleChanged();
      if (!first) untracked(() => this.resource.reload());
      first = false;
    });
  }

  protected readonly removeHeading = computed(() => {
    const name = this.leaving()?.name ?? '';
    return $localize`Remove ${name}:name: from this round?`;
  });

  protected removeLabel(person: ParticipantRow): string {
    return $localize`Remove ${person.name}:name:`;
  }

  protected searchFor(search: string): void {
    this.address.change({ [this.searchName()]: search, [this.pageName()]: null }, 'typing');
  }

  protected goTo(page: number): void {
    this.address.change({ [this.pageName()]: page });
  }

  protected attributes(person: ParticipantRow): string[] {
    return person.attributes.map((each) => `${sentenceCase(each.name)}: ${listed(each.values)}`);
  }

  protected count(person: ParticipantRow): string {
    if (this.side() === 'mentees') return waitedWords(person.count);
    return person.count === 1 ? $localize`1 place` : $localize`${person.count}:count: places`;
  }

  protected ask(person: ParticipantRow): void {
    this.removing.forget();
    this.leaving.set(person);
    this.confirm().open();
  }

  protected async remove(): Promise<void> {
    const person = this.leaving();
    if (!person) return;
    const done = await this.removing.run(() => this.store.remove(this.round(), this.side(), person.id));
    if (done) this.confirm().close();
  }
}
