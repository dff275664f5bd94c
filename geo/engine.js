/*
 * The engine: it takes what the server sends, keeps it, and puts the parts on the map: picture,
 * pointing, view, controls.
 * Moving the map asks nobody. Text that comes with the data is only ever written as text.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {points, element} = G;
  const NARROW = 600;
  const BROKEN = 'The map data could not be read. What you see is the last state that could.';

  /** What was received last: points, bitset, selection, language, theme, words. */
  const held = {
    data: null, mask: null, wide: null, seen: null, hash: null, selected: new Set(), focus: null, lang: 'en', theme: 'light', words: {},
    fit: false, regions: null, title: '', counts: '', outline: null,
  };
  let ui = null; // the map that is mounted, with its sheets and controls
  const say = G.wording(held), took = {};
  let calls = 0, loading = null;

  const colours = () => G.tiles.picture(held.theme);

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

  /** Show a state whose points and bits are unpacked already, at once and without any server. */
  G.show = (next, data, mask, wide = mask) => {
    calls++;
    apply(next, data, mask, wide);
  };

  function apply(next, data, mask, wide) {
    G.play.answered(next.recorded);
    const start = performance.now(), seen = G.play.sift(data, mask, wide);
    if (data !== held.data || !same(seen, held.seen)) points.filter(data, seen);
    if (ui && typeof held.fit === 'string' && next.fit !== held.fit) ui.placed = false; // another region was chosen
    took.filter = performance.now() - start;
    const focus = held.focus !== null && next.focus !== held.focus;
    Object.assign(held, {
      data, mask, wide, seen, hash: next.hash, fit: next.fit ?? false, words: next.words || {},
      selected: new Set([next.selected].flat().filter(Number.isInteger)), focus: next.focus, regions: next.regions || null,
      arrows: next.arrows || [],
      lang: next.lang === 'ko' ? 'ko' : 'en', theme: next.theme === 'dark' ? 'dark' : 'light',
      title: next.title || '', counts: next.counts || '', outline: next.outline || null,
    });
    if (ui && 'counted' in next) ui.regions.on = next.counted;
    notice('');
    G.tiles.offer(next.basemaps);
    dress();
    if (!arrive()) redraw();
    ui?.tools.draw();
    if (ui && focus) ui.placed = ui.framing.showAll(!still(), points.placesOf(data, held.selected)) || ui.placed;
    if (ui?.placed) ui.framing.writeView();
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
    ui.tints.draw();
    ui.sheet.draw();
    ui.names.draw();
  }

  /** Paint everything again, as dense as is asked for now. */
  function repaint() {
    ui.base?.recolour(colours());
    ui.base?.repaint();
    ui.map.eachLayer((layer) => { if (layer instanceof G.Sheet) layer.draw(); });
    ui.lines.draw();
  }

  /** Draw the picture once after a while of `G.waits`. */
  G.redraw = () => {
    redraw();
    ui?.tools.draw();
  };

  /** Paint everything anew where `G.sharp` has changed. */
  G.repaint = () => { if (ui) repaint(); };

  /** Return the base map that is mounted, null while there is none. */
  G.base = () => ui?.base ?? null;

  /** Return what a symbol is called, and what it counts, in words. */
  G.named = (symbol) => say.named(symbol);
  G.counted = (symbol) => say.counted(symbol);

  /** Return centre and zoom at which all that is shown and these boxes are seen, null when nothing is. */
  G.fitted = (boxes) => (ui && held.data ? ui.framing.fitted(boxes) : null);

  /** Put the theme, the language and the credits on everything that is not canvas. */
  function dress() {
    if (!ui) return;
    const box = ui.map.getContainer();
    box.classList.add('glimpse');
    box.classList.toggle('glimpse-picks', ui.picks);
    box.classList.toggle('glimpse-dark', held.theme === 'dark');
    box.lang = held.lang;
    ui.base?.recolour(colours());
    ui.label(G.tiles.panel(held.theme));
    G.tiles.dress(box);
    ui.regions.dress();
    ui.tools?.label();
    ui.tip.hidden = true;
  }

  /** Fit once, when the first points are there and the map has a size. True if the map moved. */
  function arrive() {
    if (!ui || ui.placed || !held.fit || !held.data || !ui.map.getSize().x || !ui.map.getSize().y) return false;
    const moved = ui.framing.showAll(false);
    ui.placed = moved;
    if (moved) ui.framing.writeView();
    redraw();
    return moved;
  }

  const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  // ---- Mounting -----------------------------------------------------------------------

  const Reporter = L.Layer.extend({onAdd() {}, onRemove() {}, toGeoJSON() { return this.feature; }});

  function buildSheets(map) {
    map.createPane('glimpse-regions').style.zIndex = 380;
    map.createPane('glimpse-names').style.zIndex = 390;
    map.createPane('glimpse').style.zIndex = 410;
    // The symbols are painted first: the names must know where they are.
    const sheet = new G.Sheet({pane: 'glimpse'}), names = new G.Sheet({pane: 'glimpse-names'});
    const tints = new G.Sheet({pane: 'glimpse-regions'});
    tints.paint = ui.regions.tint;
    sheet.paint = G.painter(ui, held, say, took);
    names.paint = (ctx, view) => {
      const {outline} = held, text = outline && (outline.shape ? say.word('inside') : say.word('within', outline.near[2]));
      if (outline) G.sketch.outlineWord(ctx, view, outline, colours(), text, ui.boxes);
      ui.base?.names(ctx, view, ui.boxes, held.lang);
    };
    return {tints, sheet, names};
  }

  function listen(map) {
    const box = map.getContainer(), {pointing} = ui;
    if (ui.picks) map.on('click', pointing.pick);
    else box.addEventListener('click', pointing.click, true);
    box.addEventListener('pointermove', pointing.hover);
    box.addEventListener('pointerleave', () => { ui.tip.hidden = true; ui.regions.point(null); });
    for (const kind of ['pointerdown', 'wheel', 'keydown']) {
      // Whoever has touched the map is not moved by data that arrives later.
      box.addEventListener(kind, () => { ui.placed = true; }, {capture: true, passive: true});
    }
    map.on('movestart zoomstart', () => { ui.tip.hidden = true; });
    map.on('moveend', () => { if (ui.placed) ui.framing.writeView(); });
    new ResizeObserver(() => {
      map.invalidateSize({animate: false});
      if (map.getSize().x) ui.suggest(ui.legend && map.getSize().x >= NARROW);
      arrive();
    }).observe(box);
  }

  /**
   * Put the engine on a map, once; `host` is the feature group through which clicks are reported:
   * those on symbols or, with `picks`, those on the ground. `opens` is handed a symbol instead.
   */
  G.mount = (map, {basemap, host, address = true, picks = false, legend = true, opens = null}) => {
    if (ui?.map === map) return;
    const box = map.getContainer(), tip = element('div', 'glimpse-tip'), note = element('div', 'glimpse-notice');
    tip.hidden = note.hidden = true;
    tip.setAttribute('role', 'tooltip');
    note.setAttribute('role', 'status');
    box.setAttribute('role', 'application');
    box.append(tip, note);
    G.play.mount(box, replay);
    ui = {map, tip, notice: note, boxes: [], placed: false, address, picks, legend, opens, reporter: new Reporter().addTo(host)};
    const {readView, showAll} = ui.framing = G.framing(ui, held);
    ui.regions = G.regions(ui, held, say);
    map._fadeAnimated = false; // tiles are painted at once; fading them in would only flicker
    const acts = {
      zoom_in: () => map.setZoom(map.getZoom() + 1, {animate: !still()}),
      zoom_out: () => map.setZoom(map.getZoom() - 1, {animate: !still()}),
      show_all: () => { if (held.data) showAll(!still()); },
      ...(address && {
        regions: () => ui.regions.toggle(),
      }),
    };
    Object.assign(ui, buildSheets(map), G.controls(map, say.word, acts), {
      repaint, pointing: G.pointing(ui, held, say), keys: null,
      say: (text, only = null) => { if (only === null || note.textContent === only) notice(text); },
    });
    ui.keys = G.keys(ui, say);
    G.tiles.mount(map, say.word, () => { dress(); redraw(); });
    dress();
    const asked = address ? readView() : null;
    if (asked) { map.setView([asked.lat, asked.lon], asked.zoom, {animate: false}); ui.placed = true; }
    ui.tints.addTo(map);
    ui.sheet.addTo(map);
    ui.names.addTo(map);
    ui.tools = G.tools(ui, held, say, acts);
    ui.tools.label();
    ui.suggest(legend && map.getSize().x >= NARROW);
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
    ui?.tools.draw();
  });

  /** For tests: what is drawn and what it was drawn from. */
  window.glimpse = {
    state: () => ({
      ready: !!(ui && held.data), basemap: !!ui?.base, places: held.data?.P ?? 0, rows: held.data?.R ?? 0,
      shown: held.data?.shown ?? 0, inView: ui?.picture?.found.inView ?? 0, draws: took.draws ?? 0, zoom: ui?.map.getZoom(),
      lang: held.lang, theme: held.theme, hash: held.hash, regions: ui?.regions.state(), took: {...took, tiles: ui?.base?.tiles.times},
      outline: held.outline, task: ui?.tasks?.state() ?? null, ring: ui?.keys?.ring()?.name ?? null, full: !!ui?.full?.on(),
      symbols: (ui?.picture?.symbols || []).map(({x, y, n, certain, possible, kind, name, hot}) => (
        {x: x + ui.view.left, y: y + ui.view.top, n, certain, possible, kind, name, hot: !!hot})),
    }),
  };
})();
