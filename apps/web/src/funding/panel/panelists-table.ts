import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { type PanelistRow, panelView, type PanelView } from '@waymark/contracts';
import { Chip, Empty, Field } from '@waymark/ui';
import { type Picked, PersonPicker } from '../../people/person-picker';
import { Commands } from '../../shell/commands';
import { Confirm } from '../../shell/confirm';
import { Deed } from '../../shell/deed';
import { TakesFocus } from '../../shell/takes-focus';
import { Trouble } from '../../shell/trouble';

export interface PanelChanged {
  view: PanelView;
  words: string;
}

/** Who sits on the panel, how much they read and how far they are. A coordinator adds, changes and takes off. */
@Component({
  selector: 'wm-panelists-table',
  imports: [Chip, Confirm, Empty, Field, PersonPicker, TakesFocus, Trouble],
  template: `
    <section class="card card--flush" aria-labelledby="panel-h">
      <div class="card__head">
        <h2 id="panel-h" i18n>Who sits on it</h2>
        @if (view().may.change && !adding()) {
          <button
            type="button"
            [class]="first() ? 'btn btn--main btn--sm' : 'btn btn--line btn--sm'"
            id="add-panelist"
            (click)="adding.set(true)"
            i18n
          >
            Add a panelist
          </button>
        }
      </div>
      @if (adding()) {
        <form class="pf stack" (submit)="add($event)">
          <h3 wmTakesFocus="add-panelist" i18n>Add a panelist</h3>
          <div class="two">
            <wm-field for="who" i18n-label label="Person" [error]="tried() && !who() ? whoMissing : null">
              <wm-person-picker controlId="who" describedBy="who-error" [(picked)]="who" />
            </wm-field>
            <wm-field
              for="most"
              i18n-label
              label="Reads at most"
              i18n-hint
              hint="Empty: as many as an even load asks. 0: a chair who does not read."
              [error]="mostFault()"
            >
              <input
                #most
                id="most"
                class="in"
                inputmode="numeric"
                maxlength="5"
                aria-describedby="most-hint most-error"
                [value]="mostTyped()"
                (input)="mostTyped.set(most.value)"
              />
            </wm-field>
          </div>
          <label class="check">
            <input #isChair type="checkbox" [checked]="chair()" (change)="chair.set(isChair.checked)" />
            <span i18n>In the chair: gives out applications, reassigns and moderates</span>
          </label>
          @if (deed.problem()) {
            <wm-trouble [error]="deed.problem()" [compact]="true" />
          }
          <div class="row">
            <button type="submit" class="btn btn--main" [disabled]="deed.busy()" i18n>Add</button>
            <button type="button" class="btn btn--line" (click)="adding.set(false)" i18n>Not now</button>
          </div>
        </form>
      }
      @if (view().panelists.length > 0) {
        <table role="table" class="dt cards">
          <caption class="vh" i18n>
            Panelists, chairs first
          </caption>
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader" i18n>Panelist</th>
              <th scope="col" role="columnheader" class="r" i18n>Given</th>
              <th scope="col" role="columnheader" class="r" i18n>Unread</th>
              <th scope="col" role="columnheader" class="r" i18n>Submitted</th>
              <th scope="col" role="columnheader" class="r" i18n>Interests</th>
              @if (view().may.change) {
                <th scope="col" role="columnheader"><span class="vh" i18n>What to do</span></th>
              }
            </tr>
          </thead>
          <tbody role="rowgroup">
            @for (row of view().panelists; track row.id) {
              <tr role="row">
                <th scope="row" role="rowheader" class="wide">
                  {{ row.name }}
                  @if (row.chair) {
                    <wm-chip tone="ok" icon="signpost"><ng-container i18n>Chair</ng-container></wm-chip>
                  }
                  @if (row.left) {
                    <wm-chip tone="bad" icon="leave"><ng-container i18n>Has left</ng-container></wm-chip>
                  }
                  <span class="sub">{{ facts(row) }}</span>
                </th>
                <td role="cell" class="r num">
                  <span class="mobile-label" i18n>Given </span>{{ row.assigned + row.drafting + row.submitted }}
                </td>
                <td role="cell" class="r num end"><span class="mobile-label" i18n>Unread </span>{{ row.unread }}</td>
                <td role="cell" class="r num"><span class="mobile-label" i18n>Submitted </span>{{ row.submitted }}</td>
                <td role="cell" class="r num end">
                  <span class="mobile-label" i18n>Interests </span>{{ row.interests }}
                </td>
                @if (view().may.change) {
                  <td role="cell" class="wide r">
                    <button
                      type="button"
                      class="btn btn--text btn--sm"
                      [attr.aria-label]="changeLabel(row)"
                      (click)="ask(row)"
                      i18n
                    >
                      Change
                    </button>
                  </td>
                }
              </tr>
            }
          </tbody>
        </table>
      } @else {
        <wm-empty
          i18n-heading
          heading="Nobody sits on this panel yet"
          i18n-text
          text="Add at least as many people as each application needs readers, from different units, and put somebody in the chair."
        />
      }
    </section>

    <wm-confirm
      #dialog
      [heading]="heading()"
      [action]="keepWords"
      [busy]="deed.busy()"
      [problem]="deed.problem()"
      (confirmed)="change()"
    >
      <wm-field
        for="most-changed"
        i18n-label
        label="Reads at most"
        i18n-hint
        hint="Empty: as many as an even load asks. What they have already stays theirs."
        [error]="mostFault()"
      >
        <input
          #mostChanged
          id="most-changed"
          class="in"
          inputmode="numeric"
          maxlength="5"
          aria-describedby="most-changed-hint most-changed-error"
          [value]="mostTyped()"
          (input)="mostTyped.set(mostChanged.value)"
        />
      </wm-field>
      <label class="check">
        <input #chairChanged type="checkbox" [checked]="chair()" (change)="chair.set(chairChanged.checked)" />
        <span i18n>In the chair</span>
      </label>
      <p>
        <button type="button" class="btn btn--text btn--sm" [disabled]="deed.busy()" (click)="remove()" i18n>
          Take them off the panel
        </button>
      </p>
    </wm-confirm>
  `,
  styleUrl: '../../shell/table-cards.css',
  styles: `
    /* In a card the words of the button begin where the figures above it do. */
    @media (max-width: 599px) {
      td .btn--text {
        padding-inline-start: 0;
      }
    }
  `,
})
export class PanelistsTable {
  readonly view = input.required<PanelView>();
  /** Adding somebody is what comes next. */
  readonly first = input(false);
  readonly changed = output<PanelChanged>();
  private readonly commands = inject(Commands);
  protected readonly whoMissing = $localize`Choose somebody by name.`;
  protected readonly keepWords = $localize`Keep`;
  protected readonly adding = signal(false);
  protected readonly who = signal<Picked | null>(null);
  protected readonly chair = signal(false);
  protected readonly mostTyped = signal('');
  protected readonly tried = signal(false);
  protected readonly deed = new Deed();
  private readonly asked = signal<PanelistRow | null>(null);
  protected readonly heading = computed(() => this.asked()?.name ?? '');
  private readonly dialog = viewChild<Confirm>('dialog');
  private readonly most = computed<number | null | undefined>(() => {
    const typed = this.mostTyped().trim();
    if (typed === '') return null;
    return /^\d{1,5}$/.test(typed) && Number(typed) <= 10_000 ? Number(typed) : undefined;
  });
  protected readonly mostFault = computed(() =>
    this.most() === undefined ? $localize`A whole number up to 10,000, or nothing.` : null,
  );

  protected facts({ unit, mostReviews }: PanelistRow): string {
    const reads =
      mostReviews === null
        ? null
        : mostReviews === 0
          ? $localize`does not read`
          : $localize`reads at most ${mostReviews}:count:`;
    return [unit, reads].filter(Boolean).join(', ');
  }

  protected changeLabel = ({ name }: PanelistRow): string => $localize`Change ${name}:name:`;

  protected async add(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const who = this.who();
    const mostReviews = this.most();
    if (!who) return document.getElementById('who')?.focus();
    if (mostReviews === undefined) return document.getElementById('most')?.focus();
    await this.deed.run(async () => {
      const body = { personId: who.id, chair: this.chair(), mostReviews };
      const view = await this.commands.post(this.path(), body, panelView);
      this.who.set(null);
      this.chair.set(false);
      this.mostTyped.set('');
      this.tried.set(false);
      this.adding.set(false);
      this.changed.emit({ view, words: $localize`${who.name}:name: sits on the panel.` });
    });
  }

  protected ask(row: PanelistRow): void {
    this.deed.forget();
    this.asked.set(row);
    this.chair.set(row.chair);
    this.mostTyped.set(row.mostReviews === null ? '' : String(row.mostReviews));
    this.dialog()?.open();
  }

  protected async change(): Promise<void> {
    const row = this.asked();
    const mostReviews = this.most();
    if (!row || mostReviews === undefined) return document.getElementById('most-changed')?.focus();
    await this.deed.run(async () => {
      const view = await this.commands.put(`${this.path()}/${row.id}`, { chair: this.chair(), mostReviews }, panelView);
      this.ended(view, $localize`Changed for ${row.name}:name:.`);
    });
  }

  protected async remove(): Promise<void> {
    const row = this.asked();
    if (!row) return;
    await this.deed.run(async () => {
      const view = await this.commands.delete(`${this.path()}/${row.id}`, panelView);
      this.ended(view, $localize`${row.name}:name: is off the panel.`);
    });
  }

  private ended(view: PanelView, words: string): void {
    this.dialog()?.close();
    this.chair.set(false);
    this.mostTyped.set('');
    this.changed.emit({ view, words });
  }

  private path(): string {
    return `/api/funding/calls/${this.view().call.id}/panel/panelists`;
  }
}
