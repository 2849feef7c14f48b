import { Injector, afterNextRender } from '@angular/core';

/** Moves focus to an element that the next rendering brings. */
export const focusOn = (id: string, injector: Injector): void => {
  afterNextRender(() => document.getElementById(id)?.focus(), { injector });
};
