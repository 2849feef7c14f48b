import { Component, ElementRef, computed, inject, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Icon, initialsOf } from '@waymark/ui';
import { Confirm } from './confirm';
import { Deed } from './deed';
import { KeptDrafts } from './kept-drafts';
import { rolesInWords } from './role-words';
import { Session } from './session';
import { Trouble } from './trouble';

/** Who is signed in, in which roles, and the way out. The browser's own popover closes on Escape and outside clicks. */
@Component({
  selector: 'wm-person-menu',
  imports: [Confirm, Icon, RouterLink, Trouble],
  template: `
    <button type="button" class="me" popovertarget="person-menu">
      <span class="vh">{{ label() }}</span>
      <span class="av" aria-hidden="true">{{ initials() }}</span>
      <span class="words" aria-hidden="true"
        >{{ name() }}<span>{{ roles() }}</span></span
      >
      <wm-icon name="chevron" />
    </button>
    <div id="person-menu" class="panel" popover #panel>
      <p class="who">
        <b>{{ name() }}</b>
        <span>{{ roles() }}</span>
        <span>{{ institution() }}</span>
      </p>
      <ul class="plain">
        @if (directory()) {
          <li>
            <a class="act" [routerLink]="['/people', id()]" (click)="close()"
              ><wm-icon name="person" /><span i18n>My page</span></a
            >
          </li>
        }
        <li>
          <a class="act" routerLink="/account" (click)="close()"><wm-icon name="lock" /><span i18n>My account</span></a>
        </li>
        <li>
          <button type="button" class="act" [disabled]="leaving.busy()" (click)="askToSignOut()">
            <wm-icon name="leave" /><span i18n>Sign out</span>
          </button>
        </li>
      </ul>
      <wm-trouble [error]="leaving.problem()" compact />
    </div>
    <wm-confirm
      #losing
      i18n-heading
      heading="Sign out and lose what is not saved?"
      i18n-action
      action="Sign out"
      [grave]="true"
      [busy]="leaving.busy()"
      [problem]="leaving.problem()"
      (confirmed)="signOut()"
    >
      <p i18n>
        You changed a call and have not saved it. It is kept on this device alone, and signing out leaves nothing of you
        here.
      </p>
    </wm-confirm>
  `,
  styleUrl: './person-menu.css',
})
export class PersonMenu {
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly kept = inject(KeptDrafts);
  private readonly losing = viewChild.required<Confirm>('losing');
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');

  protected readonly leaving = new Deed();
  protected readonly id = computed(() => this.session.signedIn()?.person.id ?? '');
  protected readonly name = computed(() => this.session.signedIn()?.person.name ?? '');
  protected readonly institution = computed(() => this.session.signedIn()?.institution.name ?? '');
  protected readonly initials = computed(() => initialsOf(this.name()));
  protected readonly roles = computed(() => rolesInWords(this.session.signedIn()?.roles ?? []));
  protected readonly directory = computed(() => this.session.may('directory.see'));
  protected readonly label = computed(() => $localize`${this.name()}:name:, ${this.roles()}:roles:: menu`);

  protected close(): void {
    this.panel().nativeElement.hidePopover();
  }

  /** What is saved by hand alone is not sent on the way out: whoever leaves it is asked. */
  protected askToSignOut(): void {
    this.leaving.forget();
    if (this.kept.keysBelow('call.').length > 0) this.losing().open();
    else void this.signOut();
  }

  protected async signOut(): Promise<void> {
    if (await this.leaving.run(() => this.session.signOut())) {
      this.losing().close();
      this.close();
      await this.router.navigateByUrl('/sign-in');
    }
  }
}
