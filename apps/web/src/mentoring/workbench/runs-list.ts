import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { RoundView, RunView } from '@waymark/contracts';
import { Chip } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { rulesDifference } from '../rules/rules-words';
import { figure, listed } from '../../shell/words';
import { MatchBy } from '../methods/match-by';
import { methodWords } from '../methods/method-words';
import { runStatusWords } from './run-words';

/** All runs of a round, newest first, with what differed in the rules; one is chosen to look at. */
@Component({
  selector: 'wm-runs-list',
  imports: [Chip, MatchBy, RouterLink],
  template: `
    <section class="card card--flush" aria-labelledby="runs-h">
      <div class="card__head">
        <h2 id="runs-h" i18n>Runs</h2>
        <span class="small quiet" i18n>All are kept; choose one to look at</span>
        @if (round().may.run && shown(); as run) {
          <wm-match-by [round]="round()" [than]="run.method" />
        }
      </div>
      <table role="table" class="dt cards">
        <caption class="vh" i18n>
          Runs of this round, newest first
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader" i18n>Run</th>
            <th scope="col" role="columnheader" i18n>Status</th>
            <th scope="col" role="columnheader" class="r" i18n>Paired</th>
            <th scope="col" role="columnheader" class="r" i18n>Left out</th>
            <th scope="col" role="columnheader" class="r" i18n>Lowest</th>
            <th scope="col" role="columnheader" class="r" i18n>Points</th>
            <th scope="col" role="columnheader" i18n>Method and rules</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          @for (run of runs(); track run.id) {
            <tr role="row" [class.is-on]="run.id === shownId()">
              <th scope="row" role="rowheader">
                <a
                  class="rowlink"
                  [routerLink]="[]"
                  [queryParams]="{ tab: 'workbench', run: run.id }"
                  [attr.aria-current]="run.id === shownId() ? 'true' : null"
                  i18n
                  >Run {{ run.number }}</a
                >
                <span class="sub"
                  >{{ run.startedBy }}, {{ dates.shortDayOf(run.startedAt) }}, {{ dates.time(run.startedAt) }}</span
                >
              </th>
              <td role="cell" class="end">
                <wm-chip [tone]="status[run.status].tone" [icon]="status[run.status].icon">{{
                  status[run.status].text
                }}</wm-chip>
                @if (run.id === round().releasedRunId) {
                  <wm-chip tone="done" icon="send" i18n>Released</wm-chip>
                }
              </td>
              <td role="cell" class="r num">
                @if (run.menteesPaired !== null) {
                  <span class="mobile-label" i18n>Paired: </span>{{ paired(run) }}
                }
              </td>
              <td role="cell" class="r num end">
                @if (run.leftOut !== null) {
                  <span class="mobile-label" i18n>Left out: </span>{{ figure(run.leftOut) }}
                }
              </td>
              <td role="cell" class="r num">
                @if (run.lowest !== null) {
                  <span class="mobile-label" i18n>Lowest: </span>{{ figure(run.lowest) }}
                }
              </td>
              <td role="cell" class="r num end">
                @if (points(run); as points) {
                  <span class="mobile-label" i18n>Points: </span>{{ points }}
                }
              </td>
              <td role="cell" class="wide rules">
                {{ methods[run.method].name }}<span class="sub">{{ difference(run) }}</span>
              </td>
            </tr>
          }
        </tbody>
      </table>
      @if (someHidden()) {
        <p class="small quiet note" i18n>
          Points marked * leave identity out, because with it the sum could tell what somebody said.
        </p>
      }
    </section>
  `,
  styleUrls: ['../../shell/table-cards.css'],
  styles: `
    :host {
      display: block;
    }
    .rules {
      max-width: 420px;
    }
    .note {
      padding: var(--wm-2) var(--wm-5) var(--wm-4);
    }
  `,
})
export class RunsList {
  readonly round = input.required<RoundView>();
  readonly shownId = input.required<string>();
  protected readonly dates = inject(Dates);
  protected readonly status = runStatusWords;
  protected readonly methods = methodWords;
  protected readonly figure = figure;
  protected readonly runs = computed(() => [...this.round().runs].sort((a, b) => b.number - a.number));
  protected readonly shown = computed(() => this.runs().find((run) => run.id === this.shownId()));
  protected readonly someHidden = computed(() =>
    this.runs().some((run) => run.status === 'done' && run.total === null),
  );

  protected paired(run: RunView): string {
    return $localize`${figure(run.menteesPaired ?? 0)}:paired: of ${figure(run.mentees)}:all:`;
  }

  protected points(run: RunView): string {
    if (run.total !== null) return figure(run.total);
    return run.shownTotal === null ? '' : `${figure(run.shownTotal)}*`;
  }

  private choicesDifference({ choices: now }: RunView, { choices: then }: RunView): string[] {
    if (now.pinned === then.pinned && now.forbidden === then.forbidden) return [];
    return [$localize`${now.pinned}:pinned: pinned and ${now.forbidden}:forbidden: forbidden`];
  }

  protected difference(run: RunView): string {
    const before = this.runs().find((each) => each.number === run.number - 1);
    if (!before) return $localize`first rules`;
    const found = [...rulesDifference(run.rules, before.rules), ...this.choicesDifference(run, before)];
    return found.length === 0 ? $localize`rules as in run ${before.number}:run:` : listed(found);
  }
}
