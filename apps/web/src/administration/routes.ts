import type { Routes } from '@angular/router';
import { may } from '../shell/guards';

export const administrationRoutes: Routes = [
  {
    path: '',
    title: $localize`Administration`,
    loadComponent: () => import('./administration-page').then((file) => file.AdministrationPage),
  },
  {
    path: 'staff-imports',
    canActivate: [may('staff.import')],
    loadChildren: () => import('../people/staff-imports/routes').then((file) => file.staffImportRoutes),
  },
  {
    path: 'roles',
    canActivate: [may('people.see')],
    title: $localize`Roles`,
    loadComponent: () => import('./roles-page').then((file) => file.RolesPage),
  },
  {
    path: 'units',
    canActivate: [may('units.edit')],
    title: $localize`Units`,
    loadComponent: () => import('./units-page').then((file) => file.UnitsPage),
  },
  {
    path: 'settings',
    canActivate: [may('settings.edit')],
    title: $localize`Settings`,
    loadComponent: () => import('./settings-page').then((file) => file.SettingsPage),
  },
  {
    path: 'closure-days',
    canActivate: [may('settings.edit')],
    title: $localize`Closure days`,
    loadComponent: () => import('./closure-days-page').then((file) => file.ClosureDaysPage),
  },
  {
    path: 'networks',
    canActivate: [may('networks.edit')],
    title: $localize`Networks`,
    loadComponent: () => import('./networks-page').then((file) => file.NetworksPage),
  },
  {
    path: 'data-requests',
    canActivate: [may('people.erase')],
    title: $localize`Data requests`,
    loadComponent: () => import('./data-requests/data-requests-page').then((file) => file.DataRequestsPage),
  },
  {
    path: 'data-requests/people/:id',
    canActivate: [may('people.erase')],
    title: $localize`Data of a person`,
    loadComponent: () => import('./data-requests/data-request-page').then((file) => file.DataRequestPage),
  },
  {
    path: 'corrections',
    canActivate: [may('people.edit')],
    title: $localize`Corrections`,
    loadComponent: () => import('./data-requests/corrections-page').then((file) => file.CorrectionsPage),
  },
  {
    path: 'grades',
    canActivate: [may('grades.edit')],
    title: $localize`Grades`,
    loadComponent: () => import('../people/grades-page').then((file) => file.GradesPage),
  },
];
