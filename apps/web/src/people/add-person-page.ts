import { HttpClient } from '@angular/common/http';
import { Component, ElementRef, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { alikeView, personView, type AddPerson, type AlikeView } from '@waymark/contracts';
import { PageHeader } from '@waymark/ui';
import { firstValueFrom } from 'rxjs';
import { Commands } from '../shell/commands';
import { Deed } from '../shell/deed';
import { focusOnceDrawn } from '../shell/focus-once-drawn';
import { AlikePeople } from './alike-people';
import { PersonForm } from './person-form';

@Component({
  selector: 'wm-add-person-page',
  imports: [AlikePeople, PageHeader, PersonForm, RouterLink],
  template: `
    <div class="narrow">
      <wm-page-header i18n-heading heading="Add a person"><a trail routerLink="/people" i18n>People</a></wm-page-header>
      <wm-person-form
        [action]="action"
        [back]="['/people']"
        [busy]="adding.busy()"
        [problem]="adding.problem()"
        (send)="add($event)"
      >
        <div alike #panel tabindex="-1">
          @if (alike().length) {
            <wm-alike-people [people]="alike()" [busy]="adding.busy()" (goOn)="goOn()" />
          }
        </div>
      </wm-person-form>
    </div>
  `,
})
export class AddPersonPage {
  private readonly router = inject(Router);
  private readonly commands = inject(Commands);
  private readonly http = inject(HttpClient);
  private readonly focusLater = focusOnceDrawn();
  private readonly panel = viewChild<ElementRef<HTMLElement>>('panel');
  protected readonly adding = new Deed();
  protected readonly action = $localize`Add the person`;
  /** Who may be the same person, of what was typed last. */
  protected readonly alike = signal<AlikeView['people']>([]);
  private asked: AddPerson | null = null;

  /** Somebody who may be here already is shown first. */
  protected async add(body: AddPerson): Promise<void> {
    this.asked = body;
    this.alike.set([]);
    await this.adding.run(async () => {
      const params = {
        givenName: body.givenName,
        familyName: body.familyName,
        ...(body.email && { email: body.email }),
        ...(body.staffNumber && { staffNumber: body.staffNumber }),
      };
      const { people } = alikeView.parse(await firstValueFrom(this.http.get('/api/people/alike', { params })));
      this.alike.set(people);
      if (people.length > 0) this.focusLater(() => this.panel()?.nativeElement);
      else await this.send(body);
    });
  }

  protected async goOn(): Promise<void> {
    const body = this.asked;
    if (body) await this.adding.run(() => this.send(body));
  }

  private async send(body: AddPerson): Promise<void> {
    const person = await this.commands.post('/api/people', body, personView);
    await this.router.navigate(['/people', person.id]);
  }
}
