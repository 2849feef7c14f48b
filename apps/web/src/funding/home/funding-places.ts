import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Session } from '../../shell/session';

interface FundingPlace {
  label: string;
  link: string;
  exact: boolean;
}

/** Where in the fund this person can go: only what their roles open. Nothing to choose from is not shown. */
@Component({
  selector: 'wm-funding-places',
  imports: [RouterLink, RouterLinkActive],
  template: `
    @if (places().length > 1) {
      <nav i18n-aria-label aria-label="The fund">
        <ul>
          @for (place of places(); track place.link) {
            <li>
              <a
                [routerLink]="place.link"
                routerLinkActive
                ariaCurrentWhenActive="page"
                [routerLinkActiveOptions]="place.exact ? exactly : below"
                >{{ place.label }}</a
              >
            </li>
          }
        </ul>
      </nav>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--wm-5);
      list-style: none;
      margin: 0 0 var(--wm-4);
      padding: 0;
      border-bottom: 1px solid var(--wm-line);
    }
    a {
      display: inline-flex;
      align-items: center;
      min-height: 40px;
      color: var(--wm-ink-2);
      font-size: var(--wm-text-sm);
      text-decoration: none;
      border-bottom: 3px solid transparent;
    }
    a:hover {
      color: var(--wm-ink);
      text-decoration: underline;
    }
    a[aria-current] {
      color: var(--wm-ink);
      font-weight: var(--wm-medium);
      border-bottom-color: var(--wm-primary);
    }
    @media print {
      nav {
        display: none;
      }
    }
  `,
})
export class FundingPlaces {
  private readonly session = inject(Session);
  protected readonly exactly = { exact: true };
  protected readonly below = { exact: false };
  protected readonly places = computed<FundingPlace[]>(() => {
    const may = (permission: Parameters<Session['may']>[0]) => this.session.may(permission);
    return [
      { label: $localize`My money`, link: '/funding', exact: true },
      ...(this.endorses() ? [{ label: $localize`Endorsements`, link: '/funding/endorsements', exact: false }] : []),
      ...(may('calls.see') ? [{ label: $localize`Calls`, link: '/funding/calls', exact: false }] : []),
      ...(may('claims.see') ? [{ label: $localize`Claims`, link: '/funding/claims', exact: false }] : []),
      ...(may('claims.see') ? [{ label: $localize`Batches`, link: '/funding/batches', exact: false }] : []),
      ...(may('pots.see') ? [{ label: $localize`Pots`, link: '/funding/pots', exact: false }] : []),
    ];
  });
  /** Whoever manages somebody; a delegate comes by their task or mail. */
  private readonly endorses = computed(() => this.session.signedIn()?.roles.includes('line-manager') ?? false);
}
