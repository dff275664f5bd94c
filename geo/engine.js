/*
 * The engine: what a person meets. It takes what the server sends, draws the composed picture,
 * answers clicks and hovering, and keeps the view in the address.
 * Moving the map asks nobody. Text that comes with the data is only ever written as text.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {WORLD, symbols, points, element} = G;
  const NARROW = 600, REPORTED = 1500, FIT_ZOOM = 8, DOUBLE_MS = 300;
  const BROKEN = 'The map data could not be read. What you see is the last state that could.';

  /** What was received last: points, bitset, selection, language, theme, words. */
  const held = {data: null, mask: null, wide: null, seen: null, hash: null, selected: null, lang: 'en', theme: 'light', words: {}, fit: false};
  let ui = null; // the map that is mounted, with its sheets and controls
  let calls = 0, draws = 0, clicks = 0, loading = null, took = {};

  /** Return an interface text; {n} becomes the number, and a word `key_one` serves for one. */
  function word(key, n = null) {
    const text = (n === 1 && held.words[`${key}_one`]) || held.words[key] || '';
    return n === null ? text : text.replace('{n}', n.toLocaleString(held.lang));
  }

  const colours = () => G.colours[held.theme];
  const listed = (parts) => parts.filter(Boolean).join(', ');
  /** Return a place's names, the one in the language of the interface first. */
  function both({name, native}) {
    if (!native || native === name) return name;
    return held.lang === 'ko' && /[\uac00-\ud7a3]/.test(native) ? `${native} ${name}` : `${name} ${native}`;
  }


  // ---- What the server sends ----------------------------------------------------------

  function fetchPoints({points: {url, data}, hash}) {
    if (hash === held.hash) return held.data;
    if (loading?.hash !== hash) {
      const unpacked = url ? G.fetchBytes(url) : G.gunzip(points.bytesOf(data));
      loading = {hash, promise: Promise.resolve(unpacked).then(points.decode)};
      loading.promise.catch(() => { loading = null; });
    }
    return loading.promise;
  }

  /** Take the state of the server. The last call wins, whichever is decoded first. */
  G.update = async (b64) => {
    const call = ++calls;
    let next = null;
    try {
      next = points.jsonOf(await G.gunzip(points.bytesOf(b64)));
      const [data, mask, wide] = await Promise.all([fetchPoints(next), ...[next.mask, next.wide || next.mask].map((b) => G.gunzip(points.bytesOf(b)))]);
      if (call !== calls) return;
      if (mask.length < Math.ceil(data.E / 8)) throw new Error('the filter is shorter than the entries');
      apply(next, data, mask, wide);
    } catch (error) {
      if (call === calls) broken(error, next?.words);
    }
  };

  function apply(next, data, mask, wide) {
    G.play.answered();
    const start = performance.now(), seen = G.play.sift(data, mask, wide);
    if (data !== held.data || !same(seen, held.seen)) points.filter(data, seen);
    took.filter = performance.now() - start;
    Object.assign(held, {
      data, mask, wide, seen, hash: next.hash, fit: next.fit === true, words: next.words || {},
      selected: Number.isInteger(next.selected) ? next.selected : null,
      lang: next.lang === 'ko' ? 'ko' : 'en', theme: next.theme === 'dark' ? 'dark' : 'light',
    });
    notice('');
    dress();
    if (!arrive()) redraw();
    if (ui?.placed) writeView();
  }

  const same = (a, b) => b && a.length === b.length && a.every((byte, i) => byte === b[i]);

  /** Keep the old picture and say so: odd data must never blank the map. */
  function broken(error, words) {
    console.warn('Glimpse: data not read;', error);
    notice(words?.broken || held.words.broken || BROKEN);
  }

  function notice(text) {
    if (!ui) return;
    ui.notice.textContent = text;
    ui.notice.hidden = !text;
  }

  // ---- The picture --------------------------------------------------------------------

  /** Show the step that is played, or what the server said; returns how many entries pass. */
  function replay() {
    if (!held.data) return 0;
    const start = performance.now();
    held.seen = G.play.sift(held.data, held.mask, held.wide);
    points.filter(held.data, held.seen);
    took.filter = performance.now() - start;
    redraw();
    return held.data.shown;
  }

  function redraw() {
    if (!ui) return;
    ui.sheet.draw();
    ui.names.draw();
  }

  function paint(ctx, view) {
    const start = performance.now(), c = colours();
    ui.boxes = [];
    ui.view = view;
    if (!held.data) return;
    const picture = ui.picture = points.compose(held.data, held.seen, held.selected, view, ctx, held.lang);
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
    for (const {x, y, r, foot} of picture.symbols) ui.boxes.push([x - r - 2, y - r - 2, x + r + 2, Math.max(y + r, foot || 0) + 2]);
    for (const symbol of picture.symbols) if (symbol.name) label(ctx, symbol, c);
    draws++;
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

  /** Return what a symbol counts, in words: "7 here, 3 inferred". */
  function counted({kind, certain, possible, inferred}) {
    const group = kind === 'cluster' || kind === 'cell';
    return listed([certain && (group ? word('certain', certain) : word('here', certain)), !group && inferred && word('inferred', inferred),
      possible && word('possible', possible)]);
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

  /** Put the theme, the language and the credits on everything that is not canvas. */
  function dress() {
    if (!ui) return;
    const box = ui.map.getContainer();
    box.classList.add('glimpse');
    box.classList.toggle('glimpse-picks', ui.picks);
    box.classList.toggle('glimpse-dark', held.theme === 'dark');
    box.lang = held.lang;
    ui.base?.recolour(colours());
    ui.label(colours());
    ui.tip.hidden = true;
  }

  // ---- Pointing and clicking ----------------------------------------------------------

  /** Return the symbol under a pointer event; its tap area is at least 24 px wide. */
  function hit(event) {
    if (!ui?.picture || event.target.closest('.leaflet-control')) return null;
    const at = ui.map.mouseEventToContainerPoint(event), {left, top} = ui.view;
    const slide = ui.map.layerPointToContainerPoint(ui.sheet._bounds.min).subtract([left, top]);
    let best = null, near = Infinity;
    for (const symbol of ui.picture.symbols) {
      const far = Math.hypot(at.x - slide.x - left - symbol.x, at.y - slide.y - top - symbol.y);
      if (far <= Math.max(13, symbol.r + 2) && far - symbol.r < near) { best = symbol; near = far - symbol.r; }
    }
    return best;
  }

  /** Report a click on a symbol, and keep it from becoming a click on the map. */
  function click(event) {
    const {map} = ui, symbol = hit(event);
    if (!symbol || map.dragging?.moved() || map.boxZoom?.moved()) return;
    event.stopImmediatePropagation();
    if (event.detail > 1) return; // the second half of a double click
    const {x, y} = held.data, u = ui.view;
    const latlng = unproject((symbol.x + u.ox) / u.s, ((symbol.foot ?? symbol.y) + u.oy) / u.s);
    const where = symbol.box ? {box: symbol.box} : {at: symbol.places.slice(0, REPORTED).map((p) => [x[p], y[p]])};
    report(latlng, {...where, entries: symbol.n});
  }

  /** Report a click on the ground, unless a second one makes it a double click, which zooms. */
  function pick({latlng, originalEvent}) {
    clearTimeout(ui.picking);
    if (originalEvent.detail > 1) return;
    ui.picking = setTimeout(() => report(latlng, {zoom: ui.map.getZoom()}), DOUBLE_MS);
  }

  function report(latlng, properties) {
    ui.reporter.feature = {
      type: 'Feature', geometry: {type: 'Point', coordinates: [latlng.lng, latlng.lat]},
      properties: {...properties, click: ++clicks},
    };
    ui.reporter.fire('click', {latlng}, true);
  }

  const unproject = (x, y) => L.CRS.EPSG3857.pointToLatLng(L.point(x / WORLD * 256, y / WORLD * 256), 0);

  function hover(event) {
    const symbol = event.buttons ? null : hit(event), {map, tip, view} = ui;
    map.getContainer().classList.toggle('glimpse-over', !!symbol);
    tip.hidden = !symbol;
    if (!symbol) { ui.told = null; return; }
    if (ui.told !== symbol) tip.replaceChildren(...told(symbol));
    ui.told = symbol;
    const size = map.getSize(), w = tip.offsetWidth, h = tip.offsetHeight;
    const x = symbol.x + view.left, y = symbol.y + view.top, above = y - symbol.r - 10 - h;
    tip.style.left = `${Math.max(6, Math.min(size.x - w - 6, x - w / 2))}px`;
    tip.style.top = `${above > 6 ? above : y + symbol.r + 12}px`;
  }

  /** Return the lines of the tip: name, counts, how precise. */
  function told(symbol) {
    const {places, kind, n} = symbol, {names} = held.data;
    const some = listed(places.slice(0, 3).map((p) => names[p]));
    const more = places.length > 3 ? word('more_places', places.length - 3) : '';
    const title = kind === 'cluster' ? listed([some, more]) : kind === 'cell' ? word('entries', n) : both(symbol);
    return [element('b', '', title), element('span', '', counted(symbol)),
      element('span', 'glimpse-soft', word(`precision_${kind}`))].filter((line) => line.textContent);
  }

  // ---- The view and the address -------------------------------------------------------

  /** Return the window whose address a person sees. */
  function outer() {
    try { if (window.parent !== window && window.parent.location.href) return window.parent; } catch { /* another origin */ }
    return window;
  }

  /** Return the view that the address asks for, or null. */
  function readView() {
    const [lat, lon, zoom, rest] = (new URLSearchParams(outer().location.search).get('view') || '').split(',')
      .map((part) => (part.trim() ? Number(part) : NaN));
    const good = rest === undefined && Math.abs(lat) <= 85.06 && Math.abs(lon) <= 180 && zoom >= 0;
    return good ? {lat, lon, zoom: ui.map._limitZoom(zoom)} : null;
  }

  function writeView() {
    if (!ui.address) return;
    const there = outer(), centre = ui.map.wrapLatLng(ui.map.getCenter());
    const kept = there.location.search.slice(1).split('&').filter((part) => part && !/^view(=|$)/.test(part));
    kept.push(`view=${centre.lat.toFixed(4)},${centre.lng.toFixed(4)},${+ui.map.getZoom().toFixed(2)}`);
    try {
      there.history.replaceState(there.history.state, '', `?${kept.join('&')}${there.location.hash}`);
    } catch { /* a document without an address of its own keeps no view */ }
  }

  /** Show everything that passes, with the areas it may lie in. Returns false when nothing does. */
  function showAll(animate) {
    const {x, y, reach, total, P} = held.data;
    let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
    for (let p = 0; p < P; p++) {
      if (!total[p]) continue;
      x0 = Math.min(x0, x[p] - reach[p]); x1 = Math.max(x1, x[p] + reach[p]);
      y0 = Math.min(y0, y[p] - reach[p]); y1 = Math.max(y1, y[p] + reach[p]);
    }
    if (x0 === Infinity) return false;
    const bounds = L.latLngBounds(unproject(x0, y0), unproject(x1, y1)), {x: across} = ui.map.getSize(), wide = across > NARROW;
    // On a small map nothing may come to lie under the legend.
    const legend = across < 1000 ? ui.map.getContainer().querySelector('.glimpse-legend').offsetHeight : 0;
    ui.map.fitBounds(bounds, {
      animate, maxZoom: FIT_ZOOM, paddingTopLeft: wide ? [60, 60] : [28, 40],
      paddingBottomRight: [wide ? 140 : 110, Math.max(wide ? 60 : 40, legend + 24)],
    });
    return true;
  }

  /** Fit once, when the first points are there and the map has a size. True if the map moved. */
  function arrive() {
    if (!ui || ui.placed || !held.fit || !held.data || !ui.map.getSize().x || !ui.map.getSize().y) return false;
    const moved = showAll(false);
    ui.placed = moved;
    if (moved) writeView();
    redraw();
    return moved;
  }

  const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  // ---- Mounting -----------------------------------------------------------------------

  const Reporter = L.Layer.extend({onAdd() {}, onRemove() {}, toGeoJSON() { return this.feature; }});

  function buildSheets(map) {
    map.createPane('glimpse-names').style.zIndex = 390;
    map.createPane('glimpse').style.zIndex = 410;
    // The symbols are painted first: the names must know where they are.
    const sheet = new G.Sheet({pane: 'glimpse'}), names = new G.Sheet({pane: 'glimpse-names'});
    sheet.paint = paint;
    names.paint = (ctx, view) => ui.base?.names(ctx, view, ui.boxes, held.lang);
    return {sheet, names};
  }

  function listen(map) {
    const box = map.getContainer();
    if (ui.picks) map.on('click', pick);
    else box.addEventListener('click', click, true);
    box.addEventListener('pointermove', hover);
    box.addEventListener('pointerleave', () => { ui.tip.hidden = true; });
    for (const kind of ['pointerdown', 'wheel', 'keydown']) {
      // Whoever has touched the map is not moved by data that arrives later.
      box.addEventListener(kind, () => { ui.placed = true; }, {capture: true, passive: true});
    }
    map.on('movestart zoomstart', () => { ui.tip.hidden = true; });
    map.on('moveend', () => { if (ui.placed) writeView(); });
    new ResizeObserver(() => {
      map.invalidateSize({animate: false});
      if (map.getSize().x) ui.suggest(map.getSize().x >= NARROW);
      arrive();
    }).observe(box);
  }

  /**
   * Put the engine on a map, once; `host` is the feature group through which clicks are reported:
   * those on symbols or, with `picks`, those on the ground.
   */
  G.mount = (map, {basemap, host, address = true, picks = false}) => {
    if (ui?.map === map) return;
    const box = map.getContainer(), tip = element('div', 'glimpse-tip'), note = element('div', 'glimpse-notice');
    tip.hidden = note.hidden = true;
    tip.setAttribute('role', 'tooltip');
    note.setAttribute('role', 'status');
    box.append(tip, note);
    G.play.mount(box, replay);
    ui = {map, tip, notice: note, boxes: [], placed: false, address, picks, reporter: new Reporter().addTo(host)};
    map._fadeAnimated = false; // tiles are painted at once; fading them in would only flicker
    Object.assign(ui, buildSheets(map), G.controls(map, word, {
      zoom_in: () => map.setZoom(map.getZoom() + 1, {animate: !still()}),
      zoom_out: () => map.setZoom(map.getZoom() - 1, {animate: !still()}),
      show_all: () => { if (held.data) showAll(!still()); },
    }));
    dress();
    const asked = address ? readView() : null;
    if (asked) { map.setView([asked.lat, asked.lon], asked.zoom, {animate: false}); ui.placed = true; }
    ui.sheet.addTo(map);
    ui.names.addTo(map);
    ui.suggest(map.getSize().x >= NARROW);
    listen(map);
    arrive();
    G.basemap(map, basemap, colours()).then((base) => {
      if (ui.map !== map) return;
      ui.base = base;
      base.recolour(colours());
      redraw();
    }).catch(broken);
  };

  // Streamlit tells its frames of a change of theme before the server knows.
  let frameTheme = null;
  window.addEventListener('message', ({source, data}) => {
    const base = data?.type === 'streamlit:render' && source === window.parent ? data.theme?.base : null;
    if ((base !== 'light' && base !== 'dark') || base === frameTheme) return;
    frameTheme = base;
    if (base === held.theme) return;
    held.theme = base;
    dress();
    redraw();
  });

  /** For tests: what is drawn and what it was drawn from. */
  window.glimpse = {
    state: () => ({
      ready: !!(ui && held.data), basemap: !!ui?.base, places: held.data?.P ?? 0, rows: held.data?.R ?? 0,
      shown: held.data?.shown ?? 0, inView: ui?.picture?.found.inView ?? 0, draws, zoom: ui?.map.getZoom(),
      lang: held.lang, theme: held.theme, hash: held.hash, took: {...took, tiles: ui?.base?.tiles.times},
      symbols: (ui?.picture?.symbols || []).map(({x, y, n, certain, possible, kind, name}) => (
        {x: x + ui.view.left, y: y + ui.view.top, n, certain, possible, kind, name})),
    }),
  };
})();
