import { APP_BASE_HREF } from '@angular/common';
import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
  type ApplicationConfig,
} from '@angular/core';
import {
  provideRouter,
  Router,
  TitleStrategy,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
} from '@angular/router';
import { apiInterceptor } from './api-interceptor';
import { PageArrival } from './page-arrival';
import { PageTitles } from './page-title';
import { routes } from './routes';
import { Session } from './session';

export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(withFetch(), withInterceptors([apiInterceptor])),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'disabled', anchorScrolling: 'enabled' }),
      // A page whose script could not be fetched, mostly after a new release or without a connection.
      withNavigationErrorHandler(() => {
        const router = inject(Router);
        void router.navigateByUrl('/unexpected', { skipLocationChange: true });
      }),
    ),
    // Instead of a base element, which the content security policy forbids.
    { provide: APP_BASE_HREF, useValue: '/' },
    { provide: TitleStrategy, useExisting: PageTitles },
    provideAppInitializer(() => {
      inject(PageArrival).watch();
      return inject(Session).load();
    }),
  ],
};
