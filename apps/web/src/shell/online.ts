import { DOCUMENT, Injectable, inject, signal } from '@angular/core';

/** Whether the browser believes there is a connection. */
@Injectable({ providedIn: 'root' })
export class Online {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly now = signal(this.window?.navigator.onLine ?? true);
  readonly online = this.now.asReadonly();
  /** Whether the page keeps what is typed on this device and sends it by itself later. */
  readonly pageKeeps = signal(false);

  constructor() {
    this.window?.addEventListener('online', () => this.now.set(true));
    this.window?.addEventListener('offline', () => this.now.set(false));
  }
}
