import { Component, ElementRef, input, output, viewChild } from '@angular/core';
import { Trouble } from './trouble';

let asked = 0;

/**
 * Asks before something that cannot be taken back. The browser's own dialog keeps focus inside and gives it back. It
 * stays open while the work runs and where it was refused, so that the reason stands beside the button.
 */
@Component({
  selector: 'wm-confirm',
  imports: [Trouble],
  template: `
    <dialog #dialog [attr.aria-labelledby]="headingId" (cancel)="keepWhileBusy($event)" (close)="closed.emit()">
      <div class="stack">
        <h2 [id]="headingId">{{ heading() }}</h2>
        <div class="stack-2"><ng-content /></div>
        @if (problem()) {
          <wm-trouble [error]="problem()" [compact]="true" />
        }
        <div class="row acts">
          <button
            type="button"
            [class]="grave() ? 'btn btn--grave' : 'btn btn--main'"
            [disabled]="busy()"
            (click)="confirmed.emit()"
          >
            {{ action() }}
          </button>
          <button type="button" class="btn btn--line" [disabled]="busy()" (click)="close()" i18n>Not now</button>
          <span class="small quiet" role="status">
            @if (busy()) {
              <ng-container i18n>One moment</ng-container>
            }
          </span>
        </div>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: min(560px, calc(100vw - 32px));
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
    h2 {
      font-size: var(--wm-text-xl);
    }
    .acts {
      margin-top: var(--wm-5);
    }
    .btn--grave {
      background: var(--wm-bad);
      color: var(--wm-surface);
    }
    .btn--grave:disabled {
      background: var(--wm-sunk);
      color: var(--wm-ink-3);
    }
    @media (max-width: 599px) {
      .acts .btn {
        flex: 1 1 100%;
        white-space: normal;
      }
    }
  `,
})
export class Confirm {
  readonly heading = input.required<string>();
  readonly action = input.required<string>();
  /** For what ends or removes something. */
  readonly grave = input(false);
  readonly busy = input(false);
  readonly problem = input<unknown>(null);
  readonly confirmed = output();
  /** However it was closed; the browser has given focus back by then, where there is still something to give it to. */
  readonly closed = output();

  protected readonly headingId = `confirm-${(asked += 1)}`;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  open(): void {
    this.dialog().nativeElement.showModal();
  }

  close(): void {
    this.dialog().nativeElement.close();
  }

  protected keepWhileBusy(event: Event): void {
    if (this.busy()) event.preventDefault();
  }
}
