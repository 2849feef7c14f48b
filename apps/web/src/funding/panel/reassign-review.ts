import { httpResource } from '@angular/common/http';
import { Component, ElementRef, computed, effect, inject, input, linkedSignal, output, viewChild } from '@angular/core';
import { panelView, replacements, type Replacements } from '@waymark/contracts';
import { Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { focusOnceDrawn } from '../../shell/focus-once-drawn';
import { Trouble } from '../../shell/trouble';
import { listed } from '../../shell/words';
import type { PanelChanged } from './panelists-table';

type Free = Replacements['rows'][number];

/** Who could write a review instead, the best first, and giving it to them. */
@Component({
  selector: 'wm-reassign-review',
  imports: [Skeleton, Trouble],
  template: `
    <section class="card card--flush" aria-labelledby="reassign-h">
      <div class="card__head">
        <h2 #heading id="reassign-h" tabindex="-1" i18n>Give {{ free()?.reference }} to somebody else</h2>
      </div>
      <div class="pf stack">
        @if (resource.error()) {
          <wm-trouble [error]="resource.error()" (retry)="resource.reload()" />
        } @else if (free(); as view) {
          <p class="small quiet" i18n>It was {{ view.panelist }}’s. The first of these suits best.</p>
          @if (view.rows.length > 0) {
            <fieldset>
              <legend class="vh" i18n>Who reads it</legend>
              <ul class="plain stack-2">
                @for (row of view.rows; track row.id) {
                  <li>
                    <label class="check">
                      <input
                        type="radio"
                        name="replacement"
                        [value]="row.id"
                        [checked]="chosen() === row.id"
                        (change)="chosen.set(row.id)"
                      />
                      <span>
                        <b>{{ row.name }}</b>
                        <span class="sub">{{ facts(row) }}</span>
                      </span>
                    </label>
                  </li>
                }
              </ul>
            </fieldset>
          } @else {
            <p i18n>
              Nobody on the panel could: they have an interest, read it already, gave it back, or have all they take. A
              coordinator can add somebody.
            </p>
          }
          @if (deed.problem()) {
            <wm-trouble [error]="deed.problem()" [compact]="true" />
          }
        } @else {
          <wm-skeleton />
        }
        <div class="row">
          @if (chosen()) {
            <button type="button" class="btn btn--main" [disabled]="deed.busy()" (click)="reassign()" i18n>
              Give it to them
            </button>
          }
          <button type="button" class="btn btn--line" [disabled]="deed.busy()" (click)="closed.emit()" i18n>
            Not now
          </button>
        </div>
      </div>
    </section>
  `,
  styleUrl: '../../shell/table-cards.css',
})
export class ReassignReview {
  readonly reviewId = input.required<string>();
  readonly reassigned = output<PanelChanged>();
  readonly closed = output();
  private readonly commands = inject(Commands);
  protected readonly deed = new Deed();
  protected readonly resource = httpResource(() => `/api/funding/reviews/${this.reviewId()}/replacements`, {
    parse: (raw) => replacements.parse(raw),
  });
  protected readonly free = computed(() => (this.resource.hasValue() ? this.resource.value() : undefined));
  protected readonly chosen = linkedSignal(() => this.free()?.rows[0]?.id ?? null);

  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  constructor() {
    const focusLater = focusOnceDrawn();
    // It may have been asked for far below, in a long list.
    effect(() => {
      this.reviewId();
      focusLater(() => this.heading()?.nativeElement);
    });
  }

  protected facts({ unit, load, mostReviews, sharedSkills, otherUnit }: Free): string {
    const has =
      mostReviews === null
        ? $localize`has ${load}:load: to read`
        : $localize`has ${load}:load: of ${mostReviews}:most: to read`;
    const skills = sharedSkills.length > 0 ? $localize`shares ${listed(sharedSkills)}:skills:` : null;
    return [unit, otherUnit === false ? $localize`of the applicant’s own unit` : null, has, skills]
      .filter(Boolean)
      .join(', ');
  }

  protected async reassign(): Promise<void> {
    const view = this.free();
    const panelistId = this.chosen();
    if (!view || !panelistId) return;
    const name = view.rows.find(({ id }) => id === panelistId)?.name ?? '';
    const done = await this.deed.run(async () => {
      const body = { version: view.version, panelistId };
      const panel = await this.commands.post(`/api/funding/reviews/${view.reviewId}/reassign`, body, panelView);
      this.reassigned.emit({ view: panel, words: $localize`${view.reference}:reference: is with ${name}:name: now.` });
    });
    if (!done) this.resource.reload();
  }
}
