/*
 * The picture: draws what geo/points.js composed, with its areas, links and labels.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {symbols, points} = G;

  /**
   * Return a painter for the sheet of symbols: it draws what is held, and notes
   * in `ui` what lies where and in `took` how long it was.
   */
  G.painter = (ui, held, {both, counted}, took) => {
    function paint(ctx, view) {
      const start = performance.now(), c = G.tiles.picture(held.theme);
      ui.boxes = [];
      ui.view = view;
      if (!held.data) return;
      const picture = ui.picture = points.compose(held.data, held.seen, held.selected, view, ctx, held.lang);
      if (ui.regions.drawn()) ui.regions.thin(picture);
      took.count = performance.now() - start;
      const quiet = (hot) => { ctx.globalAlpha = picture.chosen && !hot ? 0.7 : 1; };
      for (const one of picture.areas) { quiet(one.places.some((p) => picture.marked.has(p))); extent(ctx, view, one, c); }
      for (const {from, to, hot} of picture.links) { quiet(hot); symbols.link(ctx, from, to, c, hot); }
      for (const symbol of [...picture.symbols].reverse()) {
        quiet(symbol.hot);
        if (symbol.hot) symbols.halo(ctx, symbol, c);
        symbols.draw(ctx, symbol, c);
      }
      ctx.globalAlpha = 1;
      G.arrows(ctx, view, held.arrows || [], c);
      for (const {x, y, r, foot} of picture.symbols) ui.boxes.push([x - r - 2, y - r - 2, x + r + 2, Math.max(y + r, foot || 0) + 2]);
      for (const symbol of picture.symbols) if (symbol.name) label(ctx, symbol, c);
      ui.regions.write(ctx, ui.boxes);
      took.draws = (took.draws ?? 0) + 1;
      took.draw = performance.now() - start;
    }

    /** Draw an area: its outline where the base map knows it, else the circle it lies in. */
    function extent(ctx, view, one, c) {
      const key = held.data.areas[one.p], known = key && ui.base?.has(key);
      const b = known ? ui.base.box(key) : null, x = (v) => (v + one.shift) * view.s - view.ox, y = (v) => v * view.s - view.oy;
      const box = b ? [x(b[0]), y(b[1]), x(b[2]), y(b[3])]
        : [one.x - one.extent, one.foot - one.extent, one.x + one.extent, one.foot + one.extent];
      const moved = {...view, ox: view.ox - one.shift * view.s, x0: view.x0 - one.shift, x1: view.x1 - one.shift};
      symbols.extent(ctx, one, c, () => {
        if (known) ui.base.trace(ctx, moved, key);
        else ctx.arc(one.x, one.foot, one.extent, 0, 2 * Math.PI);
      }, box);
    }

    /** Write a place's name and counts beside its symbol, where there is room. */
    function label(ctx, symbol, c) {
      const bold = `700 13px ${G.FONTS}`, small = `400 11px ${G.FONTS}`, {x, y} = symbol;
      const r = symbol.r + (symbol.hot ? 8 : 0);
      const more = symbol.kind === 'cluster' ? ` +${symbol.places.length - 1}` : '', second = counted(symbol);
      for (const name of [both(symbol) + more, symbol.name + more]) {
        const w = Math.max(G.measure(ctx, name, bold), G.measure(ctx, second, small));
        for (const [left, mid] of [[x + r + 7, y], [x - r - 7 - w, y], [x - w / 2, y + r + 20], [x - w / 2, y - r - 20]]) {
          if (!G.claim(ui.boxes, [left - 3, mid - 16, left + w + 3, mid + 16])) continue;
          G.write(ctx, name, left, mid - 6.5, {font: bold, ink: c.ink, halo: c.halo, width: 3.5});
          G.write(ctx, second, left, mid + 8, {font: small, ink: c.muted, halo: c.halo, width: 3});
          return;
        }
      }
    }

    return paint;
  };
})();
