import type { Routes } from '@angular/router';
import { may } from '../shell/guards';

export const peopleRoutes: Routes = [
  {
    path: '',
    title: $localize`People`,
    loadComponent: () => import('./people-page').then((m) => m.PeoplePage),
  },
  {
    path: 'new',
    canActivate: [may('people.edit')],
    title: $localize`Add a person`,
    loadComponent: () => import('./add-person-page').then((m) => m.AddPersonPage),
  },
  {
    path: ':id',
    title: $localize`Person`,
    loadComponent: () => import('./person-page').then((m) => m.PersonPage),
  },
  {
    path: ':id/change',
    canActivate: [may('people.edit')],
    title: $localize`Change a person`,
    loadComponent: () => import('./change-person-page').then((m) => m.ChangePersonPage),
  },
];
