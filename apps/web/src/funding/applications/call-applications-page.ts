import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  type ApplicationRow,
  applicationSorts,
  applicationStatuses,
  applicationsPage,
  callView,
  poundsOf,
  unitsView,
} from '@waymark/contracts';
import { Chip, Empty, PageHeader, Pager, Skeleton } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { ExportLinks, exportAddress } from '../../shell/export-links';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { SearchBox } from '../../shell/search-box';
import { Trouble } from '../../shell/trouble';
import { listed, unitAndGrade } from '../../shell/words';
import { unitOptions } from '../../people/unit-options';
import { appealWords, applicationStatusWords } from './application-words';
import { daysInWords } from './event-days';
import { ruleNames } from './rule-words';

const pageSize = 25;

/** Every application of a call, for whoever runs it. Of scores it says nothing. */
@Component({
  selector: 'wm-call-applications-page',
  imports: [Chip, Empty, ExportLinks, PageHeader, Pager, RouterLink, SearchBox, Skeleton, Trouble],
  templateUrl: './call-applications-page.html',
  styleUrls: ['../../shell/table-cards.css', '../pots/money-cards.css'],
  styles: `
    .dt th,
    .dt td:not(.num) {
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .dt thead th {
      overflow-wrap: normal;
    }
  `,
})
export class CallApplicationsPage {
  readonly id = input.required<string>();
  protected readonly address = inject(Address);
  protected readonly dates = inject(Dates);
  protected readonly statusWords = applicationStatusWords;
  protected readonly appealWords = appealWords;
  protected readonly poundsOf = poundsOf;
  protected readonly sorts = applicationSorts;
  protected readonly sortWords: Readonly<Record<(typeof applicationSorts)[number], string>> = {
    name: $localize`By name`,
    reference: $localize`By reference`,
    '-submitted': $localize`Sent last first`,
    '-asked': $localize`Most asked first`,
    event: $localize`By the day of the event`,
  };

  protected readonly search = computed(() => this.address.text('search'));
  protected readonly status = computed(() => this.address.one('status', applicationStatuses));
  protected readonly unitId = computed(() => this.address.text('unitId'));
  protected readonly appeals = computed(() => this.address.one('appeals', ['waiting']));
  protected readonly sort = computed(() => this.address.one('sort', applicationSorts) ?? 'name');
  private readonly page = computed(() => this.address.page());
  protected readonly filtered = computed(() =>
    Boolean(this.search() ?? this.status() ?? this.unitId() ?? this.appeals()),
  );
  private readonly filters = computed(() => {
    const [search, status, unitId, appeals] = [this.search(), this.status(), this.unitId(), this.appeals()];
    return {
      ...(search === undefined ? {} : { search }),
      ...(status === undefined ? {} : { status }),
      ...(unitId === undefined ? {} : { unitId }),
      ...(appeals === undefined ? {} : { appeals }),
      sort: this.sort(),
    };
  });
  private readonly url = computed(() => `/api/funding/calls/${this.id()}/applications`);
  protected readonly resource = httpResource(
    () => ({ url: this.url(), params: { page: this.page(), pageSize, ...this.filters() } }),
    { parse: (raw) => applicationsPage.parse(raw) },
  );
  protected readonly applications = kept(this.resource);
  private readonly call = httpResource(() => `/api/funding/calls/${this.id()}`, {
    parse: (raw) => callView.parse(raw),
  });
  protected readonly callName = computed(() => (this.call.hasValue() ? this.call.value().name : $localize`Call`));
  private readonly units = httpResource(() => '/api/units', { parse: (raw) => unitsView.parse(raw) });
  protected readonly unitChoices = computed(() => (this.units.hasValue() ? unitOptions(this.units.value().units) : []));
  protected readonly exportAddress = computed(() => exportAddress(`${this.url()}/export`, this.filters()));
  /** Of the whole call, in the order of the work: how many stand where. */
  protected readonly statusChoices = computed(() => {
    const counts = new Map(this.applications()?.counts.map(({ status, count }) => [status, count]));
    return applicationStatuses.flatMap((status) => {
      const count = counts.get(status) ?? 0;
      return count > 0 || status === this.status() ? [{ status, count }] : [];
    });
  });

  constructor() {
    pageTitle(() => $localize`Applications: ${this.callName()}:call:`);
  }

  protected choose(filter: 'status' | 'unitId' | 'appeals' | 'sort', value: string): void {
    this.address.change({ [filter]: value, page: null });
  }

  protected searchFor(search: string): void {
    this.address.change({ search, page: null }, 'typing');
  }

  protected clearFilters(): void {
    this.address.change({ search: null, status: null, unitId: null, appeals: null, page: null });
  }

  protected factOf({ applicant }: ApplicationRow): string | null {
    return applicant && unitAndGrade(applicant);
  }

  protected daysOf({ eventStartsOn, eventEndsOn }: ApplicationRow): string {
    if (!eventStartsOn) return '';
    const dates = {
      day: (day: string) => this.dates.shortDayAndYear(day),
      shortDay: (day: string) => this.dates.shortDay(day),
    };
    return daysInWords(eventStartsOn, eventEndsOn ?? eventStartsOn, dates);
  }

  protected failedOf({ failedRules }: ApplicationRow): string {
    return listed(failedRules.map((rule) => ruleNames[rule]));
  }
}
