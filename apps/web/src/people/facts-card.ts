import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PersonPageView } from '@waymark/contracts';
import { Dates } from '../shell/dates';

/** The facts of a person, as many as the viewer was given. */
@Component({
  selector: 'wm-facts-card',
  imports: [RouterLink],
  template: `
    <section class="card" aria-labelledby="facts">
      <h2 id="facts" class="card__head" i18n>Facts</h2>
      <dl class="kv">
        <div>
          <dt i18n>E-mail address</dt>
          <dd>
            @if (person().email; as email) {
              <a [href]="'mailto:' + email">{{ email }}</a>
            } @else if (whole()) {
              <span class="quiet" i18n>None: a coordinator acts for this person, so no invitation can be sent</span>
            } @else {
              <span class="quiet" i18n>None</span>
            }
          </dd>
        </div>
        <div>
          <dt i18n>Job title</dt>
          <dd>{{ person().jobTitle || '–' }}</dd>
        </div>
        <div>
          <dt i18n>Unit</dt>
          <dd>
            @for (unit of person().unitPath; track unit.id; let last = $last) {
              <a routerLink="/people" [queryParams]="{ unit: unit.id }">{{ unit.name }}</a>
              @if (!last) {
                <span class="quiet" aria-hidden="true"> / </span>
              }
            } @empty {
              –
            }
          </dd>
        </div>
        @if (managed(); as person) {
          <div>
            <dt i18n>Grade</dt>
            <dd>{{ person.grade ?? '–' }}</dd>
          </div>
        }
        @if (whole(); as person) {
          <div>
            <dt i18n>Line manager</dt>
            <dd>
              @if (person.lineManager; as manager) {
                <a [routerLink]="['/people', manager.id]">{{ manager.name }}</a>
              } @else {
                –
              }
            </dd>
          </div>
          <div>
            <dt i18n>Technician</dt>
            <dd>
              @if (person.technician) {
                <span i18n>Yes</span>
              } @else {
                <span i18n>No</span>
              }
            </dd>
          </div>
        }
        @if (managed()?.contractUntil; as until) {
          <div>
            <dt i18n>Contract until</dt>
            <dd>{{ dates.day(until) }}</dd>
          </div>
        }
        @if (whole(); as person) {
          @if (person.externallyFunded) {
            <div>
              <dt i18n>Paid by</dt>
              <dd i18n>Somebody else than the institution</dd>
            </div>
          }
          @if (person.staffNumber; as number) {
            <div>
              <dt i18n>Staff number</dt>
              <dd class="num">{{ number }}</dd>
            </div>
          }
          @if (person.leftOn; as day) {
            <div>
              <dt i18n>Last day</dt>
              <dd>{{ dates.day(day) }}</dd>
            </div>
          }
        }
      </dl>
    </section>
  `,
  styles: `
    :host {
      display: block;
    }
  `,
})
export class FactsCard {
  protected readonly dates = inject(Dates);
  readonly person = input.required<PersonPageView>();

  protected readonly managed = computed(() => {
    const person = this.person();
    return person.seenAs === 'colleague' ? null : person;
  });
  protected readonly whole = computed(() => {
    const person = this.person();
    return person.seenAs === 'self' || person.seenAs === 'records' ? person : null;
  });
}
