import type { Routes } from '@angular/router';
import { may } from '../shell/guards';

export const administrationRoutes: Routes = [
  {
    path: '',
    title: $localize`Administration`,
    loadComponent: () => import('./administration-page').then((file) => file.AdministrationPage),
  },
  {
    path: 'grades',
    canActivate: [may('grades.edit')],
    title: $localize`Grades`,
    loadComponent: () => import('../people/grades-page').then((file) => file.GradesPage),
  },
];
