import type { Routes } from '@angular/router';
import { may } from '../shell/guards';

export const accountRoutes: Routes = [
  {
    path: '',
    canActivate: [may('account.own')],
    loadComponent: () => import('./account-frame').then((file) => file.AccountFrame),
    children: [
      {
        path: '',
        title: $localize`My details`,
        loadComponent: () => import('./my-details-page').then((file) => file.MyDetailsPage),
      },
      {
        path: 'data',
        title: $localize`My data`,
        loadComponent: () => import('./my-data-page').then((file) => file.MyDataPage),
      },
      {
        path: 'sign-in',
        title: $localize`Signing in`,
        loadComponent: () => import('./signing-in-page').then((file) => file.SigningInPage),
      },
      {
        path: 'kept',
        title: $localize`How long things are kept`,
        loadComponent: () => import('./kept-page').then((file) => file.KeptPage),
      },
    ],
  },
];
