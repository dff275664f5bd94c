/*
 * The view over pages. Streamlit knows only the view that stood in the address when it last wrote
 * it; whoever comes back from another page gets the one that was seen last. A view that this tab
 * has neither opened nor written before, a colleague's for example, is always followed.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const KEY = 'glimpse-views', MOST = 500;

  function views() {
    try { return JSON.parse(sessionStorage.getItem(KEY)) || []; } catch { return []; }
  }

  G.kept = {
    /** Remember that this view was written into the address. */
    write(view) {
      const rest = views().filter((one) => one !== view).slice(1 - MOST);
      try { sessionStorage.setItem(KEY, JSON.stringify([...rest, view])); } catch { /* none is kept */ }
    },
    /** Return the view to open: the one of the address, or the last one if this tab knew it. */
    read(asked) {
      const known = views();
      if (known.includes(asked)) return known.at(-1);
      if (asked) G.kept.write(asked);
      return asked;
    },
  };
})();
