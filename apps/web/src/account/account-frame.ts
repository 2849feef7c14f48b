import { Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';

/** My account: four pages under one row of tabs. */
@Component({
  selector: 'wm-account-frame',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <nav class="tabs" i18n-aria-label aria-label="My account">
      <ul role="list">
        @for (tab of tabs; track tab.link) {
          <li>
            <a
              [routerLink]="tab.link"
              routerLinkActive
              ariaCurrentWhenActive="page"
              [routerLinkActiveOptions]="{ exact: true }"
              >{{ tab.words }}</a
            >
          </li>
        }
      </ul>
    </nav>
    <router-outlet />
  `,
  styleUrl: './account-frame.css',
})
export class AccountFrame {
  protected readonly tabs = [
    { link: '/account', words: $localize`My details` },
    { link: '/account/data', words: $localize`My data` },
    { link: '/account/sign-in', words: $localize`Signing in` },
    { link: '/account/kept', words: $localize`How long things are kept` },
  ];
}
