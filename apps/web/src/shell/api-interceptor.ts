import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, throwError } from 'rxjs';
import { ownPath } from './guards';
import { problemFrom } from './problem';
import { Session } from './session';

/**
 * Turns failures into problems. When a read finds the session ended, the person signs in and comes back; a command
 * leaves them where they are, because what they typed is there.
 */
export const apiInterceptor: HttpInterceptorFn = (request, next) => {
  const router = inject(Router);
  const session = inject(Session);
  return next(request).pipe(
    catchError((thrown: unknown) => {
      const problem = problemFrom(thrown);
      if (thrown instanceof HttpErrorResponse && problem.refusal === 'not-signed-in' && request.method === 'GET') {
        session.ended();
        void router.navigate(['/sign-in'], { queryParams: { next: ownPath(router.url) } });
      }
      // Acting for somebody ended by itself: the banner says so, and nothing more is done before it was seen.
      if (problem.refusal === 'acting-ended' && !session.signedIn()?.actingEnded) void session.load();
      return throwError(() => problem);
    }),
  );
};
