import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './shell/app';
import { appConfig } from './shell/app-config';
import { applyRememberedTheme } from './shell/theme';

applyRememberedTheme();
bootstrapApplication(App, appConfig).catch((thrown: unknown) => {
  // Nothing of ours runs yet: the console is all there is.
  // eslint-disable-next-line no-console
  console.error(thrown);
});
