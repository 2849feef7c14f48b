import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { fundAwardView, type FundAwardView } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';
import { DayField } from '../calls/day-field';

/** The event or its dates moved: what it is now, and why; the manager is asked again. */
@Component({
  selector: 'wm-change-form',
  imports: [DayField, Field, Trouble],
  template: `
    <section class="card" aria-labelledby="change-h">
      <form class="stack" novalidate (submit)="ask($event)">
        <h2 id="change-h" i18n>The event or its dates moved</h2>
        <p class="quiet" i18n>
          Your manager is asked to endorse it again. Until they answer the award waits; if they say no, it stands as it
          is now.
        </p>
        <wm-field for="change-name" i18n-label label="Event" [error]="missing(name())">
          <input
            #event
            class="in"
            id="change-name"
            maxlength="200"
            [value]="name()"
            [attr.aria-invalid]="missing(name()) ? true : null"
            (input)="name.set(event.value)"
          />
        </wm-field>
        <div class="two">
          <wm-day-field
            for="change-starts"
            i18n-label
            label="First day"
            [value]="startsOn()"
            [error]="missing(startsOn())"
            (typed)="startsOn.set($event)"
          />
          <wm-day-field
            for="change-ends"
            i18n-label
            label="Last day"
            [value]="endsOn()"
            [error]="missing(endsOn()) ?? backwards()"
            (typed)="endsOn.set($event)"
          />
        </div>
        <wm-field for="change-why" i18n-label label="What has moved, and why" [error]="missing(why())">
          <textarea
            #reason
            class="in"
            id="change-why"
            rows="3"
            maxlength="500"
            [value]="why()"
            [attr.aria-invalid]="missing(why()) ? true : null"
            (input)="why.set(reason.value)"
          ></textarea>
        </wm-field>
        <wm-trouble [error]="asking.problem()" compact />
        <div class="row">
          <button type="submit" class="btn btn--main" [disabled]="asking.busy()" i18n>Ask my manager</button>
          <button type="button" class="btn btn--line" [disabled]="asking.busy()" (click)="closed.emit()" i18n>
            Not now
          </button>
        </div>
      </form>
    </section>
  `,
  styles: `
    .two {
      display: grid;
      gap: var(--wm-4);
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
    }
  `,
})
export class ChangeForm {
  readonly award = input.required<FundAwardView>();
  readonly changed = output<FundAwardView>();
  readonly closed = output();
  private readonly commands = inject(Commands);
  protected readonly asking = new Deed();
  protected readonly tried = signal(false);
  // What was typed or chosen stays when the record is read again, unless that very field has changed.
  protected readonly name = linkedSignal(computed(() => this.award().event.name));
  protected readonly startsOn = linkedSignal(computed(() => this.award().event.startsOn));
  protected readonly endsOn = linkedSignal(computed(() => this.award().event.endsOn));
  protected readonly why = signal('');
  protected readonly backwards = computed(() =>
    this.tried() && this.endsOn() < this.startsOn() ? $localize`The last day is before the first.` : null,
  );

  protected missing(value: string): string | null {
    return this.tried() && !value.trim() ? $localize`Say this.` : null;
  }

  protected async ask(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const [eventName, eventStartsOn, eventEndsOn, why] = [this.name(), this.startsOn(), this.endsOn(), this.why()];
    if (![eventName, eventStartsOn, eventEndsOn, why].every((value) => value.trim()) || this.backwards()) {
      setTimeout(() => document.querySelector<HTMLElement>('wm-change-form [aria-invalid]')?.focus());
      return;
    }
    await this.asking.run(async () => {
      const { id, version } = this.award();
      const body = { version, eventName, eventStartsOn, eventEndsOn, why };
      this.changed.emit(await this.commands.post(`/api/funding/awards/${id}/change`, body, fundAwardView));
    });
  }
}
