import { DOCUMENT, Injectable, inject } from '@angular/core';
import { NavigationEnd, NavigationStart, Router } from '@angular/router';

/** How long to wait for the heading of a page that loads first. */
const patienceMs = 5000;
const pathOf = (url: string): string => url.split(/[?#]/u)[0] ?? url;

/**
 * After a move to another page, focus goes to its `h1`, so that keyboard and screen reader start where the eye does.
 * A change of filters in the address is no move.
 */
@Injectable({ providedIn: 'root' })
export class PageArrival {
  private readonly document = inject(DOCUMENT);
  private readonly router = inject(Router);
  private path: string | null = null;
  private byBrowser = false;
  private waiting: MutationObserver | null = null;

  watch(): void {
    this.router.events.subscribe((event) => {
      if (event instanceof NavigationStart) this.byBrowser = event.navigationTrigger === 'popstate';
      if (event instanceof NavigationEnd) this.arrivedAt(pathOf(event.urlAfterRedirects));
    });
  }

  private arrivedAt(path: string): void {
    const first = this.path === null;
    const moved = path !== this.path;
    this.path = path;
    if (first || !moved) return;
    if (!this.byBrowser) this.document.defaultView?.scrollTo(0, 0);
    setTimeout(() => this.focusHeading());
  }

  private focusHeading(): void {
    this.waiting?.disconnect();
    const main = this.document.getElementById('main');
    if (!main || this.focusOn(main)) return;
    main.focus({ preventScroll: true });
    const observer = new MutationObserver(() => {
      const active = this.document.activeElement;
      const still = active === main || active === this.document.body;
      if (!still || this.focusOn(main)) observer.disconnect();
    });
    observer.observe(main, { childList: true, subtree: true });
    this.waiting = observer;
    setTimeout(() => observer.disconnect(), patienceMs);
  }

  private focusOn(main: HTMLElement): boolean {
    const heading = main.querySelector<HTMLElement>('h1');
    heading?.focus({ preventScroll: true });
    return heading !== null;
  }
}
