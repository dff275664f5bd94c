/*
 * The view over pages. Streamlit knows only the view that stood in the address when it last wrote
 * it; whoever comes back from another page gets what was seen last. An address whose view this tab
 * has neither opened nor written before, a colleague's for example, is always followed.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const KEY = 'glimpse-views', MOST = 500;
  let came = null; // whether this map was opened by coming back: decided once, before it writes

  function stored() {
    try { return {views: [], regions: false, ...JSON.parse(sessionStorage.getItem(KEY))}; } catch { return {views: [], regions: false}; }
  }

  function back(asked) {
    came ??= stored().views.includes(asked);
    return came;
  }

  G.kept = {
    /** Remember the view that was written into the address, and whether it counts by region. */
    write(view, regions) {
      const views = [...stored().views.filter((one) => one !== view).slice(1 - MOST), view];
      try { sessionStorage.setItem(KEY, JSON.stringify({views, regions})); } catch { /* none is kept */ }
    },
    /** Return the view to open: the one of the address, or the last one of who comes back. */
    view(asked, regions) {
      if (back(asked)) return stored().views.at(-1);
      if (asked) G.kept.write(asked, regions);
      return asked;
    },
    /** Return whether to count by region, as the address says or as it was when left. */
    regions(asked, regions) { return back(asked) ? stored().regions : regions; },
  };
})();
