/*
 * The frame of the map: a graticule with its degrees written at the edge, and a scale bar that is
 * right at the middle of the map.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {WORLD, element} = G;
  const STEPS = [30, 20, 10, 5, 2, 1, 1 / 2, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360, 1 / 720, 1 / 1800, 1 / 3600];
  const APART = 90; // pixels between two lines at least
  const LIMIT = 85; // degrees north and south at which the map ends
  const NICE = [1, 2, 3, 5], BAR = 100;

  /** Return the step of the graticule in degrees for a view of so many pixels a degree. */
  const stepFor = (pixels) => STEPS.findLast((step) => step * pixels >= APART) ?? STEPS[0];

  /** Return "39°30'N": only as many parts as the step has. */
  function written(degrees, sides, step) {
    const seconds = Math.round(Math.abs(degrees) * 3600), two = (n) => String(n).padStart(2, '0');
    const d = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = seconds % 60;
    const fine = step >= 1 ? '' : `${two(m)}'${step * 60 >= 0.99 ? '' : `${two(s)}"`}`;
    const side = seconds === 0 ? '' : degrees < 0 ? sides[1] : sides[0];
    return `${d}°${fine}${side}`;
  }

  /** Return the lines of a view: {step, lats, lons}, longitudes running on past 180. */
  function lines(bounds, step) {
    const from = (low) => Math.ceil(low / step - 1e-9), to = (high) => Math.floor(high / step + 1e-9);
    const list = (low, high) => Array.from({length: Math.max(0, to(high) - from(low) + 1)}, (_, i) => (from(low) + i) * step);
    return {
      step, lons: list(bounds.getWest(), bounds.getEast()),
      lats: list(Math.max(-LIMIT, bounds.getSouth()), Math.min(LIMIT, bounds.getNorth())),
    };
  }

  /** Draw the lines on a sheet of the map. */
  function paintLines(ctx, view, map, c) {
    const bounds = map.getBounds().pad(0.15), {lats, lons} = lines(bounds, stepFor(WORLD / 360 * view.s));
    ctx.beginPath();
    for (const lat of lats) { const {y} = G.onSheet(view, [lat, 0]); ctx.moveTo(0, y); ctx.lineTo(view.w, y); }
    for (const lon of lons) { const {x} = G.onSheet(view, [0, lon]); ctx.moveTo(x, 0); ctx.lineTo(x, view.h); }
    ctx.lineWidth = 1;
    ctx.globalAlpha = 0.35;
    ctx.strokeStyle = c.muted;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  /** Write the degrees at the left and the top edge of a canvas that does not move with the map. */
  function paintDegrees(ctx, map, c) {
    const {x: wide, y: high} = map.getSize(), pixels = 256 * 2 ** map.getZoom() / 360;
    const {step, lats, lons} = lines(map.getBounds(), stepFor(pixels));
    const style = {font: `500 11px ${G.FONTS}`, ink: c.ink, halo: c.halo, width: 4};
    const turned = (lon) => lon - 360 * Math.round(lon / 360);
    let free = 44; // the corner belongs to no line
    for (const lon of lons) {
      const {x} = map.latLngToContainerPoint([0, lon]), text = written(turned(lon), 'EW', step);
      const w = G.measure(ctx, text, style.font), left = x - w / 2;
      if (left < free || left + w > wide - 60) continue;
      G.write(ctx, text, left, 10, style);
      free = left + w + 10;
    }
    for (const lat of lats) {
      const {y} = map.latLngToContainerPoint([lat, 0]);
      if (y > 26 && y < high - 12) G.write(ctx, written(lat, 'NS', step), 5, y, style);
    }
  }

  /**
   * Return the lines below the symbols, the graticule and what the filter is limited to:
   * {on, show(yes), draw()}. The lines go with the map, what is written stays at the edge.
   */
  G.graticule = (ui, held) => {
    const {map} = ui, sheet = new G.Sheet({pane: 'glimpse-lines'}), edge = element('canvas', 'glimpse-edge');
    const ctx = edge.getContext('2d'), self = {on: false, show, draw};
    map.createPane('glimpse-lines').style.zIndex = 385;
    edge.setAttribute('aria-hidden', 'true');
    sheet.paint = (pen, view) => {
      const c = G.tiles.picture(held.theme), {outline} = held;
      if (self.on) paintLines(pen, view, map, c);
      if (outline) G.sketch.outline(pen, view, outline, c);
    };

    function degrees() {
      const {x, y} = map.getSize(), dense = G.density();
      edge.width = x * dense; edge.height = y * dense;
      if (!self.on || !x || !y) return;
      ctx.setTransform(dense, 0, 0, dense, 0, 0);
      paintDegrees(ctx, map, G.tiles.picture(held.theme));
    }

    function show(yes) {
      self.on = yes;
      if (yes) map.getContainer().append(edge); else edge.remove();
      draw();
    }

    function draw() {
      if (self.on || held.outline) sheet.addTo(map).draw(); else sheet.remove();
      degrees();
    }

    map.on('move resize zoomend', degrees);
    map.on('zoomanim', () => ctx.clearRect(0, 0, edge.width, edge.height));
    return self;
  };

  // ---- The scale ----------------------------------------------------------------------

  /** Return the longest round length of at most `metres`: 1, 2, 3 or 5 with noughts. */
  function round(metres) {
    const ten = 10 ** Math.floor(Math.log10(metres));
    return ten * NICE.findLast((nice) => nice * ten <= metres);
  }

  /** Return the scale at the middle of a map as a bar of at most `most` pixels: {metres, pixels}. */
  G.scaleOf = (map, most) => {
    const pixel = G.metresPerPixel(map.getCenter().lat, map.getZoom()), metres = round(most * pixel);
    return {metres, pixels: metres / pixel};
  };

  /** Put a scale bar into the element; returns its writer. */
  G.scale = (map, box, length) => {
    const room = element('div', 'glimpse-room'), bar = element('div', 'glimpse-scale');
    room.append(bar); // as wide as the longest bar, so that nothing beside it moves
    box.append(room);
    const write = () => {
      const {metres, pixels} = G.scaleOf(map, BAR);
      bar.textContent = length(metres);
      bar.style.width = `${pixels}px`;
    };
    map.on('move resize zoomend', write);
    return write;
  };
})();
