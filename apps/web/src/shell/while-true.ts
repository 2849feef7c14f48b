import { computed, effect, untracked } from '@angular/core';

/**
 * Does something every so often while a condition holds. Ends with the page that asked for it, and rests while its
 * window is hidden. Must be called where things are injected.
 */
export const whileTrue = (condition: () => boolean, everyMs: number, tick: () => void): void => {
  const holds = computed(condition);
  effect((onCleanup) => {
    if (!holds()) return;
    const timer = setInterval(() => {
      if (!document.hidden) untracked(tick);
    }, everyMs);
    onCleanup(() => clearInterval(timer));
  });
};
