import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { leavingView, transferInstitutions, transferView } from '@waymark/contracts';
import { Empty, Field, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { Trouble } from '../../shell/trouble';

/** Asks another institution of a shared network to take somebody on. */
@Component({
  selector: 'wm-start-transfer-page',
  imports: [Empty, Field, PageHeader, RouterLink, Skeleton, Trouble],
  template: `
    <div class="narrow">
      <wm-page-header [heading]="heading()">
        <span trail
          ><a routerLink="/people" i18n>People</a> / <a [routerLink]="['/people', id()]">{{ name() }}</a></span
        >
      </wm-page-header>
      @if (person() && institutions(); as found) {
        @if (found.institutions.length) {
          <form class="card stack" novalidate (submit)="$event.preventDefault(); send()">
            <wm-trouble [error]="deed.problem()" compact />
            <wm-field for="institution" i18n-label label="Institution they move to" [error]="errors().institution">
              <select
                #chosen
                class="in"
                id="institution"
                [attr.aria-invalid]="errors().institution ? true : null"
                [attr.aria-describedby]="errors().institution ? 'institution-error' : null"
                (change)="change('institution', chosen.value)"
              >
                <option value="" i18n>Choose</option>
                @for (each of found.institutions; track each.id) {
                  <option [value]="each.id">{{ each.name }} ({{ each.networks.join(', ') }})</option>
                }
              </select>
            </wm-field>
            <div class="two">
              <wm-field for="lastDay" i18n-label label="Last day here" [error]="errors().lastDay">
                <input
                  #last
                  class="in"
                  id="lastDay"
                  type="date"
                  [min]="person()?.today ?? null"
                  [attr.aria-invalid]="errors().lastDay ? true : null"
                  [attr.aria-describedby]="errors().lastDay ? 'lastDay-error' : null"
                  (input)="change('lastDay', last.value)"
                />
              </wm-field>
              <wm-field for="firstDay" i18n-label label="First day there" [error]="errors().firstDay">
                <input
                  #first
                  class="in"
                  id="firstDay"
                  type="date"
                  [min]="typed().lastDay || person()?.today || null"
                  [attr.aria-invalid]="errors().firstDay ? true : null"
                  [attr.aria-describedby]="errors().firstDay ? 'firstDay-error' : null"
                  (input)="change('firstDay', first.value)"
                />
              </wm-field>
            </div>
            <section class="stack-2" aria-labelledby="handed">
              <h2 id="handed" class="h3" i18n>What is handed on, and what follows</h2>
              <ul class="bul">
                <li i18n>
                  The other institution sees name, e-mail address, job title, unit, grade, skills and awards held.
                </li>
                <li i18n>When it accepts, the last day here is set, and it has a record of its own.</li>
                <li i18n>Both of each pair are asked whether they wish to go on; without a yes from both it ends.</li>
                <li i18n>Until it answers, nothing changes and you can call it off.</li>
              </ul>
            </section>
            <div class="acts">
              <button type="submit" class="btn btn--main" [attr.aria-disabled]="deed.busy() || null" i18n>
                Ask them
              </button>
              <a class="btn btn--line" [routerLink]="['/people', id()]" i18n>Go back without a change</a>
            </div>
          </form>
        } @else {
          <div class="card">
            <wm-empty
              i18n-heading
              heading="You share no network with another institution"
              i18n-text
              text="People move between institutions of one network. Found one, or be invited into one, first."
            >
              <a class="btn btn--line" routerLink="/administration" i18n>To administration</a>
            </wm-empty>
          </div>
        }
      } @else if (failed()) {
        <div class="card">
          <wm-trouble [error]="failed()" i18n-heading heading="We could not load this" (retry)="reload()" />
        </div>
      } @else {
        <div class="card"><wm-skeleton [rows]="5" i18n-label label="Loading" /></div>
      }
    </div>
  `,
})
export class StartTransferPage {
  private readonly router = inject(Router);
  private readonly commands = inject(Commands);
  readonly id = input.required<string>();

  private readonly personResource = httpResource(() => `/api/people/${encodeURIComponent(this.id())}/leaving`, {
    parse: (raw) => leavingView.parse(raw),
  });
  private readonly institutionsResource = httpResource(() => '/api/transfers/institutions', {
    parse: (raw) => transferInstitutions.parse(raw),
  });
  protected readonly person = kept(this.personResource);
  protected readonly institutions = kept(this.institutionsResource);
  protected readonly failed = computed(() => this.personResource.error() ?? this.institutionsResource.error());
  protected readonly name = computed(() => this.person()?.name ?? $localize`Person`);
  protected readonly heading = computed(() => $localize`${this.name()}:name: moves to another institution`);

  protected readonly typed = signal({ institution: '', lastDay: '', firstDay: '' });
  private readonly tried = signal(false);
  protected readonly errors = computed(() => {
    const { institution, lastDay, firstDay } = this.typed();
    if (!this.tried()) return { institution: null, lastDay: null, firstDay: null };
    const today = this.person()?.today ?? '';
    return {
      institution: institution ? null : $localize`Choose an institution.`,
      lastDay: !lastDay ? $localize`Give the last day here.` : lastDay < today ? $localize`The day has passed.` : null,
      firstDay: !firstDay
        ? $localize`Give the first day there.`
        : firstDay <= lastDay
          ? $localize`The first day there comes after the last day here.`
          : null,
    };
  });
  protected readonly deed = new Deed();

  protected change(field: 'institution' | 'lastDay' | 'firstDay', value: string): void {
    this.typed.update((typed) => ({ ...typed, [field]: value }));
  }

  protected async send(): Promise<void> {
    this.tried.set(true);
    const wrong = Object.entries(this.errors()).find(([, words]) => words !== null);
    if (wrong) return document.getElementById(wrong[0])?.focus();
    const { institution, lastDay, firstDay } = this.typed();
    await this.deed.run(async () => {
      const body = { toInstitutionId: institution, lastDay, firstDay };
      await this.commands.post(`/api/people/${this.id()}/transfers`, body, transferView);
      await this.router.navigate(['/people', this.id()]);
    });
  }

  protected reload(): void {
    this.personResource.reload();
    this.institutionsResource.reload();
  }
}
