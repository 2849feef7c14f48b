import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { erasurePreview, erasureReasons, ownExportView, type ErasureReason } from '@waymark/contracts';
import { Field, Icon, Message, PageHeader, Progress, Skeleton } from '@waymark/ui';
import { ExportCard } from '../../account/export-card';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { pageTitle } from '../../shell/page-title';
import { stageWords } from '../../shell/stage-words';
import { Trouble } from '../../shell/trouble';
import { whileTrue } from '../../shell/while-true';
import { doesWords, erasureReasonWords, erasureStatusWords, obstacleWords } from './data-request-words';

/** One person's data: a copy in their stead, and their erasure, shown before it is done and confirmed by the name. */
@Component({
  selector: 'wm-data-request-page',
  imports: [Confirm, ExportCard, Field, Icon, Message, PageHeader, Progress, RouterLink, Skeleton, Trouble],
  templateUrl: './data-request-page.html',
})
export class DataRequestPage {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  private readonly confirming = viewChild.required(Confirm);
  readonly id = input.required<string>();

  private readonly url = computed(() => `/api/data-requests/people/${encodeURIComponent(this.id())}`);
  protected readonly preview = httpResource(() => this.url(), { parse: (raw) => erasurePreview.parse(raw) });
  private readonly newest = kept(this.preview);
  protected readonly shown = computed(() => (this.newest()?.person.id === this.id() ? this.newest() : undefined));
  protected readonly heading = computed(() => this.shown()?.person.name ?? $localize`Data of a person`);
  protected readonly obstacle = computed(() => {
    const obstacle = this.shown()?.obstacle;
    return obstacle ? obstacleWords[obstacle] : null;
  });
  protected readonly erasureStatus = computed(() => {
    const erasure = this.shown()?.erasure;
    return erasure ? { ...erasure, ...erasureStatusWords[erasure.status] } : null;
  });
  protected readonly stage = computed(() => stageWords[this.shown()?.erasure?.job?.stage ?? 'waiting']);
  /** Kinds that end alike are one line. */
  protected readonly lines = computed(() => {
    const lines = new Map<string, { title: string; does: string; rows: number; why: string }>();
    for (const { title, does, rows, why } of this.shown()?.kinds ?? []) {
      const key = `${title} ${does} ${why}`;
      const line = lines.get(key) ?? { title, does: doesWords[does], rows: 0, why };
      lines.set(key, { ...line, rows: line.rows + rows });
    }
    return [...lines.values()];
  });
  protected readonly collectWords = computed(() =>
    this.shown()?.export ? $localize`Collect it anew` : $localize`Collect their data`,
  );
  protected readonly reasons = erasureReasons;
  protected readonly reasonWords = erasureReasonWords;

  protected readonly exporting = new Deed();
  protected readonly erasing = new Deed();
  protected readonly typedName = signal('');
  protected readonly reason = signal<ErasureReason>('asked');
  protected readonly tried = signal(false);
  protected readonly nameLabel = computed(() => $localize`To be sure, type the name: ${this.heading()}:name:`);
  protected readonly nameError = computed(() => {
    if (!this.tried()) return null;
    if (this.erasing.problem()?.refusal === 'name-differs' || this.typedName().trim() === '') {
      return $localize`Type the name as it stands above: ${this.heading()}:name:.`;
    }
    return null;
  });

  constructor() {
    pageTitle(() => this.shown()?.person.name);
    whileTrue(
      () => this.shown()?.erasure?.status === 'erasing' || this.shown()?.export?.status === 'collecting',
      1500,
      () => this.preview.reload(),
    );
  }

  protected async startExport(): Promise<void> {
    await this.exporting.run(async () => {
      await this.commands.post(`${this.url()}/export`, {}, ownExportView);
    });
    this.preview.reload();
  }

  protected ask(): void {
    this.erasing.forget();
    this.tried.set(false);
    this.typedName.set('');
    this.confirming().open();
  }

  protected async erase(): Promise<void> {
    this.tried.set(true);
    const person = this.shown()?.person;
    if (!person) return;
    if (this.typedName().trim() === '') return document.getElementById('erase-name')?.focus();
    const done = await this.erasing.run(async () => {
      const body = { version: person.version, name: this.typedName(), reason: this.reason() };
      this.preview.set(await this.commands.post(`${this.url()}/erasure`, body, erasurePreview));
    });
    if (done) this.confirming().close();
  }

  protected choose(event: Event): void {
    const value = (event.target as HTMLSelectElement).value;
    this.reason.set(erasureReasons.find((each) => each === value) ?? 'asked');
  }
}
