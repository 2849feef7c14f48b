import { Injector, afterNextRender, inject } from '@angular/core';

/** Moves focus to what the next drawing brings, or to what is there already. Called where `inject` may be. */
export const focusOnceDrawn = (): ((find: () => HTMLElement | null | undefined) => void) => {
  const injector = inject(Injector);
  return (find) => {
    afterNextRender({ read: () => find()?.focus() }, { injector });
  };
};
