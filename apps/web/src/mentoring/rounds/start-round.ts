import { Component, ElementRef, afterNextRender, computed, inject, output, signal, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { roundView, startRound } from '@waymark/contracts';
import { Field } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { Trouble } from '../../shell/trouble';

/** A round begins with nothing but its name. */
@Component({
  selector: 'wm-start-round',
  imports: [Field, Trouble],
  template: `
    <section class="card" aria-labelledby="start-h">
      <form class="stack" novalidate (submit)="start($event)">
        <h2 id="start-h" i18n>Start a round</h2>
        <wm-field
          for="round-name"
          i18n-label
          label="Name"
          i18n-hint
          hint="People see it in their mail, for example “Spring 2026”."
          [error]="error()"
        >
          <input
            #box
            class="in name"
            id="round-name"
            maxlength="120"
            autocomplete="off"
            [value]="name()"
            [attr.aria-invalid]="error() ? true : null"
            [attr.aria-describedby]="error() ? 'round-name-hint round-name-error' : 'round-name-hint'"
            (input)="name.set(box.value)"
          />
        </wm-field>
        @if (deed.problem()) {
          <wm-trouble [error]="deed.problem()" [compact]="true" />
        }
        <div class="row">
          <button type="submit" class="btn btn--main" [disabled]="deed.busy()" i18n>Start the round</button>
          <button type="button" class="btn btn--line" [disabled]="deed.busy()" (click)="closed.emit()" i18n>
            Not now
          </button>
        </div>
      </form>
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .name {
      max-width: 480px;
    }
  `,
})
export class StartRound {
  private readonly commands = inject(Commands);
  private readonly router = inject(Router);
  readonly closed = output();
  protected readonly deed = new Deed();
  protected readonly name = signal('');
  private readonly tried = signal(false);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  protected readonly error = computed(() =>
    this.tried() && !startRound.safeParse({ name: this.name() }).success ? $localize`Give the round a name` : null,
  );

  constructor() {
    afterNextRender(() => this.box().nativeElement.focus());
  }

  protected async start(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (this.error()) return this.box().nativeElement.focus();
    await this.deed.run(async () => {
      const round = await this.commands.post('/api/mentoring/rounds', { name: this.name().trim() }, roundView);
      await this.router.navigate(['/mentoring/rounds', round.id]);
    });
  }
}
