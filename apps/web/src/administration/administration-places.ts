import { Injectable, computed, inject } from '@angular/core';
import type { Permission } from '@waymark/contracts';
import type { IconName } from '@waymark/ui';
import { Session } from '../shell/session';

export interface AdministrationPlace {
  label: string;
  about: string;
  icon: IconName;
  link: string;
  permission: Permission;
}

/** Every page of administration, in the order people need them. */
const all: readonly AdministrationPlace[] = [
  {
    label: $localize`Grades`,
    about: $localize`The institution's grades, lowest first.`,
    icon: 'steps',
    link: '/administration/grades',
    permission: 'grades.edit',
  },
];

@Injectable({ providedIn: 'root' })
export class AdministrationPlaces {
  private readonly session = inject(Session);

  readonly places = computed(() => all.filter(({ permission }) => this.session.may(permission)));
}
