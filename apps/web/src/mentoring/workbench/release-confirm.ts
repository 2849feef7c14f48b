import { Component, computed, inject, input, viewChild } from '@angular/core';
import { RoundView } from '@waymark/contracts';
import { Dates } from '../../shell/dates';
import { Deed } from '../../shell/deed';
import { Address } from '../../shell/address';
import { Confirm } from '../../shell/confirm';
import { RoundStore } from '../rounds/round-store';
import { releaseChecks, sendingWords, workingDaysAfter } from './release-checks';

/** Says what goes out, to whom and until when they answer; only then are the proposals released. */
@Component({
  selector: 'wm-release-confirm',
  imports: [Confirm],
  template: `
    @if (run(); as run) {
      <wm-confirm
        [heading]="heading()"
        i18n-action
        action="Release and send"
        [busy]="releasing.busy()"
        [problem]="releasing.problem()"
        (confirmed)="release()"
      >
        <p>{{ sending() }}</p>
        <p i18n>
          Mentors have 10 working days: until <b>{{ until() }}</b>, later where bank holidays or closure days fall
          between.
        </p>
        @for (each of warnings(); track $index) {
          <p class="t-due">{{ each }}.</p>
        }
        <p class="quiet" i18n>
          Released proposals cannot be called back; mentees may withdraw and mentors may decline.
        </p>
      </wm-confirm>
    }
  `,
})
export class ReleaseConfirm {
  readonly round = input.required<RoundView>();
  readonly runId = input.required<string>();
  private readonly store = inject(RoundStore);
  private readonly dates = inject(Dates);
  private readonly address = inject(Address);
  private readonly confirm = viewChild.required(Confirm);
  protected readonly releasing = new Deed();

  protected readonly run = computed(() => this.round().runs.find((each) => each.id === this.runId()));
  protected readonly heading = computed(() => $localize`Release run ${this.run()?.number ?? 0}:number:?`);
  protected readonly until = computed(() =>
    this.dates.day(workingDaysAfter(this.dates.calendarDay(new Date().toISOString()), 10)),
  );
  protected readonly sending = computed(() => {
    const run = this.run();
    return run ? sendingWords(run) : '';
  });
  protected readonly warnings = computed(() => {
    const run = this.run();
    if (!run) return [];
    return releaseChecks(this.round(), run, this.until())
      .filter((check) => check.tone === 'due' && check.icon === 'warning')
      .map((check) => check.text);
  });

  open(): void {
    this.releasing.forget();
    this.confirm().open();
  }

  protected async release(): Promise<void> {
    const done = await this.releasing.run(() => this.store.release(this.round(), this.runId()));
    // The round's next step is another now, and this dialog with it.
    if (done) this.address.change({ tab: 'proposals', run: null, page: null });
  }
}
