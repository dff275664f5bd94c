/*
 * The map of a presented briefing: the engine, drawn as large as the letters beside it, and flights
 * from step to step. Where the map stands is said by the step alone, wherever it was panned to.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck, {make} = D;
  const FLIGHT_S = 0.65, REST_MS = 400, PLAIN = 11; // pixels of the letters on an ordinary map
  const HOME = [[37.5, 124], [43.1, 131]]; // where a step stands that shows no place: the land of interest

  const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  /**
   * Return {show(state, data, bits, screen, animate), prepare(screen, data, now), resize(), map, moved,
   * landed()}: the map in an element.
   */
  D.stage = (home, basemap, opens) => {
    const box = make('div', 'deck-map');
    home.append(box);
    const self = {box, moved: false, show, resize, prepare, landed: () => !flying};
    let aim = null, flying = false, size = '', ahead = null, resting = 0; // the screen whose view is shown
    resize();
    const map = self.map = L.map(box, {
      zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, minZoom: 1, maxZoom: 18, worldCopyJump: true, keyboard: true,
    });
    map.fitBounds(HOME, {animate: false});
    G.mount(map, {basemap, host: L.featureGroup().addTo(map), address: false, legend: false, opens});
    for (const kind of ['pointerdown', 'wheel', 'keydown']) box.addEventListener(kind, () => { self.moved = true; }, {capture: true, passive: true});
    map.on('moveend', () => { flying = false; });
    new ResizeObserver(resized).observe(home);

    /** Take up the size of the letters, so that names on the map can be read as far away. */
    function resize() {
      const letters = parseFloat(getComputedStyle(document.documentElement).fontSize);
      const scale = window.innerWidth < 700 ? 1 : Math.max(1, letters / PLAIN), sharp = (window.devicePixelRatio || 1) * scale;
      if (box.style.getPropertyValue('--scale') !== String(scale)) box.style.setProperty('--scale', scale);
      const changed = G.sharp !== sharp;
      G.sharp = sharp;
      if (!self.map) return;
      self.map.invalidateSize({animate: false});
      size = String(self.map.getSize());
      if (changed) G.repaint();
    }

    /** Take up a size that nobody has told yet: of the window, or of letters. */
    function resized() {
      const before = size;
      resize();
      if (size !== before && !self.moved) stand(false);
    }

    /**
     * Show entries, and stand where the screen says: at its own view, or where all of it is seen.
     * The words beside may have changed the map's size; all of it is painted once.
     */
    function show(state, data, bits, screen, animate) {
      G.waits = true;
      if (screen) {
        map._stop();
        resize();
      }
      G.show(state, data, bits);
      G.waits = false;
      if (screen) {
        aim = screen;
        self.moved = false;
      }
      if (!screen || !stand(animate)) G.redraw(); // the same step limited to a time, or the same view
    }

    /** Return the boxes of the regions that a screen tints: they are shown as a whole. */
    function boxes({beside, regions}) {
      const base = beside === 'regions' ? G.base() : null;
      return base ? regions.filter(([code]) => code.includes('-')).map(([code]) => base.box(code)).filter(Boolean) : [];
    }

    /** Return {center, zoom} of a screen: its own, or what shows all that is counted now. */
    function target(screen) {
      const {view} = screen;
      if (view) return {center: L.latLng(view[0], view[1]), zoom: map._limitZoom(view[2])};
      return G.fitted(boxes(screen)) || map._getBoundsCenterZoom(L.latLngBounds(HOME), {});
    }

    /** Go to what is aimed at. Returns whether the map moved, and so was painted. */
    function stand(animate) {
      if (!aim || !map.getSize().x) return false;
      const {center, zoom} = target(aim);
      const near = Math.abs(map.getZoom() - zoom) < 0.01 && map.project(center, zoom).distanceTo(map.project(map.getCenter(), zoom)) < 2;
      flying = animate && !near && !still();
      if (flying) {
        G.redraw();
        map.flyTo(center, zoom, {duration: FLIGHT_S});
      } else if (!near) map.setView(center, zoom, {animate: false});
      return !near;
    }

    /** Paint the ground of the next step, once this one has come to rest; `now()` is what is counted by then. */
    function prepare(screen, data, now) {
      clearTimeout(resting);
      if (!G.base()) return;
      ahead ??= D.ahead(G.base().tiles, map, () => flying);
      if (!screen?.bits) return;
      resting = setTimeout(() => {
        if (flying) { prepare(screen, data, now); return; }
        G.points.filter(data, screen.bits); // counted for a moment as if it were shown
        const {center, zoom} = target(screen);
        if (now()) G.points.filter(data, now());
        ahead.paint(center, zoom);
      }, REST_MS);
    }

    return self;
  };
})();
