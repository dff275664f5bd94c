/*
 * The view: kept in the address that a person sees, and fitted to what there is to show.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {WORLD} = G;
  const NARROW = G.NARROW = 600; // pixels below which a map is a phone's
  const FIT_ZOOM = 8, LEGEND_HEAD = 44, ARROW_ZOOM = 12;

  /** Return the window whose address a person sees. */
  G.outer = () => {
    try { if (window.parent !== window && window.parent.location.href) return window.parent; } catch { /* another origin */ }
    return window;
  };

  /** Return where [lat, lon] lies on a sheet; longitudes may run on past 180. */
  G.onSheet = (view, [lat, lon]) => {
    const {x, y} = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0), side = WORLD / 256;
    return {x: x * side * view.s - view.ox, y: y * side * view.s - view.oy};
  };

  /** Return the width of a pixel on the ground of WGS 84, in metres. */
  G.metresPerPixel = (lat, zoom) => {
    const sine = Math.sin(lat * Math.PI / 180);
    return 2 * Math.PI * 6378137 * Math.sqrt((1 - sine * sine) / (1 - 0.00669438 * sine * sine)) / (256 * 2 ** zoom);
  };

  /** Return what reads and writes the view of a map, and fits it to what is held. */
  G.framing = (ui, held) => {
    /** Return the view that the address asks for, or null. */
    function readView() {
      const asked = new URLSearchParams(G.outer().location.search).get('view') || '';
      const [lat, lon, zoom, rest] = G.kept.view(asked, ui.regions.on).split(',')
        .map((part) => (part.trim() ? Number(part) : NaN));
      const good = rest === undefined && Math.abs(lat) <= 85.06 && Math.abs(lon) <= 180 && zoom >= 0;
      return good ? {lat, lon, zoom: ui.map._limitZoom(zoom)} : null;
    }

    function writeView() {
      if (!ui.address) return;
      const there = G.outer(), centre = ui.map.wrapLatLng(ui.map.getCenter());
      const kept = there.location.search.slice(1).split('&').filter((part) => part && !/^(view|map)(=|$)/.test(part));
      const view = `${centre.lat.toFixed(4)},${centre.lng.toFixed(4)},${+ui.map.getZoom().toFixed(2)}`;
      G.kept.write(view, ui.regions.on);
      kept.push(`view=${view}`);
      if (ui.regions.on) kept.push('map=regions');
      try {
        there.history.replaceState(there.history.state, '', `?${kept.join('&')}${there.location.hash}`);
      } catch { /* a document without an address of its own keeps no view */ }
    }

    /** Return the bounds of all that passes, or of these places, and of boxes, and how to fit them; null for nothing. */
    function bounds(only, boxes = []) {
      const {x, y, reach, total, P} = held.data;
      let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
      for (let p = 0; p < P; p++) {
        if (only ? !only.has(p) : !total[p]) continue;
        x0 = Math.min(x0, x[p] - reach[p]); x1 = Math.max(x1, x[p] + reach[p]);
        y0 = Math.min(y0, y[p] - reach[p]); y1 = Math.max(y1, y[p] + reach[p]);
      }
      for (const {from: [ax, ay, r]} of held.arrows || []) {
        x0 = Math.min(x0, ax - r); x1 = Math.max(x1, ax + r);
        y0 = Math.min(y0, ay - r); y1 = Math.max(y1, ay + r);
      }
      for (const box of boxes) {
        x0 = Math.min(x0, box[0]); x1 = Math.max(x1, box[2]);
        y0 = Math.min(y0, box[1]); y1 = Math.max(y1, box[3]);
      }
      if (x0 === Infinity) return null;
      const {x: across} = ui.map.getSize(), wide = across > NARROW;
      // On a small map nothing may come to lie under the legend, which is lower before its style has come.
      const box = ui.map.getContainer().querySelector('.glimpse-legend');
      const legend = across < 1000 ? Math.max(LEGEND_HEAD, box.offsetHeight) : 0;
      return [L.latLngBounds(G.unproject(x0, y0), G.unproject(x1, y1)), {
        maxZoom: held.arrows?.length ? ARROW_ZOOM : FIT_ZOOM, paddingTopLeft: wide ? [60, 60] : [28, 40],
        paddingBottomRight: [wide ? 140 : 110, Math.max(wide ? 60 : 40, legend + 40)],
      }];
    }

    /** Show all that passes, or only these places, with the areas it may lie in. False when nothing does. */
    function showAll(animate, only = null) {
      const found = bounds(only);
      if (found) ui.map.fitBounds(found[0], {...found[1], animate});
      return !!found;
    }

    /** Return {center, zoom} that show all that passes and these boxes, null when there is nothing. */
    function fitted(boxes) {
      const found = bounds(null, boxes);
      return found && ui.map._getBoundsCenterZoom(...found);
    }

    return {readView, writeView, showAll, fitted};
  };
})();
