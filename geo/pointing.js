/*
 * Pointing: which symbol is under a finger or a mouse, its tip, and the report of a click.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {WORLD, element} = G;
  const REPORTED = 1500, DOUBLE_MS = 300;
  const CLOSE = 14; // from this zoom on a tint may fill the view while its symbol is far off
  let clicks = 0;

  /** Return the latitude and longitude of a point in world units. */
  const unproject = G.unproject = (x, y) => L.CRS.EPSG3857.pointToLatLng(L.point(x / WORLD * 256, y / WORLD * 256), 0);

  /** Return what answers the pointer (`click`, `pick`, `hover`), opens a symbol, shows its tip, reports. */
  G.pointing = (ui, held, {word, counted, named}) => {
    /** Return the symbol under a pointer event; its tap area is at least 24 px wide. */
    function hit(event) {
      if (!ui.picture || event.target.closest('.leaflet-control')) return null;
      const at = ui.map.mouseEventToContainerPoint(event), {left, top} = ui.view;
      const slide = ui.map.layerPointToContainerPoint(ui.sheet._bounds.min).subtract([left, top]);
      const x = at.x - slide.x - left, y = at.y - slide.y - top;
      let best = null, near = Infinity;
      for (const symbol of ui.picture.symbols) {
        const far = Math.hypot(x - symbol.x, y - symbol.y);
        if (far <= Math.max(13, symbol.r + 2) && far - symbol.r < near) { best = symbol; near = far - symbol.r; }
      }
      return best || ui.regions.hit(x, y);
    }

    /** Report a click on a symbol, and keep it from becoming a click on the map. */
    function click(event) {
      const {map} = ui, symbol = ui.busy ? null : hit(event);
      if (!symbol || map.dragging?.moved() || map.boxZoom?.moved()) return;
      event.stopImmediatePropagation();
      clearTimeout(ui.picking);
      if (event.detail > 1) return; // the second half of a double click
      open(symbol);
    }

    /** Report that a symbol is to be opened. */
    function open(symbol) {
      if (ui.opens) { ui.opens(symbol); return; }
      const {x, y} = held.data, u = ui.view;
      const latlng = unproject((symbol.x + u.ox) / u.s, ((symbol.foot ?? symbol.y) + u.oy) / u.s);
      if (symbol.kind === 'region') {
        ui.picking = setTimeout(() => report(latlng, {region: symbol.code}), DOUBLE_MS);
        return;
      }
      const where = symbol.box ? {box: symbol.box} : {at: symbol.places.slice(0, REPORTED).map((p) => [x[p], y[p]])};
      report(latlng, {...where, entries: symbol.n});
      if (ui.full?.on()) ui.warn(word('opened_beside'));
    }

    /** Report a click on the ground, unless a second one makes it a double click, which zooms. */
    function pick({latlng, originalEvent}) {
      clearTimeout(ui.picking);
      if (originalEvent.detail > 1 || ui.busy) return;
      ui.picking = setTimeout(() => report(latlng, {zoom: ui.map.getZoom()}), DOUBLE_MS);
    }

    function report(latlng, properties) {
      ui.reporter.feature = {
        type: 'Feature', geometry: {type: 'Point', coordinates: [latlng.lng, latlng.lat]},
        properties: {...properties, click: ++clicks},
      };
      ui.reporter.fire('click', {latlng}, true);
    }

    function hover(event) {
      const over = event.buttons || ui.busy ? null : hit(event), {map} = ui;
      map.getContainer().classList.toggle('glimpse-over', !!over);
      if (over || event.buttons || ui.busy) { tell(over); return; }
      const at = map.mouseEventToContainerPoint(event), area = onMap(event) ? within(at) : null;
      tell(area, area && {x: at.x, y: at.y, r: 10});
    }

    const onMap = (event) => !event.target.closest('.leaflet-control, .glimpse-task');

    /** Return the smallest area about a point whose symbol may be out of sight, from close by alone. */
    function within({x, y}) {
      if (!ui.picture || ui.map.getZoom() < CLOSE) return null;
      const {left, top} = ui.view, [sx, sy] = [x - left, y - top];
      return ui.picture.areas.findLast((one) => Math.hypot(sx - one.x, sy - one.foot) <= one.extent && !held.data.areas[one.p]) ?? null;
    }

    /** Show the tip of a symbol, at itself or at a spot of the map; null takes it away. */
    function tell(symbol, spot = null) {
      const {map, tip, view} = ui;
      tip.hidden = !symbol;
      ui.regions.point(symbol?.kind === 'region' ? symbol.code : null);
      if (!symbol) { ui.told = null; return; }
      if (ui.told !== symbol) tip.replaceChildren(...told(symbol));
      ui.told = symbol;
      const size = map.getSize(), w = tip.offsetWidth, h = tip.offsetHeight;
      const {x, y, r} = spot || {x: symbol.x + view.left, y: symbol.y + view.top, r: symbol.r}, above = y - r - 10 - h;
      tip.style.left = `${Math.max(6, Math.min(size.x - w - 6, x - w / 2))}px`;
      tip.style.top = `${above > 6 ? above : y + r + 12}px`;
    }

    /** Return the lines of the tip: name, counts, how precise. */
    function told(symbol) {
      if (symbol.kind === 'region') return ui.regions.told(symbol);
      const {kind} = symbol;
      return [element('b', '', named(symbol)), element('span', '', counted(symbol)),
        element('span', 'glimpse-soft', word(`precision_${kind}`))].filter((line) => line.textContent);
    }

    return {click, pick, hover, open, tell, report};
  };
})();
