import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn } from '@angular/router';
import type { Permission } from '@waymark/contracts';
import { Session } from './session';

/** Only for those who are signed in; others sign in and come back to the address they asked for. */
export const signedIn: CanActivateFn = (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  if (session.signedIn()) return true;
  if (session.setUpNeeded()) return router.createUrlTree(['/set-up']);
  return router.createUrlTree(['/sign-in'], state.url === '/' ? {} : { queryParams: { next: state.url } });
};

/** For signing in: whoever is signed in already goes on; an empty installation is set up first. */
export const signedOut: CanActivateFn = (route) => {
  const session = inject(Session);
  const router = inject(Router);
  if (session.signedIn()) return router.parseUrl(ownPath(route.queryParamMap.get('next')));
  return session.setUpNeeded() ? router.createUrlTree(['/set-up']) : true;
};

/** Only for those whose roles include it. The server refuses too; this spares the way there. */
export const may =
  (permission: Permission): CanActivateFn =>
  () => {
    const router = inject(Router);
    if (inject(Session).may(permission)) return true;
    return new RedirectCommand(router.parseUrl('/not-allowed'), { skipLocationChange: true });
  };

/** A path of ours to go on to, or home: what an address says is never trusted to lead elsewhere. */
export const ownPath = (next: string | null | undefined): string =>
  next && /^\/(?![/\\])/u.test(next) && !next.includes('\\') ? next : '/';
