import { Injectable, computed, inject } from '@angular/core';
import type { IconName } from '@waymark/ui';
import { AdministrationPlaces } from '../administration/administration-places';
import { Session } from './session';

export interface Place {
  label: string;
  /** How it begins, where a phone has no room for the whole. */
  short?: string;
  icon: IconName;
  link: string;
  /** The part of the address that makes it the current place. */
  below: string;
}

/** Where this person can go: only what their roles open. */
@Injectable({ providedIn: 'root' })
export class Navigation {
  private readonly session = inject(Session);
  private readonly administration = inject(AdministrationPlaces);

  readonly places = computed<Place[]>(() => {
    if (!this.session.signedIn()) return [];
    const places: Place[] = [
      { label: $localize`Home`, icon: 'home', link: '/', below: '' },
      {
        label: $localize`Mentoring`,
        icon: 'people',
        link: this.session.may('rounds.see') ? '/mentoring/rounds' : '/mentoring/mine',
        below: 'mentoring',
      },
    ];
    places.push({ label: $localize`Fund`, icon: 'pound', link: '/funding', below: 'funding' });
    if (this.session.may('directory.see'))
      places.push({ label: $localize`People`, icon: 'person', link: '/people', below: 'people' });
    if (this.session.may('audit.see'))
      places.push({ label: $localize`Audit`, icon: 'eye', link: '/audit', below: 'audit' });
    if (this.administration.places().length > 0)
      places.push({
        label: $localize`Administration`,
        short: $localize`:The beginning of "Administration", on a phone's narrow bar:Admin`,
        icon: 'settings',
        link: '/administration',
        below: 'administration',
      });
    if (this.session.demonstration())
      places.push({ label: $localize`Messages`, icon: 'mail', link: '/demonstration/mail', below: 'demonstration' });
    return places;
  });
}
