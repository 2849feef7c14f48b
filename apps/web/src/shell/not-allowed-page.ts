import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Empty, PageHeader } from '@waymark/ui';
import { rolesInWords } from './role-words';
import { Session } from './session';

@Component({
  selector: 'wm-not-allowed-page',
  imports: [Empty, PageHeader, RouterLink],
  template: `
    <wm-page-header i18n-heading heading="Not yours to see" />
    <div class="card">
      <wm-empty art="lost" i18n-heading heading="Your roles do not include this page" [text]="text()">
        <a class="btn btn--main" routerLink="/" i18n>Go to what next</a>
      </wm-empty>
    </div>
  `,
})
export class NotAllowedPage {
  private readonly session = inject(Session);
  protected readonly text = computed(() => {
    const roles = rolesInWords(this.session.signedIn()?.roles ?? []);
    return roles
      ? $localize`You are signed in as: ${roles}:roles:. An institution administrator can give you another role.`
      : $localize`An institution administrator can give you a role that does.`;
  });
}
