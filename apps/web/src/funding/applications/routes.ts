import type { Routes } from '@angular/router';
import { may } from '../../shell/guards';

export const applicationsRoutes: Routes = [
  {
    path: 'applications/:id',
    title: $localize`Application`,
    loadComponent: () => import('./application-page').then((m) => m.ApplicationPage),
  },
  {
    path: 'calls/:id/applications',
    canActivate: [may('calls.see')],
    title: $localize`Applications`,
    loadComponent: () => import('./call-applications-page').then((m) => m.CallApplicationsPage),
  },
];
