import { Component, ElementRef, input, viewChild } from '@angular/core';

/** The letter of a decision, as it would go out now or went out. */
@Component({
  selector: 'wm-letter-dialog',
  template: `
    <dialog #dialog aria-labelledby="letter-h">
      <div class="stack">
        <h2 id="letter-h" i18n>The letter to {{ to() }}</h2>
        <p class="small quiet">
          @if (sent()) {
            <ng-container i18n>As it went out.</ng-container>
          } @else {
            <ng-container i18n>As it would go out if this scenario were published now.</ng-container>
          }
        </p>
        <div class="paper" tabindex="0" role="region" i18n-aria-label aria-label="Text of the letter">
          <p class="subject">{{ letter().subject }}</p>
          <p class="body">{{ letter().body }}</p>
        </div>
        <p><button type="button" class="btn btn--line" (click)="close()" i18n>Close</button></p>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: min(640px, calc(100vw - 32px));
      max-height: calc(100dvh - 48px);
      padding: var(--wm-5);
      border: 0;
      border-radius: var(--wm-r-4);
      background: var(--wm-raised);
      color: var(--wm-ink);
      box-shadow: var(--wm-e-3);
    }
    dialog::backdrop {
      background: rgb(11 16 13 / 55%);
    }
    .paper {
      max-height: 60dvh;
      overflow: auto;
      padding: var(--wm-4) var(--wm-5);
      background: var(--wm-surface);
      border: 1px solid var(--wm-line);
      border-radius: var(--wm-r-3);
    }
    .subject {
      font-weight: var(--wm-bold);
      margin-bottom: var(--wm-3);
    }
    .body {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class LetterDialog {
  readonly to = input.required<string>();
  readonly letter = input.required<{ subject: string; body: string }>();
  readonly sent = input(false);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  open(): void {
    this.dialog().nativeElement.showModal();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }
}
