import { Component, computed, inject, input } from '@angular/core';
import { RunView, jobView } from '@waymark/contracts';
import { Progress } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { RoundStore } from '../rounds/round-store';
import { stageWords } from '../../shell/stage-words';

/** A run that is being worked on: what is being done, how far it is, and the way to stop it. */
@Component({
  selector: 'wm-run-progress',
  imports: [Progress, Trouble],
  template: `
    <section class="card job" aria-labelledby="job-h">
      <div>
        <h2 id="job-h" i18n>Run {{ run().number }} is matching</h2>
        <p class="small quiet" i18n>You can leave this page and come back; matching goes on.</p>
      </div>
      <wm-progress class="job__p" [percent]="run().job?.percent ?? 0" [label]="stage()" />
      @if (run().job?.cancellable) {
        <button type="button" class="btn btn--line btn--sm" [disabled]="stopping.busy()" (click)="stop()" i18n>
          Stop this run
        </button>
      }
    </section>
    @if (stopping.problem()) {
      <wm-trouble [error]="stopping.problem()" [compact]="true" />
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .job {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr) auto;
      gap: 12px 32px;
      align-items: center;
      padding: 16px 24px;
    }
    h2 {
      font-size: 1rem;
    }
    @media (max-width: 899px) {
      .job {
        grid-template-columns: 1fr auto;
      }
      .job__p {
        grid-column: 1 / -1;
        order: 3;
      }
    }
    @media (max-width: 599px) {
      .job {
        grid-template-columns: 1fr;
        padding: 16px;
      }
      .job .btn {
        order: 4;
      }
    }
  `,
})
export class RunProgress {
  readonly run = input.required<RunView>();
  private readonly commands = inject(Commands);
  private readonly store = inject(RoundStore);
  protected readonly stopping = new Deed();
  protected readonly stage = computed(() => stageWords[this.run().job?.stage ?? 'waiting']);

  protected async stop(): Promise<void> {
    const job = this.run().job;
    if (!job) return;
    await this.stopping.run(async () => {
      await this.commands.post(`/api/jobs/${job.id}/cancel`, {}, jobView);
      this.store.reload();
    });
  }
}
