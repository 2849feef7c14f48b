import { Component, DestroyRef, ElementRef, computed, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { staffFileBytesMax, staffFileKinds } from '@waymark/contracts';
import { Icon, PageHeader, Progress } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { StaffFileNeeds } from './staff-file-needs';
import { ImportSteps } from '../../shell/import-steps';
import { fileRefusal, kindWords, mostWords, sizeWords } from './staff-import-words';
import { UploadStaffFile, UploadStopped } from './upload-staff-file';

/** First step: say what the file holds, choose it or drop it here. It is sent as it is. */
@Component({
  selector: 'wm-start-staff-import-page',
  imports: [Icon, PageHeader, Progress, RouterLink, StaffFileNeeds, ImportSteps, Trouble],
  templateUrl: './start-staff-import-page.html',
  styleUrl: './start-staff-import-page.css',
})
export class StartStaffImportPage {
  private readonly router = inject(Router);
  private readonly uploads = inject(UploadStaffFile);
  private readonly chooser = viewChild<ElementRef<HTMLInputElement>>('chooser');
  protected readonly address = inject(Address);
  protected readonly kinds = staffFileKinds;
  protected readonly words = kindWords;
  protected readonly most = mostWords(staffFileBytesMax);

  protected readonly kind = computed(() => this.address.one('kind', staffFileKinds) ?? 'staff');
  protected readonly over = signal(false);
  protected readonly refusal = signal<string | null>(null);
  protected readonly chosen = signal<{ file: File; key: string } | null>(null);
  protected readonly size = computed(() => sizeWords(this.chosen()?.file.size ?? 0));
  protected readonly percent = signal(0);
  protected readonly stopped = signal(false);
  protected readonly sending = new Deed();
  private stop: AbortController | null = null;
  /** All is sent, and the server has not answered yet. */
  protected readonly progressWords = computed(() =>
    this.percent() < 100 ? $localize`Sending ${this.chosen()?.file.name}:file:` : $localize`Sent; one moment`,
  );
  /** The same file again helps only where the file was not what was wrong. */
  protected readonly worthAgain = computed(() => {
    const refusal = this.sending.problem()?.refusal;
    return refusal === 'offline' || refusal === 'not-ready' || refusal === 'unexpected';
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop?.abort());
  }

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

  protected cancel(): void {
    this.stop?.abort();
  }

  protected async again(): Promise<void> {
    await this.send();
  }

  private async take(file: File): Promise<void> {
    this.sending.forget();
    this.stopped.set(false);
    this.refusal.set(fileRefusal(file));
    this.chosen.set({ file, key: crypto.randomUUID() });
    if (this.refusal() === null) await this.send();
    // The same file, corrected and saved, can be chosen again.
    const chooser = this.chooser()?.nativeElement;
    if (chooser) chooser.value = '';
  }

  private async send(): Promise<void> {
    const chosen = this.chosen();
    if (!chosen) return;
    this.percent.set(0);
    const stop = new AbortController();
    this.stop = stop;
    await this.sending.run(async () => {
      try {
        const sent = (percent: number) => this.percent.set(percent);
        const view = await this.uploads.run(this.kind(), chosen.file, chosen.key, sent, stop.signal);
        await this.router.navigate(['/administration/staff-imports', view.id]);
      } catch (thrown) {
        if (!(thrown instanceof UploadStopped)) throw thrown;
        this.stopped.set(true);
      }
    });
  }
}
