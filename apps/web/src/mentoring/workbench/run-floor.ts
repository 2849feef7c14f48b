import { httpResource } from '@angular/common/http';
import { Component, computed, input } from '@angular/core';
import { RunView, floorView } from '@waymark/contracts';
import { Skeleton } from '@waymark/ui';
import { Trouble } from '../../shell/trouble';
import { figure } from '../../shell/words';
import { floorProof, floorSentence, shareWords } from './floor-words';

/** How well those fare who fare worst: the lowest score, whose it is, and how many people reach how many points. */
@Component({
  selector: 'wm-run-floor',
  imports: [Skeleton, Trouble],
  template: `
    <section class="card stack-2" aria-labelledby="floor-h">
      <h2 id="floor-h" class="card__head" i18n>The floor</h2>
      @if (resource.error()) {
        <wm-trouble [error]="resource.error()" [compact]="true" i18n-heading heading="We could not load the floor">
          <button type="button" class="btn btn--line btn--sm" (click)="resource.reload()" i18n>Try again</button>
        </wm-trouble>
      } @else if (view(); as floor) {
        <p>{{ sentence() }}</p>
        @if (proof(); as words) {
          <p class="small">{{ words }}</p>
        }
        @if (rows().length) {
          <table class="dt dt--plain reach">
            <caption class="vh" i18n>
              How many people have a pair with at least so many points
            </caption>
            <thead>
              <tr>
                <th scope="col" i18n>At least</th>
                <th scope="col" class="r" i18n>People</th>
                <th scope="col" class="r" i18n>Share of all</th>
                <td aria-hidden="true" class="picture"></td>
              </tr>
            </thead>
            <tbody>
              @for (row of rows(); track row.points) {
                <tr>
                  <th scope="row" i18n>{{ row.points }} of {{ row.of }} points</th>
                  <td class="r num" i18n>{{ row.people }} of {{ row.all }}</td>
                  <td class="r num">{{ row.share }}</td>
                  <td aria-hidden="true" class="picture"><i [style.width.%]="row.width"></i></td>
                </tr>
              }
            </tbody>
          </table>
        }
      } @else {
        <wm-skeleton [rows]="2" i18n-label label="Loading the floor" />
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .picture {
      width: 40%;
    }
    .picture i {
      display: block;
      height: 10px;
      min-width: 1px;
      background: var(--wm-chart-1);
      border-radius: var(--wm-r-1);
    }
    .reach th,
    .reach td {
      white-space: nowrap;
    }
    @media (max-width: 599px) {
      .picture {
        display: none;
      }
    }
    @media print {
      .picture i {
        print-color-adjust: exact;
      }
    }
  `,
})
export class RunFloor {
  readonly run = input.required<RunView>();
  private readonly runId = computed(() => this.run().id);
  protected readonly resource = httpResource(() => `/api/mentoring/runs/${this.runId()}/floor`, {
    parse: (raw) => floorView.parse(raw),
  });
  protected readonly view = computed(() => (this.resource.hasValue() ? this.resource.value() : undefined));
  protected readonly sentence = computed(() => {
    const floor = this.view();
    return floor ? floorSentence(floor) : '';
  });
  protected readonly proof = computed(() => floorProof(this.run()));
  protected readonly rows = computed(() => {
    const { reached, people } = this.view() ?? { reached: [], people: 0 };
    return reached.map((row) => ({
      points: figure(row.points),
      of: figure(this.run().of),
      people: figure(row.people),
      all: figure(people),
      share: shareWords(row.people, people),
      width: people === 0 ? 0 : (100 * row.people) / people,
    }));
  });
}
