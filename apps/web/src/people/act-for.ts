import { Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { Icon } from '@waymark/ui';
import { Deed } from '../shell/deed';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';

/** For coordinators, on the page of somebody without an e-mail address: from here on they act for that person. */
@Component({
  selector: 'wm-act-for',
  imports: [Icon, Trouble],
  template: `
    @if (offered()) {
      <button type="button" class="btn btn--line" [disabled]="starting.busy()" (click)="start()">
        <wm-icon name="person" /><span i18n>Act for {{ person().name }}</span>
      </button>
      <wm-trouble [error]="starting.problem()" compact />
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class ActFor {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  readonly person = input.required<{ id: string; name: string; email: string | null; active: boolean }>();
  protected readonly starting = new Deed();
  protected readonly offered = computed(() => {
    const { id, email, active } = this.person();
    const self = this.session.signedIn()?.person.id === id;
    return this.session.may('people.on-behalf') && email === null && active && !self;
  });

  protected async start(): Promise<void> {
    if (await this.starting.run(() => this.session.actFor(this.person().id))) await this.router.navigateByUrl('/');
  }
}
