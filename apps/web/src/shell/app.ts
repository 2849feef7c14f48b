import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { Icon } from '@waymark/ui';
import { filter, map } from 'rxjs';
import { ActingBanner } from './acting-banner';
import { Brand } from './brand';
import { Navigation } from './navigation';
import { Online } from './online';
import { PersonMenu } from './person-menu';
import { Session } from './session';
import { Theme } from './theme';
import { Trouble } from './trouble';

@Component({
  selector: 'wm-root',
  imports: [ActingBanner, Brand, Icon, PersonMenu, RouterLink, RouterOutlet, Trouble],
  templateUrl: './app.html',
  styleUrl: './app.css',
})
export class App {
  private readonly router = inject(Router);
  protected readonly session = inject(Session);
  protected readonly theme = inject(Theme);
  protected readonly places = inject(Navigation).places;
  protected readonly online = inject(Online).online;
  protected readonly pageKeeps = inject(Online).pageKeeps;
  protected readonly switchToLight = $localize`Switch to light colours`;
  protected readonly switchToDark = $localize`Switch to dark colours`;

  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.router.url },
  );
  protected readonly current = computed(() => this.url().split(/[/?#]/u)[1] ?? '');

  /** The base address would swallow a plain `#main`. */
  protected skipToPage(event: Event): void {
    event.preventDefault();
    document.getElementById('main')?.focus();
  }

  protected reload(): void {
    location.reload();
  }
}
