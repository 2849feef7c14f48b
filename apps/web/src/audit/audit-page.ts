import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { auditExportMost, auditPage, auditQuery, type AuditEntryView, type AuditQuery } from '@waymark/contracts';
import { Empty, Icon, PageHeader, Skeleton } from '@waymark/ui';
import { type Picked, PersonPicker } from '../people/person-picker';
import { Address } from '../shell/address';
import { Dates } from '../shell/dates';
import { kept } from '../shell/kept';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { figure } from '../shell/words';
import { actInWords, actWords, kindInWords, kindWords } from './act-words';
import { ChainCard } from './chain-card';
import { detailsInWords } from './detail-words';
import { nameOf, pageOf, subjectInWords, whoInWords } from './entry-words';

const filterNames = ['who', 'act', 'kind', 'record', 'from', 'to', 'correlation', 'onBehalf'] as const;
type FilterName = (typeof filterNames)[number];

const byWords = (words: Readonly<Record<string, string>>) =>
  Object.entries(words)
    .map(([value, text]) => ({ value, text }))
    .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'));

/** Everything that was done, by whom and when, and whether the record of it is whole. For auditors alone. */
@Component({
  selector: 'wm-audit-page',
  imports: [ChainCard, Empty, Icon, PageHeader, PersonPicker, RouterLink, Skeleton, Trouble],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.css',
})
export class AuditPage {
  private readonly address = inject(Address);
  private readonly session = inject(Session);
  protected readonly dates = inject(Dates);

  protected readonly acts = byWords(actWords);
  protected readonly kinds = byWords(kindWords);
  protected readonly most = figure(auditExportMost);

  /** What the address asks for; one that cannot be understood is passed over, filter by filter. */
  protected readonly query = computed<AuditQuery>(() => {
    const asked = Object.fromEntries(
      [...filterNames, 'earlier' as const, 'later' as const].flatMap((name) => {
        const value = this.address.text(name);
        return value !== undefined && auditQuery.safeParse({ [name]: value }).success ? [[name, value]] : [];
      }),
    );
    return auditQuery.parse(asked);
  });
  private readonly filters = computed<Record<string, string>>(() =>
    Object.fromEntries(
      filterNames.flatMap((name) => {
        const value = this.query()[name];
        return value === undefined || value === false ? [] : [[name, String(value)]];
      }),
    ),
  );
  protected readonly filtered = computed(() => Object.keys(this.filters()).length > 0);

  protected readonly entries = httpResource(
    () => {
      const { earlier, later } = this.query();
      return {
        url: '/api/audit/entries',
        params: { ...this.filters(), ...(later ? { later } : earlier ? { earlier } : {}) },
      };
    },
    { parse: (raw) => auditPage.parse(raw) },
  );
  protected readonly shown = kept(this.entries);
  protected readonly rows = computed(() => (this.shown()?.rows ?? []).map((row) => this.rowOf(row)));

  /** The person that the address names; their name is known once a line speaks of them. */
  protected readonly who = computed(() => this.personOf(this.query().who));
  protected readonly about = computed(() => {
    const { kind, record } = this.query();
    return kind === 'person' ? this.personOf(record) : null;
  });
  protected readonly exports = computed(() =>
    (['csv', 'xlsx'] as const).map((format) => ({
      format,
      words: format === 'csv' ? $localize`Export as CSV` : $localize`Export as XLSX`,
      url: `/api/audit/entries/export?${new URLSearchParams({ ...this.filters(), format }).toString()}`,
    })),
  );
  protected readonly labels = {
    when: $localize`When`,
    who: $localize`Who`,
    about: $localize`About`,
    request: $localize`Request`,
    number: $localize`Number`,
  };

  protected choose(name: FilterName, value: string): void {
    this.change({ [name]: value || null });
  }

  protected chooseWho(person: Picked | null): void {
    if (person?.id !== this.query().who) this.change({ who: person?.id ?? null });
  }

  /** A person as the subject: their identifier under the kind of record that people are. */
  protected chooseAbout(person: Picked | null): void {
    if (person?.id === this.about()?.id) return;
    this.change({ record: person?.id ?? null, kind: person ? 'person' : null });
  }

  protected chooseRequest(value: string): void {
    this.change({ correlation: value.trim().toUpperCase() || null });
  }

  protected clear(): void {
    this.change(Object.fromEntries(filterNames.map((name) => [name, null])));
  }

  protected turn(direction: 'earlier' | 'later', cursor: string): void {
    this.address.change({ earlier: null, later: null, [direction]: cursor });
    document.getElementById('entries-h')?.scrollIntoView();
  }

  /** Another filter begins at the newest line. */
  private change(changes: Record<string, string | null>): void {
    this.address.change({ earlier: null, later: null, ...changes });
  }

  private personOf(id: string | undefined): Picked | null {
    if (id === undefined) return null;
    const named = (this.shown()?.rows ?? [])
      .flatMap((row) => [row.actor, row.onBehalfOf, row.subject.person])
      .find((person) => person?.id === id);
    return { id, name: named ? nameOf(named) : $localize`One person` };
  }

  private rowOf(row: AuditEntryView) {
    return {
      ...row,
      who: whoInWords(row),
      what: actInWords(row.act),
      kind: kindInWords(row.subject.kind),
      about: subjectInWords(row.subject),
      page: pageOf(row, (permission) => this.session.may(permission)),
      more: detailsInWords(row.details, (day) => this.dates.day(day)),
      allOf: $localize`Timeline: all that happened to this record, ${subjectInWords(row.subject)}:record:`,
      allOfRequest: $localize`All that request ${row.correlationId ?? ''}:number: did`,
      when: this.dates.moment(row.at),
      number: row.seal === null ? null : figure(row.seal),
    };
  }
}
