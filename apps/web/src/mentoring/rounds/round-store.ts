import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { ChoiceKind, MatchingMethod, RoundRules, RoundView, roundView } from '@waymark/contracts';
import { Commands } from '../../shell/commands';
import { kept } from '../../shell/kept';
import { Address } from '../../shell/address';
import { whileTrue } from '../../shell/while-true';
import { runToShow, running } from '../workbench/run-words';

const pollMs = 700;

/** The round on screen, kept fresh while one of its runs is under way; every command answers with the round as it is then. */
@Injectable()
export class RoundStore {
  private readonly commands = inject(Commands);
  private readonly address = inject(Address);
  readonly id = signal<string | null>(null);

  readonly resource = httpResource(() => (this.id() ? `/api/mentoring/rounds/${this.id()}` : undefined), {
    parse: (raw) => roundView.parse(raw),
  });
  private readonly newest = kept(this.resource);
  readonly round = computed(() => {
    const round = this.newest();
    return round?.id === this.id() ? round : undefined;
  });
  /** Counts up when the people of the round may have changed, so that their lists read again. */
  readonly peopleChanged = signal(0);

  readonly underWay = computed(() => this.round()?.runs.find(running) ?? null);
  readonly shownRun = computed(() => {
    const round = this.round();
    return round ? runToShow(round.runs, this.address.text('run'), round.releasedRunId) : null;
  });

  constructor() {
    whileTrue(
      () => this.underWay() !== null || this.round()?.status === 'matching',
      pollMs,
      () => this.resource.reload(),
    );
  }

  reload(): void {
    this.resource.reload();
    this.peopleChanged.update((count) => count + 1);
  }

  change(seen: RoundView, name: string, rules: RoundRules): Promise<void> {
    return this.take(
      this.commands.put(`/api/mentoring/rounds/${seen.id}`, { version: seen.version, name, rules }, roundView),
    );
  }

  join(seen: RoundView): Promise<void> {
    return this.onRound(seen, 'join');
  }

  /** By the round's own method where none is named. */
  run(seen: RoundView, method?: MatchingMethod): Promise<void> {
    const body = { version: seen.version, ...(method && { method }) };
    return this.take(this.commands.post(`/api/mentoring/rounds/${seen.id}/runs`, body, roundView));
  }

  cancel(seen: RoundView): Promise<void> {
    return this.onRound(seen, 'cancel');
  }

  close(seen: RoundView): Promise<void> {
    return this.onRound(seen, 'close');
  }

  release(seen: RoundView, runId: string): Promise<void> {
    const body = { version: seen.version, runId };
    return this.take(this.commands.post(`/api/mentoring/rounds/${seen.id}/release`, body, roundView));
  }

  choose(
    seen: RoundView,
    choice: { kind: ChoiceKind; menteeId: string; mentorId: string; reason: string },
  ): Promise<void> {
    const body = { ...choice, version: seen.version };
    return this.take(this.commands.post(`/api/mentoring/rounds/${seen.id}/choices`, body, roundView));
  }

  takeBack(seen: RoundView, choiceId: string): Promise<void> {
    return this.take(this.commands.delete(`/api/mentoring/rounds/${seen.id}/choices/${choiceId}`, roundView));
  }

  remove(seen: RoundView, side: 'mentors' | 'mentees', personId: string): Promise<void> {
    return this.take(this.commands.delete(`/api/mentoring/rounds/${seen.id}/${side}/${personId}`, roundView));
  }

  private onRound(seen: RoundView, command: string): Promise<void> {
    return this.take(
      this.commands.post(`/api/mentoring/rounds/${seen.id}/${command}`, { version: seen.version }, roundView),
    );
  }

  private async take(answer: Promise<RoundView>): Promise<void> {
    this.resource.set(await answer);
    this.peopleChanged.update((count) => count + 1);
  }
}
