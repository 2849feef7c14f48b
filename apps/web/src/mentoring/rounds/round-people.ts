import { Component, computed, inject, input } from '@angular/core';
import { RoundView } from '@waymark/contracts';
import { Message } from '@waymark/ui';
import { Deed } from '../../shell/deed';
import { Session } from '../../shell/session';
import { Trouble } from '../../shell/trouble';
import { ParticipantsTable } from './participants-table';
import { RoundImports } from './round-imports';
import { RoundStore } from './round-store';
import { couldJoinWords } from './round-words';

/** Who is in the round, on either side, and the ways in: a file, or what waits already. */
@Component({
  selector: 'wm-round-people',
  imports: [Message, ParticipantsTable, RoundImports, Trouble],
  template: `
    <div class="stack-5">
      @if (could(); as words) {
        <wm-message tone="wait" icon="people" [heading]="words">
          <p i18n>They are open requests and active mentors of your institution that are not in this round yet.</p>
          @if (round().may.load) {
            <div class="row mt">
              <button type="button" class="btn btn--line btn--sm" [disabled]="joining.busy()" (click)="join()" i18n>
                Let them join
              </button>
            </div>
          }
        </wm-message>
      }
      @if (joining.problem()) {
        <wm-trouble [error]="joining.problem()" [compact]="true">
          <button type="button" class="btn btn--line btn--sm mt" (click)="reload()" i18n>Load the round again</button>
        </wm-trouble>
      }
      <div class="cols cols--2 both">
        <wm-participants-table side="mentees" [round]="round()" />
        <wm-participants-table side="mentors" [round]="round()" />
      </div>
      @if (mayLoad) {
        <wm-round-imports [roundId]="round().id" />
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .mt {
      margin-top: var(--wm-3);
    }
    @media (max-width: 1179px) {
      .both {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class RoundPeople {
  readonly round = input.required<RoundView>();
  private readonly store = inject(RoundStore);
  protected readonly mayLoad = inject(Session).may('imports.run');
  protected readonly joining = new Deed();
  protected readonly could = computed(() => couldJoinWords(this.round().couldJoin));

  protected async join(): Promise<void> {
    await this.joining.run(() => this.store.join(this.round()));
  }

  protected reload(): void {
    this.joining.forget();
    this.store.reload();
  }
}
