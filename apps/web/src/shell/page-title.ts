import { Injectable, effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, type RouterStateSnapshot } from '@angular/router';

const withName = (title: string): string => `${title} · Waymark`;

/** A route's title, then the product's name. */
@Injectable({ providedIn: 'root' })
export class PageTitles extends TitleStrategy {
  private readonly title = inject(Title);

  override updateTitle(snapshot: RouterStateSnapshot): void {
    const title = this.buildTitle(snapshot);
    this.title.setTitle(title ? withName(title) : 'Waymark');
  }
}

/** For a page whose title is known once it has loaded: `pageTitle(() => this.person()?.name)`. */
export const pageTitle = (name: () => string | undefined): void => {
  const title = inject(Title);
  effect(() => {
    const known = name();
    if (known) title.setTitle(withName(known));
  });
};
