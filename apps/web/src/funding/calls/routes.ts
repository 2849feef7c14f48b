import type { Routes } from '@angular/router';
import { may } from '../../shell/guards';

export const callsRoutes: Routes = [
  {
    path: 'calls',
    canActivate: [may('calls.see')],
    title: $localize`Calls`,
    loadComponent: () => import('./calls-page').then((m) => m.CallsPage),
  },
  {
    path: 'calls/new',
    canActivate: [may('calls.manage')],
    title: $localize`Draft a call`,
    loadComponent: () => import('./add-call-page').then((m) => m.AddCallPage),
  },
  {
    path: 'calls/:id',
    canActivate: [may('calls.see')],
    title: $localize`Call`,
    loadComponent: () => import('./call-page').then((m) => m.CallPage),
  },
  {
    path: 'calls/:id/edit',
    canActivate: [may('calls.manage')],
    title: $localize`Change a call`,
    loadComponent: () => import('./edit-call-page').then((m) => m.EditCallPage),
  },
  {
    path: 'calls/:id/preview',
    canActivate: [may('calls.see')],
    title: $localize`Call as applicants see it`,
    loadComponent: () => import('./preview-page').then((m) => m.PreviewPage),
  },
];
