import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { ReplayView, RunView, replayView } from '@waymark/contracts';
import { firstValueFrom } from 'rxjs';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { methodWords } from '../methods/method-words';
import { milliseconds, proofWords, replayWords } from './computed-words';

/** By what a result was computed, what proves it, and whether it comes out the same again. */
@Component({
  selector: 'wm-run-computed',
  imports: [Trouble],
  template: `
    <section class="card stack-2" aria-labelledby="computed-h">
      <h2 id="computed-h" class="card__head" i18n>How this was computed</h2>
      <p class="small">
        <b>{{ words().name }}.</b> {{ words().says }}
      </p>
      <p class="small">{{ proof() }}</p>
      <details>
        <summary i18n>For the record</summary>
        <dl class="small record">
          <dt i18n>Engine</dt>
          <dd>{{ run().engineVersion }}</dd>
          <dt i18n>Time to solve</dt>
          <dd class="num">{{ time() }}</dd>
          <dt i18n>Seed of the lots</dt>
          <dd class="num mono">{{ run().roundId }}</dd>
          <dt i18n>Hash of the input</dt>
          <dd class="num mono">
            @if (run().inputHash; as hash) {
              {{ hash }}
            } @else {
              <ng-container i18n>Not shown where identity gives points.</ng-container>
            }
          </dd>
        </dl>
      </details>
      <p>
        <button
          type="button"
          class="btn btn--line btn--sm"
          [attr.aria-disabled]="doing.busy() || null"
          (click)="replay()"
          i18n
        >
          Compute it again
        </button>
      </p>
      <p class="small" role="status">
        @if (doing.busy()) {
          <ng-container i18n>One moment</ng-container>
        } @else if (found(); as again) {
          {{ said(again) }}
        }
      </p>
      @if (doing.problem()) {
        <wm-trouble [error]="doing.problem()" [compact]="true" />
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .record {
      display: grid;
      gap: 2px;
      margin-top: var(--wm-2);
    }
    .record dt {
      color: var(--wm-ink-2);
    }
    .record dd {
      margin: 0 0 var(--wm-2);
      overflow-wrap: anywhere;
    }
    p:empty {
      display: none;
    }
  `,
})
export class RunComputed {
  readonly run = input.required<RunView>();
  private readonly http = inject(HttpClient);
  protected readonly doing = new Deed();
  protected readonly words = computed(() => methodWords[this.run().method]);
  protected readonly proof = computed(() => proofWords(this.run()));
  protected readonly time = computed(() => milliseconds(this.run().elapsedMs ?? 0));
  protected readonly said = replayWords;
  private readonly runId = computed(() => this.run().id);
  protected readonly found = linkedSignal<string, ReplayView | null>({
    source: this.runId,
    computation: () => null,
  });

  protected async replay(): Promise<void> {
    if (this.doing.busy()) return;
    this.found.set(null);
    await this.doing.run(async () => {
      const raw = await firstValueFrom(this.http.get(`/api/mentoring/runs/${this.runId()}/replay`));
      this.found.set(replayView.parse(raw));
    });
  }
}
