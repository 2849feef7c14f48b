import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon, PageHeader } from '@waymark/ui';
import { AdministrationPlaces } from './administration-places';

/** Where an institution is set up and kept: what this person's roles open of it. */
@Component({
  imports: [Icon, PageHeader, RouterLink],
  template: `
    <wm-page-header i18n-heading heading="Administration" />
    <ul class="places" role="list">
      @for (place of places(); track place.link) {
        <li>
          <a class="card place" [routerLink]="place.link">
            <wm-icon [name]="place.icon" />
            <span class="stack-1">
              <strong>{{ place.label }}</strong>
              <span class="small quiet">{{ place.about }}</span>
            </span>
          </a>
        </li>
      }
    </ul>
  `,
  styleUrl: './administration-page.css',
})
export class AdministrationPage {
  private readonly all = inject(AdministrationPlaces);
  protected readonly places = computed(() => this.all.places());
}
