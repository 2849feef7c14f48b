import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { personView, type AddPerson } from '@waymark/contracts';
import { PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { Trouble } from '../shell/trouble';
import { PersonForm } from './person-form';

@Component({
  selector: 'wm-change-person-page',
  imports: [PageHeader, PersonForm, RouterLink, Skeleton, Trouble],
  template: `
    <div class="narrow">
      <wm-page-header [heading]="heading()">
        <span trail
          ><a routerLink="/people" i18n>People</a> / <a [routerLink]="['/people', id()]">{{ name() }}</a></span
        >
      </wm-page-header>
      @if (person.hasValue()) {
        <wm-person-form
          [person]="person.value()"
          [action]="action"
          [back]="['/people', id()]"
          [busy]="changing.busy()"
          [problem]="changing.problem()"
          (send)="change($event)"
        >
          @if (changing.problem()?.refusal === 'changed-meanwhile') {
            <div help class="row mt">
              <button type="button" class="btn btn--line btn--sm" (click)="loadAgain()" i18n>Load it again</button>
            </div>
          }
        </wm-person-form>
      } @else if (person.error()) {
        <div class="card">
          <wm-trouble
            [error]="person.error()"
            i18n-heading
            heading="We could not load this person"
            (retry)="person.reload()"
          />
        </div>
      } @else {
        <div class="card"><wm-skeleton [rows]="5" i18n-label label="Loading the person" /></div>
      }
    </div>
  `,
})
export class ChangePersonPage {
  private readonly router = inject(Router);
  private readonly commands = inject(Commands);
  readonly id = input.required<string>();

  protected readonly person = httpResource(() => `/api/people/${encodeURIComponent(this.id())}`, {
    parse: (raw) => personView.parse(raw),
  });
  protected readonly name = computed(() => (this.person.hasValue() ? this.person.value().name : $localize`Person`));
  protected readonly heading = computed(() =>
    this.person.hasValue() ? $localize`Change ${this.name()}:name:` : $localize`Change a person`,
  );
  protected readonly changing = new Deed();
  protected readonly action = $localize`Save the changes`;

  protected async change({ invite: _, ...body }: AddPerson): Promise<void> {
    if (!this.person.hasValue()) return;
    const { version } = this.person.value();
    await this.changing.run(async () => {
      await this.commands.put(`/api/people/${this.id()}`, { ...body, version }, personView);
      await this.router.navigate(['/people', this.id()]);
    });
  }

  protected loadAgain(): void {
    this.changing.forget();
    this.person.reload();
  }
}
