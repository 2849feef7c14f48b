import { Component, computed, inject, input } from '@angular/core';
import { jobView, type ScenarioRow } from '@waymark/contracts';
import { Progress } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { stageWords } from '../../shell/stage-words';
import { Trouble } from '../../shell/trouble';
import { AllocationStore } from './allocation-store';

/** A scenario that is being computed: what is being done, how far it is, and the way to stop it. */
@Component({
  selector: 'wm-scenario-progress',
  imports: [Progress, Trouble],
  template: `
    <section class="card job" aria-labelledby="job-h">
      <div>
        <h2 id="job-h" i18n>Scenario {{ scenario().name }} is being computed</h2>
        <p class="small quiet" i18n>You can leave this page and come back; it goes on.</p>
      </div>
      <wm-progress class="job__p" [percent]="scenario().job?.percent ?? 0" [label]="stage()" />
      @if (scenario().job?.cancellable) {
        <button type="button" class="btn btn--line btn--sm" [disabled]="stopping.busy()" (click)="stop()" i18n>
          Stop it
        </button>
      }
    </section>
    <wm-trouble [error]="stopping.problem()" compact />
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
        grid-template-columns: minmax(0, 1fr);
        padding: 16px;
      }
    }
  `,
})
export class ScenarioProgress {
  readonly scenario = input.required<ScenarioRow>();
  private readonly commands = inject(Commands);
  private readonly store = inject(AllocationStore);
  protected readonly stopping = new Deed();
  protected readonly stage = computed(() => stageWords[this.scenario().job?.stage ?? 'waiting']);

  protected async stop(): Promise<void> {
    const job = this.scenario().job;
    if (!job) return;
    await this.stopping.run(async () => {
      await this.commands.post(`/api/jobs/${job.id}/cancel`, {}, jobView);
      this.store.reload();
    });
  }
}
