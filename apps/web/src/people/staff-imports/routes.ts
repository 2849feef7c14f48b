import type { Routes } from '@angular/router';

export const staffImportRoutes: Routes = [
  {
    path: '',
    title: $localize`Staff files`,
    loadComponent: () => import('./staff-imports-page').then((file) => file.StaffImportsPage),
  },
  {
    path: 'new',
    title: $localize`Load a staff file`,
    loadComponent: () => import('./start-staff-import-page').then((file) => file.StartStaffImportPage),
  },
  {
    path: ':id',
    title: $localize`Staff file`,
    loadComponent: () => import('./staff-import-page').then((file) => file.StaffImportPage),
  },
];
