import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, inject, linkedSignal, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  claimKinds,
  type ClaimRow,
  claimsApproved,
  claimSorts,
  claimsPage,
  claimStatuses,
  poundsOf,
} from '@waymark/contracts';
import { Chip, Empty, Message, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { focusOn } from '../../shell/focus-on';
import { kept } from '../../shell/kept';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { counted } from '../../shell/words';
import { claimName, claimStatusWords } from './award-words';

const pageSize = 25;
const statuses = claimStatuses.filter((status) => status !== 'draft');

/** Claims that were sent: to look through, decide on one by one, or approve several at once. */
@Component({
  selector: 'wm-claims-page',
  imports: [Chip, Confirm, Empty, ExportLinks, Message, PageHeader, Pager, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './claims-page.html',
  styleUrls: ['../../shell/table-cards.css', '../pots/money-cards.css', './claims-page.css'],
})
export class ClaimsPage {
  private readonly commands = inject(Commands);
  private readonly injector = inject(Injector);
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly claimName = claimName;
  protected readonly statuses = statuses;
  protected readonly kinds = claimKinds;
  protected readonly sorts = claimSorts;
  protected readonly statusWords = claimStatusWords;
  protected readonly kindWords: Readonly<Record<(typeof claimKinds)[number], string>> = {
    claim: $localize`Claims`,
    advance: $localize`Advances`,
  };
  protected readonly sortWords: Readonly<Record<(typeof claimSorts)[number], string>> = {
    submitted: $localize`Those that wait longest first`,
    '-submitted': $localize`Newest first`,
    '-amount': $localize`Largest first`,
    name: $localize`By name`,
  };

  protected readonly search = computed(() => this.address.text('search'));
  protected readonly status = computed(() => this.address.one('status', statuses));
  protected readonly kind = computed(() => this.address.one('kind', claimKinds));
  protected readonly callId = computed(() => this.address.text('callId'));
  protected readonly held = computed(() => this.address.one('held', ['true', 'false']));
  protected readonly sort = computed(() => this.address.one('sort', claimSorts) ?? 'submitted');
  protected readonly filtered = computed(() =>
    Boolean(this.search() ?? this.status() ?? this.kind() ?? this.callId() ?? this.held()),
  );
  private readonly filters = computed<Record<string, string>>(() => {
    const all = {
      search: this.search(),
      status: this.status(),
      kind: this.kind(),
      callId: this.callId(),
      held: this.held(),
      sort: this.sort(),
    };
    return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
  });
  protected readonly resource = httpResource(
    () => ({ url: '/api/funding/claims', params: { page: this.address.page(), pageSize, ...this.filters() } }),
    { parse: (raw) => claimsPage.parse(raw) },
  );
  protected readonly claims = kept(this.resource);
  protected readonly exportAddress = computed(() => exportAddress('/api/funding/claims/export', this.filters()));

  /** Those ticked, of the page that is shown. */
  protected readonly ticked = linkedSignal<string, ReadonlySet<string>>({
    source: () => JSON.stringify([this.filters(), this.address.page()]),
    computation: () => new Set(),
  });
  protected readonly approvable = computed(() => this.claims()?.rows.filter(({ mayApprove }) => mayApprove) ?? []);
  protected readonly chosen = computed(() => this.approvable().filter(({ id }) => this.ticked().has(id)));
  protected readonly chosenPence = computed(() => this.chosen().reduce((sum, { toPayPence }) => sum + toPayPence, 0));
  protected readonly approveWords = computed(() =>
    this.chosen().length === 0
      ? $localize`Approve those chosen`
      : $localize`Approve ${this.chosen().length}:count:, ${poundsOf(this.chosenPence())}:sum:`,
  );
  protected readonly words = {
    heading: $localize`Approve these claims?`,
    headingOne: $localize`Approve this claim?`,
    action: $localize`Approve them`,
    actionOne: $localize`Approve it`,
  };
  protected readonly approving = new Deed();
  protected readonly done = signal('');
  private readonly confirm = viewChild<Confirm>('confirm');

  protected choose(filter: string, value: string): void {
    this.address.change({ [filter]: value, page: null });
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected clearFilters(): void {
    this.address.change({ search: null, status: null, kind: null, callId: null, held: null, page: null });
  }

  protected tick({ id }: ClaimRow, on: boolean): void {
    const ticked = new Set(this.ticked());
    if (on) ticked.add(id);
    else ticked.delete(id);
    this.ticked.set(ticked);
  }

  protected tickAll(on: boolean): void {
    this.ticked.set(new Set(on ? this.approvable().map(({ id }) => id) : []));
  }

  protected totalWords(count: number, pence: number): string {
    return $localize`${counted(count, $localize`claim`, $localize`claims`)}:claims:; they pay ${poundsOf(pence)}:sum:`;
  }

  protected chosenWords(count: number, pence: number): string {
    return $localize`${counted(count, $localize`claim`, $localize`claims`)}:claims:, ${poundsOf(pence)}:sum: to pay, each under its pot’s cost code.`;
  }

  protected tickWords(row: ClaimRow): string {
    return $localize`Choose ${claimName(row)}:claim: of ${row.person.name}:name:`;
  }

  protected ask(): void {
    this.approving.forget();
    this.confirm()?.open();
  }

  protected async approve(): Promise<void> {
    const approved = await this.approving.run(async () => {
      const claims = this.chosen().map(({ id, version }) => ({ id, version }));
      const { approved: count, pence } = await this.commands.post(
        '/api/funding/claims/approve',
        { claims },
        claimsApproved,
      );
      this.done.set($localize`${count}:count: approved, ${poundsOf(pence)}:sum: in all. They wait for a batch.`);
      this.ticked.set(new Set());
    });
    if (approved) {
      this.confirm()?.close();
      focusOn('claims-done', this.injector);
    }
    this.resource.reload();
  }
}
