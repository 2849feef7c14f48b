import type { Routes } from '@angular/router';
import { may } from '../shell/guards';

export const fundingRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'pots' },
  {
    path: 'pots',
    canActivate: [may('pots.see')],
    title: $localize`Pots`,
    loadComponent: () => import('./pots/pots-page').then((m) => m.PotsPage),
  },
  {
    path: 'pots/:id',
    canActivate: [may('pots.see')],
    title: $localize`Pot`,
    loadComponent: () => import('./pots/pot-page').then((m) => m.PotPage),
  },
  {
    path: 'cost-codes',
    canActivate: [may('pots.see')],
    title: $localize`Cost codes`,
    loadComponent: () => import('./pots/cost-codes-page').then((m) => m.CostCodesPage),
  },
];
