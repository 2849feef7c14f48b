import { Routes } from '@angular/router';
import { may } from '../shell/guards';

export const mentoringRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'rounds' },
  {
    path: 'rounds',
    title: $localize`Rounds`,
    canActivate: [may('rounds.see')],
    loadComponent: () => import('./rounds/rounds-page').then((file) => file.RoundsPage),
  },
  {
    path: 'rounds/:id',
    title: $localize`Round`,
    canActivate: [may('rounds.see')],
    loadComponent: () => import('./rounds/round-page').then((file) => file.RoundPage),
  },
  {
    path: 'rounds/:id/load/:side',
    title: $localize`Load people`,
    canActivate: [may('imports.run')],
    loadComponent: () => import('./imports/load-page').then((file) => file.LoadPage),
  },
  {
    path: 'imports/:id',
    title: $localize`Load people`,
    canActivate: [may('imports.run')],
    loadComponent: () => import('./imports/import-page').then((file) => file.ImportPage),
  },
  {
    path: 'going-on/:id',
    title: $localize`Go on?`,
    loadComponent: () => import('./leaving/going-on-page').then((file) => file.GoingOnPage),
  },
  {
    path: 'shared-pairs/:id',
    title: $localize`A pair across two institutions`,
    loadComponent: () => import('./leaving/shared-pair-page').then((file) => file.SharedPairPage),
  },
  {
    path: 'mine',
    title: $localize`My proposals and pairs`,
    loadComponent: () => import('./proposals/mine-page').then((file) => file.MinePage),
  },
  {
    path: 'proposals/:id',
    title: $localize`Proposal`,
    loadComponent: () => import('./proposals/proposal-page').then((file) => file.ProposalPage),
  },
];
