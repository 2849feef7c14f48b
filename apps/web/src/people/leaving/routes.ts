import type { Routes } from '@angular/router';
import { may } from '../../shell/guards';

/** Below `people`, before the person's own page. */
export const leavingRoutes: Routes = [
  {
    path: 'without-manager',
    canActivate: [may('people.edit')],
    title: $localize`People without a line manager`,
    loadComponent: () => import('./without-manager-page').then((m) => m.WithoutManagerPage),
  },
  {
    path: 'transfers',
    canActivate: [may('people.transfer')],
    title: $localize`Transfers`,
    loadComponent: () => import('./transfers-page').then((m) => m.TransfersPage),
  },
  {
    path: 'transfers/:id',
    canActivate: [may('people.transfer')],
    title: $localize`Transfer`,
    loadComponent: () => import('./transfer-page').then((m) => m.TransferPage),
  },
  {
    path: ':id/leaving',
    canActivate: [may('people.leave')],
    title: $localize`Leaves the institution`,
    loadComponent: () => import('./leaving-page').then((m) => m.LeavingPage),
  },
  {
    path: ':id/transfer',
    canActivate: [may('people.transfer')],
    title: $localize`Moves to another institution`,
    loadComponent: () => import('./start-transfer-page').then((m) => m.StartTransferPage),
  },
];
