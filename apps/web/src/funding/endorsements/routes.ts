import type { Routes } from '@angular/router';
import { may } from '../../shell/guards';

export const endorsementsRoutes: Routes = [
  {
    path: 'endorsements',
    title: $localize`Endorsements`,
    loadComponent: () => import('./endorsements-page').then((m) => m.EndorsementsPage),
  },
  {
    path: 'endorsements/:id',
    title: $localize`Endorsement`,
    loadComponent: () => import('./endorsement-page').then((m) => m.EndorsementPage),
  },
  {
    path: 'calls/:id/endorsements',
    canActivate: [may('calls.see')],
    title: $localize`Endorsements of a call`,
    loadComponent: () => import('./call-endorsements-page').then((m) => m.CallEndorsementsPage),
  },
];
