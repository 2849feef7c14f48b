import { Component, ElementRef, computed, input, signal, viewChild } from '@angular/core';
import type { FileView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { isPicture, kindWords, sizeWords } from './file-words';
import { Picture } from './picture';

let opened = 0;

/**
 * Looks at files one after the other, as whoever checks receipts does: pictures here, turned where they lie on their side; a PDF
 * is downloaded. `open(at)` from outside.
 */
@Component({
  selector: 'wm-file-viewer',
  imports: [Icon, Picture],
  template: `
    <dialog #dialog [attr.aria-labelledby]="headingId">
      @if (file(); as shown) {
        <div class="stack-2">
          <div class="row row--between">
            <h2 [id]="headingId">{{ shown.name }}</h2>
            <button type="button" class="icn" i18n-aria-label aria-label="Close" (click)="close()">
              <wm-icon name="close" />
            </button>
          </div>
          @if (picture()) {
            <wm-picture class="large" [file]="shown" [address]="address()" [alt]="shown.name" [turned]="turned()" />
          } @else {
            <p class="pdf" i18n>A PDF is opened with your own reader, not in this page.</p>
          }
          <div class="row">
            @if (files().length > 1) {
              <button type="button" class="btn btn--line btn--sm" [disabled]="at() === 0" (click)="go(-1)" i18n>
                Previous
              </button>
              <span class="small quiet num" role="status" i18n>{{ at() + 1 }} of {{ files().length }}</span>
              <button
                type="button"
                class="btn btn--line btn--sm"
                [disabled]="at() === files().length - 1"
                (click)="go(1)"
                i18n
              >
                Next
              </button>
            }
            @if (picture()) {
              <button type="button" class="btn btn--line btn--sm" (click)="turned.set(turned() + 90)" i18n>Turn</button>
            }
            <a class="btn btn--line btn--sm" [href]="address()" download>
              <wm-icon name="download" /><ng-container i18n>Download</ng-container>
            </a>
            <span class="small quiet num">{{ facts() }}</span>
          </div>
        </div>
      }
    </dialog>
  `,
  styles: `
    dialog {
      width: min(880px, calc(100vw - 24px));
      max-height: calc(100dvh - 24px);
      padding: var(--wm-4);
      border: 0;
      border-radius: var(--wm-r-4);
      background: var(--wm-raised);
      color: var(--wm-ink);
      box-shadow: var(--wm-e-3);
    }
    dialog::backdrop {
      background: rgb(11 16 13 / 55%);
    }
    h2 {
      font-size: var(--wm-text-md);
      overflow-wrap: anywhere;
    }
    .large {
      height: min(70dvh, 880px);
    }
    .pdf {
      padding: var(--wm-6) var(--wm-4);
      text-align: center;
      background: var(--wm-sunk);
      border-radius: var(--wm-r-2);
    }
    .row {
      align-items: center;
      flex-wrap: wrap;
    }
    .row--between {
      flex-wrap: nowrap;
    }
  `,
})
export class FileViewer {
  readonly files = input.required<readonly FileView[]>();
  /** Where the files are to be had, behind their id. */
  readonly base = input.required<string>();

  protected readonly headingId = `file-${(opened += 1)}`;
  protected readonly at = signal(0);
  protected readonly turned = signal(0);
  protected readonly file = computed(() => this.files()[this.at()]);
  protected readonly picture = computed(() => {
    const file = this.file();
    return file !== undefined && isPicture(file.mediaType);
  });
  protected readonly address = computed(() => `${this.base()}/${this.file()?.id ?? ''}`);
  protected readonly facts = computed(() => {
    const file = this.file();
    return file ? `${kindWords[file.mediaType]} · ${sizeWords(file.sizeBytes)}` : '';
  });
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  open(at = 0): void {
    this.at.set(at);
    this.turned.set(0);
    this.dialog().nativeElement.showModal();
  }

  close(): void {
    this.dialog().nativeElement.close();
  }

  protected go(steps: number): void {
    this.at.update((at) => Math.min(this.files().length - 1, Math.max(0, at + steps)));
    this.turned.set(0);
  }
}
