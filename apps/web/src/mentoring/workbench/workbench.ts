import { Component, computed, inject, input, linkedSignal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { RoundView } from '@waymark/contracts';
import { Empty, Icon, Message } from '@waymark/ui';
import { Address } from '../../shell/address';
import { Dates } from '../../shell/dates';
import { refusalWords } from '../../shell/refusal-words';
import { Session } from '../../shell/session';
import { RoundStore } from '../rounds/round-store';
import { missingForRun } from '../rounds/round-words';
import { releaseChecks, workingDaysAfter } from './release-checks';
import { ChoicesList } from '../choices/choices-list';
import type { Asked } from '../choices/asked';
import { TwoPeople } from '../choices/two-people';
import { RunCompare } from './run-compare';
import { RunComputed } from './run-computed';
import { RunFloor } from './run-floor';
import { RunLeftOut } from './run-left-out';
import { RunPairs } from './run-pairs';
import { RunProgress } from './run-progress';
import { RunScores } from './run-scores';
import { RunUnlocks } from './run-unlocks';
import { RunsList } from './runs-list';
import { runFigures } from './run-words';

/** What came of matching: who is paired with whom and how well, who is not and why, and what would change it. */
@Component({
  selector: 'wm-workbench',
  imports: [
    ChoicesList,
    Empty,
    Icon,
    Message,
    RouterLink,
    RunCompare,
    RunComputed,
    RunFloor,
    RunLeftOut,
    RunPairs,
    RunProgress,
    RunScores,
    RunUnlocks,
    RunsList,
    TwoPeople,
  ],
  templateUrl: './workbench.html',
  styleUrl: './workbench.css',
})
export class Workbench {
  readonly round = input.required<RoundView>();
  private readonly store = inject(RoundStore);
  private readonly dates = inject(Dates);
  private readonly address = inject(Address);

  protected readonly underWay = this.store.underWay;
  protected readonly run = this.store.shownRun;
  /** The finished run before the one shown, for comparison. */
  protected readonly before = computed(() => {
    const shown = this.run();
    const earlier = this.round().runs.filter((each) => each.status === 'done' && each.number < (shown?.number ?? 0));
    return earlier.sort((a, b) => b.number - a.number)[0] ?? null;
  });
  /** The run to compare with, from the address; at first the finished run before the one shown. */
  protected readonly compared = computed(() => {
    const done = this.round().runs.filter((each) => each.status === 'done' && each.id !== this.run()?.id);
    const asked = this.address.text('with');
    if (asked === 'none') return null;
    return done.find((each) => each.id === asked) ?? this.before() ?? done[0] ?? null;
  });
  /** What was decided by hand is worth a look before a release; after it, where there is any. */
  protected readonly showsChoices = computed(() => {
    const { choices, may } = this.round();
    return may.choose || choices.pinned + choices.forbidden > 0;
  });
  protected readonly mayAsk = inject(Session).may('rounds.run');
  private readonly two = viewChild.required(TwoPeople);

  protected ask(asked: Asked): void {
    this.two().open(asked);
  }

  protected askWhy(): void {
    this.ask({ about: 'why', mentee: null, mentor: null });
  }

  protected readonly figures = computed(() => {
    const run = this.run();
    return run ? runFigures(run, this.before()) : [];
  });
  protected readonly missing = computed(() => missingForRun(this.round()));
  protected readonly checks = computed(() => {
    const run = this.run();
    const until = this.dates.day(workingDaysAfter(this.dates.calendarDay(new Date().toISOString()), 10));
    return run ? releaseChecks(this.round(), run, until) : [];
  });
  protected readonly failure = computed(() => {
    const job = this.run()?.job;
    const refusal = job?.failure ?? 'unexpected';
    return { words: refusalWords({ refusal, facts: {} }), correlationId: job?.correlationId ?? null };
  });

  protected readonly stopped = computed(() => {
    const run = this.run();
    return run?.stoppedBy
      ? $localize`Run ${run.number}:run: was stopped by ${run.stoppedBy}:name:`
      : $localize`Run ${run?.number ?? 0}:run: was stopped`;
  });

  /** Said once to those who cannot see the page change: the run that was under way has ended. */
  protected readonly ended = linkedSignal<number | null, { number: number | null; text: string }>({
    source: () => this.underWay()?.number ?? null,
    computation: (number, previous) => {
      const run = this.round().runs.find((each) => each.number === previous?.value.number);
      const over = number === null && run !== undefined;
      return { number, text: over ? this.endWords(run.number, run.status, run.menteesPaired, run.mentees) : '' };
    },
  });

  private endWords(number: number, status: string, paired: number | null, all: number): string {
    return status === 'done'
      ? $localize`Run ${number}:run: is done: ${paired ?? 0}:paired: of ${all}:all: paired.`
      : $localize`Run ${number}:run: has ended without a result.`;
  }
}
