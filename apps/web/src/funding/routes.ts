import type { Routes } from '@angular/router';
import { may } from '../shell/guards';
import { allocationRoutes } from './allocation/routes';
import { applicationsRoutes } from './applications/routes';
import { awardsRoutes } from './awards/routes';
import { callsRoutes } from './calls/routes';
import { endorsementsRoutes } from './endorsements/routes';
import { FundingFrame } from './home/funding-frame';
import { panelRoutes } from './panel/routes';

const pages: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: $localize`The fund`,
    loadComponent: () => import('./landing/landing-page').then((m) => m.LandingPage),
  },
  {
    path: 'open/:callId',
    title: $localize`Call`,
    loadComponent: () => import('./landing/open-call-page').then((m) => m.OpenCallPage),
  },
  {
    path: 'pots',
    canActivate: [may('pots.see')],
    title: $localize`Pots`,
    loadComponent: () => import('./pots/pots-page').then((m) => m.PotsPage),
  },
  {
    path: 'pots/:id',
    canActivate: [may('pots.see')],
    title: $localize`Pot`,
    loadComponent: () => import('./pots/pot-page').then((m) => m.PotPage),
  },
  {
    path: 'cost-codes',
    canActivate: [may('pots.see')],
    title: $localize`Cost codes`,
    loadComponent: () => import('./pots/cost-codes-page').then((m) => m.CostCodesPage),
  },
  ...callsRoutes,
  ...applicationsRoutes,
  ...endorsementsRoutes,
  ...panelRoutes,
  ...allocationRoutes,
  ...awardsRoutes,
];

export const fundingRoutes: Routes = [{ path: '', component: FundingFrame, children: pages }];
