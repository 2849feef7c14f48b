import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';

type Scheme = 'light' | 'dark';
const kept = 'waymark.theme';

const chosenBefore = (): Scheme | null => {
  try {
    const value = localStorage.getItem(kept);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null; // storage is switched off
  }
};

/** Puts the remembered choice on the document before anything is drawn; called first in `main.ts`. */
export const applyRememberedTheme = (): void => {
  const scheme = chosenBefore();
  if (scheme) document.documentElement.dataset['theme'] = scheme;
};

/** Light or dark: the system's preference until somebody chooses here. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<Scheme | null>(chosenBefore());
  readonly dark = computed(() => (this.chosen() ?? this.preferred()) === 'dark');

  switch(): void {
    const scheme: Scheme = this.dark() ? 'light' : 'dark';
    this.chosen.set(scheme);
    this.document.documentElement.dataset['theme'] = scheme;
    try {
      localStorage.setItem(kept, scheme);
    } catch {
      // Storage is switched off: the choice lasts for this page.
    }
  }

  private preferred(): Scheme {
    return this.document.defaultView?.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
}
