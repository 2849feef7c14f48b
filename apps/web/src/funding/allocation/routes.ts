import type { Routes } from '@angular/router';
import { may } from '../../shell/guards';

export const allocationRoutes: Routes = [
  {
    path: 'calls/:id/allocation',
    canActivate: [may('allocation.see')],
    title: $localize`Allocation`,
    loadComponent: () => import('./allocation-page').then((m) => m.AllocationPage),
  },
];
