import { httpResource } from '@angular/common/http';
import { Component, computed, input, signal } from '@angular/core';
import { PersonCard, RunView, unlocksView } from '@waymark/contracts';
import { Skeleton } from '@waymark/ui';
import { Trouble } from '../../shell/trouble';
import { figure, someNames } from '../../shell/words';
import { seeksMostPairs } from '../methods/method-words';
import { newMentorWords } from './new-mentor-words';
import { UnlockGroup, unlockGroups } from './unlock-groups';

const atFirst = 5;
const namedAtMost = 4;

/** What one more place would change, or one more mentor: with whom, and whom it would serve. */
@Component({
  selector: 'wm-run-unlocks',
  imports: [Skeleton, Trouble],
  template: `
    <section class="card" aria-labelledby="unlock-h">
      <h2 id="unlock-h" class="card__head" i18n>What one more would unlock</h2>
      @if (resource.error()) {
        <wm-trouble [error]="resource.error()" [compact]="true" i18n-heading heading="We could not work this out">
          <button type="button" class="btn btn--line btn--sm" (click)="resource.reload()" i18n>Try again</button>
        </wm-trouble>
      } @else if (resource.hasValue()) {
        @if (shown().length) {
          <ul class="plain ul">
            @for (each of shown(); track each.key) {
              <li>
                <span class="big num" aria-hidden="true">+1</span>
                <div>
                  <p>
                    <b>{{ with(each) }}</b> {{ whom(each) }} {{ serving(each) }}
                  </p>
                  @if (each.mentors.length > namedAtMost || each.serves.length > namedAtMost) {
                    <details>
                      <summary i18n>Show all</summary>
                      @if (each.mentors.length > namedAtMost) {
                        <p class="small"><b i18n>Mentors:</b> {{ all(each.mentors) }}</p>
                      }
                      @if (each.serves.length > namedAtMost) {
                        <p class="small"><b i18n>People left out:</b> {{ all(each.serves, each.servesCount) }}</p>
                      }
                    </details>
                  }
                </div>
              </li>
            }
          </ul>
          @if (rest() > 0) {
            <button type="button" class="btn btn--text btn--sm" (click)="more.set(true)" i18n>
              Show {{ rest() }} more
            </button>
          }
          @if (unlisted(); as others) {
            <p class="small quiet">{{ others }}</p>
          }
        } @else if (seeksMost()) {
          <p class="small quiet" i18n>
            One more place with these mentors would not help: the rules keep those left out from all of them.
          </p>
        } @else {
          <p class="small quiet" i18n>
            By this method one more place may go to somebody who has one already, so it is not told whom it would serve.
            Match by a method that makes most pairs to see it.
          </p>
        }
        @if (newMentors().length) {
          <h3 id="new-h" i18n>One more mentor</h3>
          <p class="small quiet" i18n>
            Somebody new, with one place, of a unit that nobody here belongs to. The place would go to one of those
            counted.
          </p>
          <table class="dt dt--plain new" aria-labelledby="new-h">
            <thead>
              <tr>
                <th scope="col" i18n>Who</th>
                <th scope="col" class="r" i18n>Could serve</th>
                <td aria-hidden="true" class="picture"></td>
              </tr>
            </thead>
            <tbody>
              @for (each of newMentors(); track $index) {
                <tr>
                  <th scope="row">
                    {{ each.who }}
                    @if (each.whom) {
                      <span class="sub">{{ each.whom }}</span>
                    }
                  </th>
                  <td class="r num">{{ each.count }}</td>
                  <td aria-hidden="true" class="picture"><i [style.width.%]="each.width"></i></td>
                </tr>
              }
            </tbody>
          </table>
          @if (newRest() > 0) {
            <button type="button" class="btn btn--text btn--sm" (click)="moreNew.set(true)" i18n>
              Show {{ newRest() }} more
            </button>
          }
        }
      } @else {
        <wm-skeleton [rows]="2" i18n-label label="Working out what would help" />
      }
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
    .ul li {
      display: grid;
      grid-template-columns: 44px minmax(0, 1fr);
      gap: 12px;
      padding: 12px 0;
      border-top: 1px solid var(--wm-line);
      font-size: 0.9375rem;
      align-items: start;
    }
    .ul li:first-child {
      border: 0;
      padding-top: 0;
    }
    .ul b {
      font-weight: var(--wm-medium);
    }
    details {
      margin-top: 4px;
    }
    details p + p {
      margin-top: 6px;
    }
    h3 {
      margin-top: var(--wm-4);
      font-size: 1rem;
    }
    .new {
      margin-top: var(--wm-2);
    }
    .new tbody th {
      font-weight: var(--wm-medium);
    }
    .new td.r {
      white-space: nowrap;
    }
    .picture {
      width: 64px;
    }
    .picture i {
      display: block;
      height: 10px;
      min-width: 2px;
      background: var(--wm-chart-1);
      border-radius: var(--wm-r-1);
    }
    .big {
      font-size: 1.375rem;
      font-weight: 700;
      width: 44px;
      height: 44px;
      display: grid;
      place-items: center;
      background: var(--wm-primary-soft);
      color: var(--wm-on-primary-soft);
      border-radius: 6px;
    }
  `,
})
export class RunUnlocks {
  readonly run = input.required<RunView>();
  /** Apart, so that polling the round does not read this again. */
  private readonly runId = computed(() => this.run().id);
  protected readonly seeksMost = computed(() => seeksMostPairs(this.run().method));
  protected readonly namedAtMost = namedAtMost;
  protected readonly more = signal(false);
  protected readonly moreNew = signal(false);
  protected readonly resource = httpResource(() => `/api/mentoring/runs/${this.runId()}/unlocks`, {
    parse: (raw) => unlocksView.parse(raw),
  });
  private readonly view = computed(() => (this.resource.hasValue() ? this.resource.value() : undefined));
  private readonly groups = computed(() => unlockGroups(this.view()?.unlocks ?? []));
  protected readonly shown = computed(() => (this.more() ? this.groups() : this.groups().slice(0, atFirst)));
  protected readonly rest = computed(() => this.groups().length - this.shown().length);
  private readonly allNew = computed(() => {
    const all = this.view()?.newMentors ?? [];
    const most = this.run().leftOut ?? 0;
    return all.map((each) => ({
      who: newMentorWords(each),
      // Whom, where they are few enough to be read at a glance.
      whom: each.servesCount <= 2 ? this.all(each.serves, each.servesCount) : '',
      count: $localize`${figure(each.servesCount)}:count: of ${figure(most)}:all:`,
      width: most === 0 ? 0 : (100 * each.servesCount) / most,
    }));
  });
  protected readonly newMentors = computed(() => (this.moreNew() ? this.allNew() : this.allNew().slice(0, atFirst)));
  protected readonly newRest = computed(() => this.allNew().length - this.newMentors().length);
  /** The server lists those who could serve most, and counts the rest; null: it listed all. */
  protected readonly unlisted = computed(() => {
    const view = this.view();
    const count = view ? view.total - view.unlocks.length : 0;
    if (count <= 0) return null;
    return count === 1
      ? $localize`1 more mentor is not listed here.`
      : $localize`${figure(count)}:count: more mentors are not listed here.`;
  });

  protected with({ mentors }: UnlockGroup): string {
    return mentors.length === 1
      ? $localize`One more place with ${this.all(mentors)}:mentor:`
      : $localize`One more place with any of ${figure(mentors.length)}:count: mentors`;
  }

  protected whom({ mentors }: UnlockGroup): string {
    return mentors.length === 1 ? '' : `(${this.all(mentors, mentors.length, namedAtMost)})`;
  }

  protected serving({ mentors, serves, servesCount }: UnlockGroup): string {
    const names = this.all(serves, servesCount, namedAtMost);
    if (servesCount === 1) return $localize`would serve ${names}:person:.`;
    return mentors.length === 1
      ? $localize`would serve one of ${figure(servesCount)}:count:: ${names}:people:.`
      : $localize`would serve one of these ${figure(servesCount)}:count:: ${names}:people:.`;
  }

  protected all(people: readonly PersonCard[], count = people.length, most = people.length): string {
    return someNames(
      people.map((person) => person.name),
      count,
      most,
    );
  }
}
