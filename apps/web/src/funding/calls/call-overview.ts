import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { callLetters, type CallView, letterKinds, poundsOf } from '@waymark/contracts';
import { Timeline, type TimelineEntry } from '@waymark/ui';
import { Dates } from '../../shell/dates';
import { figure, listed } from '../../shell/words';
import { yearWords } from '../pots/pot-words';
import {
  askingOf,
  callKindWords,
  callRuleWords,
  countOf,
  happenedIn,
  letterKindWords,
  othersWords,
} from './call-words';

/** What a call is, on one screen, with the ways to its pages. */
@Component({
  selector: 'wm-call-overview',
  imports: [RouterLink, Timeline],
  template: `
    <div class="stack-5">
      <section class="card card--flush" i18n-aria-label aria-label="Applications and money">
        <dl class="figures">
          <div>
            <dt i18n>Applications</dt>
            <dd>
              <b>{{ figure(askingOf(call().counts)) }}</b>
              @if (othersWords(call().counts); as words) {
                <span i18n>and {{ words }}</span>
              }
            </dd>
          </div>
          <div>
            <dt i18n>Asked for</dt>
            <dd>
              <b>{{ poundsOf(call().askedPence) }}</b>
            </dd>
          </div>
          <div>
            <dt i18n>Budget</dt>
            <dd>
              <b>{{ poundsOf(call().budgetPence) }}</b>
              @if (call().committedPence) {
                <span i18n>{{ poundsOf(call().committedPence) }} held or paid</span>
              }
            </dd>
          </div>
          <div>
            <dt i18n>Available in the pot</dt>
            <dd>
              <b>{{ poundsOf(call().pot.availablePence) }}</b>
              <span>{{ call().pot.name }} {{ yearWords(call().pot.financialYear) }}</span>
            </dd>
          </div>
        </dl>
      </section>
      <div class="cols cols--aside">
        <div class="stack-5">
          <section class="card" aria-labelledby="work-h">
            <h2 id="work-h" class="card__head" i18n>Work on it</h2>
            <ul class="plain ways">
              <li>
                <a [routerLink]="['/funding/calls', call().id, 'applications']" i18n>Applications</a>
                <span class="quiet small">{{ applicationsSay() }}</span>
              </li>
              <li>
                <a [routerLink]="['/funding/calls', call().id, 'endorsements']" i18n>Endorsements</a>
                <span class="quiet small">{{ endorsementsSay() }}</span>
              </li>
              <li>
                <a [routerLink]="['/funding/calls', call().id, 'panel']" i18n>Panel</a>
                <span class="quiet small">{{ panelSays() }}</span>
              </li>
              <li>
                <a [routerLink]="['/funding/calls', call().id, 'moderation']" i18n>Moderation</a>
                <span class="quiet small" i18n>Where readers differ, and what the chair notes</span>
              </li>
              <li>
                <a [routerLink]="['/funding/calls', call().id, 'allocation']" i18n>Allocation</a>
                <span class="quiet small" i18n>Scenarios, second approval, publication</span>
              </li>
              @if (call().status === 'decided' || call().status === 'archived') {
                <li>
                  <a [routerLink]="['/funding/calls', call().id, 'awards']" i18n>Awards</a>
                  <span class="quiet small" i18n>Who took theirs up, what was claimed, paid and released</span>
                </li>
              }
              <li>
                <a [routerLink]="['/funding/calls', call().id, 'preview']" i18n>As applicants see it</a>
                <span class="quiet small" i18n>The call’s page and the form</span>
              </li>
            </ul>
          </section>
          <section class="card" aria-labelledby="terms-h">
            <h2 id="terms-h" class="card__head" i18n>Terms</h2>
            <dl class="kv">
              <div>
                <dt i18n>Kind</dt>
                <dd>
                  {{ kindWords[call().kind] }}
                  @if (call().rollsUntil; as until) {
                    <ng-container i18n>until {{ dates.day(until) }}</ng-container>
                  }
                </dd>
              </div>
              <div>
                <dt i18n>For</dt>
                <dd>{{ audience() }}</dd>
              </div>
              <div>
                <dt i18n>Most for one</dt>
                <dd class="num">{{ poundsOf(call().terms.capPence) }}</dd>
              </div>
              <div>
                <dt i18n>Rules</dt>
                <dd>{{ rules() }}</dd>
              </div>
              <div>
                <dt i18n>Criteria</dt>
                <dd>{{ criteria() }}</dd>
              </div>
              <div>
                <dt i18n>Reading</dt>
                <dd>{{ reading() }}</dd>
              </div>
              <div>
                <dt i18n>Letters</dt>
                <dd>{{ letters() }}</dd>
              </div>
            </dl>
          </section>
        </div>
        <aside class="stack-5" i18n-aria-label aria-label="Dates and what happened">
          <section class="card" aria-labelledby="when-h">
            <h2 id="when-h" class="card__head" i18n>Dates</h2>
            <dl class="kv">
              <div>
                <dt i18n>Opens</dt>
                <dd>{{ dates.moment(call().opensAt) }}</dd>
              </div>
              <div>
                <dt i18n>Closes</dt>
                <dd>{{ dates.moment(call().closesAt) }}</dd>
              </div>
              <div>
                <dt i18n>Managers endorse by</dt>
                <dd>{{ dates.moment(call().endorseBy) }}</dd>
              </div>
              <div>
                <dt i18n>Decided by</dt>
                <dd>{{ dates.day(call().decideBy) }}</dd>
              </div>
              <div>
                <dt i18n>Reserve list until</dt>
                <dd>{{ dates.day(call().reserveUntil) }}</dd>
              </div>
              <div>
                <dt i18n>Claim by</dt>
                <dd>{{ dates.day(call().claimBy) }}</dd>
              </div>
              @if (call().nextOpensOn; as next) {
                <div>
                  <dt i18n>The next one opens</dt>
                  <dd>{{ dates.day(next) }}</dd>
                </div>
              }
            </dl>
          </section>
          @if (others().length) {
            <section class="card" aria-labelledby="series-h">
              <h2 id="series-h" class="card__head" i18n>Earlier and later ones</h2>
              <ul class="plain">
                @for (each of others(); track each.id) {
                  <li>
                    <a class="rowlink" [routerLink]="['/funding/calls', each.id]">{{ each.name }}</a>
                  </li>
                }
              </ul>
            </section>
          }
          <section class="card" aria-labelledby="happened-h">
            <h2 id="happened-h" class="card__head" i18n>What happened</h2>
            <wm-timeline [entries]="happened()" />
          </section>
        </aside>
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .ways li {
      display: grid;
      grid-template-columns: 180px minmax(0, 1fr);
      gap: 2px var(--wm-4);
      align-items: center;
      min-height: 44px;
      border-top: 1px solid var(--wm-line);
    }
    .ways li:first-child {
      border-top: 0;
    }
    .ways a,
    a.rowlink {
      display: inline-flex;
      align-items: center;
      min-height: 28px;
    }
    @media (max-width: 599px) {
      .ways li {
        grid-template-columns: minmax(0, 1fr);
        padding: 8px 0;
      }
    }
  `,
})
export class CallOverview {
  readonly call = input.required<CallView>();
  protected readonly dates = inject(Dates);
  protected readonly poundsOf = poundsOf;
  protected readonly figure = figure;
  protected readonly yearWords = yearWords;
  protected readonly kindWords = callKindWords;
  protected readonly askingOf = askingOf;
  protected readonly othersWords = othersWords;

  protected readonly audience = computed(() => {
    const { terms, audience } = this.call();
    return [
      terms.audience.techniciansOnly ? $localize`technicians` : $localize`everybody`,
      ...(audience.units.length ? [$localize`of ${listed(audience.units.map(({ name }) => name))}:units:`] : []),
      ...(audience.grades.length ? [$localize`at ${listed(audience.grades.map(({ name }) => name))}:grades:`] : []),
    ].join(' ');
  });
  protected readonly rules = computed(() => {
    const { rules } = this.call().terms;
    return rules.length ? rules.map(({ rule }) => callRuleWords[rule].name).join(' · ') : $localize`none but the cap`;
  });
  protected readonly criteria = computed(() =>
    this.call()
      .terms.criteria.map(({ name, weight }) => `${name} ${weight}`)
      .join(' · '),
  );
  protected readonly reading = computed(() => {
    const { reviewersEach, blind, bar, partAwards } = this.call().terms;
    return [
      $localize`${reviewersEach}:count: readers each`,
      blind ? $localize`blind` : $localize`names shown`,
      bar > 0 ? $localize`a bar of ${(bar / 10).toFixed(1)}:score:` : $localize`no bar`,
      partAwards ? $localize`part-awards` : $localize`all or nothing`,
    ].join(' · ');
  });
  protected readonly letters = computed(() => {
    const letters = callLetters.parse(this.call().letters);
    const own = letterKinds.filter((kind) => letters[kind] !== '');
    return own.length
      ? $localize`a paragraph of your own in: ${own.map((kind) => letterKindWords[kind]).join(', ')}:letters:`
      : $localize`as Waymark writes them`;
  });
  protected readonly applicationsSay = computed(() => {
    const all = askingOf(this.call().counts);
    return all === 1 ? $localize`1 handed in` : $localize`${figure(all)}:count: handed in`;
  });
  protected readonly endorsementsSay = computed(() => {
    const { counts } = this.call();
    const [waiting, undecided] = [countOf(counts, 'submitted', 'returned'), countOf(counts, 'unendorsed')];
    if (undecided) return $localize`${figure(undecided)}:count: never endorsed, for you to decide`;
    return waiting ? $localize`${figure(waiting)}:count: waiting for an answer` : $localize`none waiting`;
  });
  protected readonly panelSays = computed(() => {
    const { panelists } = this.call();
    return panelists === 0
      ? $localize`nobody yet`
      : panelists === 1
        ? $localize`1 reader`
        : $localize`${figure(panelists)}:count: readers`;
  });
  protected readonly others = computed(() => this.call().series.filter(({ id }) => id !== this.call().id));
  protected readonly happened = computed<TimelineEntry[]>(() =>
    happenedIn(this.call().timeline).map(({ words, act, by, at }) => ({
      what: words,
      who: [by ?? $localize`Waymark`, this.dates.moment(at)].join(' · '),
      state: act === 'call.cancel' ? 'bad' : 'done',
    })),
  );
}
