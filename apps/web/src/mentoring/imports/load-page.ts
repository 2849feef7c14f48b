import { httpResource } from '@angular/common/http';
import { Component, ElementRef, computed, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Side, importFileBytesMax, importView, roundView } from '@waymark/contracts';
import { Icon, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { fileContent } from './file-content';
import { fileRefusal, mostWords, sideWords } from './import-words';
import { ImportSteps } from '../../shell/import-steps';

/** First step of loading people: choose a file or drop it here. It is sent as it is and checked row by row. */
@Component({
  selector: 'wm-load-page',
  imports: [Icon, ImportSteps, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './load-page.html',
  styleUrl: './load-page.css',
})
export class LoadPage {
  readonly id = input.required<string>();
  readonly side = input.required<string>();
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  private readonly chooser = viewChild<ElementRef<HTMLInputElement>>('chooser');

  protected readonly resource = httpResource(() => `/api/mentoring/rounds/${this.id()}`, {
    parse: (raw) => roundView.parse(raw),
  });
  protected readonly round = computed(() => (this.resource.hasValue() ? this.resource.value() : undefined));
  protected readonly of = computed<Side>(() => (this.side() === 'mentors' ? 'mentors' : 'mentees'));
  protected readonly words = computed(() => sideWords[this.of()]);
  protected readonly heading = computed(() => $localize`Load ${this.words().more}:people:`);
  protected readonly most = mostWords(importFileBytesMax);

  protected readonly over = signal(false);
  protected readonly refusal = signal<string | null>(null);
  protected readonly chosen = signal<File | null>(null);
  protected readonly sending = new Deed();
  /** The same file again helps only where the file was not what was wrong. */
  protected readonly worthAgain = computed(() => {
    const refusal = this.sending.problem()?.refusal;
    return refusal === 'offline' || refusal === 'not-ready' || refusal === 'unexpected';
  });

  protected chooseFrom(files: FileList | null): void {
    const file = files?.[0];
    if (file) void this.take(file);
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.over.set(false);
    if (!this.sending.busy()) this.chooseFrom(event.dataTransfer?.files ?? null);
  }

  protected dragOver(event: DragEvent): void {
    event.preventDefault();
    this.over.set(true);
  }

  protected async again(): Promise<void> {
    const file = this.chosen();
    if (file) await this.take(file);
  }

  private async take(file: File): Promise<void> {
    this.chosen.set(file);
    this.refusal.set(fileRefusal(file, importFileBytesMax));
    if (this.refusal() === null) {
      await this.sending.run(async () => {
        const content = await fileContent(file);
        const body = { roundId: this.id(), side: this.of(), fileName: file.name.slice(0, 200), content };
        const view = await this.commands.post('/api/mentoring/imports', body, importView);
        await this.router.navigate(['/mentoring/imports', view.id]);
      });
    } else {
      this.sending.forget();
    }
    // The same file, corrected and saved, can be chosen again.
    const chooser = this.chooser()?.nativeElement;
    if (chooser) chooser.value = '';
  }
}
