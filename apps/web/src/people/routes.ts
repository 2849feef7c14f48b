import type { Routes } from '@angular/router';
import { may } from '../shell/guards';
import { leavingRoutes } from './leaving/routes';

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
  ...leavingRoutes,
  {
    path: 'awards',
    canActivate: [may('awards.verify')],
    title: $localize`Awards to check`,
    loadComponent: () => import('./awards-page').then((m) => m.AwardsPage),
  },
  {
    path: 'published',
    title: $localize`Your verified awards, elsewhere`,
    loadComponent: () => import('./published-page').then((m) => m.PublishedPage),
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
