import type { Routes } from '@angular/router';
import { may } from '../../shell/guards';

export const awardsRoutes: Routes = [
  {
    path: 'awards/:id',
    title: $localize`Award`,
    loadComponent: () => import('./award-page').then((m) => m.AwardPage),
  },
  {
    path: 'calls/:id/awards',
    canActivate: [may('calls.see')],
    title: $localize`Awards`,
    loadComponent: () => import('./call-awards-page').then((m) => m.CallAwardsPage),
  },
  {
    path: 'claims',
    canActivate: [may('claims.see')],
    title: $localize`Claims`,
    loadComponent: () => import('./claims-page').then((m) => m.ClaimsPage),
  },
  {
    path: 'claims/:id',
    title: $localize`Claim`,
    loadComponent: () => import('./claim-page').then((m) => m.ClaimPage),
  },
  {
    path: 'batches',
    canActivate: [may('claims.see')],
    title: $localize`Batches`,
    loadComponent: () => import('./batches-page').then((m) => m.BatchesPage),
  },
  {
    path: 'batches/:id',
    canActivate: [may('claims.see')],
    title: $localize`Batch`,
    loadComponent: () => import('./batch-page').then((m) => m.BatchPage),
  },
];
