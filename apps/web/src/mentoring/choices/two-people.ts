import { HttpClient } from '@angular/common/http';
import { Component, ElementRef, Injector, computed, inject, input, signal, viewChild } from '@angular/core';
import { PersonCard, RoundView, RunView, WhyNotView, whyNotView } from '@waymark/contracts';
import { Icon, ScoreBar } from '@waymark/ui';
import { firstValueFrom } from 'rxjs';
import { Deed } from '../../shell/deed';
import { focusOn } from '../../shell/focus-on';
import { Trouble } from '../../shell/trouble';
import { listed } from '../../shell/words';
import { RoundStore } from '../rounds/round-store';
import { shownParts } from '../workbench/score-words';
import type { Asked } from './asked';
import { PersonPicker } from './person-picker';
import { movesNote, whyNotWords } from './why-not-words';

/** Pin two people, forbid them, or ask why a run did not put them together. */
@Component({
  selector: 'wm-two-people',
  imports: [Icon, PersonPicker, ScoreBar, Trouble],
  templateUrl: './two-people.html',
  styleUrl: './two-people.css',
})
export class TwoPeople {
  readonly round = input.required<RoundView>();
  /** The run that is asked about. */
  readonly run = input<RunView | null>(null);
  private readonly http = inject(HttpClient);
  private readonly store = inject(RoundStore);
  private readonly injector = inject(Injector);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  protected readonly about = signal<Asked['about']>('pin');
  protected readonly mentee = signal<PersonCard | null>(null);
  protected readonly mentor = signal<PersonCard | null>(null);
  protected readonly reason = signal('');
  private readonly tried = signal(false);
  protected readonly answer = signal<WhyNotView | null>(null);
  protected readonly doing = new Deed();

  protected readonly heading = computed(() => {
    switch (this.about()) {
      case 'pin':
        return $localize`Pin two people`;
      case 'forbid':
        return $localize`Forbid a pair`;
      case 'why':
        return $localize`Why not her, why not him?`;
    }
  });
  protected readonly action = computed(() => {
    switch (this.about()) {
      case 'pin':
        return $localize`Pin them`;
      case 'forbid':
        return $localize`Forbid this pair`;
      case 'why':
        return $localize`Tell me why`;
    }
  });
  protected readonly missing = computed(() => {
    if (!this.tried()) return null;
    if (this.mentee() === null) return $localize`Choose the mentee`;
    if (this.mentor() === null) return $localize`Choose the mentor`;
    return null;
  });
  protected readonly reasonMissing = computed(
    () => this.tried() && this.about() !== 'why' && this.reason().trim() === '',
  );
  protected readonly rules = computed(() => this.run()?.rules ?? this.round().rules);
  /** The answer stands only for the two it was asked about. */
  protected readonly shown = computed(() => {
    const answer = this.answer();
    return answer && answer.mentee.id === this.mentee()?.id && answer.mentor.id === this.mentor()?.id ? answer : null;
  });
  protected readonly said = computed(() => {
    const answer = this.shown();
    return answer ? whyNotWords(answer, this.rules(), this.round().may.choose) : null;
  });
  protected readonly scores = computed(() => {
    const answer = this.shown();
    if (answer?.answer.kind !== 'allowed') return [];
    const { score, instead, holders } = answer.answer;
    const row = (name: string, one: typeof score) => ({
      name,
      score: one.score,
      parts: shownParts(this.rules(), one.parts),
    });
    return [
      row($localize`${answer.mentee.name}:mentee: and ${answer.mentor.name}:mentor:`, score),
      ...instead.map((one) => row($localize`${answer.mentee.name}:mentee: and ${one.mentor.name}:mentor:`, one)),
      ...holders.map((one) => row($localize`${one.mentee.name}:mentee: and ${answer.mentor.name}:mentor:`, one)),
    ];
  });
  protected readonly moves = computed(() => {
    const answer = this.shown()?.answer;
    return answer?.kind === 'allowed' ? answer.forced.moves : [];
  });
  /** Whether the moves are told in turn, and how many there are besides. */
  protected readonly movesNote = computed(() => {
    const answer = this.shown()?.answer;
    return answer?.kind === 'allowed' ? movesNote(answer.forced) : '';
  });
  protected readonly mayPin = computed(() => {
    const kind = this.shown()?.answer.kind;
    return this.about() === 'why' && kind === 'allowed' && this.round().may.choose;
  });

  open({ about, mentee, mentor }: Asked): void {
    this.about.set(about);
    this.mentee.set(mentee);
    this.mentor.set(mentor);
    this.reason.set('');
    this.tried.set(false);
    this.answer.set(null);
    this.doing.forget();
    this.dialog().nativeElement.showModal();
    if (about === 'why' && mentee && mentor) void this.ask();
    else if (about !== 'why' && mentee && mentor) focusOn('choice-reason', this.injector);
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected keepWhileBusy(event: Event): void {
    if (this.doing.busy()) event.preventDefault();
  }

  /** From the answer on: the two are known. */
  protected pinThem(): void {
    this.about.set('pin');
    this.tried.set(false);
    focusOn('choice-reason', this.injector);
  }

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (this.about() === 'why') return this.ask();
    const [mentee, mentor, reason, about] = [this.mentee(), this.mentor(), this.reason().trim(), this.about()];
    if (!mentee || !mentor || about === 'why') return;
    if (reason === '') return document.getElementById('choice-reason')?.focus();
    const done = await this.doing.run(() =>
      this.store.choose(this.round(), { kind: about, menteeId: mentee.id, mentorId: mentor.id, reason }),
    );
    if (done) this.close();
  }

  protected moveWords({ from, to }: { from: PersonCard[]; to: PersonCard[] }): string {
    const names = (people: PersonCard[]) => listed(people.map(({ name }) => name));
    if (from.length === 0) return $localize`would have ${names(to)}:mentor:, and has nobody now`;
    if (to.length === 0) return $localize`would have nobody, and has ${names(from)}:mentor: now`;
    return $localize`would have ${names(to)}:mentor: instead of ${names(from)}:before:`;
  }

  protected reload(): void {
    this.doing.forget();
    this.store.reload();
  }

  private async ask(): Promise<void> {
    const [mentee, mentor, run] = [this.mentee(), this.mentor(), this.run()];
    if (!mentee || !mentor || !run) return;
    await this.doing.run(async () => {
      const raw = await firstValueFrom(
        this.http.get(`/api/mentoring/runs/${run.id}/why-not`, {
          params: { menteeId: mentee.id, mentorId: mentor.id },
        }),
      );
      this.answer.set(whyNotView.parse(raw));
      // The button that asked is gone.
      focusOn('why-h', this.injector);
    });
  }
}
