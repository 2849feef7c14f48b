import { httpResource } from '@angular/common/http';
import { Component, Injector, computed, inject, input, linkedSignal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { batchView, type ClaimRow, poundsOf } from '@waymark/contracts';
import { Chip, Empty, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { ExportLinks } from '../../shell/export-links';
import { focusOn } from '../../shell/focus-on';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';
import { batchStatusWords, claimName, claimStatusWords } from './award-words';

/** One payment run: what it pays by cost code, its file for the finance system, and that it was paid. */
@Component({
  selector: 'wm-batch-page',
  imports: [Chip, Confirm, Empty, ExportLinks, Message, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './batch-page.html',
  styles: `
    .said-here:focus {
      outline: none;
    }
    .said-here:empty + * {
      margin-top: 0;
    }
  `,
  styleUrls: ['../../shell/table-cards.css', '../pots/money-cards.css'],
})
export class BatchPage {
  readonly id = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly injector = inject(Injector);
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly claimName = claimName;
  protected readonly statusWords = batchStatusWords;
  protected readonly claimWords = claimStatusWords;
  protected readonly resource = httpResource(() => `/api/funding/batches/${this.id()}`, {
    parse: (raw) => batchView.parse(raw),
  });
  protected readonly batch = kept(this.resource);
  protected readonly exportAddress = computed(() => `/api/funding/batches/${this.id()}/export`);
  protected readonly done = linkedSignal<string, string>({ source: this.id, computation: () => '' });
  protected readonly heading = computed(() => {
    const batch = this.batch();
    return batch ? $localize`Batch ${batch.number}:number:` : $localize`Batch`;
  });
  protected readonly paying = new Deed();
  protected readonly removing = new Deed();
  private readonly confirm = viewChild<Confirm>('confirm');

  protected ask(): void {
    this.paying.forget();
    this.confirm()?.open();
  }

  protected async pay(): Promise<void> {
    const paid = await this.paying.run(async () => {
      const body = { version: this.batch()?.version };
      this.resource.set(await this.commands.post(`/api/funding/batches/${this.id()}/pay`, body, batchView));
      this.done.set($localize`Paid. Everybody in it is told by mail.`);
    });
    if (paid) {
      this.confirm()?.close();
      focusOn('batch-done', this.injector);
    } else this.resource.reload();
  }

  protected async remove({ id: claimId }: ClaimRow): Promise<void> {
    const removed = await this.removing.run(async () => {
      const body = { version: this.batch()?.version, claimId };
      this.resource.set(await this.commands.post(`/api/funding/batches/${this.id()}/remove`, body, batchView));
      this.done.set($localize`It is out, approved still, and waits for the next batch.`);
    });
    if (removed) focusOn('batch-done', this.injector);
    else this.resource.reload();
  }
}
