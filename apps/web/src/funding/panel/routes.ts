import type { Routes } from '@angular/router';

/* Panelists and chairs have no role: the server says who may, and for others there is no such page. */

export const panelRoutes: Routes = [
  {
    path: 'reading/:id',
    title: $localize`Applications to read`,
    loadComponent: () => import('./reading-page').then((m) => m.ReadingPage),
  },
  {
    path: 'reading/:id/interests',
    title: $localize`Interests`,
    loadComponent: () => import('./interests-page').then((m) => m.InterestsPage),
  },
  {
    path: 'reviews/:id',
    title: $localize`Read and score`,
    loadComponent: () => import('./review-page').then((m) => m.ReviewPage),
  },
  {
    path: 'calls/:id/panel',
    title: $localize`Panel`,
    loadComponent: () => import('./panel-page').then((m) => m.PanelPage),
  },
  {
    path: 'calls/:id/moderation',
    title: $localize`Moderation`,
    loadComponent: () => import('./moderation-page').then((m) => m.ModerationPage),
  },
  {
    path: 'calls/:id/moderation/:applicationId',
    title: $localize`Moderation`,
    loadComponent: () => import('./moderated-page').then((m) => m.ModeratedPage),
  },
];
