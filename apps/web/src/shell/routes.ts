import type { Routes } from '@angular/router';
import { may, signedIn, signedOut } from './guards';

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    canActivate: [signedIn],
    title: $localize`What next`,
    loadComponent: () => import('../home/home-page').then((m) => m.HomePage),
  },
  {
    path: 'sign-in',
    canActivate: [signedOut],
    title: $localize`Sign in`,
    loadComponent: () => import('../session/sign-in-page').then((m) => m.SignInPage),
  },
  {
    path: 'password',
    title: $localize`Get a password link`,
    loadComponent: () => import('../session/ask-password-link-page').then((m) => m.AskPasswordLinkPage),
  },
  {
    path: 'password/:token',
    title: $localize`Set your password`,
    loadComponent: () => import('../session/set-password-page').then((m) => m.SetPasswordPage),
  },
  {
    path: 'endorse/:token',
    title: $localize`An application for you to answer`,
    loadComponent: () => import('../funding/endorsements/endorse-link-page').then((m) => m.EndorseLinkPage),
  },
  {
    path: 'set-up',
    title: $localize`Set up Waymark`,
    loadComponent: () => import('../session/set-up-page').then((m) => m.SetUpPage),
  },
  {
    path: 'people',
    canActivate: [signedIn, may('directory.see')],
    loadChildren: () => import('../people/routes').then((m) => m.peopleRoutes),
  },
  { path: 'grades', redirectTo: 'administration/grades' },
  {
    path: 'administration',
    canActivate: [signedIn],
    loadChildren: () => import('../administration/routes').then((m) => m.administrationRoutes),
  },
  {
    path: 'account',
    canActivate: [signedIn],
    loadChildren: () => import('../account/routes').then((m) => m.accountRoutes),
  },
  {
    path: 'mentoring',
    canActivate: [signedIn],
    loadChildren: () => import('../mentoring/routes').then((m) => m.mentoringRoutes),
  },
  {
    path: 'funding',
    canActivate: [signedIn],
    loadChildren: () => import('../funding/routes').then((m) => m.fundingRoutes),
  },
  {
    path: 'audit',
    canActivate: [signedIn, may('audit.see')],
    loadChildren: () => import('../audit/routes').then((m) => m.auditRoutes),
  },
  {
    path: 'demonstration/mail',
    title: $localize`Messages`,
    loadComponent: () => import('../session/demonstration-mail-page').then((m) => m.DemonstrationMailPage),
  },
  {
    path: 'not-allowed',
    title: $localize`Not yours to see`,
    loadComponent: () => import('./not-allowed-page').then((m) => m.NotAllowedPage),
  },
  {
    path: 'unexpected',
    title: $localize`Something went wrong`,
    loadComponent: () => import('./unexpected-page').then((m) => m.UnexpectedPage),
  },
  {
    path: '**',
    title: $localize`Page not found`,
    loadComponent: () => import('./not-found-page').then((m) => m.NotFoundPage),
  },
];
