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
    label: $localize`Staff files`,
    about: $localize`Load people, managers, skills and awards from HR's list; see what each file changed; undo the last.`,
    icon: 'upload',
    link: '/administration/staff-imports',
    permission: 'staff.import',
  },
  {
    label: $localize`Roles`,
    about: $localize`Who holds which role, from when and until when.`,
    icon: 'person',
    link: '/administration/roles',
    permission: 'people.grant-role',
  },
  {
    label: $localize`Units`,
    about: $localize`Schools, functions and departments as a tree: add, move, merge.`,
    icon: 'signpost',
    link: '/administration/units',
    permission: 'units.edit',
  },
  {
    label: $localize`Corrections`,
    about: $localize`What people say is wrong in their record: put it right, or say why not.`,
    icon: 'pencil',
    link: '/administration/corrections',
    permission: 'people.edit',
  },
  {
    label: $localize`Data requests`,
    about: $localize`Copies of people's own data; erasing those who left, and whose time has run out.`,
    icon: 'document',
    link: '/administration/data-requests',
    permission: 'people.erase',
  },
  {
    label: $localize`Grades`,
    about: $localize`The institution's grades, lowest first.`,
    icon: 'steps',
    link: '/administration/grades',
    permission: 'grades.edit',
  },
  {
    label: $localize`Settings`,
    about: $localize`Name, nation and time zone, and how long things are kept.`,
    icon: 'settings',
    link: '/administration/settings',
    permission: 'settings.edit',
  },
  {
    label: $localize`Closure days`,
    about: $localize`Days on which nobody works, with the nation's bank holidays.`,
    icon: 'calendar',
    link: '/administration/closure-days',
    permission: 'settings.edit',
  },
  {
    label: $localize`Networks`,
    about: $localize`Institutions that share: join, ask others, leave.`,
    icon: 'people',
    link: '/administration/networks',
    permission: 'networks.edit',
  },
  {
    label: $localize`Transfers`,
    about: $localize`People who move to or from another institution of a shared network.`,
    icon: 'leave',
    link: '/people/transfers',
    permission: 'people.transfer',
  },
];

@Injectable({ providedIn: 'root' })
export class AdministrationPlaces {
  private readonly session = inject(Session);

  readonly places = computed(() => all.filter(({ permission }) => this.session.may(permission)));
}
