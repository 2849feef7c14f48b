import { HttpClient } from '@angular/common/http';
import { Component, DestroyRef, computed, effect, inject, input, signal } from '@angular/core';
import type { FileView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { firstValueFrom } from 'rxjs';
import { isPicture } from './file-words';

/**
 * A picture that only some may see: fetched by a route that asks who, and shown from memory. Files are always answered as
 * attachments, so an address alone would not show it. A PDF has its icon.
 */
@Component({
  selector: 'wm-picture',
  imports: [Icon],
  template: `
    @if (shown(); as url) {
      <img [src]="url" [alt]="alt()" [style.rotate.deg]="turned()" (error)="failed.set(true)" />
    } @else {
      <span class="none" role="img" [attr.aria-label]="alt()" [class.busy]="loading()">
        <wm-icon [name]="failed() ? 'warning' : 'document'" />
      </span>
    }
  `,
  styles: `
    :host {
      display: grid;
      place-items: center;
      overflow: hidden;
      background: var(--wm-sunk);
      border-radius: var(--wm-r-2);
    }
    img {
      max-width: 100%;
      max-height: 100%;
      width: 100%;
      height: 100%;
      object-fit: contain;
    }
    .none {
      color: var(--wm-ink-2);
    }
    .busy {
      opacity: 0.5;
    }
  `,
})
export class Picture {
  readonly file = input.required<Pick<FileView, 'id' | 'mediaType'>>();
  /** Where the file is to be had. */
  readonly address = input.required<string>();
  readonly alt = input.required<string>();
  /** Quarter turns: receipts are photographed every way round. */
  readonly turned = input(0);

  private readonly http = inject(HttpClient);
  private readonly url = signal<string | null>(null);
  protected readonly failed = signal(false);
  protected readonly loading = computed(
    () => isPicture(this.file().mediaType) && this.url() === null && !this.failed(),
  );
  protected readonly shown = computed(() => (this.failed() ? null : this.url()));

  constructor() {
    effect((onCleanup) => {
      const [address, { mediaType }] = [this.address(), this.file()];
      this.failed.set(false);
      if (!isPicture(mediaType)) return this.url.set(null);
      let made: string | null = null;
      let left = false;
      firstValueFrom(this.http.get(address, { responseType: 'blob' }))
        .then((blob) => {
          if (left) return;
          made = URL.createObjectURL(blob);
          this.url.set(made);
        })
        .catch(() => this.failed.set(true));
      onCleanup(() => {
        left = true;
        if (made) URL.revokeObjectURL(made);
        this.url.set(null);
      });
    });
    inject(DestroyRef).onDestroy(() => this.url.set(null));
  }
}
