import { Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { personView, type AddPerson } from '@waymark/contracts';
import { PageHeader } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { PersonForm } from './person-form';

@Component({
  selector: 'wm-add-person-page',
  imports: [PageHeader, PersonForm, RouterLink],
  template: `
    <div class="narrow">
      <wm-page-header i18n-heading heading="Add a person"><a trail routerLink="/people" i18n>People</a></wm-page-header>
      <wm-person-form
        [action]="action"
        [back]="['/people']"
        [busy]="adding.busy()"
        [problem]="adding.problem()"
        (send)="add($event)"
      />
    </div>
  `,
})
export class AddPersonPage {
  private readonly router = inject(Router);
  private readonly commands = inject(Commands);
  protected readonly adding = new Deed();
  protected readonly action = $localize`Add the person`;

  protected async add(body: AddPerson): Promise<void> {
    await this.adding.run(async () => {
      const person = await this.commands.post('/api/people', body, personView);
      await this.router.navigate(['/people', person.id]);
    });
  }
}
