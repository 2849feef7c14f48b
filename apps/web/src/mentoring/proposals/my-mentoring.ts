import { httpResource } from '@angular/common/http';
import { Component, computed, inject, linkedSignal } from '@angular/core';
import { MyMentoring as View, myMentoring } from '@waymark/contracts';
import { Chip } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import type { StatusWords } from '../../shell/status-words';
import { Trouble } from '../../shell/trouble';
import { counted } from '../../shell/words';

type Mentor = NonNullable<View['mentor']>;

const statusWords: Readonly<Record<Mentor['status'], StatusWords>> = {
  draft: { text: $localize`Not active yet`, tone: 'draft', icon: 'pencil' },
  active: { text: $localize`Active`, tone: 'ok', icon: 'tick' },
  paused: { text: $localize`Paused`, tone: 'due', icon: 'clock' },
  retired: { text: $localize`No longer a mentor`, tone: 'draft', icon: 'close' },
};

/** Somebody's own part as a mentor: how many they take, and a pause or the way back. Shows nothing to who is none. */
@Component({
  selector: 'wm-my-mentoring',
  imports: [Chip, Trouble],
  template: `
    @if (resource.error()) {
      <div class="card">
        <wm-trouble [error]="resource.error()" [compact]="true" i18n-heading heading="We could not load your mentoring">
          <button type="button" class="btn btn--line btn--sm" (click)="resource.reload()" i18n>Try again</button>
        </wm-trouble>
      </div>
    } @else if (mentor(); as mentor) {
      <section class="card stack" aria-labelledby="mentoring-h">
        <div class="row row--between">
          <h2 id="mentoring-h" i18n>Your mentoring</h2>
          <wm-chip [tone]="status[mentor.status].tone" [icon]="status[mentor.status].icon">{{
            status[mentor.status].text
          }}</wm-chip>
        </div>
        <p>{{ places() }}</p>
        @if (mentor.pausedForSilence) {
          <p i18n>
            Two proposals lapsed without an answer, so we paused you: nobody new is proposed to you. There may be good
            reasons, and nobody minds. Come back when you have time.
          </p>
        } @else if (mentor.status === 'paused') {
          <p i18n>You have paused: nobody new is proposed to you. Pairs you have go on as they are.</p>
        }
        @if (doing.problem()) {
          <wm-trouble [error]="doing.problem()" [compact]="true">
            <button type="button" class="btn btn--line btn--sm" (click)="reload()" i18n>See how it stands</button>
          </wm-trouble>
        }
        @if (mentor.status === 'active' || mentor.status === 'paused') {
          <form class="row places" (submit)="save($event)">
            <div class="field">
              <label for="capacity" i18n>Mentees you take at most</label>
              <select #chosen class="in in--sm" id="capacity" (change)="wanted.set(+chosen.value)">
                @for (each of capacities; track each) {
                  <option [value]="each" [selected]="each === wanted()">{{ each }}</option>
                }
              </select>
            </div>
            <button
              type="submit"
              class="btn btn--line btn--sm"
              [disabled]="doing.busy() || wanted() === mentor.capacity"
              i18n
            >
              Save
            </button>
            @if (mentor.status === 'paused') {
              <button type="button" class="btn btn--main btn--sm end" [disabled]="doing.busy()" (click)="resume()" i18n>
                Be active again
              </button>
            } @else {
              <button type="button" class="btn btn--text btn--sm end" [disabled]="doing.busy()" (click)="pause()" i18n>
                Pause for now
              </button>
            }
          </form>
        }
        <p class="vh" role="status">{{ said() }}</p>
      </section>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .places {
      align-items: end;
    }
    .end {
      margin-left: auto;
    }
    @media (max-width: 599px) {
      .end {
        margin-left: 0;
      }
    }
  `,
})
export class MyMentoring {
  private readonly commands = inject(Commands);
  protected readonly status = statusWords;
  protected readonly capacities = Array.from({ length: 11 }, (_, at) => at);
  protected readonly resource = httpResource(() => '/api/mentoring/mentor', { parse: (raw) => myMentoring.parse(raw) });
  protected readonly mentor = computed(() => (this.resource.hasValue() ? this.resource.value().mentor : null));
  protected readonly wanted = linkedSignal(() => this.mentor()?.capacity ?? 0);
  protected readonly doing = new Deed();
  protected readonly said = linkedSignal(() => '');

  protected readonly places = computed(() => {
    const mentor = this.mentor();
    if (!mentor) return '';
    const free = Math.max(0, mentor.capacity - mentor.taken);
    const taken = counted(mentor.taken, $localize`mentee`, $localize`mentees`);
    return free === 1
      ? $localize`You have ${taken}:mentees: and 1 free place.`
      : $localize`You have ${taken}:mentees: and ${free}:places: free places.`;
  });

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await this.give((version) =>
      this.commands.put('/api/mentoring/mentor', { version, capacity: this.wanted() }, myMentoring),
    );
    if (!this.doing.problem()) this.said.set($localize`Saved`);
  }

  protected async pause(): Promise<void> {
    await this.give((version) => this.commands.post('/api/mentoring/mentor/pause', { version }, myMentoring));
    if (!this.doing.problem()) this.said.set($localize`You are paused`);
  }

  protected async resume(): Promise<void> {
    await this.give((version) => this.commands.post('/api/mentoring/mentor/resume', { version }, myMentoring));
    if (!this.doing.problem()) this.said.set($localize`You are active again`);
  }

  protected reload(): void {
    this.doing.forget();
    this.resource.reload();
  }

  private async give(command: (version: number) => Promise<View>): Promise<void> {
    const mentor = this.mentor();
    if (!mentor) return;
    await this.doing.run(async () => this.resource.set(await command(mentor.version)));
  }
}
