import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  awardRejections,
  awardsPage,
  awardStatuses,
  awardView,
  type AwardRejection,
  type AwardRow,
} from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Person, Skeleton } from '@waymark/ui';
import { Address } from '../shell/address';
import { Commands } from '../shell/commands';
import { Confirm } from '../shell/confirm';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { SearchBox } from '../shell/search-box';
import { Trouble } from '../shell/trouble';
import { awardStatusWords, decisionWords, rejectionWords } from './award-words';

const tabWords = {
  declared: $localize`To check`,
  verified: $localize`Verified`,
  rejected: $localize`Not confirmed`,
  lapsed: $localize`Lapsed`,
} as const;

/** For award verifiers: what was declared and waits to be checked, and what became of the others. */
@Component({
  selector: 'wm-awards-page',
  imports: [Chip, Confirm, Empty, PageHeader, Pager, Person, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './awards-page.html',
  styles: `
    .acts {
      gap: var(--wm-2);
      margin: 0;
    }
    .seg a {
      display: inline-flex;
      align-items: center;
      min-height: var(--wm-control);
      padding: 0 var(--wm-3);
      color: var(--wm-ink);
      text-decoration: none;
    }
    .seg a[aria-current] {
      background: var(--wm-primary-soft);
      color: var(--wm-on-primary-soft);
      font-weight: var(--wm-medium);
    }
    .filters {
      margin-bottom: var(--wm-4);
    }
  `,
})
export class AwardsPage {
  private readonly address = inject(Address);
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);

  protected readonly status = computed(() => this.address.one('status', awardStatuses) ?? 'declared');
  protected readonly search = computed(() => this.address.text('search') ?? '');
  protected readonly awards = httpResource(
    () => ({
      url: '/api/awards',
      params: {
        status: this.status(),
        page: this.address.page(),
        pageSize: 25,
        ...(this.search() && { search: this.search() }),
      },
    }),
    { parse: (raw) => awardsPage.parse(raw) },
  );
  protected readonly shown = kept(this.awards);
  protected readonly rows = computed(() =>
    (this.shown()?.rows ?? []).map((row) => ({
      ...row,
      chip: awardStatusWords[row.status],
      decision: decisionWords(row, this.dates),
    })),
  );
  protected readonly tabs = awardStatuses.map((status) => ({ status, words: tabWords[status] }));
  protected readonly labels = {
    award: $localize`Award`,
    number: $localize`Number`,
    awarded: $localize`Awarded`,
    validTo: $localize`Valid to`,
  };

  private readonly rejecting = viewChild.required<Confirm>('reject');
  private readonly renewing = viewChild.required<Confirm>('renew');
  protected readonly chosen = signal<AwardRow | null>(null);
  protected readonly reason = signal<AwardRejection>('not-in-register');
  protected readonly renewTo = signal('');
  protected readonly verifying = new Deed();
  protected readonly deciding = new Deed();
  protected readonly said = signal('');
  protected readonly reasons = awardRejections.map((reason) => ({ reason, words: rejectionWords[reason] }));
  protected readonly rejectHeading = computed(() => $localize`Do not confirm ${this.chosen()?.award ?? ''}:award:?`);
  protected readonly renewHeading = computed(() => $localize`Renew ${this.chosen()?.award ?? ''}:award:`);
  protected readonly rejectAction = $localize`Do not confirm it`;
  protected readonly renewAction = $localize`Renew it`;

  protected find(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected goTo(page: number): void {
    this.address.change({ page });
  }

  protected async verify(row: AwardRow): Promise<void> {
    this.chosen.set(row);
    const done = await this.verifying.run(async () => {
      await this.commands.post(`/api/awards/${row.id}/verify`, { version: row.version }, awardView);
    });
    if (done) this.tell($localize`${row.award}:award: of ${row.person.name}:person: is verified.`);
  }

  protected askToReject(row: AwardRow): void {
    this.deciding.forget();
    this.chosen.set(row);
    this.reason.set('not-in-register');
    this.rejecting().open();
  }

  protected async rejectIt(): Promise<void> {
    const row = this.chosen();
    if (!row) return;
    const done = await this.deciding.run(async () => {
      const body = { version: row.version, reason: this.reason() };
      await this.commands.post(`/api/awards/${row.id}/reject`, body, awardView);
    });
    if (!done) return;
    this.rejecting().close();
    this.tell($localize`${row.award}:award: of ${row.person.name}:person: is not confirmed; they are told why.`);
  }

  protected askToRenew(row: AwardRow): void {
    this.deciding.forget();
    this.chosen.set(row);
    this.renewTo.set('');
    this.renewing().open();
  }

  protected async renewIt(): Promise<void> {
    const row = this.chosen();
    if (!row) return;
    const done = await this.deciding.run(async () => {
      const body = { version: row.version, validTo: this.renewTo() || null };
      await this.commands.post(`/api/awards/${row.id}/renew`, body, awardView);
    });
    if (!done) return;
    this.renewing().close();
    this.tell($localize`${row.award}:award: of ${row.person.name}:person: is renewed.`);
  }

  protected chooseReason(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.reason.set(awardRejections.find((reason) => reason === value) ?? 'other');
  }

  protected typeRenewTo(event: Event): void {
    this.renewTo.set((event.target as HTMLInputElement).value);
  }

  private tell(words: string): void {
    this.said.set(words);
    this.awards.reload();
  }
}
