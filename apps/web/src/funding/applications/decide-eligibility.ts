import { Component, computed, inject, input, output, signal } from '@angular/core';
import { type ApplicationView, applicationView } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';

/** A coordinator decides otherwise than the rules, and says why. */
@Component({
  selector: 'wm-decide-eligibility',
  imports: [Field, Trouble],
  template: `
    <section class="card" aria-labelledby="decide-h">
      <h2 id="decide-h" class="card__head">{{ heading() }}</h2>
      <form class="stack" novalidate (submit)="decide($event)">
        <p>
          @if (admits()) {
            <ng-container i18n
              >The rules keep it out. Where they are wrong about this one, say why; it is then scored with the
              others.</ng-container
            >
          } @else {
            <ng-container i18n
              >It meets the rules. Where it still must not go on, say why; the applicant reads it.</ng-container
            >
          }
        </p>
        <wm-field
          for="decide-reason"
          i18n-label
          label="Why"
          i18n-hint
          hint="The applicant reads it, and it stays with the application."
          [error]="error()"
        >
          <textarea
            #box
            class="in"
            id="decide-reason"
            rows="3"
            maxlength="1000"
            [value]="reason()"
            [attr.aria-invalid]="error() ? true : null"
            [attr.aria-describedby]="error() ? 'decide-reason-hint decide-reason-error' : 'decide-reason-hint'"
            (input)="reason.set(box.value)"
          ></textarea>
        </wm-field>
        <wm-trouble [error]="deed.problem()" compact />
        <div class="row">
          <button type="submit" class="btn btn--line" [disabled]="deed.busy()">{{ heading() }}</button>
        </div>
      </form>
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    textarea.in {
      min-height: 0;
    }
  `,
})
export class DecideEligibility {
  readonly view = input.required<ApplicationView>();
  readonly changed = output<ApplicationView>();
  private readonly commands = inject(Commands);
  protected readonly deed = new Deed();
  protected readonly reason = signal('');
  private readonly tried = signal(false);
  protected readonly admits = computed(() => this.view().status === 'ineligible');
  protected readonly heading = computed(() =>
    this.admits() ? $localize`Let it go on all the same` : $localize`Keep it from going on`,
  );
  protected readonly error = computed(() =>
    this.tried() && this.reason().trim() === '' ? $localize`Say why: the applicant reads it.` : null,
  );

  protected async decide(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (this.error()) return document.getElementById('decide-reason')?.focus();
    await this.deed.run(async () => {
      const { id, version } = this.view();
      const body = { version, eligible: this.admits(), reason: this.reason() };
      this.changed.emit(await this.commands.post(`/api/funding/applications/${id}/eligibility`, body, applicationView));
      this.reason.set('');
      this.tried.set(false);
    });
  }
}
