/*
 * The pencil for what is drawn on the map by hand or by a filter: lines, circles, lengths, crosses.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};

  const BOLD = `600 12px ${G.FONTS}`;

  // ---- Numbers ------------------------------------------------------------------------

  /** Return a length as text, rounded to about a pixel of the map. */
  function length(metres, pixel, lang) {
    const km = metres >= 1000, unit = km ? 1000 : 1, step = 10 ** Math.floor(Math.log10(pixel / unit));
    const digits = Math.max(0, Math.min(km ? 2 : 0, Math.round(-Math.log10(step))));
    const value = step > 1 ? Math.round(metres / unit / step) * step : metres / unit;
    return `${value.toLocaleString(lang, {minimumFractionDigits: digits, maximumFractionDigits: digits})} ${km ? 'km' : 'm'}`;
  }

  /** Return an area as text, to three digits. */
  function extent(squareMetres, lang) {
    const km = squareMetres >= 1e5;
    return `${(km ? squareMetres / 1e6 : squareMetres).toLocaleString(lang, {maximumSignificantDigits: 3})} ${km ? 'km²' : 'm²'}`;
  }

  // ---- Drawing ------------------------------------------------------------------------

  function stroke(ctx, c, dash = []) {
    for (const [colour, width] of [[c.halo, 4.5], [c.ink, 1.8]]) {
      ctx.setLineDash(colour === c.ink ? dash : []);
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }

  function trace(ctx, view, points, close) {
    ctx.beginPath();
    for (const point of points) { const {x, y} = G.onSheet(view, point); ctx.lineTo(x, y); }
    if (close) ctx.closePath();
  }

  function tint(ctx, c) {
    ctx.globalAlpha = 0.06;
    ctx.fillStyle = c.ink;
    ctx.fill('evenodd');
    ctx.globalAlpha = 1;
  }

  function dot(ctx, {x, y}, c, r = 4) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = c.panel;
    ctx.fill();
    ctx.lineWidth = 1.8;
    ctx.strokeStyle = c.ink;
    ctx.stroke();
  }

  function cross(ctx, {x, y}, c, r = 9) {
    ctx.beginPath();
    for (const [dx, dy] of [[r, 0], [0, r]]) {
      ctx.moveTo(x - dx, y - dy); ctx.lineTo(x - dx / 4, y - dy / 4);
      ctx.moveTo(x + dx / 4, y + dy / 4); ctx.lineTo(x + dx, y + dy);
    }
    stroke(ctx, c);
  }

  function write(ctx, text, x, y, c) {
    G.write(ctx, text, x - G.measure(ctx, text, BOLD) / 2, y, {font: BOLD, ink: c.ink, halo: c.halo, width: 4});
  }

  const ringOf = ({shape, near}) => (shape || G.geodesy.ring(near, near[2] * 1000));

  /** Return the corners of what the filter is limited to, in the copy of the world that is seen. */
  function corners(view, limits) {
    const middle = (view.x0 + view.x1) / 2, turn = 360 * Math.round((middle / G.WORLD * 360 - 180 - (limits.shape?.[0] || limits.near)[1]) / 360);
    return ringOf(limits).map(([lat, lon]) => [lat, lon + turn]);
  }

  /** Draw what the filter is limited to. */
  function outline(ctx, view, limits, c) {
    trace(ctx, view, corners(view, limits), true);
    stroke(ctx, c, [9, 5]);
  }

  /** Write a word above the outline or below it, where `boxes` leave room; it stays in sight. */
  function outlineWord(ctx, view, limits, c, text, boxes) {
    const spots = corners(view, limits).map((point) => G.onSheet(view, point)), [left, top, right, bottom] = view.seen;
    const xs = spots.map(({x}) => x), ys = spots.map(({y}) => y), half = G.measure(ctx, text, BOLD) / 2 + 4;
    const x = (Math.max(left, Math.min(...xs)) + Math.min(right, Math.max(...xs))) / 2;
    const rows = [Math.min(...ys) - 10, Math.max(...ys) + 12, Math.min(...ys) + 12].map((y) => Math.min(bottom - 40, Math.max(top + 28, y)));
    const y = rows.find((row) => G.claim(boxes, [x - half, row - 9, x + half, row + 9])) ?? rows[0];
    write(ctx, text, x, y, c);
  }

  /** Draw a task, with lengths on its legs, and a cross in the middle for who uses the keys. */
  function task(ctx, view, {task: {points, key, km, closed, done}, pointer, keyed}, say, c) {
    const ring = closed || (key === 'shape' && points.length > 2);
    if (key === 'circle') {
      if (km) { trace(ctx, view, G.geodesy.ring(points[0], km * 1000), true); tint(ctx, c); stroke(ctx, c, [9, 5]); }
    } else {
      const next = pointer && points.length && !done ? [...points, pointer] : points;
      trace(ctx, view, next, ring);
      if (ring) tint(ctx, c);
      stroke(ctx, c, key === 'shape' ? [9, 5] : []);
      if (key === 'measure') legs(ctx, view, closed ? [...points, points[0]] : next, say, c);
    }
    for (const point of points) dot(ctx, G.onSheet(view, point), c);
    if (keyed) cross(ctx, {x: view.w / 2, y: view.h / 2}, c, 12);
  }

  function legs(ctx, view, points, say, c) {
    points.slice(1).forEach((point, i) => {
      const a = G.onSheet(view, points[i]), b = G.onSheet(view, point);
      if (Math.hypot(b.x - a.x, b.y - a.y) > 44) write(ctx, say(G.geodesy.distance(points[i], point)), (a.x + b.x) / 2, (a.y + b.y) / 2 - 9, c);
    });
  }

  G.sketch = {length, extent, outline, outlineWord, task, cross};
})();
