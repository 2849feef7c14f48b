import type { Routes } from '@angular/router';

export const auditRoutes: Routes = [
  {
    path: '',
    title: $localize`Audit`,
    loadComponent: () => import('./audit-page').then((file) => file.AuditPage),
  },
  {
    path: 'records/:kind/:id',
    title: $localize`What happened to a record`,
    loadComponent: () => import('./record-page').then((file) => file.RecordPage),
  },
];
