import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { leavingView, transferView } from '@waymark/contracts';
import { Chip, Icon } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';

/** On a person's page: whether they leave, and the ways to say so, to take it back, and to move them elsewhere. */
@Component({
  selector: 'wm-leaving-card',
  imports: [Chip, Confirm, Icon, RouterLink, Trouble],
  template: `
    @if (view(); as shown) {
      <section class="card stack-2" aria-labelledby="leaving-h">
        <div class="card__head">
          <h2 id="leaving-h" i18n>Leaving</h2>
          @switch (shown.status) {
            @case ('leaving') {
              <wm-chip tone="due" icon="leave" i18n>Leaves</wm-chip>
            }
            @case ('left') {
              <wm-chip tone="draft" icon="leave" i18n>Has left</wm-chip>
            }
          }
        </div>
        <wm-trouble [error]="deed.problem()" compact />
        @if (shown.transfer; as transfer) {
          @if (transfer.status === 'asked') {
            <p i18n>
              {{ transfer.institution }} has been asked to take {{ shown.name }} on from
              {{ dates.day(transfer.firstDay) }}; the last day here would be {{ dates.day(transfer.lastDay) }}.
            </p>
            <p class="small quiet" i18n>Nothing changes until they accept.</p>
            @if (mayTransfer) {
              <div class="row">
                <button type="button" class="btn btn--line btn--sm" (click)="callOff()" i18n>
                  Call the transfer off
                </button>
                <a class="btn btn--text btn--sm" [routerLink]="['/people/transfers', transfer.id]" i18n
                  >See the transfer</a
                >
              </div>
            }
          } @else if (shown.status === 'leaving') {
            <p i18n>
              Moves to {{ transfer.institution }} on {{ dates.day(transfer.firstDay) }}. The last day here is
              <b>{{ dates.day(transfer.lastDay) }}</b>.
            </p>
          }
        }
        @if (shown.status === 'leaving' && shown.transfer?.status !== 'accepted' && shown.lastDay; as lastDay) {
          <p i18n>
            The last day is <b>{{ dates.day(lastDay) }}</b>. Until its end nothing changes.
          </p>
        }
        @if (shown.status === 'left' && shown.lastDay; as lastDay) {
          <p i18n>
            The last day was {{ dates.day(lastDay) }}. The record is kept; nothing is offered to them any more.
          </p>
        }
        @if (shown.refused) {
          <p class="small quiet" i18n>
            {{ shown.name }} is the only institution administrator without an end date. Give somebody else that role
            first.
          </p>
        }
        <div class="row acts">
          @if (shown.may.leave) {
            <a class="btn btn--line btn--sm" [routerLink]="['/people', shown.id, 'leaving']">
              <wm-icon name="leave" />
              @if (shown.status === 'leaving') {
                <span i18n>Change the last day</span>
              } @else {
                <span i18n>Leaves the institution</span>
              }
            </a>
          }
          @if (shown.may.undo) {
            <button
              type="button"
              class="btn btn--line btn--sm"
              [attr.aria-disabled]="deed.busy() || null"
              (click)="takeBack()"
              i18n
            >
              Stays after all
            </button>
          }
          @if (shown.may.comeBack) {
            <button type="button" class="btn btn--line btn--sm" (click)="asking.open()" i18n>Comes back</button>
          }
          @if (shown.may.transfer) {
            <a class="btn btn--text btn--sm" [routerLink]="['/people', shown.id, 'transfer']" i18n>
              Moves to another institution
            </a>
          }
        </div>
      </section>
      <wm-confirm
        #asking
        i18n-heading
        heading="Does {{ shown.name }} come back?"
        i18n-action
        action="Yes, make active again"
        [busy]="deed.busy()"
        [problem]="deed.problem()"
        (confirmed)="takeBack()"
      >
        <p i18n>They can be found, offered and signed in again at once.</p>
        <p i18n>What ended stays ended: pairs, requests, roles, delegations, and the people who reported to them.</p>
      </wm-confirm>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    :host:empty {
      display: none;
    }
    .acts:empty {
      display: none;
    }
  `,
})
export class LeavingCard {
  private readonly commands = inject(Commands);
  protected readonly dates = inject(Dates);
  private readonly session = inject(Session);
  readonly personId = input.required<string>();
  /** The person's record was changed with it. */
  readonly changed = output();

  protected readonly mayTransfer = this.session.may('people.transfer');
  private readonly may = this.session.may('people.leave');
  private readonly resource = httpResource(
    () => (this.may ? `/api/people/${encodeURIComponent(this.personId())}/leaving` : undefined),
    { parse: (raw) => leavingView.parse(raw) },
  );
  private readonly newest = kept(this.resource);
  protected readonly view = computed(() => (this.newest()?.id === this.personId() ? this.newest() : undefined));
  protected readonly deed = new Deed();
  private readonly comesBack = viewChild.required<Confirm>('asking');

  protected async takeBack(): Promise<void> {
    const view = this.view();
    if (!view) return;
    await this.deed.run(async () => {
      const url = `/api/people/${view.id}/leaving/undo`;
      this.resource.set(await this.commands.post(url, { version: view.version }, leavingView));
      this.comesBack().close();
      this.changed.emit();
    });
  }

  protected async callOff(): Promise<void> {
    const transfer = this.view()?.transfer;
    if (!transfer) return;
    await this.deed.run(async () => {
      await this.commands.post(`/api/transfers/${transfer.id}/cancel`, { version: transfer.version }, transferView);
      this.resource.reload();
    });
  }
}
