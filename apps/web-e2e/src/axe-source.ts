import axe from 'axe-core';

/**
 * axe, as it is put into a page, where the phone's bar stands at the page's end while it looks: the bar floats over whatever
 * happens to lie beneath it, which a person scrolls past and axe takes for a target too small to hit.
 */
export const axeSource = `${axe.source};
(() => {
  const run = axe.run;
  axe.run = async (...given) => {
    const bars = [...document.querySelectorAll('nav.tabbar')];
    for (const bar of bars) bar.style.position = 'static';
    try {
      return await run.apply(axe, given);
    } finally {
      for (const bar of bars) bar.style.position = '';
    }
  };
})();`;
