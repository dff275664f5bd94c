/*
 * Arrows from a claimed to a verified place: the claimed place as a hollow dashed ring of its
 * radius, a dashed line with a head at the verified place, and how far that is beside it.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {WORLD} = G;
  const HEAD = 11, LEAST = 9, GAP = 12;

  function dashed(ctx, colour, width) {
    ctx.setLineDash([7, 5]);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function head(ctx, x, y, angle, colour) {
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(angle);
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.lineTo(-HEAD, -HEAD * 0.5);
    ctx.lineTo(-HEAD, HEAD * 0.5);
    ctx.closePath();
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.restore();
  }

  function arrow(ctx, view, {from: [fx, fy, reach], to: [tx, ty], text}, c) {
    const middle = (view.x0 + view.x1) / 2, shift = Math.round((middle - fx) / WORLD) * WORLD;
    const turn = Math.round((fx - tx) / WORLD) * WORLD; // the short way over the 180th meridian
    const x = (v) => (v + shift) * view.s - view.ox, y = (v) => v * view.s - view.oy;
    const a = {x: x(fx), y: y(fy)}, b = {x: x(tx + turn), y: y(ty)};
    ctx.beginPath();
    ctx.arc(a.x, a.y, Math.max(LEAST, reach * view.s), 0, 2 * Math.PI);
    dashed(ctx, c.muted, 1.4);
    ctx.beginPath();
    ctx.arc(a.x, a.y, 2.5, 0, 2 * Math.PI);
    ctx.fillStyle = c.muted;
    ctx.fill();
    const far = Math.hypot(b.x - a.x, b.y - a.y), angle = Math.atan2(b.y - a.y, b.x - a.x);
    if (far < 2 * GAP) return;
    const end = {x: b.x - Math.cos(angle) * GAP, y: b.y - Math.sin(angle) * GAP};
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(end.x - Math.cos(angle) * HEAD, end.y - Math.sin(angle) * HEAD);
    dashed(ctx, c.certain, 2);
    head(ctx, end.x, end.y, angle, c.certain);
    const font = `700 12px ${G.FONTS}`, wide = G.measure(ctx, text, font);
    if (far < wide * 0.7) return; // the page says it in words
    // Beside the line and below it, so that it meets neither the head nor the symbol's name.
    const side = Math.cos(angle) < 0 ? -1 : 1, right = -side * Math.sin(angle), down = side * Math.cos(angle);
    G.write(ctx, text, (a.x + b.x) / 2 + right * 12 - (right < -0.2 ? wide : right < 0.2 ? wide / 2 : 0),
      (a.y + b.y) / 2 + down * 12, {font, ink: c.ink, halo: c.halo, width: 3.5});
  }

  /** Draw the arrows, in index units as the server gives them, over the symbols. */
  G.arrows = (ctx, view, arrows, c) => { for (const one of arrows) arrow(ctx, view, one, c); };
})();
